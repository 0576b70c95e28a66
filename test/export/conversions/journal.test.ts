import { describe, expect, it } from 'vitest';
import type { Disk } from '../../../pipelines/disk.ts';
import { ContractError } from '../../../pipelines/errors.ts';
import type { DealConversion } from '../../../pipelines/export/conversions/conversion.ts';
import {
    appendExport,
    readJournal,
    toldTo,
} from '../../../pipelines/export/conversions/journal.ts';
import { planConversions } from '../../../pipelines/export/conversions/plan-conversions.ts';
import { platforms } from '../../../pipelines/export/conversions/registry.ts';
import { memoryDisk } from '../../support/memory-disk.ts';
import { deal, now } from './deal.ts';

const { google } = platforms;
const at = new Date(now).toISOString();

function exportTo(disk: Disk, deals: readonly DealConversion[]) {
    const journal = readJournal(disk);
    const names = { closed: 'Deal won' };
    const plan = planConversions(deals, toldTo(journal, 'google'), {
        platform: google,
        names,
        now,
    });
    if (plan.lines.length === 0) return [];
    const files = google.files(plan.lines, at);
    return appendExport(disk, journal, { platform: 'google', at, told: plan.lines, files });
}

/** Signed, then partly refunded, then refunded. */
const story = [
    [deal({ hashedEmail: 'ab12' }), deal({ dealId: 'd2' })],
    [deal({ value: '200.00' }), deal({ dealId: 'd2' })],
    [deal({ value: '0.00' }), deal({ dealId: 'd2' })],
];
const whole = () => {
    const memory = memoryDisk();
    for (const deals of story) exportTo(memory.disk, deals);
    return memory;
};

describe('what was exported', () => {
    it('is remembered: the same again writes nothing', () => {
        const memory = whole();
        const before = [...memory.files];
        expect(exportTo(memory.disk, story[2] ?? [])).toEqual([]);
        expect([...memory.files]).toEqual(before);
        expect([...memory.files.keys()].filter((name) => name.endsWith('.csv'))).toEqual([
            '0001-google-conversions.csv',
            '0002-google-adjustments.csv',
            '0003-google-adjustments.csv',
        ]);
    });

    it('is remembered without the hash of the address', () => {
        const kept = [...whole().files].filter(([name]) => !name.endsWith('.csv'));
        expect(kept).toHaveLength(6);
        for (const [, text] of kept) expect(text).not.toContain('ab12');
    });

    it('does not need its uploads any more', () => {
        const memory = whole();
        for (const name of memory.files.keys())
            if (name.endsWith('.csv')) memory.files.delete(name);
        expect(toldTo(readJournal(memory.disk), 'google')).toHaveLength(4);
    });

    it('can be taken back from its end, and is then told again', () => {
        const memory = whole();
        const last = [...memory.files].filter(([name]) => name.startsWith('0003'));
        for (const [name] of last) memory.files.delete(name);
        exportTo(memory.disk, story[2] ?? []);
        expect([...memory.files].filter(([name]) => name.startsWith('0003'))).toEqual(last);
    });

    it.each<[string, (files: Map<string, string>) => unknown]>([
        ['0001-google.json', (files) => files.delete('0001-google.json')],
        ['0002-google.ndjson', (files) => files.delete('0002-google.ndjson')],
        [
            '0001-google.ndjson',
            (files) =>
                files.set(
                    '0001-google.ndjson',
                    files.get('0001-google.ndjson')?.replace('1234.50', '1234.51') ?? '',
                ),
        ],
        ['0003-google.json', (files) => files.set('0003-google.json', '{')],
    ])('is refused when %s is gone or changed', (_, change) => {
        const memory = whole();
        change(memory.files);
        expect(() => readJournal(memory.disk)).toThrow(ContractError);
    });
});

it('is as a whole or not at all when power is lost at any step, and going on ends in the same files', () => {
    const expected = [...whole().files].toSorted();
    let cuts = 0;
    for (const [index, deals] of story.entries()) {
        for (let step = 0; ; step++) {
            const memory = memoryDisk();
            for (const before of story.slice(0, index)) exportTo(memory.disk, before);
            memory.cutAfter(step);
            try {
                exportTo(memory.disk, deals);
                break;
            } catch {
                cuts++;
            }
            for (const left of [
                memory.afterKill(),
                memory.afterPowerCut(true),
                memory.afterPowerCut(false),
            ]) {
                const done = readJournal(left.disk).exports.length;
                expect([index, index + 1]).toContain(done);
                for (const again of story.slice(done)) exportTo(left.disk, again);
                expect([...left.files].toSorted()).toEqual(expected);
            }
        }
    }
    expect(cuts).toBeGreaterThan(20);
});
