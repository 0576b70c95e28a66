import type { ComputedPay, ComputedStatement } from './computed.ts';
import { keptAmount, statementKey } from './computed.ts';
import { amountOf, cents, sumIfKnown } from './money.ts';

/** What one person, or everybody paid in a currency, gets under two plans; null = not known. */
export interface PlanComparison {
    readonly payee_id: string | null;
    readonly payee_name: string | null;
    readonly currency_code: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly difference: string | null;
    /** Why a side is not known. */
    readonly reason: string | null;
}

/**
 * What everybody earned in some months, with what a guarantee added, as the rules are and as they would
 * be: a row for each payee and currency, who loses most first, and one for all of each currency. One
 * month that is not known makes the sum unknown.
 */
export function comparePlans(
    before: ComputedPay,
    after: ComputedPay,
    months: readonly string[],
): { readonly payees: readonly PlanComparison[]; readonly totals: readonly PlanComparison[] } {
    const byPayee = ({ statements }: ComputedPay) =>
        Map.groupBy(
            statements.filter(({ period }) => months.includes(period)),
            statementKey,
        );
    const [old, young] = [byPayee(before), byPayee(after)];
    const payees = [...new Set([...old.keys(), ...young.keys()])]
        .toSorted()
        .map((key) => compare(old.get(key) ?? [], young.get(key) ?? []))
        .toSorted((one, other) => order(one) - order(other));
    const currencies = Map.groupBy(payees, (one) => one.currency_code);
    const totals = [...currencies].map(([currency, own]): PlanComparison => {
        const sides = {
            before: sumIfKnown(own.map((one) => one.before)),
            after: sumIfKnown(own.map((one) => one.after)),
        };
        return {
            payee_id: null,
            payee_name: null,
            currency_code: currency,
            ...sides,
            difference: minus(sides.after, sides.before),
            reason: own.find(({ reason }) => reason !== null)?.reason ?? null,
        };
    });
    return { payees, totals };
}

function compare(
    before: readonly ComputedStatement[],
    after: readonly ComputedStatement[],
): PlanComparison {
    const [any] = [...before, ...after];
    if (any === undefined) throw new TypeError('a payee has a statement on one side');
    const sides = {
        before: sumIfKnown(before.map(keptAmount)),
        after: sumIfKnown(after.map(keptAmount)),
    };
    const unknown = [...before, ...after].find((one) => keptAmount(one) === null);
    return {
        payee_id: any.payee_id,
        payee_name: any.payee_name,
        currency_code: any.currency_code,
        ...sides,
        difference: minus(sides.after, sides.before),
        reason: unknown ? `${unknown.period}: ${unknown.reason ?? 'not known'}` : null,
    };
}

const minus = (one: string | null, other: string | null) =>
    one === null || other === null ? null : amountOf(cents(one) - cents(other));

/** What is not known comes last. */
const order = ({ difference }: PlanComparison) =>
    difference === null ? Number.POSITIVE_INFINITY : Number(difference);
