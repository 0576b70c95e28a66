import { ConfigError } from '../errors.ts';
import type { Ledger } from './ledger.ts';

/** One objection as its file says it; `file` and `line` name its place. */
export interface Dispute {
    readonly file: string;
    readonly line: number;
    readonly dispute_id: string;
    readonly payee_id: string;
    readonly period: string;
    readonly line_number: string | null;
    readonly cause: string;
    readonly objection: string;
    readonly opened_on: string;
    readonly deadline: string;
    readonly verdict: string | null;
    readonly author_id: string | null;
    readonly decided_on: string | null;
}

export interface DisputedLine extends Dispute {
    /** What the ledger says in the line, or of the whole statement. */
    readonly label: string | null;
    readonly amount: string;
    readonly currency_code: string;
    /** open, overdue (open past its deadline) or decided. */
    readonly state: 'open' | 'overdue' | 'decided';
    /** Last day on which the payee could object, as signed; null where the statement names none. */
    readonly object_until: string | null;
    /** Whether it was raised later. Who decides it may hear it all the same. */
    readonly is_late: boolean;
}

/**
 * Objections beside the signed lines they are about. A month that was reopened is disputed as it was
 * signed last.
 * @param today day by which an open one is overdue
 * @throws ConfigError for one about a statement or line that was never signed
 */
export function disputedLines(
    ledger: Ledger,
    disputes: readonly Dispute[],
    today: string,
): readonly DisputedLine[] {
    return disputes.map((dispute) => {
        const { period, payee_id: payee, line_number: number, opened_on: opened } = dispute;
        const signature = ledger.entries.findLast(
            (entry) => entry.period === period && entry.action === 'signed',
        );
        const own = signature?.signedLines.filter((line) => line.payee_id === payee) ?? [];
        const total = own.find(({ line_type: type }) => type === 'total');
        const found =
            number === null ? total : own.find((line) => line.line_number === Number(number));
        if (found === undefined) throw refusal(dispute, own.length);
        const { label, amount, currency_code } = found;
        const isOverdue = dispute.deadline < today;
        const state = dispute.verdict ? 'decided' : isOverdue ? 'overdue' : 'open';
        const until = total?.head?.object_until ?? null;
        const isLate = until !== null && opened > until;
        const judged = { state, object_until: until, is_late: isLate } as const;
        return { ...dispute, label, amount, currency_code, ...judged };
    });
}

function refusal(dispute: Dispute, lineCount: number): ConfigError {
    const { file, line, period, payee_id: payee, line_number: number } = dispute;
    const isSigned = lineCount > 0;
    return new ConfigError({
        what: `Dispute ${dispute.dispute_id} is about something that was not signed.`,
        file,
        line,
        column: isSigned ? 'line_number' : 'period',
        expected: isSigned
            ? `a line from 1 to ${lineCount}, or an empty cell for the whole statement`
            : `a month for which a statement of ${payee} is signed`,
        got: isSigned ? `'${number}'` : `'${period}'`,
        fix: isSigned
            ? `npx jointly close ${period} --json shows the lines`
            : 'npx jointly close shows which months are signed',
    });
}
