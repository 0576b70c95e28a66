import { ContractError } from '../errors.ts';
import type { Ledger } from './ledger.ts';
import { signatureOf } from './periods.ts';

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
}

/**
 * Objections beside the signed lines they are about.
 * @throws ContractError for one about a statement or line that was not signed
 */
export function disputedLines(
    ledger: Ledger,
    disputes: readonly Dispute[],
    today: string,
): readonly DisputedLine[] {
    return disputes.map((dispute) => {
        const { period, payee_id: payee, line_number: number } = dispute;
        const signed = signatureOf(ledger, period)?.signedLines ?? [];
        const own = signed.filter((line) => line.payee_id === payee);
        const found = own.find((line) =>
            number === null ? line.line_type === 'total' : line.line_number === Number(number),
        );
        if (found === undefined) throw refusal(dispute, own.length);
        const { label, amount, currency_code } = found;
        const isLate = dispute.deadline < today;
        const state = dispute.verdict ? 'decided' : isLate ? 'overdue' : 'open';
        return { ...dispute, label, amount, currency_code, state };
    });
}

function refusal(dispute: Dispute, lineCount: number): ContractError {
    const { file, line, period, payee_id: payee, line_number: number } = dispute;
    const isSigned = lineCount > 0;
    return new ContractError({
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
