import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import { queryFiles, queryWarehouse, type TextRow } from './duckdb.ts';

/*
 * The pay of the sample company a second time, by other means than the product: plain arithmetic over
 * core facts (leads, hand-overs, judgements, deals, payments) and rule files. No KPI, no model of the
 * incentives. It knows the kinds of rules the sample has, and stops at any other.
 */

Decimal.set({ precision: 80, rounding: Decimal.ROUND_HALF_UP });

/** One line of a statement: what it is about, and its amount in cents. */
export interface PayLine {
    readonly type: string;
    readonly kpi: string;
    readonly amount: string;
}

export interface PayStatement {
    readonly payee: string;
    /** First day of the month. */
    readonly month: string;
    /** Null while a number it stands on is missing, as is what is payable. */
    readonly earned: string | null;
    readonly payable: string | null;
    readonly lines: readonly PayLine[];
}

/** Files of rules that pay is made by. */
const ruleFiles = [
    ...['targets/targets', 'incentives/plans', 'incentives/plan_members'],
    ...['incentives/plan_components', 'incentives/component_tiers', 'incentives/component_gates'],
    ...['incentives/plan_multipliers', 'incentives/multiplier_tiers', 'incentives/pools'],
    ...['incentives/pool_departments', 'incentives/pool_members'],
] as const;

type Rules = (file: (typeof ruleFiles)[number]) => readonly TextRow[];

const zero = new Decimal(0);
const money = (amount: Decimal) => amount.toFixed(2, Decimal.ROUND_HALF_UP);
const toCents = (amount: Decimal) => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
const sum = (amounts: readonly Decimal[]) => amounts.reduce((all, one) => all.plus(one), zero);
/** KPIs are cut at ten decimals, never rounded up over a threshold. */
const ratio = (one: Decimal, other: Decimal) =>
    one.div(other).toDecimalPlaces(10, Decimal.ROUND_DOWN);

function text(row: TextRow, column: string): string {
    const value = row[column];
    if (value === null || value === undefined) throw new Error(`${column} is empty`);
    return value;
}
const number = (row: TextRow, column: string) => new Decimal(text(row, column));
const optional = (row: TextRow, column: string) =>
    row[column] ? new Decimal(text(row, column)) : undefined;

const never = '9999-12-31';
const isInForce = (rule: TextRow, day: string) =>
    text(rule, 'valid_from') <= day && day < (rule.valid_to || never);
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** First day of the month that lies so many months after another one. */
function monthsAfter(month: string, count: number): string {
    const [year = 0, number = 0] = month.split('-').map(Number);
    return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 10);
}

/** Days of a stretch of time on which a rule was in force. */
function daysInForce(rule: TextRow, from: string, until: string): number {
    const start = [text(rule, 'valid_from'), from].toSorted().at(-1) ?? from;
    const end = [rule.valid_to || never, until].toSorted()[0] ?? until;
    return Math.max(0, dayNumber(end) - dayNumber(start));
}

/** Cents shared out so that they sum: all rounded down, what is left to the largest remainders. */
function shareOut(total: Decimal, exact: readonly Decimal[]): readonly Decimal[] {
    const floored = exact.map((one) => one.toDecimalPlaces(2, Decimal.ROUND_FLOOR));
    let left = total.minus(sum(floored)).times(100).toNumber();
    const byRemainder = exact
        .map((one, index) => ({ index, remainder: one.minus(floored[index] ?? zero) }))
        .toSorted(
            (one, other) => other.remainder.comparedTo(one.remainder) || one.index - other.index,
        );
    for (const { index } of byRemainder) {
        if (left-- > 0) floored[index] = (floored[index] ?? zero).plus('0.01');
    }
    return floored;
}

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
    return { value, attainment };
}

function monthsOf(from: string, until: string): readonly (readonly [string, string])[] {
    const months: [string, string][] = [];
    for (let start = from; start < until; start = monthsAfter(start, 1)) {
        months.push([start, monthsAfter(start, 1)]);
    }
    return months;
}

/** What a curve makes of an attainment, before any gate. */
function curveFactor(component: TextRow, tiers: readonly TextRow[], attained: Decimal): Decimal {
    const threshold = optional(component, 'threshold');
    if (threshold && attained.lt(threshold)) return zero;
    const factor = onCurve(text(component, 'curve'), tiers, attained);
    return Decimal.min(factor, optional(component, 'cap') ?? factor);
}

function onCurve(curve: string, tiers: readonly TextRow[], attained: Decimal): Decimal {
    if (curve === 'linear') return attained;
    const steps = tiers
        .map((tier) => ({
            from: number(tier, 'tier_from'),
            to: optional(tier, 'tier_to'),
            rate: number(tier, 'payout_rate'),
        }))
        .toSorted((one, other) => one.from.comparedTo(other.from));
    const at = steps.findLastIndex(({ from }) => attained.gte(from));
    const reached = steps[at];
    if (reached === undefined) return zero;
    if (curve === 'step') return reached.rate;
    if (curve === 'marginal') {
        return sum(
            steps
                .slice(0, at + 1)
                .map(({ from, to, rate }) =>
                    rate.times(Decimal.min(attained, to ?? attained).minus(from)),
                ),
        );
    }
    if (curve !== 'interpolated') throw new Error(`the curve ${curve} is not computed here`);
    const next = steps[at + 1];
    if (next === undefined) return reached.rate;
    const rise = next.rate.minus(reached.rate).times(attained.minus(reached.from));
    return reached.rate.plus(
        rise.div(next.from.minus(reached.from)).toDecimalPlaces(14, Decimal.ROUND_DOWN),
    );
}

/** What a payee's plan pays for a month, as lines; undefined while a number is missing. */
function bonusLines(
    rules: Rules,
    facts: Facts,
    payee: string,
    month: string,
): readonly PayLine[] | undefined {
    const until = monthsAfter(month, 1);
    const days = dayNumber(until) - dayNumber(month);
    const inForce = (file: Parameters<Rules>[0]) =>
        rules(file).filter((rule) => isInForce(rule, month));
    const memberships = rules('incentives/plan_members')
        .filter((member) => member.payee_id === payee)
        .map((member) => ({ member, active: daysInForce(member, month, until) }))
        .filter(({ active }) => active > 0);
    const planId = memberships[0]?.member.plan_id;
    if (planId === undefined) return [];
    if (memberships.some(({ member }) => member.plan_id !== planId)) throw new Error('two plans');
    const plan = inForce('incentives/plans').find((one) => one.plan_id === planId);
    if (plan?.period_type !== 'month') throw new Error(`no plan ${planId} for ${month}`);
    if (plan.currency_code !== 'EUR') throw new Error('pay in another currency');
    // Everything is multiplied by the days of the month, and divided by them once.
    const target = sum(
        memberships.map(({ member, active }) => number(member, 'target_amount').times(active)),
    );
    const measured = (rule: TextRow) => {
        const found = measure(facts, rules('targets/targets'), rule, payee, month, until);
        return rule.measure === 'value' ? found.value : found.attainment;
    };
    const components = inForce('incentives/plan_components')
        .filter((one) => one.plan_id === planId)
        .toSorted((one, other) => Number(one.component_order) - Number(other.component_order))
        .map((component) => {
            if (component.payout_basis !== 'target_amount') throw new Error('paid by value');
            const attained = measured(component);
            const tiers = inForce('incentives/component_tiers').filter(
                (tier) => tier.component_id === component.component_id,
            );
            const gate = component.gate_id
                ? inForce('incentives/component_gates').find(
                      (one) => one.gate_id === component.gate_id,
                  )
                : undefined;
            if (component.gate_id && !gate) throw new Error(`no gate ${component.gate_id}`);
            const judged = gate && measured(gate);
            if (attained === undefined || (gate && judged === undefined)) return undefined;
            const isMissed = gate && judged?.lt(number(gate, 'threshold'));
            const own = curveFactor(component, tiers, attained)
                .times(number(component, 'weight'))
                .times(target);
            const paid = isMissed ? own.times(number(gate, 'miss_factor')) : own;
            return { component, gate, own, paid };
        });
    const known = components.filter((one) => one !== undefined);
    const multiplier = inForce('incentives/plan_multipliers').find((one) => one.plan_id === planId);
    const company = multiplier && measured(multiplier);
    if (known.length < components.length || (multiplier && company === undefined)) return undefined;
    const tier = inForce('incentives/multiplier_tiers').find(
        (one) =>
            one.multiplier_id === multiplier?.multiplier_id &&
            company?.gte(number(one, 'tier_from')) &&
            (!one.tier_to || company.lt(number(one, 'tier_to'))),
    );
    if (multiplier && !tier) throw new Error(`no tier for ${company}`);
    const times = tier ? number(tier, 'multiplier') : new Decimal(1);
    const exact = sum(known.map(({ paid }) => paid));
    const before = toCents(exact.div(days));
    const paidAmounts = shareOut(
        before,
        known.map(({ paid }) => paid.div(days)),
    );
    const lines: PayLine[] = known.flatMap(({ component, gate, own, paid }, index) => {
        const amount = paidAmounts[index] ?? zero;
        const ownAmount = own.eq(paid) ? amount : toCents(own.div(days));
        return [
            { type: 'component', kpi: text(component, 'kpi'), amount: money(ownAmount) },
            ...(gate
                ? [
                      {
                          type: 'gate',
                          kpi: text(gate, 'kpi'),
                          amount: money(amount.minus(ownAmount)),
                      },
                  ]
                : []),
        ];
    });
    const added = toCents(before.times(times.minus(1)));
    if (multiplier) {
        lines.push({ type: 'multiplier', kpi: text(multiplier, 'kpi'), amount: money(added) });
    }
    const cap = plan.cap_share ? target.times(number(plan, 'cap_share')) : undefined;
    const capAmount = cap && toCents(cap.div(days));
    const shown = before.plus(added);
    if (capAmount && shown.gt(capAmount)) {
        lines.push({ type: 'cap', kpi: '', amount: money(capAmount.minus(shown)) });
    }
    const bonus = toCents(Decimal.min(exact.times(times), cap ?? exact.times(times)).div(days));
    const rounding = bonus.minus(Decimal.min(shown, capAmount ?? shown));
    if (!rounding.isZero()) lines.push({ type: 'rounding', kpi: '', amount: money(rounding) });
    return lines;
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
    const owed = new Map<string, Decimal>();
    const statements: PayStatement[] = [];
    for (const [month] of monthsOf(`${first.slice(0, 7)}-01`, end)) {
        const pools = poolLines(rules, facts, month);
        const payees = new Set([...members.map((one) => text(one, 'payee_id')), ...pools.keys()]);
        for (const payee of [...payees].toSorted()) {
            const bonus = bonusLines(rules, facts, payee, month);
            const pool = pools.get(payee);
            if (bonus === undefined) {
                statements.push({ payee, month, earned: null, payable: null, lines: [] });
                continue;
            }
            const lines = [...bonus, ...(pool ? [pool] : [])];
            if (lines.length === 0) continue;
            const earned = sum(lines.map(({ amount }) => new Decimal(amount)));
            const open = (owed.get(payee) ?? zero).plus(earned);
            owed.set(payee, Decimal.min(open, 0));
            statements.push({
                payee,
                month,
                earned: money(earned),
                payable: money(Decimal.max(open, 0)),
                lines,
            });
        }
    }
    return statements;
}
