import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Disk } from '../../pipelines/disk.ts';
import { ContractError } from '../../pipelines/errors.ts';
import { payPeriod, reopenPeriod, signPeriod } from '../../pipelines/finance/close.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { memoryDisk } from '../support/memory-disk.ts';
import { actor, payOf, question, statement, words } from './pay.ts';

const pay = payOf(
    statement('ana', '2026-09', ['100.00', '-5.00'], { payee_name: 'Ана Ștefănescu 李' }),
    statement('boris', '2026-09', ['2040.00']),
    statement('ana', '2026-10', ['1.00']),
    statement('boris', '2026-10', ['2.00']),
);
const sign = (disk: Disk, period: string) =>
    signPeriod(disk, question(period, readLedger(disk), pay), words, actor);

/** What a company does in two months, one after another. */
const story: readonly ((disk: Disk) => unknown)[] = [
    (disk) => sign(disk, '2026-09'),
    (disk) => reopenPeriod(disk, '2026-09', 'wrong file', actor),
    (disk) => sign(disk, '2026-09'),
    (disk) => payPeriod(disk, '2026-09', '2026-10-10', actor),
    (disk) => sign(disk, '2026-10'),
];
const wholeLedger = () => {
    const memory = memoryDisk();
    for (const act of story) act(memory.disk);
    return memory;
};

describe('a ledger of version 1, whose lines hold no deals', () => {
    it('is read as it was signed, and the next month follows from it with deals', () => {
        const folder = join(import.meta.dirname, '../fixtures/ledger-of-version-1');
        const memory = memoryDisk();
        for (const name of readdirSync(folder)) {
            memory.files.set(name, readFileSync(join(folder, name), 'utf8'));
        }
        const before = readLedger(memory.disk);
        expect(before.entries.map(({ schema_version: version }) => version)).toEqual([1, 1]);
        expect(before.entries[0]?.totals).toEqual([
            { currency_code: 'EUR', payable_amount: '2135.00' },
        ]);
        const deal = {
            ...{ kind: 'counted', deal_id: 'd', client: 'Acme', lead_id: null, rate: '1' },
            ...{ counted_on: '2026-10-02', deal_count: 1, counted_amount: '2.00', amount: '2.00' },
        };
        const boris = statement('boris', '2026-10', ['2.00']);
        const lines = boris.lines.map((line) => ({ ...line, component_id: 's1', deals: [deal] }));
        const october = payOf(...pay.statements.filter(({ period }) => period === '2026-09'), {
            ...boris,
            lines,
        });
        signPeriod(memory.disk, question('2026-10', before, october), words, actor);
        const after = readLedger(memory.disk);
        expect(after.entries.slice(0, 2)).toEqual(before.entries);
        expect(after.entries[2]).toMatchObject({
            schema_version: 2,
            signedLines: [{ component_id: 's1', deals: [deal] }, { line_type: 'total' }],
        });
        const name = '0003-2026-10-signed.ndjson';
        memory.files.set(name, String(memory.files.get(name)).replace('Acme', 'Acne'));
        expect(() => readLedger(memory.disk)).toThrow(/line of 2026-10 was changed[\s\S]*line 1/);
    });
});

describe('power lost at any step', () => {
    const whole = [...wholeLedger().files];
    const heads = ['', ...whole.filter(([name]) => name.endsWith('.json')).map(([name]) => name)];

    it('leaves each entry as a whole or not at all, and going on ends in the same files', () => {
        let cuts = 0;
        for (const [index, act] of story.entries()) {
            for (let step = 0; ; step++) {
                const memory = memoryDisk();
                for (const before of story.slice(0, index)) before(memory.disk);
                memory.cutAfter(step);
                try {
                    act(memory.disk);
                    break;
                } catch {
                    cuts++;
                }
                for (const left of [
                    memory.afterKill(),
                    memory.afterPowerCut(true),
                    memory.afterPowerCut(false),
                ]) {
                    const { entries } = readLedger(left.disk);
                    expect([index, index + 1]).toContain(entries.length);
                    expect(
                        entries.length === 0 || heads.includes(nameOf(left, entries.length)),
                    ).toBe(true);
                    for (const again of story.slice(entries.length)) again(left.disk);
                    expect([...left.files].toSorted()).toEqual(whole.toSorted());
                }
            }
        }
        expect(cuts).toBeGreaterThan(30);
    });

    it('lets another month or act follow an interrupted one', () => {
        const memory = memoryDisk();
        for (const act of story.slice(0, 4)) act(memory.disk);
        // The lines have their name, the manifest has not.
        memory.cutAfter(8);
        expect(() => sign(memory.disk, '2026-10')).toThrow();
        const left = memory.afterKill();
        expect(readLedger(left.disk).leftovers).toContain('0005-2026-10-signed.ndjson');
        left.files.set('0005-2026-09-reopened.ndjson', 'of an older attempt');
        sign(left.disk, '2026-10');
        expect(readLedger(left.disk).leftovers).toEqual([]);
        expect([...left.files].toSorted()).toEqual(whole.toSorted());
    });
});

const nameOf = ({ files }: ReturnType<typeof memoryDisk>, entry: number) =>
    [...files.keys()].find(
        (name) => name.startsWith(String(entry).padStart(4, '0')) && name.endsWith('.json'),
    ) ?? 'none';

describe('a ledger that was changed', () => {
    let files: Map<string, string>;
    beforeEach(() => {
        files = wholeLedger().files;
    });
    const read = () => readLedger(memoryDisk(files).disk);
    const failure = (): ContractError => {
        try {
            read();
        } catch (error) {
            return error as ContractError;
        }
        throw new Error('nothing was noticed');
    };

    it('is none for what a desktop or a version control keeps in every folder', () => {
        const { head } = read();
        for (const name of ['.DS_Store', '._0001-2026-09-signed.json', '.git', 'Thumbs.db']) {
            files.set(name, 'of the system');
        }
        const { disk } = memoryDisk(files);
        expect(readLedger(disk)).toMatchObject({ head, leftovers: [] });
        files.set('0001-2026-09-signed.json.bak', 'a copy');
        expect(failure().trouble.got).toBe('0001-2026-09-signed.json.bak');
    });

    it('is noticed for any one byte of any line of any file, with the file and, of signed lines, the line', () => {
        let lines = 0;
        for (const [name, text] of files) {
            const bytes = Buffer.from(text);
            for (let start = 0, line = 1; start < bytes.length; line += 1) {
                const end = bytes.indexOf('\n', start) + 1;
                const place = fc.integer({ min: start, max: end - 1 });
                fc.assert(
                    fc.property(place, fc.integer({ min: 1, max: 255 }), (at, shift) => {
                        const changed = Buffer.from(bytes);
                        changed[at] = ((bytes[at] ?? 0) + shift) % 256;
                        const copy = new Map(files).set(name, changed.toString());
                        let trouble: ContractError['trouble'] | undefined;
                        try {
                            readLedger(memoryDisk(copy).disk);
                        } catch (error) {
                            trouble = (error as ContractError).trouble;
                        }
                        expect(trouble).toMatchObject({ file: `/ledger/${name}` });
                        expect(trouble?.expected).toBeDefined();
                        expect(trouble?.got).toBeDefined();
                        if (name.endsWith('.ndjson')) expect(trouble?.line).toBe(line);
                    }),
                    { numRuns: 10 },
                );
                start = end;
                lines += 1;
            }
        }
        expect(lines).toBeGreaterThan(100);
    });

    it('names the line of an amount that was raised', () => {
        const name = '0003-2026-09-signed.ndjson';
        files.set(
            name,
            (files.get(name) ?? '').replace('"amount":"2040.00"', '"amount":"2940.00"'),
        );
        expect(failure().message).toMatch(
            /0003-2026-09-signed\.ndjson, line 4: expected hash [0-9a-f]{64}, got hash [0-9a-f]{64}\n.*\n.*close restore/u,
        );
    });

    it.each([
        [
            'a line taken away',
            '0003-2026-09-signed.ndjson',
            (text: string) => text.split('\n').toSpliced(1, 1).join('\n'),
        ],
        [
            'the last line taken away',
            '0003-2026-09-signed.ndjson',
            (text: string) => text.split('\n').toSpliced(-2, 1).join('\n'),
        ],
        [
            'a line twice',
            '0003-2026-09-signed.ndjson',
            (text: string) => `${text}${text.split('\n')[0]}\n`,
        ],
        [
            'lines exchanged',
            '0003-2026-09-signed.ndjson',
            (text: string) =>
                text
                    .split('\n')
                    .toSpliced(0, 2, ...text.split('\n').slice(0, 2).reverse())
                    .join('\n'),
        ],
        [
            'a manifest laid out anew',
            '0004-2026-09-paid.json',
            (text: string) => JSON.stringify(JSON.parse(text)),
        ],
    ])('is noticed for %s', (_, name, change) => {
        files.set(name, change(files.get(name) ?? ''));
        expect(failure()).toBeInstanceOf(ContractError);
        expect(failure().trouble.file).toBe(`/ledger/${name}`);
    });

    it.each(['0001-2026-09-signed.json', '0003-2026-09-signed.ndjson', '0004-2026-09-paid.json'])(
        'is noticed without %s',
        (name) => {
            files.delete(name);
            expect(failure()).toBeInstanceOf(ContractError);
        },
    );

    it('is noticed for an entry of another ledger, and for a file of somebody else', () => {
        files.set('notes.txt', 'call the bank');
        expect(failure().message).toContain('notes.txt');
        files.delete('notes.txt');
        const { files: others } = wholeLedger();
        const other = memoryDisk();
        signPeriod(
            other.disk,
            question(
                '2026-09',
                readLedger(other.disk),
                payOf(statement('ana', '2026-09', ['1.00'])),
            ),
            words,
            actor,
        );
        const [name = '', text = ''] =
            [...other.files].find(([one]) => one.endsWith('.json')) ?? [];
        expect(others.has(name)).toBe(true);
        files.set(name, text);
        files.set(
            '0001-2026-09-signed.ndjson',
            other.files.get('0001-2026-09-signed.ndjson') ?? '',
        );
        expect(failure().message).toContain('does not follow');
    });

    it('has another head when its end was taken away: the head kept elsewhere tells', () => {
        const { head } = read();
        files.delete('0005-2026-10-signed.json');
        files.delete('0005-2026-10-signed.ndjson');
        expect(read().head).not.toBe(head);
    });
});
