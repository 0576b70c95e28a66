import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from '@protobi/exceljs';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '../../pipelines/cli/context.ts';
import { makeStatements } from '../../pipelines/cli/statements.ts';
import { configSchema } from '../../pipelines/config-schema.ts';
import { folderDisk } from '../../pipelines/disk.ts';
import { signPeriod } from '../../pipelines/finance/close.ts';
import type { ComputedStatement } from '../../pipelines/finance/computed.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { cents, sumOf } from '../../pipelines/finance/money.ts';
import { actor, payOf, question, statement, words } from '../finance/pay.ts';

let folder: string;
let made: Awaited<ReturnType<typeof makeStatements>>;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jointly-statements-'));
});
afterEach(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
});

function companyOf(more: object = {}): Context {
    const parsed = configSchema.parse({
        company: {
            id: 'acme',
            name: 'Țiglă & Fiii',
            currency: 'EUR',
            timezone: 'Europe/Bucharest',
            country: 'RO',
            number_locale: 'ro-RO',
        },
        ...more,
    });
    const config = { ...parsed, directory: folder, ledger: join(folder, 'ledger') };
    const state = join(folder, 'state');
    const paths = {
        directory: state,
        seeds: join(state, 'seeds'),
        warehouse: join(state, 'none.duckdb'),
    };
    return { config, paths } as unknown as Context;
}

/** Signs September, then October with what September is owed since. */
function sign(...payees: readonly [id: string, more?: Partial<ComputedStatement>][]): void {
    const disk = folderDisk(join(folder, 'ledger'));
    const of = (month: string, september: string) =>
        payees.map(([id, more]) =>
            statement(id, month, month === '2026-09' ? [september, '-40.00'] : ['100.00'], {
                ...more,
                plan_id: null,
                head: { plan_name: 'Plan comun', plan_version: '2026.1', target_amount: '2000.00' },
            }),
        );
    signPeriod(
        disk,
        question('2026-09', readLedger(disk), payOf(...of('2026-09', '2080.00'))),
        words,
        actor,
    );
    const pay = payOf(...of('2026-09', '2140.00'), ...of('2026-10', ''));
    signPeriod(disk, question('2026-10', readLedger(disk), pay), words, actor);
}

async function make(month: string, more: object = {}, context = companyOf()) {
    made = await makeStatements(context, month, more);
    return made;
}
const names = () => made.files.map(({ name }) => name);
const bytesOf = (name: string) => {
    const content = made.files.find((one) => one.name === name)?.content;
    if (typeof content !== 'object') throw new Error(`no file ${name}`);
    // Readers take the memory they are given away.
    return new Uint8Array(content);
};
const textOf = async (name: string) =>
    (await extractText(await getDocumentProxy(bytesOf(name)), { mergePages: true })).text;

async function sheetOf(name: string) {
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(bytesOf(name).buffer);
    const [sheet] = workbook.worksheets;
    if (sheet === undefined) throw new Error('no sheet');
    return sheet;
}

/** Works the formulas of a statement out, which are sums of stretches and one difference. */
async function formulasOf(name: string) {
    const sheet = await sheetOf(name);
    const number = (at: string): number => {
        const { value } = sheet.getCell(at);
        if (typeof value === 'number') return value;
        if (value && typeof value === 'object' && 'formula' in value) return work(value.formula);
        throw new Error(`${at} is no number`);
    };
    const work = (formula: string): number => {
        const sum = /^SUM\(H(\d+):H(\d+)\)$/.exec(formula);
        if (sum === null) {
            const [, one = '', other = ''] = /^ROUND\((H\d+)-(H\d+),2\)$/.exec(formula) ?? [];
            return Math.round((number(one) - number(other)) * 100) / 100;
        }
        const rows = Array.from({ length: Number(sum[2]) - Number(sum[1]) + 1 });
        const all = rows.reduce<number>((so, _, at) => so + number(`H${Number(sum[1]) + at}`), 0);
        return Math.round(all * 100) / 100;
    };
    const found: { label: unknown; stored: unknown; worked: number }[] = [];
    sheet.eachRow((row) => {
        const { value } = row.getCell(8);
        if (value && typeof value === 'object' && 'formula' in value) {
            const label = row.getCell(2).value;
            found.push({ label, stored: row.getCell(8).result, worked: work(value.formula) });
        }
    });
    return found;
}

describe('the deals of a signed statement', () => {
    const deal = (
        kind: string,
        deal_id: string | null,
        amount: string | null,
        more: object = {},
    ) => ({
        ...{ kind, deal_id, client: deal_id && `Client ${deal_id}`, lead_id: null, deal_count: 1 },
        ...{ counted_on: '2026-09-14', counted_amount: '800.00', rate: '0.05', amount, ...more },
    });
    const deals = [
        deal('counted', 'd1', '33.34'),
        deal('counted', null, '66.66', { client: null, deal_count: 7, counted_on: null }),
        deal('lost', 'd2', null, { rate: null }),
        deal('held', 'd4', '16.00', { counted_on: '2026-12-13', rate: '0.02' }),
        deal('open', 'd3', '40.00'),
    ];
    const files = async (objection: string) => {
        const rules = join(folder, 'rules');
        mkdirSync(join(rules, 'incentives'), { recursive: true });
        writeFileSync(
            join(rules, 'incentives/disputes.csv'),
            [
                'dispute_id,payee_id,period,line_number,cause,objection,opened_on,deadline,verdict,author_id,decided_on',
                `x,boris,2026-09,1,late_data,${objection},2026-10-05,2026-10-20,rejected,olga,2026-10-19`,
                'y,ana,2026-09,,edge_case,Not mine to read,2026-10-05,2026-10-20,,,',
                '',
            ].join('\n'),
        );
        const context = companyOf();
        Object.assign(context.config, { rules });
        return make('2026-09', { payee: 'boris' }, context);
    };
    const signDeals = () => {
        const disk = folderDisk(join(folder, 'ledger'));
        const of = (id: string) => {
            const one = statement(id, '2026-09', ['100.00'], { plan_id: null });
            return { ...one, lines: one.lines.map((line) => ({ ...line, deals })) };
        };
        const month = payOf(of('ana'), of('boris'));
        signPeriod(disk, question('2026-09', readLedger(disk), month), words, actor);
    };

    it('are printed with their rate and share, what did not count, what is open, and disputes', async () => {
        signDeals();
        await files('Deal d2 was won');
        const text = await textOf('statement-2026-09-002-boris.pdf');
        for (const part of [
            'Client d1, d1',
            '14 sept. 2026',
            '33,34',
            '7 other deals, including any money without a\ndeal',
            'Sum of the line',
            'Collected revenue, company: as computed',
            'Not counted: Booked revenue',
            'Client d2, d2: lost',
            'Open deals (forecast): Booked revenue',
            'A forecast, not a claim',
            'Held back until the client pays: Booked revenue',
            'Client d4, d4 13 dec. 2026 800,00 2 % 16,00\nHeld back in all 16,00',
            'line 1: Booked revenue',
            'late data',
            'Deal d2 was won',
            'rejected by olga on 19 oct. 2026',
            'on 25 oct. 2026',
            'to Olga, Finance, until 2 nov. 2026',
            '100,00 EUR earned since 1 ian. 2026, 2.000,00 EUR at target',
        ]) {
            expect(text).toContain(part);
        }
        expect(text).not.toContain('Not mine to read');
        await expect(files('她')).rejects.toThrow('has no sign 她');
    });

    it('sum to their line in the spreadsheet, by formulas', async () => {
        signDeals();
        await files('Deal d2 was won');
        const workbook = new exceljs.Workbook();
        await workbook.xlsx.load(bytesOf('statement-2026-09-002-boris.xlsx').buffer);
        const sheet = workbook.worksheets[1];
        const cells: unknown[] = [];
        sheet?.eachRow((row) => {
            const { value } = row.getCell(5);
            if (value && typeof value === 'object' && 'formula' in value) {
                cells.push([row.getCell(1).value, value.formula, row.getCell(5).result]);
            }
        });
        expect(cells).toEqual([
            ['Sum of the line', 'SUM(E4:E5)', 100],
            ['Difference', 'ROUND(E6-E7,2)', 0],
            ['Held back in all', 'SUM(E17:E17)', 16],
        ]);
        expect([sheet?.getCell('E4').value, sheet?.getCell('E5').value]).toEqual([33.34, 66.66]);
    });
});

describe('statements of a signed month', () => {
    it('are a PDF and a spreadsheet each, whose formulas come to what the ledger says', async () => {
        sign(['ana', { payee_name: 'Ștefănescu Ană' }], ['boris', { payee_name: 'Łukasz Ждан' }]);
        expect((await make('2026-10')).report).toEqual(['2 statements as PDF and XLSX']);
        expect(names()).toEqual([
            'statement-2026-10-001-ana.pdf',
            'statement-2026-10-001-ana.xlsx',
            'statement-2026-10-002-boris.pdf',
            'statement-2026-10-002-boris.xlsx',
        ]);
        expect(await formulasOf('statement-2026-10-001-ana.xlsx')).toEqual([
            { label: 'Earned', stored: 100, worked: 100 },
            { label: 'Adjustments of earlier months', stored: 60, worked: 60 },
            { label: 'Payable', stored: 160, worked: 160 },
            { label: 'Difference', stored: 0, worked: 0 },
        ]);
        const { entries } = readLedger(folderDisk(join(folder, 'ledger')));
        expect(entries[1]?.totals).toEqual([{ currency_code: 'EUR', payable_amount: '320.00' }]);
    });

    it('print number, period, plan, currency, language, signer and the place to sign', async () => {
        sign(['ana', { payee_name: 'Ștefănescu Ană' }], ['boris', { payee_name: 'Łukasz Ждан' }]);
        await make('2026-09');
        const text = await textOf('statement-2026-09-002-boris.pdf');
        const { hash } = readLedger(folderDisk(join(folder, 'ledger'))).entries[0] ?? {};
        for (const part of [
            'Țiglă & Fiii',
            'Pay statement, sept. 2026',
            'Łukasz Ждан',
            '0001-2026-09-002',
            '1 sept. 2026 to 30 sept. 2026',
            'Plan comun, version 2026.1',
            '2.000,00 EUR',
            'English (numbers: ro-RO)',
            'signed by olga on 3 oct. 2026',
            'Payee: Łukasz Ждан, date',
            'Approver: olga, date',
            '2.040,00',
            hash ?? 'none',
            '1 / 1',
        ]) {
            expect(text).toContain(part);
        }
        expect(text).not.toContain('PROVISIONAL');
    });

    it('say with their values what changed since the statement before, and why', async () => {
        sign(['ana']);
        await make('2026-09');
        expect(await textOf('statement-2026-09-001-ana.pdf')).toContain(
            'no earlier month of this payee is signed',
        );
        await make('2026-10');
        const text = (await textOf('statement-2026-10-001-ana.pdf')).replaceAll('\n', ' ');
        for (const part of [
            'Value 100,00 EUR, target 1.000,00 EUR',
            'What changed since sept. 2026',
            'Booked revenue 2.080,00 100,00 -1.980,00 Collected revenue: 2.080,00 EUR before, 100,00 EUR now',
            'Booked revenue 0,00 60,00 60,00 adjusts 2026-09: 2080.00 to 2140.00',
            'Company -40,00 0,00 40,00 no longer on it',
            'total 2.040,00 160,00 -1.880,00 follows from other lines',
        ]) {
            expect(text).toContain(part);
        }
        const found: unknown[] = [];
        (await sheetOf('statement-2026-10-001-ana.xlsx')).eachRow((row) => {
            if (row.getCell(2).value === 'Company') {
                found.push([4, 5, 6].map((column) => row.getCell(column).value));
            }
        });
        expect(found).toEqual([[-40, 0, 40]]);
    });

    it('name their approver, where the rules know the name', async () => {
        sign(['ana']);
        const rules = join(folder, 'rules');
        mkdirSync(join(rules, 'incentives'), { recursive: true });
        writeFileSync(
            join(rules, 'incentives/approvers.csv'),
            'person_id,person_name,valid_from,valid_to\nolga,Olga Stan,2023-07-01,\n',
        );
        const context = companyOf();
        Object.assign(context.config, { rules });
        await make('2026-09', {}, context);
        const text = await textOf('statement-2026-09-001-ana.pdf');
        expect(text).toContain('signed by Olga Stan on 3 oct. 2026');
        expect(text).toContain('Approver: Olga Stan, date');
    });

    it('have the same bytes on another day, and a manifest that knows them', async () => {
        sign(['ana']);
        await make('2026-10');
        const before = made;
        vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-03-04T05:06:07Z') });
        await make('2026-10');
        expect(made).toEqual(before);
        const manifest = JSON.parse(made.manifest);
        for (const { name, sha256 } of manifest.files) {
            expect(createHash('sha256').update(bytesOf(name)).digest('hex')).toBe(sha256);
        }
        const { entries } = readLedger(folderDisk(join(folder, 'ledger')));
        expect(manifest).toMatchObject({
            ledger_entry: entries[1]?.hash,
            totals: entries[1]?.totals,
        });
        const meta = await getMeta(
            await getDocumentProxy(bytesOf('statement-2026-10-001-ana.pdf')),
        );
        expect(meta.info.CreationDate).toContain('20261003080000');
    });

    it('hold no formula but their own, whatever people and lines are called', async () => {
        sign(['=1+1', { payee_name: '=HYPERLINK("x")' }], ['@boris', { payee_name: '-2+3' }]);
        await make('2026-09');
        const formulas: unknown[] = [];
        for (const name of names().filter((one) => one.endsWith('.xlsx'))) {
            (await sheetOf(name)).eachRow((row) =>
                row.eachCell(({ value }) => {
                    if (typeof value === 'string') expect(value).not.toMatch(/^[=+\-@]/);
                    else if (value && typeof value === 'object') formulas.push(value);
                }),
            );
        }
        expect(formulas).toHaveLength(6);
    });

    it('stay in their folder and apart, whatever ids are', async () => {
        sign(['../../boris'], ['Ana'], ['ana'], ['a'.repeat(300)]);
        await make('2026-09');
        expect(new Set(names().map((name) => name.toLowerCase())).size).toBe(8);
        for (const name of names()) expect(name).toMatch(/^[A-Za-z0-9.-]{1,90}$/);
    });

    it('are written for one person, with the number they have among all', async () => {
        sign(['ana'], ['boris']);
        await make('2026-09', { payee: 'boris' });
        expect(names()).toEqual([
            'statement-2026-09-002-boris.pdf',
            'statement-2026-09-002-boris.xlsx',
        ]);
        expect(made.manifestName).toBe('statements-2026-09-boris.manifest.json');
        await expect(make('2026-09', { payee: 'carmen' })).rejects.toThrow('ana, boris');
    });

    it.each(['李 Boris', 'Boris ₴'])(
        'are refused where the font has no sign for %s',
        async (name) => {
            sign(['boris', { payee_name: name }]);
            await expect(make('2026-09')).rejects.toThrow(
                /has no sign [李₴][\s\S]*statement_font/u,
            );
            const absent = companyOf({ statement_font: 'fonts/none.ttf' });
            await expect(make('2026-09', {}, absent)).rejects.toThrow('fonts/none.ttf');
        },
    );

    it('are refused for a month nobody signed', async () => {
        sign(['ana']);
        await expect(make('2026-11')).rejects.toThrow('2026-11 is not signed');
    });

    it('sum to the ledger and to each other over all people', async () => {
        sign(['ana'], ['boris'], ['carmen']);
        await make('2026-09');
        const payable: string[] = [];
        for (const name of names().filter((one) => one.endsWith('.xlsx'))) {
            const sum = (await formulasOf(name)).find(({ label }) => label === 'Payable');
            payable.push((sum?.worked ?? Number.NaN).toFixed(2));
        }
        const { entries } = readLedger(folderDisk(join(folder, 'ledger')));
        expect(sumOf(payable)).toBe(cents(entries[0]?.totals[0]?.payable_amount ?? ''));
    });
});
