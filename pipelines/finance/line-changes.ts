import type { LedgerLine } from './entry.ts';
import { amountOf, cents } from './money.ts';

/** A line of a statement beside the same line of the statement before, and why they differ. */
export interface LineChange {
    readonly change: 'new' | 'gone' | 'value' | 'target' | 'factor' | 'amount' | 'follows' | 'same';
    readonly now: LedgerLine | undefined;
    readonly before: LedgerLine | undefined;
    readonly amount: string;
}

/**
 * What changed between two statements of a payee, as on the page of a statement (`line_change_code`):
 * lines are found again by what they are paid on, adjustments never, and a line that is gone stands
 * where it stood.
 */
export function changedLines(
    before: readonly LedgerLine[],
    now: readonly LedgerLine[],
): readonly LineChange[] {
    const found = new Map(
        before.filter((line) => !isAdjustment(line)).map((line) => [line.line_key, line]),
    );
    const pairs = now.map((line) => {
        const was = isAdjustment(line) ? undefined : found.get(line.line_key);
        if (was) found.delete(line.line_key);
        return { now: line, before: was };
    });
    const gone = before
        .filter((line) => isAdjustment(line) || found.has(line.line_key))
        .map((line) => ({ now: undefined, before: line }));
    return [...pairs, ...gone]
        .toSorted((one, other) => placeOf(one) - placeOf(other))
        .map((pair) => ({
            ...pair,
            change: changeOf(pair),
            amount: amountOf(
                cents(pair.now?.amount ?? '0.00') - cents(pair.before?.amount ?? '0.00'),
            ),
        }));
}

type Pair = Pick<LineChange, 'now' | 'before'>;

const isAdjustment = ({ line_type: type }: LedgerLine) => type === 'adjustment';

function placeOf({ now, before }: Pair): number {
    const line = now ?? before;
    return line?.line_type === 'total' ? Number.POSITIVE_INFINITY : (line?.line_number ?? 0);
}

function changeOf({ now, before }: Pair): LineChange['change'] {
    if (before === undefined) return 'new';
    if (now === undefined) return 'gone';
    const measured = (['value', 'target', 'factor'] as const).find(
        (column) => now.kpi !== null && now[column] !== before[column],
    );
    if (measured) return measured;
    if (now.amount === before.amount) return 'same';
    // Of the same result at the same factor, only what it is a share of can have changed.
    return now.line_type === 'component' ? 'amount' : 'follows';
}
