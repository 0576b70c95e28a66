import type { LedgerDeal } from './entry.ts';
import { amountOf, cents } from './money.ts';

/** One line of a statement as the marts compute it now, balances left out; null = not known. */
export interface ComputedLine {
    readonly component_id?: string | null;
    /** What it is counted from, where that is deals. */
    readonly deals?: LedgerDeal[];
    readonly line_type: string;
    readonly label: string;
    readonly explanation: string | null;
    readonly kpi: string | null;
    readonly scope_type: string | null;
    readonly scope_id: string | null;
    readonly value: string | null;
    readonly target: string | null;
    readonly attainment: string | null;
    readonly factor: string | null;
    readonly amount: string | null;
}

/** What a payee earns in a month as the marts compute it now. */
export interface ComputedStatement {
    readonly period: string;
    readonly payee_id: string;
    readonly payee_name: string | null;
    readonly department_id: string | null;
    readonly currency_code: string;
    readonly plan_id: string | null;
    readonly plan_version: string | null;
    readonly earned_amount: string | null;
    readonly balance_brought_forward_amount: string | null;
    /** Paid at least; what was not earned of it is carried. */
    readonly recoverable_draw_amount: string | null;
    /** Paid at least, for good. */
    readonly guaranteed_amount: string | null;
    /** complete, provisional or incomplete. */
    readonly status: string;
    readonly reason: string | null;
    /** Everything else the head of the statement shows. */
    readonly head: Readonly<Record<string, string | null>>;
    readonly lines: readonly ComputedLine[];
}

/** One question of the close, in words. */
export interface ComputedCheck {
    readonly check: string;
    readonly label: string;
    /** ok, blocks, wait, open or nothing. */
    readonly result: string;
    readonly explanation: string;
    /** The rows behind it, where the product has a table of them. */
    readonly rows?: string;
}

/** What the marts say of pay, by month. */
export interface ComputedPay {
    readonly dataAsOf: string | null;
    /** Months the marts cover, in order. */
    readonly months: readonly string[];
    /** First month of the fiscal year of each month. */
    readonly yearStarts: ReadonlyMap<string, string>;
    readonly statements: readonly ComputedStatement[];
    readonly checks: ReadonlyMap<string, readonly ComputedCheck[]>;
}

export const statementKey = (one: { payee_id: string; currency_code: string }) =>
    `${one.payee_id}\n${one.currency_code}`;

/** Type and key of the line that adds up to what is paid at least, for good. */
export const GUARANTEE = 'balance_guarantee';

/**
 * What is paid of what is open, what of it is carried, and what a guarantee adds: a draw is a floor under
 * what is paid.
 * @param draws of the statement; undefined for somebody who has none any more
 */
export function settle(
    open: bigint,
    draws: Pick<ComputedStatement, 'recoverable_draw_amount' | 'guaranteed_amount'> | undefined,
) {
    const draw = cents(draws?.recoverable_draw_amount ?? '0.00');
    const guarantee = cents(draws?.guaranteed_amount ?? '0.00');
    const payable = [0n, open, draw, guarantee].reduce((most, one) => (one > most ? one : most));
    const carried = open < draw ? open - draw : 0n;
    return { payable, carried, added: payable + carried - open };
}

/**
 * What a month costs for good: what is earned in it, and what a guarantee adds. A draw that is recovered
 * only moves between months. Null = not known.
 */
export function keptAmount(statement: ComputedStatement): string | null {
    const { earned_amount: earned, balance_brought_forward_amount: brought } = statement;
    if (earned === null || cents(statement.guaranteed_amount ?? '0.00') === 0n) return earned;
    if (brought === null) return null;
    const { added } = settle(cents(brought) + cents(earned), statement);
    return amountOf(cents(earned) + added);
}

/** What a line is paid on: its key, but for its order among those that are paid on the same thing. */
export const paidOn = (
    line: Pick<ComputedLine, 'line_type' | 'kpi' | 'scope_type' | 'scope_id'>,
): string =>
    [line.line_type, line.kpi, line.scope_type, line.scope_id].map((part) => part ?? '').join('/');

/**
 * The lines of a statement by what they are paid on. Names may change and lines move, so neither is
 * part of the key; two lines paid on the same thing are told apart by their order.
 */
export function keyLines<Line extends Omit<ComputedLine, 'label' | 'explanation'>>(
    lines: readonly Line[],
): readonly (Line & { readonly line_key: string })[] {
    const seen = new Map<string, number>();
    return lines.map((line) => {
        const key = paidOn(line);
        const count = (seen.get(key) ?? 0) + 1;
        seen.set(key, count);
        return { ...line, line_key: count === 1 ? key : `${key}/${count}` };
    });
}
