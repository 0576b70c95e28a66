import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { transform } from '../../../pipelines/run/transform.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { createTestCompany } from '../loading/company.ts';
import { writeLargeCompany } from './large-company.ts';

/*
 * Every amount that a contract takes goes from its file to the bonus statement: ten billions less a
 * cent in rubles, as much in dollars at 95.5, and all sixteen digits. Nothing may overflow on the
 * way (which would stop the build for the whole company), nothing may lose a cent.
 */

const company = createTestCompany();

beforeAll(async () => {
    writeLargeCompany(company);
    for (const outcome of await company.load()) {
        if (outcome.status === 'failed') throw outcome.error;
    }
    const config = await readConfig(company.configPath);
    const paths = statePaths('large', company.warehousePath);
    await transform(config, paths, { isFullRefresh: false });
});

afterAll(() => company.close());

const rows = (sql: string) => readRows(company.warehousePath, sql);

/** Months with money, of one KPI of the company or, where it is their number, of sales. */
const monthly = (kpi: string, scope: string) =>
    rows(
        `select strftime(period_start, '%m'), value, attainment from marts.fct_kpi_values
        where kpi = '${kpi}' and scope_id = '${scope}' and period_type = 'month' and value > 0
        order by period_start`,
    );

test('large amounts reach the KPIs to the cent', async () => {
    expect(await monthly('booked_revenue', 'sales')).toEqual([
        ['02', '9999999999.9900000000', '1.0000000000'],
        // 954,999,999,999.045 is rounded half away from zero, as every conversion is.
        ['05', '954999999999.0500000000', '95.5000000000'],
        ['08', '9999999999999999.9900000000', '1.0000000000'],
    ]);
    expect(await monthly('collected_revenue', 'company')).toEqual(
        await monthly('booked_revenue', 'sales'),
    );
    expect((await monthly('spend', 'company')).map(([, value]) => value)).toEqual([
        '9999999999.9900000000',
        '954999999999.0450000000',
        '999999999999.9900000000',
    ]);
    expect((await monthly('roas', 'company')).map(([, value]) => value)).toEqual([
        '1.0000000000',
        '1.0000000000',
        '10000.0000000000',
    ]);
});

test('a lead costs its exact half of a large campaign', async () => {
    const costs = await rows(
        `select lead_id, cost_amount from marts.fct_lead_costs order by lead_id`,
    );
    expect(costs).toEqual([
        ['L0', '5000000000.00'],
        ['L1', '477499999999.53'],
        ['L2', '500000000000.00'],
        ['M0', '4999999999.99'],
        ['M1', '477499999999.52'],
        ['M2', '499999999999.99'],
    ]);
});

test('credit of a large deal sums to its money in every model', async () => {
    const sums = await rows(
        `select deal_id, sum(credited_booked_amount), sum(credited_collected_amount)
        from marts.fct_attribution_credit group by model, deal_id`,
    );
    expect([...new Set(sums.map((row) => row.join(' ')))].toSorted()).toEqual([
        'D0 9999999999.99 9999999999.99',
        'D1 954999999999.05 954999999999.05',
        'D2 9999999999999999.99 9999999999999999.99',
    ]);
});

test('a bonus on large amounts is right to the cent', async () => {
    const statements = await rows(
        `select strftime(period_start, '%m'), amount_before_company, bonus_amount, pool_amount,
            payable_amount
        from marts.fct_bonus_statements
        where payable_amount > 0
        order by period_start`,
    );
    expect(statements).toEqual([
        // 9,999,999,999.99 at target x 1.2; 1 % of 9,999,999,999.99.
        ['02', '9999999999.99', '11999999999.99', '100000000.00', '12099999999.99'],
        // 95.5 times the target pays the cap of 2.
        ['05', '19999999999.98', '23999999999.98', '9549999999.99', '33549999999.97'],
        ['08', '9999999999.99', '11999999999.99', '100000000000000.00', '100011999999999.99'],
    ]);
});
