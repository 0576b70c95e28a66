import { createHash } from 'node:crypto';
import { readersColumn, readersName } from '../../dashboards/messages/in-duckdb.ts';
import type { Words } from '../../dashboards/messages/words.ts';
import type { CloseRules } from '../finance/checklist.ts';
import type {
    ComputedCheck,
    ComputedLine,
    ComputedPay,
    ComputedStatement,
} from '../finance/computed.ts';
import type { LedgerDeal } from '../finance/entry.ts';
import { filled, type RuleRow, type RuleTables, tableOf } from '../rules/rule-table.ts';
import { endOf, firstDay, isInForce } from '../rules/validity.ts';
import type { Warehouse } from '../warehouse/connection.ts';

type Row = Readonly<Record<string, string | null>>;

const statementColumns = [
    ...['payee_id', 'payee_name', 'department_id', 'currency_code', 'plan_id', 'plan_version'],
    ...['earned_amount', 'recoverable_draw_amount', 'guaranteed_amount'],
    ...['balance_brought_forward_amount', 'status', 'reason_message'],
];
/** What the head of a signed statement goes on showing. */
const headColumns = [
    ...['period_end', 'plan_name', 'plan_valid_from', 'plan_valid_to', 'active_days'],
    ...['period_days', 'target_amount', 'amount_before_company', 'component_share'],
    ...['multiplier_name', 'company_value', 'company_attainment', 'multiplier'],
    ...['multiplier_tier_to', 'cap_amount', 'bonus_amount', 'pool_amount', 'status'],
];
const lineColumns = [
    ...[
        'component_id',
        'line_type',
        'label_message',
        'explanation_message',
        'kpi',
        'scope_type',
        'scope_id',
    ],
    ...['value', 'target', 'attainment', 'factor', 'amount'],
];
const dealColumns = [
    ...['kind', 'deal_id', 'lead_id', 'counted_on', 'counted_amount', 'rate', 'amount'],
];
const checkColumns = [
    ...['check_id', 'check_label_message', 'unit', 'result_code', 'explanation_message'],
    ...['in_text_message', 'out_text_message', 'difference_text_message'],
];
/** The mart whose rows stand behind a check. */
const rowsOf: Readonly<Record<string, string>> = {
    month_over: 'fct_period_states',
    statements: 'fct_bonus_statements',
    lines: 'fct_bonus_statement_lines',
    sources: 'rpt_sources',
    coverage: 'fct_coverage_gaps',
    rejects: 'rpt_rejects',
    pools: 'fct_pool_payouts',
    pool_parts: 'fct_pool_payouts',
    spend_delivered: 'fct_ad_spend_daily',
    spend_reported: 'fct_ad_spend_daily',
    cash_delivered: 'fct_payments',
    cash_reported: 'fct_payments',
    channel_credit: 'fct_payments',
    attribution: 'fct_attribution_credit',
};

/**
 * Pay as the marts compute it now.
 * @param warehouse must know `message_text`
 */
export async function readComputedPay(warehouse: Warehouse): Promise<ComputedPay> {
    const months = await read(warehouse, {
        columns: ['period_start', 'year_start', 'data_as_of'],
        from: 'fct_pay_months',
        order: 'period_start',
    });
    const statements = await read(warehouse, {
        columns: ['period_start', ...new Set([...statementColumns, ...headColumns])],
        from: 'fct_bonus_statements',
        order: 'period_start, payee_id',
    });
    const lines = await read(warehouse, {
        columns: ['payee_id', 'period_start', 'line_number', ...lineColumns],
        from: `fct_bonus_statement_lines
            where not starts_with(line_type, 'balance_')`,
        order: 'period_start, payee_id, line_number',
    });
    const deals = await read(warehouse, {
        columns: [
            ...['payee_id', 'period_start', 'line_number', 'client_name', 'deal_count'],
            ...dealColumns,
        ],
        from: 'fct_pay_deals',
        order: 'period_start, payee_id, line_number, deal_order',
    });
    const checks = await read(warehouse, {
        columns: ['period_start', ...checkColumns],
        from: 'fct_reconciliations where period_start is not null',
        order: 'period_start, sort_order, check_id, subject_id, unit',
    });
    const linesOf = Map.groupBy(lines, statementOf);
    const dealsOf = Map.groupBy(deals, lineOf);
    const checksOf = Map.groupBy(checks, monthOf);
    return {
        dataAsOf: months.at(-1)?.data_as_of ?? null,
        months: months.map(monthOf),
        yearStarts: new Map(
            months.map((row) => [monthOf(row), (row.year_start ?? '').slice(0, 7)]),
        ),
        statements: statements.map((row) => ({
            ...(pick(row, statementColumns) as unknown as ComputedStatement),
            period: monthOf(row),
            head: pick(row, headColumns),
            lines: (linesOf.get(statementOf(row)) ?? []).map(
                (line) =>
                    ({
                        ...pick(line, lineColumns),
                        ...dealsIn(dealsOf.get(lineOf(line))),
                    }) as unknown as ComputedLine,
            ),
        })),
        checks: new Map([...checksOf].map(([month, rows]) => [month, rows.map(checkOf)])),
    };
}

const monthOf = (row: Row) => (row.period_start ?? '').slice(0, 7);
const statementOf = (row: Row) => `${row.period_start} ${row.payee_id}`;
const lineOf = (row: Row) => `${statementOf(row)} ${row.line_number}`;

/** Lines that no deals stand behind say nothing of them. */
function dealsIn(rows: readonly Row[] | undefined): { readonly deals?: LedgerDeal[] } {
    if (rows === undefined) return {};
    const deals = rows.map((row) => ({
        ...pick(row, dealColumns),
        client: row.client_name,
        deal_count: Number(row.deal_count),
    }));
    return { deals: deals as unknown as LedgerDeal[] };
}

function pick(row: Row, columns: readonly string[]): Row {
    return Object.fromEntries(
        columns.map(readersName).map((name) => [name, row[name] ?? null] as const),
    );
}

function checkOf(row: Row): ComputedCheck {
    const check = row.check_id ?? '';
    const amounts = row.in_text
        ? ` (${row.in_text} and ${row.out_text}, difference ${row.difference_text})`
        : '';
    const mart = rowsOf[check];
    return {
        check,
        label: row.check_label ?? check,
        result: row.result_code ?? 'blocks',
        explanation: `${row.explanation}${amounts}`,
        ...(mart ? { rows: `npx jointly export ${mart} --format csv` } : {}),
    };
}

interface Query {
    readonly columns: readonly string[];
    readonly from: string;
    readonly order: string;
}

function read(warehouse: Warehouse, { columns, from, order }: Query): Promise<Row[]> {
    const list = columns.map(
        (name) => `cast(${readersColumn(name)} as varchar) as "${readersName(name)}"`,
    );
    return warehouse.query<Row>(`select ${list.join(', ')} from marts.${from} order by ${order}`);
}

export interface PlanWords {
    readonly plan_id: string;
    readonly plan_version: string;
    readonly text: string;
    /** SHA-256 of the text: what a payee agrees to. */
    readonly hash: string;
}

/** The plans in force in a month as they are printed. The dates of a version are no part of it. */
export async function readPlanWords(
    warehouse: Warehouse,
    words: Words,
    period: string,
): Promise<readonly PlanWords[]> {
    const where = `where period_start = date '${period}-01'`;
    const plans = await read(warehouse, {
        columns: [
            ...['plan_id', 'plan_version', 'plan_name', 'multiplier_text_message'],
            ...['cap_text_message', 'currency_code'],
        ],
        from: `rpt_plans ${where}`,
        order: 'plan_id',
    });
    const components = await read(warehouse, {
        columns: [
            ...['plan_id', 'component_name', 'kpi_text_message', 'weight', 'curve_text_message'],
            'gate_text_message',
        ],
        from: `rpt_plan_components ${where}`,
        order: 'plan_id, component_order',
    });
    const tiers = await read(warehouse, {
        columns: ['plan_names', 'scale_label', 'tier_text_message', 'payout_text_message'],
        from: `rpt_plan_tiers ${where}`,
        order: 'sort_order',
    });
    return plans.map((plan) => {
        const isOwn = ({ plan_names: names }: Row) =>
            `, ${names}, `.includes(`, ${plan.plan_name}, `);
        const lines = [
            words.say('pay.words.plan', {
                name: plan.plan_name ?? null,
                version: plan.plan_version ?? null,
                currency: plan.currency_code ?? null,
            }),
            ...components
                .filter(({ plan_id: id }) => id === plan.plan_id)
                .map((one) =>
                    words.say('pay.words.component', {
                        name: one.component_name ?? null,
                        kpi: one.kpi_text ?? null,
                        weight: one.weight ?? null,
                        curve: one.curve_text ?? null,
                        gate: one.gate_text ?? null,
                    }),
                ),
            ...tiers.filter(isOwn).map((one) =>
                words.say('pay.words.tier', {
                    scale: one.scale_label ?? null,
                    tier: one.tier_text ?? null,
                    pays: one.payout_text ?? null,
                }),
            ),
            words.say('pay.words.limits', {
                multiplier: plan.multiplier_text ?? null,
                cap: plan.cap_text ?? null,
            }),
        ];
        const text = `${lines.join('\n')}\n`;
        return {
            plan_id: plan.plan_id ?? '',
            plan_version: plan.plan_version ?? '',
            text,
            hash: createHash('sha256').update(text).digest('hex'),
        };
    });
}

/** What is stated of the payment of a month. */
function payTermsOf(tables: RuleTables, period: string): CloseRules['terms'] {
    const { rows } = tableOf(tables, 'incentives/pay_terms');
    const cells = rows.find((row) => isInForce(row, `${period}-01`))?.cells;
    return {
        pay_day: cells?.pay_day ?? null,
        object_within_days: cells?.object_within_days ?? null,
        object_to: cells?.object_to ?? null,
    };
}

/** What the rule files say of a close of `period` on the day `today`. */
export function closeRules(
    tables: RuleTables,
    words: readonly PlanWords[],
    period: string,
    today: string,
): Omit<CloseRules, 'comparisons'> {
    const authors = (month: string, file: string, name: (row: RuleRow) => string) =>
        tableOf(tables, file)
            .rows.filter((row) => firstDay(row) <= `${month}-31` && endOf(row) > `${month}-01`)
            .map((row) => [name(row), row.cells.author_id ?? null] as const);
    return {
        approvers: tableOf(tables, 'incentives/approvers')
            .rows.filter((row) => isInForce(row, today))
            .map((row) => filled(row, 'person_id')),
        authorsOf: (month) =>
            new Map([
                ...authors(month, 'incentives/plans', (row) => {
                    return `${filled(row, 'plan_id')} ${filled(row, 'plan_version')}`;
                }),
                ...authors(month, 'incentives/pools', (row) => `pool ${filled(row, 'pool_id')}`),
            ]),
        // Nobody has agreed to anything on a day that is still to come.
        acknowledgements: tableOf(tables, 'incentives/plan_acknowledgements')
            .rows.filter((row) => filled(row, 'acknowledged_on') <= today)
            .map((row) => ({
                payee_id: filled(row, 'payee_id'),
                plan_id: filled(row, 'plan_id'),
                words_hash: filled(row, 'words_hash'),
                acknowledged_on: filled(row, 'acknowledged_on'),
            })),
        terms: payTermsOf(tables, period),
        wordsHashes: new Map(words.map((one) => [one.plan_id, one.hash])),
    };
}
