import {
    type ComponentCost,
    type ComponentLine,
    componentCosts,
    type PayMonth,
} from './component-costs.ts';
import { statementKey } from './computed.ts';
import { amountOf, cents, rounded } from './money.ts';

/** Whether the cost of a component is deferred, and over how many months; null = no rule says. */
export interface CostRule {
    readonly component_id: string | null;
    readonly isIncremental: boolean;
    readonly months: number | null;
}

interface Of {
    readonly payee_id: string;
    readonly payee_name: string | null;
    readonly department_id: string | null;
    readonly component_id: string | null;
    readonly component: string | null;
    readonly currency_code: string;
}

/** What is owed to a payee for a component at the end of a month: earned, and not paid. */
export interface AccrualRow extends Of {
    /** Null where no rule knows the component. */
    readonly incremental_cost: boolean | null;
    readonly opening_amount: string;
    readonly earned_amount: string;
    readonly adjustment_amount: string;
    readonly paid_amount: string;
    readonly closing_amount: string;
}

/** What a component cost in one month, and how much of it is not expensed yet. */
export interface DeferralRow extends Of {
    /** Month it was earned in, with which it begins to be spread. */
    readonly earned: string;
    readonly amortisation_months: number;
    readonly elapsed_months: number;
    readonly cost_amount: string;
    readonly opening_amount: string;
    readonly added_amount: string;
    readonly amortised_amount: string;
    readonly closing_amount: string;
    /** Of the closing amount: expensed within twelve months, and later. */
    readonly current_amount: string;
    readonly later_amount: string;
}

/** What is carried from one statement to the next, which belongs to no component. */
const balance: ComponentLine = {
    ...{ component_id: null, line_key: 'balance', label: 'balance carried', kpi: null },
    ...{ scope_type: null, scope_id: null, plan_id: null },
};

/**
 * The accrual of a month, component by component and payee by payee: what was earned up to its end and
 * not paid by then, as it opened, moved and closes. The paid amounts of a month sum to its payroll.
 * @param months in order; those after `month` are left out
 */
export function accrualRows(
    months: readonly PayMonth[],
    month: string,
    ruleOf: (component: ComponentLine, earned: string) => CostRule | null,
): readonly AccrualRow[] {
    const known = months.filter(({ period }) => period <= month);
    const paidIn = new Map(known.map((one) => [one.period, one.paid_on?.slice(0, 7) ?? null]));
    const sums = new Map<string, Sum>();
    const sumOf = (of: Omit<Sum, 'opening' | 'earned' | 'adjusted' | 'paid'>) => {
        const key = JSON.stringify([of.payee_id, of.currency_code, of.key]);
        const sum = sums.get(key) ?? { ...of, opening: 0n, earned: 0n, adjusted: 0n, paid: 0n };
        sums.set(key, sum);
        return sum;
    };
    for (const cost of componentCosts(known)) {
        const rule = ruleOf(cost.component, cost.earned);
        const id = rule?.component_id ?? cost.component.component_id ?? null;
        const sum = sumOf({ ...cost, id, rule, key: id ?? cost.component.line_key });
        const paid = paidIn.get(cost.booked) ?? null;
        if (cost.booked === month) {
            if (cost.isAdjustment) sum.adjusted += cost.cents;
            else sum.earned += cost.cents;
        } else if (paid === null || paid >= month) sum.opening += cost.cents;
        if (paid === month) sum.paid += cost.cents;
    }
    const seen = new Set<string>();
    for (const { period, lines } of known) {
        const paid = paidIn.get(period) ?? null;
        for (const own of Map.groupBy(lines, statementKey).values()) {
            const [first] = own;
            if (first === undefined) continue;
            const of = (type: string) =>
                own
                    .filter((line) => line.line_type === type)
                    .reduce((total, { amount }) => total + cents(amount), 0n);
            const [brought, carried] = [of('balance_brought_forward'), of('balance_carried')];
            const sum = sumOf({
                ...first,
                component: balance,
                id: null,
                rule: null,
                key: 'balance',
            });
            // The first statement of all brings what the ledger does not know.
            if (!seen.has(statementKey(first))) sum.opening += brought;
            seen.add(statementKey(first));
            if (paid === month) sum.paid += brought + carried;
            else if (paid !== null && paid < month) sum.opening -= brought + carried;
        }
    }
    return [...sums.values()]
        .filter((one) =>
            [one.opening, one.earned, one.adjusted, one.paid].some((units) => units !== 0n),
        )
        .toSorted(inOrder)
        .map((one) => ({
            ...describe(one),
            incremental_cost: one.rule?.isIncremental ?? null,
            opening_amount: amountOf(one.opening),
            earned_amount: amountOf(one.earned),
            adjustment_amount: amountOf(one.adjusted),
            paid_amount: amountOf(one.paid),
            closing_amount: amountOf(one.opening + one.earned + one.adjusted - one.paid),
        }));
}

interface Sum
    extends Pick<
        ComponentCost,
        'payee_id' | 'payee_name' | 'department_id' | 'currency_code' | 'component'
    > {
    readonly key: string;
    readonly id: string | null;
    readonly rule: CostRule | null;
    opening: bigint;
    earned: bigint;
    adjusted: bigint;
    paid: bigint;
}

const describe = (
    one: Pick<
        Sum,
        'payee_id' | 'payee_name' | 'department_id' | 'currency_code' | 'component' | 'id'
    >,
): Of => ({
    payee_id: one.payee_id,
    payee_name: one.payee_name,
    department_id: one.department_id,
    component_id: one.id,
    component: one.component.label ?? one.component.line_key,
    currency_code: one.currency_code,
});

const orderOf = (one: Pick<Sum, 'payee_id' | 'currency_code' | 'key'>) =>
    [one.currency_code, one.payee_id, one.key].join('\n');
const inOrder = (one: Parameters<typeof orderOf>[0], other: Parameters<typeof orderOf>[0]) =>
    orderOf(one) < orderOf(other) ? -1 : 1;

/**
 * The deferral schedule at the end of a month: incremental costs of contracts in equal parts over the
 * months of their term, the first with the month they were earned in (ASC 340-40-35-1, IFRS 15.99:
 * systematically, as what was sold is handed over). What is expensed so far is rounded once, half away from zero, so nothing is left over at the end. An
 * adjustment changes the cost of the month it corrects: what of it belongs to months that are over is
 * expensed with the month that books it.
 */
export function deferralRows(
    months: readonly PayMonth[],
    month: string,
    ruleOf: (component: ComponentLine, earned: string) => CostRule | null,
): readonly DeferralRow[] {
    const costs = componentCosts(months.filter(({ period }) => period <= month)).flatMap((cost) => {
        const rule = ruleOf(cost.component, cost.earned);
        if (!rule?.isIncremental || rule.months === null) return [];
        const id = rule.component_id;
        return { ...cost, id, key: `${cost.earned}\n${id}`, months: rule.months };
    });
    const tranches = Map.groupBy(costs, (one) => orderOf(one));
    return [...tranches.values()]
        .flatMap((own) => {
            const [first] = own;
            if (first === undefined) return [];
            const { earned, months: term } = first;
            const elapsed = Math.min(term, monthsFrom(earned, month));
            const before = Math.min(term, monthsFrom(earned, month) - 1);
            const costOf = (is: (booked: string) => boolean) =>
                own.filter((one) => is(one.booked)).reduce((sum, one) => sum + one.cents, 0n);
            const old = costOf((booked) => booked < month);
            const added = costOf((booked) => booked === month);
            const opening = old - spread(old, before, term);
            const closing = old + added - spread(old + added, elapsed, term);
            const soon = Math.min(term, elapsed + 12);
            const current = spread(old + added, soon, term) - spread(old + added, elapsed, term);
            if (opening === 0n && added === 0n && closing === 0n) return [];
            return {
                ...describe(first),
                earned,
                amortisation_months: term,
                elapsed_months: elapsed,
                cost_amount: amountOf(old + added),
                opening_amount: amountOf(opening),
                added_amount: amountOf(added),
                amortised_amount: amountOf(opening + added - closing),
                closing_amount: amountOf(closing),
                current_amount: amountOf(current),
                later_amount: amountOf(closing - current),
                order: orderOf(first),
            };
        })
        .toSorted((one, other) => (one.order < other.order ? -1 : 1))
        .map(({ order: _, ...row }) => row);
}

/** What of a cost is expensed after so many of its months, rounded half away from zero. */
function spread(cost: bigint, elapsed: number, months: number): bigint {
    return rounded(cost * BigInt(Math.max(0, elapsed)), BigInt(months));
}

/** Months from one to another with both of them: 1 for the same. */
function monthsFrom(from: string, to: string): number {
    const [start, end] = [from, to].map((month) => {
        const [year = 0, number = 0] = month.split('-').map(Number);
        return year * 12 + number;
    });
    return (end ?? 0) - (start ?? 0) + 1;
}
