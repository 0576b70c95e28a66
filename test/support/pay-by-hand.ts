import { Decimal } from 'decimal.js';
import type { TextRow } from '../end-to-end/support/duckdb.ts';

/*
 * The arithmetic of pay a second time, as plain as it can be: rule files and numbers in, lines of
 * statements out. It reads no model. What a plan does not say it does not know, and it stops.
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

/** Rule files without `.csv`; a company has not all of them. */
export type Rules = (file: string) => readonly TextRow[];

export interface Measured {
    readonly value: Decimal | undefined;
    readonly target: Decimal | undefined;
    readonly attainment: Decimal | undefined;
}

/** What a rule is judged on from one day until another; undefined = not known. */
export type Measure = (rule: TextRow, payee: string, from: string, until: string) => Measured;

/** What the deals of a payee pay exactly by a component in a month; undefined = not known. */
export type Commission = (
    component: TextRow,
    payee: string,
    month: string,
    currency: string,
) => Decimal | undefined;

export const zero = new Decimal(0);
export const money = (amount: Decimal) => amount.toFixed(2, Decimal.ROUND_HALF_UP);
export const toCents = (amount: Decimal) => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
export const sum = (amounts: readonly Decimal[]) =>
    amounts.reduce((all, one) => all.plus(one), zero);
/** KPIs are cut at ten decimals, never rounded up over a threshold. */
export const ratio = (one: Decimal, other: Decimal) =>
    one.div(other).toDecimalPlaces(10, Decimal.ROUND_DOWN);

export function text(row: TextRow, column: string): string {
    const value = row[column];
    if (value === null || value === undefined) throw new Error(`${column} is empty`);
    return value;
}
export const number = (row: TextRow, column: string) => new Decimal(text(row, column));
export const optional = (row: TextRow, column: string) =>
    row[column] ? new Decimal(text(row, column)) : undefined;

export const never = '9999-12-31';
export const isInForce = (rule: TextRow, day: string) =>
    text(rule, 'valid_from') <= day && day < (rule.valid_to || never);
export const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** First day of the month that lies so many months after another one. */
export function monthsAfter(month: string, count: number): string {
    const [year = 0, number = 0] = month.split('-').map(Number);
    return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 10);
}

export function monthsOf(from: string, until: string): readonly (readonly [string, string])[] {
    const months: [string, string][] = [];
    for (let start = from; start < until; start = monthsAfter(start, 1)) {
        months.push([start, monthsAfter(start, 1)]);
    }
    return months;
}

/** Days of a stretch of time on which a rule was in force. */
export function daysInForce(rule: TextRow, from: string, until: string): number {
    const start = [text(rule, 'valid_from'), from].toSorted().at(-1) ?? from;
    const end = [rule.valid_to || never, until].toSorted()[0] ?? until;
    return Math.max(0, dayNumber(end) - dayNumber(start));
}

/** Cents shared out so that they sum: all rounded down, what is left to the largest remainders. */
export function shareOut(total: Decimal, exact: readonly Decimal[]): readonly Decimal[] {
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

interface Step {
    readonly from: Decimal;
    readonly to: Decimal | undefined;
    readonly rate: Decimal;
}

/** What a curve makes of an attainment, or of money where its bounds are drawn in money. */
function onCurve(
    curve: string,
    steps: readonly Step[],
    attained: Decimal,
    whole: Decimal,
): Decimal {
    if (curve === 'linear') return attained;
    const at = steps.findLastIndex(({ from }) => attained.gte(from));
    // Money paid back is counted at the first rate.
    const reached = steps[at] ?? (attained.lt(0) && steps[0]?.from.isZero() ? steps[0] : undefined);
    if (reached === undefined) return zero;
    if (curve === 'step' || curve === 'table') return reached.rate.times(whole);
    if (curve === 'marginal') {
        const slices = steps.slice(0, Math.max(at, 0) + 1);
        return sum(
            slices.map(({ from, to, rate }) =>
                rate.times(Decimal.min(attained, to ?? attained).minus(from)),
            ),
        );
    }
    if (curve === 'overage') {
        const base = Decimal.min(attained, steps[0]?.to ?? attained);
        const above = reached.rate.times(attained.minus(base));
        return (steps[0]?.rate ?? zero).times(base).plus(above);
    }
    if (curve !== 'interpolated') throw new Error(`the curve ${curve} is not computed here`);
    const next = steps[at + 1];
    if (next === undefined) return reached.rate;
    const rise = next.rate.minus(reached.rate).times(attained.minus(reached.from));
    return reached.rate.plus(
        rise.div(next.from.minus(reached.from)).toDecimalPlaces(14, Decimal.ROUND_DOWN),
    );
}

/** What a curve makes of a component, before any gate: a factor, or money where it is paid by value. */
function curveFactor(
    component: TextRow,
    tiers: readonly TextRow[],
    measured: Decimal,
    { value, target }: Measured,
    other: Decimal | undefined,
): Decimal {
    const isByValue = component.payout_basis === 'kpi_value';
    const threshold = optional(component, 'threshold');
    const attained = isByValue ? (value ?? zero) : Decimal.max(measured, 0);
    if (threshold && measured.lt(threshold) && attained.gte(0)) return zero;
    const unit =
        isByValue && component.measure === 'attainment' ? (target ?? zero) : new Decimal(1);
    const column = Decimal.max(other ?? zero, 0);
    const steps = tiers
        .filter(
            (tier) =>
                !tier.other_from ||
                (column.gte(tier.other_from) && (!tier.other_to || column.lt(tier.other_to))),
        )
        .map((tier) => ({
            from: number(tier, 'tier_from').times(unit),
            to: optional(tier, 'tier_to')?.times(unit),
            rate: number(tier, 'payout_rate'),
        }))
        .toSorted((one, two) => one.from.comparedTo(two.from));
    const whole = isByValue ? attained : new Decimal(1);
    const factor = onCurve(text(component, 'curve'), steps, attained, whole);
    return Decimal.min(factor, optional(component, 'cap') ?? factor);
}

/** Divided by the days of every month, so that shares of months add up exactly. */
const commonDays = 377_580;

/** What a payee is measured by, and when quarters and years begin. */
export interface Numbers {
    readonly measure: Measure;
    readonly commission: Commission;
    readonly quarterOf: (month: string) => readonly [start: string, end: string];
    readonly yearOf: (month: string) => string;
}

interface Owed {
    readonly own: Decimal;
    readonly paid: Decimal;
    /** The part of the target amount it is a share of. */
    readonly base: Decimal;
}

/** What a payee's plan pays for a month, as lines; undefined while a number is missing. */
export function bonusLines(
    rules: Rules,
    numbers: Numbers,
    payee: string,
    month: string,
): readonly PayLine[] | undefined {
    const until = monthsAfter(month, 1);
    const rulesOf = (file: string, day = month) => rules(file).filter((one) => isInForce(one, day));
    const memberships = rules('incentives/plan_members').filter((one) => one.payee_id === payee);
    /** Bonus at target of a month by a plan, in common days; undefined outside the plan. */
    const targetOf = (planId: string, start: string) => {
        const end = monthsAfter(start, 1);
        const active = memberships
            .map((member) => ({ member, days: daysInForce(member, start, end) }))
            .filter(({ member, days }) => days > 0 && member.plan_id === planId);
        if (active.length === 0) return undefined;
        const units = commonDays / (dayNumber(end) - dayNumber(start));
        return sum(
            active.map(({ member, days }) => number(member, 'target_amount').times(days * units)),
        );
    };
    const planId = memberships.find((one) => daysInForce(one, month, until) > 0)?.plan_id;
    if (!planId) return [];
    if (memberships.some((one) => one.plan_id !== planId && daysInForce(one, month, until) > 0)) {
        throw new Error('two plans');
    }
    const plan = rulesOf('incentives/plans').find((one) => one.plan_id === planId);
    if (plan?.period_type !== 'month') throw new Error(`no plan ${planId} for ${month}`);
    const componentsOn = (day: string) =>
        rulesOf('incentives/plan_components', day).filter((one) => one.plan_id === planId);
    const goesOn = memberships.some(
        (one) =>
            one.plan_id === planId &&
            text(one, 'valid_from') <= until &&
            until < (one.valid_to || never),
    );

    /** What a component is owed for the months it is judged by, up to a month. */
    const owedTo = (id: string, start: string, last: string): Owed | undefined => {
        const end = monthsAfter(last, 1);
        const component = componentsOn(last).find((one) => one.component_id === id);
        if (!component) return { own: zero, paid: zero, base: zero };
        const months = monthsOf(start, end).flatMap(([from]) => {
            const row = componentsOn(from).find((one) => one.component_id === id);
            const target = targetOf(planId, from);
            return row && target ? [{ from, base: target.times(row.weight ?? 0) }] : [];
        });
        const first = months[0]?.from ?? last;
        if (component.payout_basis === 'deals') {
            const { value } = numbers.measure(component, payee, first, end);
            const exact = numbers.commission(component, payee, last, text(plan, 'currency_code'));
            if (exact === undefined || value === undefined) return undefined;
            return { own: exact.times(commonDays), paid: exact.times(commonDays), base: zero };
        }
        const tiers = rulesOf('incentives/component_tiers', last).filter(
            (tier) => tier.component_id === id,
        );
        const read = (rule: TextRow) => {
            const found = numbers.measure(rule, payee, first, end);
            return { ...found, counted: rule.measure === 'value' ? found.value : found.attainment };
        };
        const own = read(component);
        const isNothing = component.scope_id === 'payee' && !own.target && own.value?.isZero();
        const gate = component.gate_id
            ? rulesOf('incentives/component_gates', last).find(
                  (one) => one.gate_id === component.gate_id,
              )
            : undefined;
        if (component.gate_id && !gate) throw new Error(`no gate ${component.gate_id}`);
        const other = gate && read(gate).counted;
        const counted = own.counted ?? (isNothing ? zero : undefined);
        if (counted === undefined || (gate && other === undefined)) return undefined;
        const base =
            component.payout_basis === 'kpi_value'
                ? new Decimal(commonDays)
                : sum(months.map((one) => one.base));
        const factorOf = (attained: Decimal) =>
            isNothing && own.counted === undefined
                ? zero
                : curveFactor(component, tiers, attained, own, other);
        const factor = factorOf(counted);
        const effect = gate?.effect || 'gate';
        const isLower = effect === 'weakest_link' && other?.lt(Decimal.max(counted, 0));
        const isMissed = gate && effect === 'gate' && other?.lt(number(gate, 'threshold'));
        const paid = isLower
            ? factorOf(other ?? zero)
            : isMissed && factor.gte(0)
              ? factor.times(number(gate, 'miss_factor'))
              : factor;
        const share = component.payout_basis === 'kpi_value' ? zero : base;
        return { own: base.times(factor), paid: base.times(paid), base: share };
    };

    const components = componentsOn(month)
        .toSorted((one, other) => Number(one.component_order) - Number(other.component_order))
        .map((component) => {
            const id = text(component, 'component_id');
            const gate = component.gate_id
                ? rulesOf('incentives/component_gates').find(
                      (one) => one.gate_id === component.gate_id,
                  )
                : undefined;
            const whole = (targetOf(planId, month) ?? zero).times(component.weight ?? 0);
            const judged = component.judged_on || 'month';
            if (judged === 'quarter') {
                const [start, end] = numbers.quarterOf(month);
                const isDue = until >= end || !goesOn;
                const nothing = { own: zero, paid: zero, base: zero };
                const owed = isDue ? owedTo(id, start, month) : nothing;
                const due = isDue ? gate : undefined;
                return owed && { component, gate: due, ...owed, shift: owed.base.minus(whole) };
            }
            if (judged === 'month') {
                const owed = owedTo(id, month, month);
                return owed && { component, gate, ...owed, shift: zero };
            }
            const start = numbers.yearOf(month);
            const now = owedTo(id, start, month);
            const last = monthsOf(start, month)
                .map(([from]) => from)
                .findLast((from) => targetOf(planId, from));
            const before = last ? owedTo(id, start, last) : { own: zero, paid: zero };
            return (
                now &&
                before && {
                    component,
                    gate,
                    own: now.own.minus(before.own),
                    paid: now.paid.minus(before.paid),
                    shift: zero,
                }
            );
        });
    const known = components.filter((one) => one !== undefined);
    const multiplier = rulesOf('incentives/plan_multipliers').find((one) => one.plan_id === planId);
    const result = multiplier && numbers.measure(multiplier, payee, month, until);
    const company = multiplier?.measure === 'value' ? result?.value : result?.attainment;
    if (known.length < components.length || (multiplier && company === undefined)) return undefined;
    const tier = rulesOf('incentives/multiplier_tiers').find(
        (one) =>
            one.multiplier_id === multiplier?.multiplier_id &&
            Decimal.max(company ?? zero, 0).gte(number(one, 'tier_from')) &&
            (!one.tier_to || Decimal.max(company ?? zero, 0).lt(one.tier_to)),
    );
    if (multiplier && !tier) throw new Error(`no tier for ${company}`);
    const exact = sum(known.map(({ paid }) => paid));
    // Nobody keeps money that was paid back because the company did badly.
    const times = tier && exact.gte(0) ? number(tier, 'multiplier') : new Decimal(1);
    const before = toCents(exact.div(commonDays));
    const paidAmounts = shareOut(
        before,
        known.map(({ paid }) => paid.div(commonDays)),
    );
    const lines: PayLine[] = known.flatMap(({ component, gate, own, paid }, index) => {
        const amount = paidAmounts[index] ?? zero;
        const ownAmount = own.eq(paid) ? amount : toCents(own.div(commonDays));
        const kpi = (rule: TextRow) => text(rule, 'kpi');
        return [
            { type: 'component', kpi: kpi(component), amount: money(ownAmount) },
            ...(gate
                ? [{ type: 'gate', kpi: kpi(gate), amount: money(amount.minus(ownAmount)) }]
                : []),
        ];
    });
    const added = toCents(Decimal.max(before, 0).times(times.minus(1)));
    if (multiplier) {
        lines.push({ type: 'multiplier', kpi: text(multiplier, 'kpi'), amount: money(added) });
    }
    const target = (targetOf(planId, month) ?? zero).plus(sum(known.map(({ shift }) => shift)));
    const cap = plan.cap_share ? target.times(number(plan, 'cap_share')) : undefined;
    const capAmount = cap && toCents(cap.div(commonDays));
    const shown = before.plus(added);
    if (capAmount && shown.gt(capAmount)) {
        lines.push({ type: 'cap', kpi: '', amount: money(capAmount.minus(shown)) });
    }
    const bonus = toCents(
        Decimal.min(exact.times(times), cap ?? exact.times(times)).div(commonDays),
    );
    const rounding = bonus.minus(Decimal.min(shown, capAmount ?? shown));
    if (!rounding.isZero()) lines.push({ type: 'rounding', kpi: '', amount: money(rounding) });
    return lines;
}

/** What is paid of what was earned: at least nothing or the draw; what is owed then is carried. */
export function payMonth(
    rules: Rules,
    payee: string,
    month: string,
    { owed, earned, hasPlan }: { owed: Decimal; earned: Decimal; hasPlan: boolean },
): { readonly payable: Decimal; readonly owed: Decimal } {
    const draw = rules('incentives/draws').find(
        (one) => hasPlan && one.payee_id === payee && isInForce(one, month),
    );
    const least = draw ? number(draw, 'draw_amount') : zero;
    const open = owed.plus(earned);
    const recovered = draw?.kind === 'recoverable' ? least : zero;
    return { payable: Decimal.max(open, least), owed: Decimal.min(open.minus(recovered), 0) };
}
