import type { Entry, Ledger } from './ledger.ts';

/** provisional: not signed, but over; reopened: signed once, and taken back. */
export type PeriodState = 'open' | 'provisional' | 'signed' | 'paid' | 'reopened';

export interface Period {
    readonly period: string;
    readonly state: PeriodState;
    /** The entry that signed it, while it is signed. */
    readonly signature?: Entry;
    /** The last thing that happened to it in the ledger. */
    readonly last?: Entry;
}

/** Periods that are signed now, the earliest first. */
export function signedPeriods(ledger: Ledger): readonly Period[] {
    const periods = new Map<string, Period>();
    for (const entry of ledger.entries) {
        const { period, action } = entry;
        const signature = action === 'signed' ? entry : periods.get(period)?.signature;
        if (action === 'reopened') periods.delete(period);
        else if (signature) periods.set(period, { period, state: action, signature, last: entry });
    }
    return [...periods.values()].toSorted((one, other) => (one.period < other.period ? -1 : 1));
}

/**
 * Every month of the marts and the ledger with its state.
 * @param isOver whether the data speaks for the end of a month
 */
export function listPeriods(
    ledger: Ledger,
    months: readonly string[],
    isOver: (month: string) => boolean,
): readonly Period[] {
    const signed = new Map(signedPeriods(ledger).map((one) => [one.period, one]));
    const known = new Set([...months, ...ledger.entries.map(({ period }) => period)]);
    return [...known].toSorted().map((period) => {
        const own = signed.get(period);
        if (own) return own;
        const last = ledger.entries.findLast((entry) => entry.period === period);
        if (last) return { period, state: 'reopened', last };
        return { period, state: isOver(period) ? 'provisional' : 'open' };
    });
}

/** The month after a month, both as `2026-09`. */
export function monthAfter(period: string): string {
    const [year = 0, month = 0] = period.split('-').map(Number);
    return month === 12
        ? `${year + 1}-01`
        : `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`;
}

/** The last day of a month, as `2026-02-28`. */
export function lastDayOf(period: string): string {
    const last = new Date(Date.parse(`${monthAfter(period)}-01T00:00:00Z`) - 86_400_000);
    return last.toISOString().slice(0, 10);
}

/** The entry that signed a month, while it is signed. */
export const signatureOf = (ledger: Ledger, period: string) =>
    signedPeriods(ledger).find((one) => one.period === period)?.signature;
