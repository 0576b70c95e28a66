import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';
import type { RuleTables } from '../../pipelines/rules/rule-table.ts';
import { closeRules, readComputedPay, readPlanWords } from '../../pipelines/run/computed-pay.ts';
import { addWords } from '../../pipelines/run/words-of-marts.ts';
import { openScratchWarehouse, type Warehouse } from '../../pipelines/warehouse/connection.ts';

const company = { language: 'en', number_locale: 'en-GB', currency: 'EUR' } as never;
const words = createWords(readCatalogue(messagesFile('en')), company);
const plain = (text: string) => `'{"key":"plain","text":"${text}"}'`;
let warehouse: Warehouse;

/** Marts of one payee with one line and a carried balance, and of a plan with one component and tier. */
beforeAll(async () => {
    warehouse = await openScratchWarehouse();
    await addWords(warehouse, company);
    await warehouse.run(`
        create schema marts;
        create table marts.fct_pay_months as
            select date '2026-09-01' as period_start, date '2026-02-01' as year_start,
                date '2026-10-04' as data_as_of;
        create table marts.fct_bonus_statements as
            select 'boris' as payee_id, 'Boris' as payee_name, 'sales' as department_id,
                date '2026-09-01' as period_start, date '2026-10-01' as period_end,
                'EUR' as currency_code, 'joint' as plan_id, '2026.1' as plan_version,
                'Joint plan' as plan_name, date '2026-01-01' as plan_valid_from,
                cast(null as date) as plan_valid_to, 30 as active_days, 30 as period_days,
                2000.00::decimal(28, 2) as target_amount, 2.50::decimal(28, 2) as amount_before_company,
                null::decimal(28, 10) as component_share, null::varchar as multiplier_name,
                null::decimal(28, 10) as company_value, null::decimal(28, 10) as company_attainment,
                1::decimal(9, 4) as multiplier, null::decimal(18, 4) as multiplier_tier_to,
                null::decimal(28, 2) as cap_amount, 2.50::decimal(28, 2) as bonus_amount,
                0::decimal(28, 2) as pool_amount, 2.50::decimal(28, 2) as earned_amount,
                -5::decimal(28, 2) as balance_brought_forward_amount,
                0::decimal(28, 2) as recoverable_draw_amount,
                1::decimal(28, 2) as guaranteed_amount, 'provisional' as status,
                ${plain('not final')} as reason_message;
        create table marts.fct_bonus_statement_lines as
            select 'boris' as payee_id, date '2026-09-01' as period_start, line_number, line_type,
                'own' as component_id,
                ${plain('Booked')} as label_message, ${plain('half of it')} as explanation_message,
                'booked_revenue' as kpi, 'person' as scope_type, 'boris' as scope_id,
                1::decimal(28, 10) as value, 2::decimal(24, 6) as target,
                0.5::decimal(28, 10) as attainment, 0.5::decimal(38, 14) as factor,
                2.50::decimal(28, 2) as amount
            from (values (1, 'component'), (2, 'balance_brought_forward'), (3, 'balance_carried'))
                as lines (line_number, line_type);
        create table marts.fct_pay_deals as
            select 'boris' as payee_id, date '2026-09-01' as period_start, 1 as line_number,
                deal_order, 'counted' as kind, deal_id, deal_count, 'Acme' as client_name,
                null::varchar as lead_id, date '2026-09-02' as counted_on,
                1::decimal(28, 2) as counted_amount, 1.25::decimal(28, 10) as rate,
                1.25::decimal(28, 2) as amount
            from (values (2, null, 3), (1, 'd', 1)) as deals (deal_order, deal_id, deal_count);
        create table marts.fct_reconciliations as
            select period_start, check_id, '' as subject_id, 'EUR' as unit, 10 as sort_order,
                result_code, ${plain('Lines = statements')} as check_label_message,
                ${plain('they differ')} as explanation_message, ${plain('3')} as in_text_message,
                ${plain('2')} as out_text_message, ${plain('1')} as difference_text_message
            from (values (date '2026-09-01', 'lines', 'blocks'), (null, 'booked_credit', 'ok'))
                as checks (period_start, check_id, result_code);
        create table marts.rpt_plans as
            select date '2026-09-01' as period_start, 'joint' as plan_id, '2026.1' as plan_version,
                'Joint plan' as plan_name, ${plain('nothing')} as multiplier_text_message,
                ${plain('no cap')} as cap_text_message, 'EUR' as currency_code;
        create table marts.rpt_plan_components as
            select date '2026-09-01' as period_start, 'joint' as plan_id, 1 as component_order,
                'Booked' as component_name, ${plain('Booked revenue')} as kpi_text_message,
                1::decimal(9, 4) as weight, ${plain('in proportion')} as curve_text_message,
                ${plain('none')} as gate_text_message;
        create table marts.rpt_plan_tiers as
            select date '2026-09-01' as period_start, plan_names, 'Booked' as scale_label,
                ${plain('from 100%')} as tier_text_message, ${plain('x 2')} as payout_text_message,
                1 as sort_order
            from (values ('Half joint, Joint plan'), ('Joint planning')) as tiers (plan_names)`);
});
afterAll(() => warehouse.close());

describe('pay as the marts compute it', () => {
    it('is read to the cent as text, in words, without balances', async () => {
        const pay = await readComputedPay(warehouse);
        expect(pay).toMatchObject({ dataAsOf: '2026-10-04', months: ['2026-09'] });
        expect([...pay.yearStarts]).toEqual([['2026-09', '2026-02']]);
        expect(pay.statements).toMatchObject([
            {
                period: '2026-09',
                earned_amount: '2.50',
                balance_brought_forward_amount: '-5.00',
                status: 'provisional',
                reason: 'not final',
                head: { target_amount: '2000.00', plan_valid_from: '2026-01-01', cap_amount: null },
                lines: [
                    {
                        ...{ line_type: 'component', label: 'Booked', amount: '2.50' },
                        component_id: 'own',
                        deals: [
                            { kind: 'counted', deal_id: 'd', client: 'Acme', amount: '1.25' },
                            { kind: 'counted', deal_id: null, deal_count: 3, amount: '1.25' },
                        ],
                    },
                ],
            },
        ]);
        expect(pay.statements[0]?.lines).toHaveLength(1);
        expect([...pay.checks]).toEqual([
            [
                '2026-09',
                [
                    {
                        check: 'lines',
                        label: 'Lines = statements',
                        result: 'blocks',
                        explanation: 'they differ (3 and 2, difference 1)',
                        rows: 'npx jointly export fct_bonus_statement_lines --format csv',
                    },
                ],
            ],
        ]);
    });
});

describe('the words of a plan', () => {
    it('are its own, with a hash that changes when one of them does', async () => {
        const [plan] = await readPlanWords(warehouse, words, '2026-09');
        expect(plan?.text).toBe(
            [
                'Joint plan, version 2026.1, in EUR',
                'Booked: Booked revenue, weight 1.0000; in proportion; gate: none',
                'Booked, from 100%: x 2',
                'Multiplied by: nothing. Cap: no cap.',
                '',
            ].join('\n'),
        );
        await warehouse.run(`update marts.rpt_plan_components set weight = 0.9`);
        const [changed] = await readPlanWords(warehouse, words, '2026-09');
        expect(changed?.hash).toMatch(/^[0-9a-f]{64}$/u);
        expect(changed?.hash).not.toBe(plan?.hash);
    });
});

describe('the rules of a close', () => {
    it('are those in force: approvers on the day, authors in the month', () => {
        const table = (...rows: Record<string, string | null>[]) => ({
            file: 'rules.csv',
            rows: rows.map((cells, index) => ({ line: index + 2, cells })),
        });
        const tables: RuleTables = new Map([
            [
                'incentives/approvers',
                table(
                    { person_id: 'olga', valid_from: '2026-01-01', valid_to: '2026-10-05' },
                    { person_id: 'dan', valid_from: '2026-10-05', valid_to: null },
                ),
            ],
            [
                'incentives/plan_acknowledgements',
                table({
                    payee_id: 'boris',
                    plan_id: 'joint',
                    words_hash: 'agreed',
                    acknowledged_on: '2026-10-05',
                }),
            ],
            [
                'incentives/plans',
                table(
                    {
                        plan_id: 'joint',
                        plan_version: '1',
                        author_id: 'eva',
                        valid_from: '2026-01-01',
                        valid_to: '2026-09-01',
                    },
                    {
                        plan_id: 'joint',
                        plan_version: '2',
                        author_id: null,
                        valid_from: '2026-09-01',
                        valid_to: '2026-10-01',
                    },
                    {
                        plan_id: 'joint',
                        plan_version: '3',
                        author_id: 'ion',
                        valid_from: '2026-10-01',
                        valid_to: null,
                    },
                ),
            ],
            [
                'incentives/pools',
                table({
                    pool_id: 'shared',
                    author_id: 'eva',
                    valid_from: '2026-09-30',
                    valid_to: null,
                }),
            ],
        ]);
        const rules = closeRules(tables, [], '2026-09', '2026-10-05');
        expect(rules.approvers).toEqual(['dan']);
        expect([...rules.authorsOf('2026-09')]).toEqual([
            ['joint 2', null],
            ['pool shared', 'eva'],
        ]);
        expect([...rules.authorsOf('2026-08')]).toEqual([['joint 1', 'eva']]);
        const [agreed] = rules.acknowledgements;
        expect(agreed).toMatchObject({ payee_id: 'boris', plan_id: 'joint', words_hash: 'agreed' });
        const dayBefore = closeRules(tables, [], '2026-09', '2026-10-04');
        expect(dayBefore.approvers).toEqual(['olga']);
        // What is dated ahead is no consent yet.
        expect(dayBefore.acknowledgements).toEqual([]);
    });
});
