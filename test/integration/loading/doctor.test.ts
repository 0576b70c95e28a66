import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { lookIntoInput } from '../../../pipelines/cli/look-into-input.ts';
import { readConfig } from '../../../pipelines/config.ts';
import type { Warehouse } from '../../../pipelines/warehouse/connection.ts';
import { openPeekWarehouse } from '../../../pipelines/warehouse/peek.ts';
import { createTestCompany, csv, spend, spendHeader, type TestCompany } from './company.ts';
import { xlsx, xlsxRow } from './pack.ts';

let company: TestCompany;
let warehouse: Warehouse;
beforeAll(async () => {
    warehouse = await openPeekWarehouse();
});
afterAll(() => warehouse.close());
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

async function look(input: object) {
    company.configure([{ name: 'one', ...input }] as never);
    const config = await readConfig(company.configPath);
    return lookIntoInput(warehouse, config, config.inputs[0] as never);
}

it('shows what would be read of which column, and what is missing', async () => {
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
    company.write(
        'a.csv',
        csv(`${spendHeader},Budget`, ...days.map((day, at) => `${spend(day, `${at}.5`)},7`)),
    );
    const text = await look({
        stream: 'ad_spend',
        files: ['a.csv'],
        constants: { campaign_name: 'all' },
    });
    expect(text).toContain('1 file; newest a.csv, 4 rows looked at');
    expect(text).toMatch(/spend_amount +spend_amount: 0.500000, 1.500000, 2.500000\n/);
    expect(text).toMatch(/campaign_name +always 'all'/);
    expect(text).toContain('not in the file: impressions, clicks, claimed_conversions');
    expect(text).toContain("not used: 'Budget'");
});

it('gives rows with long texts the memory they need', async () => {
    const note = 'long text '.repeat(10_000);
    const row = `{"platform":"g","account_id":"a","currency_code":"EUR","spend_date":"2026-01-01","spend_amount":1,"note":"${note}"`;
    company.write(
        'a.ndjson',
        csv(...Array.from({ length: 1200 }, (_, at) => `${row},"campaign_id":"c${at}"}`)),
    );
    const text = await look({ stream: 'ad_spend', files: ['a.ndjson'] });
    expect(text).toContain('1 file; newest a.ndjson, 1,000 rows looked at');
});

it('counts the words of a closed list, and names the setting for those that are none', async () => {
    company.write('d.csv', csv('deal_id,Stage', 'd1,open', 'd2,Gewonnen', 'd3,open'));
    const failed = look({ stream: 'deals', files: ['d.csv'], columns: { status: 'Stage' } });
    await expect(failed).rejects.toThrow(/status +Stage: open 2, Gewonnen 1\n/);
    await expect(failed).rejects.toThrow('1 of 3 rows would be rejected:');
    await expect(failed).rejects.toThrow("got 'Gewonnen'");
    await expect(failed).rejects.toThrow(
        "in input one write columns: { status: { column: 'Stage', values: { 'Gewonnen': '?' } } }",
    );
});

it.each([
    [{ skip_rows: [{ column: 'campaign_id', pattern: '^Total' }] }],
    [{ skip_rows: [{ column: 'campaign_id', values: ['Total'] }], sum_to_key: true }],
])('takes rows that are left out for no broken ones: %j', async (rest) => {
    company.write(
        'a.csv',
        csv(spendHeader, spend('2026-01-01', '1.5'), spend('soon', '1', 'Total')),
    );
    const text = await look({ stream: 'ad_spend', files: ['a.csv'], ...rest });
    expect(text).toContain('2 rows looked at, 1 of them left out');
    expect(text).not.toContain('rejected');
    expect(text).toMatch(/campaign_id +campaign_id: c\n/);
});

it('looks at the newest file, and at no more than its first thousand rows', async () => {
    const row = (number: number) => xlsxRow(number, [`l${number}`, '2026-01-01 10:00:00']);
    const rows = Array.from({ length: 1500 }, (_, at) => row(at + 2)).join('');
    const sheet = xlsxRow(1, ['lead_id', 'created_at']) + rows;
    company.write('leads.xlsx', xlsx([{ name: 'Leads', rows: sheet }]));
    expect(await look({ stream: 'leads', files: ['leads.xlsx'] })).toContain(
        'newest leads.xlsx, 1,000 rows looked at',
    );
});

it('is not content with a file that cannot be read', async () => {
    company.write('a.csv', 'Day,Cost\n2026-01-01,1\n');
    await expect(look({ stream: 'ad_spend', files: ['a.csv'] })).rejects.toThrow(
        'a.csv has no column platform',
    );
});

it('shows the entries of a bank statement by what the columns of the stream are read from', async () => {
    company.write('a.txt', readFileSync('test/fixtures/statements/german.sta'));
    const text = await look({ stream: 'payments', files: ['a.txt'], layout: 'mt940' });
    expect(text).toContain('newest a.txt, 8 rows looked at');
    expect(text).toMatch(/kind +movement: payment 4, refund 2/);
    expect(text).toMatch(/net_amount +amount: 119.00, -19.00, -100.00/);
    expect(text).toContain("'purpose', 'code', 'own_account'");
});
