import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../../pipelines/config.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { type BuiltCompany, buildCompany } from '../quality/company.ts';

/*
 * The hand-made company as it stood on 17 February, in the middle of a quarter, with all its rows of
 * the weeks after: three leads, the deals and every payment are still to come.
 */

let directory: string;
let company: BuiltCompany;

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-rows-ahead-'));
    await cp(join(projectRoot, 'test/fixtures/hand-made'), directory, { recursive: true });
    const file = join(directory, 'hand-made.config.json');
    const config = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...config, as_of: '2026-02-17' }));
    company = await buildCompany(file, [
        'fct_kpi_values',
        'rpt_channel_results',
        'fct_reconciliations',
        'rpt_sources',
    ]);
});
afterAll(async () => {
    await company?.remove();
    await rm(directory, { recursive: true, force: true });
});

const rows = (sql: string) => readRows(company.warehouse, sql);

test('a row dated ahead is counted nowhere until its day, on no page either', async () => {
    const ofQuarter = await rows(
        `select kpi, cast(value as decimal(18, 2)), status from marts.fct_kpi_values
        where kpi in ('leads', 'collected_revenue') and scope_type = 'company'
            and period_type = 'quarter' and period_start = '2026-01-01'
        order by kpi`,
    );
    expect(ofQuarter).toEqual([
        ['collected_revenue', '0.00', 'provisional'],
        ['leads', '3.00', 'provisional'],
    ]);
    const shown = await rows(
        `select leads, collected_amount, closed_deals from marts.rpt_channel_results
        where range_id = '2026-q1' and is_total and model = 'last'`,
    );
    expect(shown).toEqual([['3', '0.00', '0.0000']]);
});

test('and in no fact: it earns no deal anything and holds nobody back', async () => {
    const facts = await rows(
        `select
            (select count(*) from marts.fct_payments) as payments,
            (select sum(credited_collected_amount) from marts.fct_attribution_credit) as credited,
            (select count(*) from marts.dim_leads where created_date > '2026-02-17') as leads,
            (select count(*) from marts.fct_reconciliations
                where is_blocker and check_id in ('cash_reported', 'spend_reported')) as blockers`,
    );
    expect(facts).toEqual([['0', '0.00', '0', '0']]);
});

test('data health says how many rows of which source are dated ahead', async () => {
    const ahead = await rows(
        `select stream, future_row_count from marts.rpt_sources
        where stream in ('ad_spend', 'leads', 'payments') order by stream`,
    );
    expect(ahead).toEqual([
        ['ad_spend', '2'],
        ['leads', '3'],
        ['payments', '4'],
    ]);
});
