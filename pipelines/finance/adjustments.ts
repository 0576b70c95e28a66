import {
    type ComputedLine,
    type ComputedPay,
    type ComputedStatement,
    GUARANTEE,
    keyLines,
    settle,
    statementKey,
} from './computed.ts';
import type { LedgerLine } from './entry.ts';
import type { Ledger } from './ledger.ts';
import { amountOf, cents, sumOf } from './money.ts';
import { signedPeriods } from './periods.ts';

/** Why a line of a signed month is computed differently now. */
export type AdjustmentCause =
    | 'payee_added'
    | 'payee_removed'
    | 'plan_changed'
    | 'line_added'
    | 'line_removed'
    | 'value_changed'
    | 'target_changed'
    | 'rule_changed'
    | 'amount_changed'
    | 'follows';

type Measured = Pick<
    ComputedLine,
    'kpi' | 'scope_type' | 'scope_id' | 'value' | 'target' | 'attainment' | 'factor'
>;

/** What a signed month owes or takes back because its line is computed differently now. */
export interface Adjustment extends Measured {
    readonly payee_id: string;
    readonly payee_name: string | null;
    readonly department_id: string | null;
    readonly currency_code: string;
    readonly corrects_period: string;
    readonly line_key: string;
    readonly label: string | null;
    readonly cause: AdjustmentCause;
    /** What the line had come to, with adjustments already made. */
    readonly was_amount: string;
    readonly was_value: string | null;
    readonly amount: string;
    readonly plan_version: string | null;
}

/** A signed month that cannot be computed again, for all payees or for one. */
export interface Uncomputed {
    readonly period: string;
    readonly payee_id?: string;
    readonly reason: string | null;
}

interface Booked {
    readonly line: LedgerLine;
    readonly units: bigint;
}

/** What later months go on from, and no correction changes. */
const isCarried = ({ line_type: type }: LedgerLine) =>
    ['total', 'balance_brought_forward', 'balance_carried'].includes(type);

function within<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
    const map = maps.get(key) ?? new Map<string, Value>();
    maps.set(key, map);
    return map;
}

/** What a signed month has come to, by payee and line: as signed, and as adjusted since. */
function bookedLines(ledger: Ledger): ReadonlyMap<string, Map<string, Map<string, Booked>>> {
    const periods = new Map<string, Map<string, Map<string, Booked>>>();
    for (const { period, signature } of signedPeriods(ledger)) {
        for (const line of signature?.signedLines ?? []) {
            if (isCarried(line)) continue;
            const payees = within(periods, line.corrects_period ?? period);
            const lines = within(payees, statementKey(line));
            const before = lines.get(line.line_key);
            const units = (before?.units ?? 0n) + cents(line.amount);
            lines.set(line.line_key, { line, units });
        }
    }
    return periods;
}

/**
 * What later facts and corrected rules change in months that are signed: the difference between what
 * the marts compute for them now and what the ledger holds, line by line. What a later month has
 * booked counts as held, so nothing is adjusted twice.
 * @param before only months before this one, which is about to carry the adjustments
 */
export function dueAdjustments(
    ledger: Ledger,
    pay: ComputedPay,
    before: string,
): { readonly adjustments: readonly Adjustment[]; readonly uncomputed: readonly Uncomputed[] } {
    const adjustments: Adjustment[] = [];
    const uncomputed: Uncomputed[] = [];
    const booked = bookedLines(ledger);
    for (const { period, signature } of signedPeriods(ledger)) {
        if (period >= before) continue;
        const now = new Map(
            pay.statements
                .filter((one) => one.period === period)
                .map((one) => [statementKey(one), one]),
        );
        if (!pay.months.includes(period)) {
            uncomputed.push({ period, reason: null });
            continue;
        }
        const heads = new Map(
            (signature?.signedLines ?? [])
                .filter((line) => line.line_type === 'total' && line.head !== null)
                .map((line) => [statementKey(line), line]),
        );
        const held = booked.get(period) ?? new Map<string, Map<string, Booked>>();
        for (const key of new Set([...held.keys(), ...now.keys()])) {
            const statement = now.get(key);
            const lines = statement?.lines.filter((line) => line.amount !== null);
            if (
                statement &&
                (statement.earned_amount === null || lines?.length !== statement.lines.length)
            ) {
                uncomputed.push({
                    period,
                    payee_id: statement.payee_id,
                    reason: statement.reason,
                });
                continue;
            }
            adjustments.push(
                ...compare(period, statement, held.get(key) ?? new Map(), heads.get(key)),
            );
        }
    }
    return { adjustments, uncomputed };
}

function compare(
    period: string,
    statement: ComputedStatement | undefined,
    held: ReadonlyMap<string, Booked>,
    head: LedgerLine | undefined,
): readonly Adjustment[] {
    const lines = [...keyLines(statement?.lines ?? []), ...guaranteeLine(statement, head)];
    const now = new Map(lines.map((line) => [line.line_key, line]));
    const [anyHeld] = held.values();
    const of = statement ?? anyHeld?.line;
    if (of === undefined) return [];
    const version = statement?.plan_version ?? null;
    return [...new Set([...now.keys(), ...held.keys()])].flatMap((key) => {
        const line = now.get(key);
        const was = held.get(key);
        const difference = (line?.amount ? cents(line.amount) : 0n) - (was?.units ?? 0n);
        if (difference === 0n) return [];
        const measured = line ?? NOTHING;
        return {
            payee_id: of.payee_id,
            payee_name: of.payee_name,
            department_id: of.department_id,
            currency_code: of.currency_code,
            corrects_period: period,
            line_key: key,
            label: line?.label ?? was?.line.label ?? null,
            kpi: (line ?? was?.line)?.kpi ?? null,
            scope_type: (line ?? was?.line)?.scope_type ?? null,
            scope_id: (line ?? was?.line)?.scope_id ?? null,
            value: measured.value,
            target: measured.target,
            attainment: measured.attainment,
            factor: measured.factor,
            cause: causeOf({ statement, line, was: was?.line, head }),
            was_amount: amountOf(was?.units ?? 0n),
            was_value: was?.line.value ?? null,
            amount: amountOf(difference),
            plan_version: version,
        };
    });
}

/**
 * What a guarantee adds to what is earned now: a late payment that it has paid already is not paid again,
 * and a refund takes back nothing of it.
 */
function guaranteeLine(statement: ComputedStatement | undefined, head: LedgerLine | undefined) {
    if (statement === undefined) return [];
    const { balance_brought_forward_amount: brought, adjustment_amount: adjusted } =
        head?.head ?? {};
    const open = sumOf([statement.earned_amount, brought, adjusted].map((one) => one ?? '0.00'));
    const { added } = settle(open, statement);
    const line = { line_type: GUARANTEE, line_key: GUARANTEE, label: null };
    const kpi = { kpi: null, scope_type: null, scope_id: null, ...NOTHING };
    return added === 0n ? [] : [{ ...line, ...kpi, amount: amountOf(added) }];
}

const NOTHING = { value: null, target: null, attainment: null, factor: null };

function causeOf(of: {
    readonly statement: ComputedStatement | undefined;
    readonly line: Pick<ComputedLine, 'line_type' | 'value' | 'target' | 'factor'> | undefined;
    readonly was: LedgerLine | undefined;
    readonly head: LedgerLine | undefined;
}): AdjustmentCause {
    const { statement, line, was, head } = of;
    if (statement === undefined) return 'payee_removed';
    if (head === undefined && was === undefined) return 'payee_added';
    const plan = (one: { plan_id?: string | null; plan_version?: string | null }) =>
        `${one.plan_id ?? ''} ${one.plan_version ?? ''}`;
    if (head?.head && plan(head.head) !== plan(statement)) return 'plan_changed';
    if (was === undefined) return 'line_added';
    if (line === undefined) return 'line_removed';
    if (line.value !== was.value) return 'value_changed';
    if (line.target !== was.target) return 'target_changed';
    if (line.factor !== was.factor) return 'rule_changed';
    // Of the same result at the same factor, only what it is a share of can have changed.
    return line.line_type === 'component' ? 'amount_changed' : 'follows';
}
