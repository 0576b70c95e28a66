import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../pipelines/config.ts';
import { forget, testCompany } from './support/companies.ts';
import { queryWarehouse } from './support/duckdb.ts';
import { exportKpis, findKpi, type KpiRow } from './support/exports.ts';
import { succeed } from './support/jointly.ts';

/*
 * The hand-made company as it stood on 17 February, in the middle of a quarter, with all its rows of
 * the weeks after: three leads, the deals and every payment are still to come.
 */
const root = testCompany('rows-ahead', '');
const company = { ...root, config: join(root.directory, 'fixture', 'hand-made.config.json') };
let rows: readonly KpiRow[];

beforeAll(async () => {
    await forget(company);
    const fixture = join(projectRoot, 'test/fixtures/hand-made');
    await cp(fixture, join(root.directory, 'fixture'), { recursive: true });
    const config = JSON.parse(await readFile(company.config, 'utf8'));
    await writeFile(company.config, JSON.stringify({ ...config, as_of: '2026-02-17' }));
    await succeed(company, 'load');
    await succeed(company, 'transform');
    rows = await exportKpis(company);
});
afterAll(() => rm(company.directory, { recursive: true, force: true }));

const quarter = (kpi: string) => findKpi(rows, kpi, 'company company', '2026-01-01', 'quarter');

test('a row dated ahead is counted nowhere until its day, on no page either', async () => {
    expect(quarter('leads')).toMatchObject({ value: '3', status: 'provisional' });
    expect(quarter('collected_revenue').value).toBe('0');
    const shown = await queryWarehouse(
        company.warehouse,
        `select leads, collected_amount, closed_deals from marts.rpt_channel_results
        where range_id = '2026-q1' and is_total and model = 'last'`,
    );
    expect(shown).toEqual([{ leads: '3', collected_amount: '0.00', closed_deals: '0.0000' }]);
});

test('and in no fact: it earns no deal anything and holds nobody back', async () => {
    const facts = await queryWarehouse(
        company.warehouse,
        `select
            (select count(*) from marts.fct_payments) as payments,
            (select sum(credited_collected_amount) from marts.fct_attribution_credit) as credited,
            (select count(*) from marts.dim_leads where created_date > '2026-02-17') as leads,
            (select count(*) from marts.fct_reconciliations
                where is_blocker and check_id in ('cash_reported', 'spend_reported')) as blockers`,
    );
    expect(facts).toEqual([{ payments: '0', credited: '0.00', leads: '0', blockers: '0' }]);
});

test('data health says how many rows of which source are dated ahead', async () => {
    const ahead = await queryWarehouse(
        company.warehouse,
        `select stream, future_row_count from marts.rpt_sources
        where stream in ('ad_spend', 'leads', 'payments') order by stream`,
    );
    expect(ahead).toEqual([
        { stream: 'ad_spend', future_row_count: '2' },
        { stream: 'leads', future_row_count: '3' },
        { stream: 'payments', future_row_count: '4' },
    ]);
});
