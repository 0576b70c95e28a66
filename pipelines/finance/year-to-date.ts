import { type ComputedPay, GUARANTEE, statementKey } from './computed.ts';
import type { Ledger } from './ledger.ts';
import { amountOf, cents, sumIfKnown, sumOf } from './money.ts';
import { signedPeriods } from './periods.ts';

/** What a payee earned since the fiscal year began, with the month itself; null = not all of it is known. */
export interface YearToDate {
    readonly year_earned_amount: string | null;
    readonly year_target_amount: string | null;
}

/** What is added to reach a guarantee is paid, and not earned. */
export const isEarning = ({ line_key: key }: { readonly line_key: string }) => key !== GUARANTEE;

interface Month {
    readonly earned: string | null;
    readonly target: string | null;
}

/**
 * Sums of every payee and currency from the first month of a fiscal year to a month: as signed where a
 * month is signed, with the adjustments it carries, as computed where it is not.
 * @param yearStart first month of the year, as `2026-01`
 * @returns by payee and currency
 */
export function yearToDate(
    ledger: Ledger,
    pay: ComputedPay,
    yearStart: string,
    until: string,
): ReadonlyMap<string, YearToDate> {
    const months = new Map<string, Map<string, Month>>();
    const put = (period: string, key: string, month: Month) => {
        if (period < yearStart || period > until) return;
        const own = months.get(key) ?? new Map<string, Month>();
        months.set(key, own.set(period, month));
    };
    for (const one of pay.statements) {
        const target = one.head.target_amount ?? null;
        put(one.period, statementKey(one), { earned: one.earned_amount, target });
    }
    for (const { period, signature } of signedPeriods(ledger)) {
        // Whoever is computed for a signed month and has no line in it was paid nothing for it.
        for (const own of months.values()) own.delete(period);
        for (const line of signature?.signedLines ?? []) {
            if (line.line_type !== 'total') continue;
            const adjusted = signature?.signedLines.filter(
                (one) =>
                    one.line_type === 'adjustment' &&
                    isEarning(one) &&
                    statementKey(one) === statementKey(line),
            );
            put(period, statementKey(line), {
                earned: amountOf(
                    cents(line.head?.earned_amount ?? '0.00') +
                        sumOf((adjusted ?? []).map(({ amount }) => amount)),
                ),
                target: line.head?.target_amount ?? null,
            });
        }
    }
    return new Map(
        [...months].map(([key, own]) => [
            key,
            {
                year_earned_amount: sumIfKnown([...own.values()].map(({ earned }) => earned)),
                year_target_amount: sumIfKnown([...own.values()].map(({ target }) => target)),
            },
        ]),
    );
}
