import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import type { ConfigInput } from '../../../pipelines/config-schema.ts';
import { buildModels, upTo } from '../../support/build-models.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { createTestCompany, csv, type TestInput } from '../loading/company.ts';

/*
 * Payments of one deal on both sides of the days on which quarters end: each number can be added
 * up by heart.
 */

const settings = { currency: 'EUR', timezone: 'Europe/London', country: 'GB' };
const inputs: readonly TestInput[] = [
    { name: 'cash', stream: 'payments', files: ['payments.csv'] },
    { name: 'crm', stream: 'deals', files: ['deals.csv'] },
];

/** A company with these payments, built as far as its KPIs and `marts`. */
function build(
    payments: readonly string[],
    rest: Partial<ConfigInput>,
    rules: object = {},
    marts: readonly string[] = [],
) {
    const company = createTestCompany();
    beforeAll(async () => {
        for (const [file, lines] of Object.entries(rules)) {
            company.write(`rules/${file}.csv`, csv(...lines));
        }
        const rows = payments.map((payment, id) => `p${id},d1,${payment}`);
        company.write(
            'payments.csv',
            csv('payment_id,deal_id,paid_at,net_amount,kind,currency_code', ...rows),
        );
        const [firstDay] = payments[0]?.split(',') ?? [];
        company.write('deals.csv', csv('deal_id,status,created_at', `d1,open,${firstDay}`));
        company.configure(inputs, rest);
        for (const outcome of await company.load()) {
            if (outcome.status === 'failed') throw outcome.error;
        }
        const config = await readConfig(company.configPath);
        const models = upTo('dim_ranges', 'fct_kpi_values', ...marts);
        await buildModels(config, statePaths(config.company.id, company.warehousePath), ...models);
    });
    afterAll(() => company.close());
    return (sql: string) => readRows(company.warehousePath, sql);
}

/** What the company collected, by the periods a reader can choose. */
const collected = (type: string) => `
    select range_label, cast(value as decimal(18, 2)), target
    from marts.fct_kpi_values
    inner join marts.dim_ranges on period_type = range_type and period_start = range_start
    where kpi = 'collected_revenue' and scope_type = 'company' and period_type = '${type}'
    order by period_start`;

describe('a fiscal year that starts in February, said by the config', () => {
    const rows = build(
        [
            '2026-01-15 10:00:00,100.00,payment,EUR',
            '2026-02-15 10:00:00,200.00,payment,EUR',
            '2026-04-30 10:00:00,300.00,payment,EUR',
        ],
        { company: { id: 'f22', name: 'Field 22', ...settings, fiscal_year_starts: '02' } },
    );

    test('has January in its last quarter, and April in the first of the next', async () => {
        expect(await rows(collected('quarter'))).toEqual([
            ['Q4 FY26, Nov 2025-Jan 2026', '100.00', null],
            ['Q1 FY27, Feb-Apr 2026', '500.00', null],
        ]);
        expect(await rows(collected('year'))).toEqual([
            ['FY26, Feb 2025-Jan 2026', '100.00', null],
            ['FY27, Feb 2026-Jan 2027', '500.00', null],
        ]);
    });
});

describe('a fiscal year from July that becomes one from February', () => {
    const rows = build(
        [
            '2025-06-30 23:59:59,7.00,payment,EUR',
            '2025-07-01 00:00:00,1000.00,payment,EUR',
            '2025-12-31 23:30:00,40.00,payment,EUR',
            '2026-01-31 23:59:59,60.00,payment,EUR',
            '2026-02-01 00:00:00,500.00,payment,EUR',
            '2026-04-30 23:00:00,390.00,payment,EUR',
            '2026-05-01 00:00:00,700.00,payment,EUR',
        ],
        {
            company: { id: 'july', name: 'July', ...settings },
            rules: './rules',
            as_of: '2026-05-31',
        },
        {
            'company/fiscal_calendar': [
                'fiscal_year_starts,pattern,valid_from,valid_to',
                '07,calendar,2025-07-01,2026-02-01',
                '02,calendar,2026-02-01,',
            ],
            'company/people': [
                'person_id,person_name,department_id,team,valid_from,valid_to',
                'ana,Ana,sales,,2025-01-01,',
            ],
            'targets/targets': [
                'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to',
                'collected_revenue,company,company,quarter,890,2025-07-01,',
            ],
            'incentives/pools': [
                'pool_id,pool_name,kpi,scope_type,scope_id,period_type,threshold_amount,pool_share,currency_code,valid_from,valid_to',
                'pool,Pool,collected_revenue,company,company,quarter,390,0.1,EUR,2026-02-01,',
            ],
            'incentives/pool_departments': [
                'pool_id,department_id,share,valid_from,valid_to',
                'pool,sales,1,2026-02-01,',
            ],
            'incentives/pool_members': [
                'pool_id,payee_id,department_id,weight,valid_from,valid_to',
                'pool,ana,sales,1,2026-02-01,',
            ],
        },
        ['fct_pool_payouts', 'fct_bonus_statements'],
    );

    test('is cut short where the other begins, and so are its last quarter and its target', async () => {
        expect(await rows(collected('quarter'))).toEqual([
            ['Q2 FY25, Apr-Jun 2025', '7.00', null],
            ['Q1 FY26, Jul-Sep 2025', '1000.00', '890.000000'],
            ['Q2 FY26, Oct-Dec 2025', '40.00', '890.000000'],
            // 31 of the 90 days from January to March.
            ['Q3 FY26, Jan 2026', '60.00', '306.555556'],
            ['Q1 FY27, Feb-Apr 2026', '890.00', '890.000000'],
            ['Q2 FY27, May-Jul 2026', '700.00', '890.000000'],
        ]);
        expect(await rows(collected('year'))).toEqual([
            ['FY25, Jan-Jun 2025', '7.00', null],
            ['FY26, Jul 2025-Jan 2026', '1100.00', '2086.555556'],
            // Its months that have begun: 890 of the first quarter, 31 of 92 days of the second.
            ['FY27, Feb 2026-Jan 2027', '1590.00', '1189.891304'],
        ]);
    });

    test('shares the target of a quarter out over the days of its months', async () => {
        expect((await rows(collected('month'))).slice(-4)).toEqual([
            ['Feb 2026', '500.00', '280.000000'],
            ['Mar 2026', '0.00', '310.000000'],
            ['Apr 2026', '390.00', '300.000000'],
            ['May 2026', '700.00', '299.891304'],
        ]);
    });

    test('pays a pool of the quarter with its last month', async () => {
        const pools = await rows(
            `select period_start, statement_period_start, pool_amount, payout_amount
            from marts.fct_pool_payouts where pool_amount > 0 order by period_start`,
        );
        // A tenth of what 890 are above 390; of 700 above 390 while the next quarter runs.
        expect(pools).toEqual([
            ['2026-02-01', '2026-04-01', '50.00', '50.00'],
            ['2026-05-01', '2026-07-01', '31.00', '31.00'],
        ]);
        const statements = await rows(
            `select period_start, payable_amount from marts.fct_bonus_statements
            where payable_amount > 0 order by period_start`,
        );
        expect(statements).toEqual([['2026-04-01', '50.00']]);
    });
});
