import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import {
    bonusLines,
    dayNumber,
    daysInForce,
    isInForce,
    money,
    monthsAfter,
    monthsOf,
    type Numbers,
    never,
    number,
    type PayLine,
    type PayStatement,
    payMonth,
    type Rules,
    ratio,
    shareOut,
    sum,
    text,
    toCents,
    zero,
} from '../../support/pay-by-hand.ts';
import { queryFiles, queryWarehouse, type TextRow } from './duckdb.ts';

/*
 * The pay of the sample company a second time, by other means than the product: plain arithmetic over
 * core facts (leads, hand-overs, judgements, deals, payments) and rule files. No KPI, no model of the
 * incentives. It counts the KPIs the sample pays by, and stops at any other.
 */

/** Files of rules that pay is made by. */
const ruleFiles = [
    ...['targets/targets', 'incentives/plans', 'incentives/plan_members'],
    ...['incentives/plan_components', 'incentives/component_tiers', 'incentives/component_gates'],
    ...['incentives/plan_multipliers', 'incentives/multiplier_tiers', 'incentives/pools'],
    ...['incentives/pool_departments', 'incentives/pool_members', 'incentives/draws'],
] as const;

interface Fact {
    readonly day: string;
    readonly person: string | null;
    readonly amount: Decimal;
}

/** The facts that each KPI somebody is paid on counts: numerator, and denominator of a ratio. */
async function readFacts(warehouse: string, timezone: string) {
    const rows = (statement: string) => queryWarehouse(warehouse, statement);
    const wall = new Intl.DateTimeFormat('en-CA', { timeZone: timezone });
    const dayOf = (utc: string) => wall.format(new Date(`${utc.replace(' ', 'T')}Z`));
    const one = new Decimal(1);
    const leads = await rows('select created_date, sql_at from marts.dim_leads');
    const deals = await rows(
        `select closed_date, person_id, booked_amount from marts.dim_deals where status = 'won'`,
    );
    const payments = await rows(
        'select paid_date, person_id, lead_id, collected_amount from marts.fct_payments',
    );
    const handovers = await rows(
        `select assigned_date, person_id, is_response_due, is_response_in_time, is_feedback_due,
            has_verdict from marts.fct_lead_handovers`,
    );
    const judgements = await rows(
        'select judged_at, person_id, judgement from marts.fct_first_judgements',
    );
    const counted = (row: TextRow, day: string): Fact => ({
        day,
        person: row.person_id ?? null,
        amount: one,
    });
    const ofDay = (own: readonly TextRow[], column: string) =>
        own.map((row) => counted(row, text(row, column)));
    const collected = (own: readonly TextRow[]): Fact[] =>
        own.map((row) => ({
            day: text(row, 'paid_date'),
            person: row.person_id ?? null,
            amount: number(row, 'collected_amount'),
        }));
    const isTrue = (column: string) => (row: TextRow) => row[column] === 'true';
    const responses = handovers.filter(isTrue('is_response_due'));
    const feedback = handovers.filter(isTrue('is_feedback_due'));
    const judged = judgements.map((row) => ({ row, day: dayOf(text(row, 'judged_at')) }));
    return new Map<string, { readonly counts: readonly Fact[]; readonly per?: readonly Fact[] }>([
        ['leads department', { counts: ofDay(leads, 'created_date') }],
        [
            'sqls department',
            {
                counts: leads.flatMap((row) =>
                    row.sql_at ? [counted(row, dayOf(text(row, 'sql_at')))] : [],
                ),
            },
        ],
        [
            'booked_revenue',
            {
                counts: deals.map((row) => ({
                    day: text(row, 'closed_date'),
                    person: row.person_id ?? null,
                    amount: number(row, 'booked_amount'),
                })),
            },
        ],
        ['collected_revenue company', { counts: collected(payments) }],
        // Marketing brought the deals that began as a lead.
        [
            'collected_revenue department',
            { counts: collected(payments.filter(({ lead_id: lead }) => lead !== null)) },
        ],
        [
            'feedback_completeness department',
            {
                counts: ofDay(feedback.filter(isTrue('has_verdict')), 'assigned_date'),
                per: ofDay(feedback, 'assigned_date'),
            },
        ],
        [
            'sla_compliance department',
            {
                counts: ofDay(responses.filter(isTrue('is_response_in_time')), 'assigned_date'),
                per: ofDay(responses, 'assigned_date'),
            },
        ],
        [
            'lead_acceptance_rate department',
            {
                counts: judged
                    .filter(({ row }) => row.judgement === 'sal')
                    .map(({ row, day }) => counted(row, day)),
                per: judged.map(({ row, day }) => counted(row, day)),
            },
        ],
    ]);
}

type Facts = Awaited<ReturnType<typeof readFacts>>;

/** The value of a KPI from one day until another, and its target; undefined = not known. */
function measure(
    facts: Facts,
    targets: readonly TextRow[],
    rule: TextRow,
    payee: string,
    from: string,
    until: string,
) {
    const kpi = text(rule, 'kpi');
    const type = text(rule, 'scope_type');
    const scope = rule.scope_id === 'payee' ? payee : text(rule, 'scope_id');
    const own = facts.get(`${kpi} ${type}`) ?? facts.get(kpi);
    if (own === undefined) throw new Error(`${kpi} of ${type} is not computed here`);
    const within = (rows: readonly Fact[]) =>
        sum(
            rows
                .filter(({ day }) => from <= day && day < until)
                .filter(({ person }) => type !== 'person' || person === scope)
                .map(({ amount }) => amount),
        );
    const counts = within(own.counts);
    const per = own.per && within(own.per);
    const value = per === undefined ? counts : per.isZero() ? undefined : ratio(counts, per);
    // A target counts for the days it was in force: a sum is shared out, a rate is a level.
    const parts = targets
        .filter((one) => one.kpi === kpi && one.scope_type === type && one.scope_id === scope)
        .flatMap((one) => {
            if (one.period_type !== 'month') throw new Error(`a target for a ${one.period_type}`);
            const level = number(one, 'target_value');
            return monthsOf(from, until).flatMap(([start, end]) => {
                const days = daysInForce(one, start, end);
                const whole = dayNumber(end) - dayNumber(start);
                return days > 0 ? [{ level, days, share: level.times(days).div(whole) }] : [];
            });
        });
    const target =
        parts.length === 0
            ? undefined
            : per === undefined
              ? sum(parts.map(({ share }) => share))
              : sum(parts.map(({ level, days }) => level.times(days))).div(
                    parts.reduce((days, one) => days + one.days, 0),
                );
    const attainment =
        value === undefined || target === undefined
            ? undefined
            : ratio(value, target.toDecimalPlaces(6));
    return { value, target, attainment };
}

/** What shared pools pay with the statement of a month, by payee. */
function poolLines(rules: Rules, facts: Facts, month: string): ReadonlyMap<string, PayLine> {
    const lines = new Map<string, PayLine>();
    const until = monthsAfter(month, 1);
    const isQuarterEnd = Number(month.slice(5, 7)) % 3 === 0;
    const quarter = monthsAfter(month, -2);
    const pools = rules('incentives/pools').filter((pool) => isInForce(pool, quarter));
    if (!isQuarterEnd || pools.length === 0) return lines;
    const [pool] = pools;
    if (pools.length > 1 || pool?.period_type !== 'quarter' || pool.currency_code !== 'EUR') {
        throw new Error('more than a pool of the quarter in EUR is not computed here');
    }
    const { value } = measure(facts, [], pool, '', quarter, until);
    const above = (value ?? zero).minus(number(pool, 'threshold_amount'));
    const total = above.gt(0) ? toCents(above.times(number(pool, 'pool_share'))) : zero;
    const departments = rules('incentives/pool_departments')
        .filter((one) => one.pool_id === pool.pool_id && isInForce(one, quarter))
        .toSorted((one, other) =>
            text(one, 'department_id') < text(other, 'department_id') ? -1 : 1,
        );
    const shares = shareOut(
        total,
        departments.map((one) => total.times(number(one, 'share'))),
    );
    for (const [index, { department_id: department }] of departments.entries()) {
        const members = rules('incentives/pool_members')
            .filter((one) => one.pool_id === pool.pool_id && one.department_id === department)
            .map((member) => ({
                payee: text(member, 'payee_id'),
                weight: number(member, 'weight').times(daysInForce(member, quarter, until)),
            }))
            .filter(({ weight }) => weight.gt(0))
            .toSorted((one, other) => (one.payee < other.payee ? -1 : 1));
        const all = sum(members.map(({ weight }) => weight));
        const share = shares[index] ?? zero;
        const amounts = shareOut(
            share,
            members.map(({ weight }) => share.times(weight).div(all)),
        );
        for (const [at, { payee }] of members.entries()) {
            const amount = money(amounts[at] ?? zero);
            lines.set(payee, { type: 'pool', kpi: text(pool, 'kpi'), amount });
        }
    }
    return lines;
}

/**
 * Every statement of the company, from its first month of pay to the month its data ends in.
 * @param seeds folder of the rules that were in force when the marts were built
 */
export async function recomputePay(
    warehouse: string,
    seeds: string,
    timezone: string,
): Promise<readonly PayStatement[]> {
    const tables = new Map<string, readonly TextRow[]>();
    for (const file of ruleFiles) {
        const path = join(seeds, `${file}.csv`);
        tables.set(
            file,
            await queryFiles(`from read_csv('${path}', header = true, all_varchar = true)`),
        );
    }
    const rules: Rules = (file) => tables.get(file) ?? [];
    const facts = await readFacts(warehouse, timezone);
    const [last] = await queryWarehouse(warehouse, 'select as_of_date from marts.dim_as_of');
    const members = rules('incentives/plan_members');
    const first = members.map((one) => text(one, 'valid_from')).toSorted()[0] ?? never;
    const end = text(last ?? {}, 'as_of_date');
    const numbers: Numbers = {
        measure: (rule, payee, from, until) =>
            measure(facts, rules('targets/targets'), rule, payee, from, until),
        commission: () => {
            throw new Error('the sample pays nobody by deals');
        },
        quarterOf: (month) => {
            const start = monthsAfter(month, -((Number(month.slice(5, 7)) - 1) % 3));
            return [start, monthsAfter(start, 3)];
        },
        yearOf: (month) => `${month.slice(0, 4)}-01-01`,
    };
    const owed = new Map<string, Decimal>();
    const statements: PayStatement[] = [];
    for (const [month] of monthsOf(`${first.slice(0, 7)}-01`, end)) {
        const pools = poolLines(rules, facts, month);
        const payees = new Set([...members.map((one) => text(one, 'payee_id')), ...pools.keys()]);
        for (const payee of [...payees].toSorted()) {
            const bonus = bonusLines(rules, numbers, payee, month);
            const pool = pools.get(payee);
            if (bonus === undefined) {
                statements.push({ payee, month, earned: null, payable: null, lines: [] });
                continue;
            }
            const lines = [...bonus, ...(pool ? [pool] : [])];
            if (lines.length === 0) continue;
            const earned = sum(lines.map(({ amount }) => new Decimal(amount)));
            const paid = payMonth(rules, payee, month, {
                owed: owed.get(payee) ?? zero,
                earned,
                hasPlan: bonus.length > 0,
            });
            owed.set(payee, paid.owed);
            statements.push({
                payee,
                month,
                earned: money(earned),
                payable: money(paid.payable),
                lines,
            });
        }
    }
    return statements;
}
