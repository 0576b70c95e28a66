import { statementKey } from './computed.ts';
import type { LedgerLine } from './entry.ts';
import { cents } from './money.ts';

/** The lines of one month, as signed or as they would be, and the day they were paid. */
export interface PayMonth {
    readonly period: string;
    readonly lines: readonly LedgerLine[];
    /** Null while it is not paid. */
    readonly paid_on: string | null;
}

/** A component of a plan by its line: the first line of it on the statement. */
export type ComponentLine = Pick<
    LedgerLine,
    'component_id' | 'line_key' | 'label' | 'kpi' | 'scope_type' | 'scope_id'
> & {
    readonly plan_id: string | null;
};

/** What a component, or a line that belongs to none, came to in a month that is booked. */
export interface ComponentCost {
    readonly payee_id: string;
    readonly payee_name: string | null;
    readonly department_id: string | null;
    readonly currency_code: string;
    /** Month of the statement it stands on. */
    readonly booked: string;
    /** Month it was earned in: an earlier one for an adjustment. */
    readonly earned: string;
    readonly component: ComponentLine;
    readonly isAdjustment: boolean;
    readonly cents: bigint;
}

/** Steps of the plan after its components: they are a part of what each component costs. */
const shared = ['multiplier', 'cap', 'rounding'];

/** A guarantee is earned in the month it is paid for; what is carried is not. */
const notEarned = ['total', 'adjustment', 'balance_brought_forward', 'balance_carried'];

interface Parts {
    /** By the key of the component. */
    readonly own: Map<string, { readonly component: ComponentLine; cents: bigint }>;
    /** The key of the component that a gate belongs to, by the key of the gate. */
    readonly gates: Map<string, string>;
    shared: bigint;
}

/**
 * What every component cost in each month: its line and its gate, with its part of multiplier, cap and
 * rounding in proportion, to the cent by largest remainder. Lines that are none of these (pools) stand
 * for themselves. The costs of a statement sum to what it earned and adjusted.
 */
export function componentCosts(months: readonly PayMonth[]): readonly ComponentCost[] {
    const statements = new Map<string, Parts>();
    const costs: ComponentCost[] = [];
    for (const { period, lines } of months) {
        for (const own of Map.groupBy(lines, statementKey).values()) {
            const [first] = own;
            if (first === undefined) continue;
            const key = (month: string) => `${month}\n${statementKey(first)}`;
            const plan = own.find(({ line_type: type }) => type === 'total')?.head?.plan_id ?? null;
            const earned = earnedParts(own, plan);
            statements.set(key(period), earned);
            const add = (month: string, parts: Parts, isAdjustment: boolean) => {
                for (const { component, cents: units } of shareOut(parts).values()) {
                    const { payee_id, payee_name, department_id, currency_code } = first;
                    costs.push({
                        ...{ payee_id, payee_name, department_id, currency_code },
                        ...{ booked: period, earned: month, component, isAdjustment, cents: units },
                    });
                }
            };
            add(period, earned, false);
            const adjustments = own.filter(({ line_type: type }) => type === 'adjustment');
            const corrected = Map.groupBy(adjustments, (line) => line.corrects_period ?? period);
            for (const [month, changes] of corrected) {
                add(month, adjustedParts(changes, statements.get(key(month)), plan), true);
            }
        }
    }
    return costs.filter(({ cents: units }) => units !== 0n);
}

const componentOf = (line: LedgerLine, plan: string | null): ComponentLine => ({
    component_id: line.component_id ?? null,
    line_key: line.line_key,
    label: line.label,
    kpi: line.kpi,
    scope_type: line.scope_type,
    scope_id: line.scope_id,
    plan_id: plan,
});

/** A gate follows the component it belongs to. */
function earnedParts(lines: readonly LedgerLine[], plan: string | null): Parts {
    const parts: Parts = { own: new Map(), gates: new Map(), shared: 0n };
    let last: string | undefined;
    for (const line of lines) {
        const { line_type: type, line_key: key } = line;
        if (notEarned.includes(type)) continue;
        const units = cents(line.amount);
        if (shared.includes(type)) {
            parts.shared += units;
            continue;
        }
        const gated = type === 'gate' && last !== undefined ? parts.own.get(last) : undefined;
        if (gated) {
            gated.cents += units;
            parts.gates.set(key, gated.component.line_key);
            continue;
        }
        parts.own.set(key, { component: componentOf(line, plan), cents: units });
        if (type === 'component') last = key;
    }
    return parts;
}

/** Adjustments of a month by the components of its statement, which they are a part of. */
function adjustedParts(
    changes: readonly LedgerLine[],
    statement: Parts | undefined,
    plan: string | null,
): Parts {
    const parts: Parts = { own: new Map(), gates: new Map(), shared: 0n };
    for (const line of changes) {
        const units = cents(line.amount);
        const [type = ''] = line.line_key.split('/');
        if (shared.includes(type) && statement && statement.own.size > 0) {
            parts.shared += units;
            continue;
        }
        const key = statement?.gates.get(line.line_key) ?? line.line_key;
        const component = statement?.own.get(key)?.component ?? componentOf(line, plan);
        const known = parts.own.get(component.line_key);
        if (known) known.cents += units;
        else parts.own.set(component.line_key, { component, cents: units });
    }
    if (parts.shared === 0n) return parts;
    // What multiplier and cap take or give belongs to all components as they are after the change.
    const weights: Parts = { own: new Map(), gates: new Map(), shared: parts.shared };
    for (const [key, { component, cents: units }] of statement?.own ?? []) {
        weights.own.set(key, { component, cents: units + (parts.own.get(key)?.cents ?? 0n) });
    }
    const out: Parts = { own: new Map(parts.own), gates: new Map(), shared: 0n };
    for (const [key, { component, cents: units }] of shareOut(weights)) {
        const change = units - (weights.own.get(key)?.cents ?? 0n);
        const own = parts.own.get(key)?.cents ?? 0n;
        out.own.set(key, { component, cents: own + change });
    }
    return out;
}

/** Each component with its part of what is shared, so that they sum to the whole. */
function shareOut({ own, shared: rest }: Parts): Parts['own'] {
    const entries = [...own].filter(([, { component }]) =>
        component.line_key.startsWith('component/'),
    );
    const [first] = entries.length > 0 ? entries : [...own];
    if (rest === 0n || first === undefined) return own;
    const sum = entries.reduce((total, [, { cents: units }]) => total + units, 0n);
    const shares = new Map(own);
    if (sum === 0n) {
        shares.set(first[0], { ...first[1], cents: first[1].cents + rest });
        return shares;
    }
    const parts = largestRemainder(
        rest,
        entries.map(([, { cents: units }]) => units),
        sum,
    );
    for (const [index, [key, one]] of entries.entries()) {
        shares.set(key, { ...one, cents: one.cents + (parts[index] ?? 0n) });
    }
    return shares;
}

/** `total` in proportion to `weights`, whose sum is not zero; ties go to the first. */
function largestRemainder(total: bigint, weights: readonly bigint[], sum: bigint): bigint[] {
    const sign = sum < 0n ? -1n : 1n;
    const divisor = sum * sign;
    const parts = weights.map((weight, index) => {
        const dividend = total * weight * sign;
        const left = ((dividend % divisor) + divisor) % divisor;
        return { index, left, floor: (dividend - left) / divisor };
    });
    let missing = total - parts.reduce((so, { floor }) => so + floor, 0n);
    const cent = new Set<number>();
    for (const { index } of parts.toSorted((one, other) => Number(other.left - one.left))) {
        if (missing <= 0n) break;
        cent.add(index);
        missing -= 1n;
    }
    return parts.map(({ index, floor }) => floor + (cent.has(index) ? 1n : 0n));
}
