import { createHash } from 'node:crypto';
import type { LedgerLine } from './entry.ts';
import type { Ledger } from './ledger.ts';
import { signedPeriods } from './periods.ts';

/** A line of pay that was chosen to be looked at. */
export interface SampledLine {
    readonly period: string;
    readonly line: LedgerLine;
}

/**
 * Signed lines of money chosen by a seed: whoever has the ledger and the seed gets the same ones, and
 * nobody can foresee them without it. Lines of zero and totals move no money.
 * @param period only lines of this month
 */
export function sampleLines(
    ledger: Ledger,
    count: number,
    seed: string,
    period?: string,
): readonly SampledLine[] {
    const lines = signedPeriods(ledger)
        .filter((one) => period === undefined || one.period === period)
        .flatMap(({ period: month, signature }) =>
            (signature?.signedLines ?? [])
                .filter((line) => line.line_type !== 'total' && Number(line.amount) !== 0)
                .map((line) => ({ period: month, line, entry: signature?.hash ?? '' })),
        );
    const rank = ({ entry, line }: (typeof lines)[number]) =>
        createHash('sha256')
            .update(
                JSON.stringify([seed, entry, line.payee_id, line.currency_code, line.line_number]),
            )
            .digest('hex');
    return lines
        .map((one) => ({ ...one, rank: rank(one) }))
        .toSorted((one, other) => (one.rank < other.rank ? -1 : 1))
        .slice(0, count)
        .map(({ period: month, line }) => ({ period: month, line }));
}
