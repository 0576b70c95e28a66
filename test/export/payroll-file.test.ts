import exceljs from '@protobi/exceljs';
import { describe, expect, it } from 'vitest';
import { payrollRows } from '../../pipelines/cli/payroll.ts';
import { configSchema, type PayrollSettings } from '../../pipelines/config-schema.ts';
import { payManifest } from '../../pipelines/export/pay-manifest.ts';
import { payrollCsv, payrollXlsx } from '../../pipelines/export/payroll-file.ts';
import { signPeriod } from '../../pipelines/finance/close.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { amountOf, sumOf } from '../../pipelines/finance/money.ts';
import { actor, payOf, question, statement, words } from '../finance/pay.ts';
import { memoryDisk } from '../support/memory-disk.ts';

const company = {
    id: 'acme',
    name: 'Acme',
    currency: 'EUR',
    timezone: 'Europe/Bucharest',
    country: 'RO',
};
const settings = (payroll?: object): PayrollSettings =>
    configSchema.parse({ company, ...(payroll ? { payroll } : {}) }).payroll;

const { disk } = memoryDisk();
const pay = payOf(
    statement('boris', '2026-09', ['2040.00'], { payee_name: '=HYPERLINK("x")' }),
    statement('ana', '2026-09', ['-50.00'], { payee_name: 'Marin; Ana' }),
);
const { entry } = signPeriod(disk, question('2026-09', readLedger(disk), pay), words, actor);
const rows = payrollRows(entry);

describe('a payroll file', () => {
    it('has a line for each signed statement, and nothing that a spreadsheet would run', () => {
        expect(payrollCsv(rows, settings())).toBe(
            [
                'period,payee_id,payee_name,currency_code,payable_amount',
                '2026-09,ana,Marin; Ana,EUR,0.00',
                `2026-09,boris,"'=HYPERLINK(""x"")",EUR,2040.00`,
                '',
            ].join('\n'),
        );
    });

    it('follows the columns of the config: names, personnel numbers, constants, decimal comma', () => {
        const columns = [
            { header: 'Pers.-Nr.', field: 'payee_id', values: { ana: '0017', boris: '0018' } },
            { header: 'Lohnart', constant: '4711' },
            { header: 'Name', field: 'payee_name' },
            { header: 'Betrag', field: 'payable_amount' },
            { header: 'Vortrag', field: 'balance_carried_amount' },
        ];
        const written = settings({ columns, delimiter: ';', decimal_separator: ',' });
        expect(payrollCsv(rows, written).split('\n').slice(0, 2)).toEqual([
            'Pers.-Nr.;Lohnart;Name;Betrag;Vortrag',
            '0017;4711;"Marin; Ana";0,00;-50,00',
        ]);
    });

    it('is refused for a person whom the config does not know', () => {
        const columns = [{ header: 'No.', field: 'payee_id', values: { ana: '17' } }];
        expect(() => payrollCsv(rows, settings({ columns }))).toThrow(
            'No. has no value for payee_id boris',
        );
        const [row] = rows;
        const named = [{ ...row, payee_id: 'constructor' } as (typeof rows)[number]];
        expect(() => payrollCsv(named, settings({ columns }))).toThrow(
            'No. has no value for payee_id constructor',
        );
    });

    it.each([
        [{ header: 'x' }, 'either field or constant'],
        [{ header: 'x', field: 'payee_id', constant: '1' }, 'either field or constant'],
        [{ header: 'x', constant: '1', values: { a: 'b' } }, 'no field to take them by'],
        [{ header: 'x', field: 'salary' }, 'Invalid option'],
    ])('refuses the column %o', (column, message) => {
        expect(() => settings({ columns: [column] })).toThrow(message);
    });

    it('sums to the ledger, and its manifest says so with the hash of the entry', () => {
        const sum = amountOf(sumOf(rows.map((row) => row.payable_amount ?? 'none')));
        expect(entry.totals).toEqual([{ currency_code: 'EUR', payable_amount: sum }]);
        const content = payrollCsv(rows, settings());
        const { hash, totals } = entry;
        const manifest = (text: string) =>
            payManifest({
                period: '2026-09',
                entry: hash,
                totals,
                files: [{ name: 'a.csv', content: text, rows: rows.length }],
            });
        expect(JSON.parse(manifest(content))).toMatchObject({
            ledger_entry: hash,
            totals: [{ payable_amount: '2040.00' }],
            files: [{ name: 'a.csv', rows: 2 }],
        });
        expect(manifest(`${content} `)).not.toBe(manifest(content));
    });

    it('says the same as a spreadsheet, with numbers that sum and no formula', async () => {
        const workbook = new exceljs.Workbook();
        const bytes = await payrollXlsx(rows, settings(), new Date(entry.at));
        await workbook.xlsx.load(bytes.buffer as ArrayBuffer);
        const sheet = workbook.worksheets[0];
        const cells = [1, 2, 3].map((row) =>
            [1, 2, 3, 4, 5].map((at) => sheet?.getCell(row, at).value),
        );
        expect(cells).toEqual([
            ['period', 'payee_id', 'payee_name', 'currency_code', 'payable_amount'],
            ['2026-09', 'ana', 'Marin; Ana', 'EUR', 0],
            ['2026-09', 'boris', `'=HYPERLINK("x")`, 'EUR', 2040],
        ]);
    });

    it('is refused as a spreadsheet where that would lose a cent', async () => {
        const large = rows.map((row) => ({ ...row, payable_amount: '12345678901234.56' }));
        await expect(payrollXlsx(large, settings(), new Date(entry.at))).rejects.toThrow(
            '12345678901234.56 has more digits than a spreadsheet keeps',
        );
        expect(payrollCsv(large, settings())).toContain('12345678901234.56');
    });
});
