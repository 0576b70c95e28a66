import { hash } from 'node:crypto';
import { SourceError } from '../../../errors.ts';

/** What a statement says of one entry, by names that are the same in every format. */
export const entryColumns = [
    'entry_id',
    'booking_date',
    'value_date',
    'document_date',
    'amount',
    'currency',
    'movement',
    'counterparty_name',
    'counterparty_account',
    'reference',
    'bank_reference',
    'end_to_end_id',
    'purpose',
    'code',
    'own_account',
    'statement_id',
] as const;

/**
 * `credit` is money in and `debit` money out; a reversal or return undoes one of them. What goes
 * from one own account to another, or is not booked, has neither come in nor gone out.
 */
export type Movement =
    | 'credit'
    | 'debit'
    | 'credit_reversal'
    | 'debit_reversal'
    | 'own_transfer'
    | 'pending';

type Text = Exclude<(typeof entryColumns)[number], 'entry_id' | 'movement'>;

/** Dates as `2026-06-30`, the amount with a point and negative where money went out. */
export type Entry = { readonly [Column in Text]?: string | undefined } & {
    readonly own_account: string;
    readonly amount: string;
    readonly movement: Movement;
};

/** Takes the entries of a statement one by one. */
export interface EntrySink {
    readonly entry: (entry: Entry, line: number) => void;
    /** True when no more entries are wanted: the rest of the file is not looked at. */
    readonly isDone: () => boolean;
    /** Waits until what was taken is written. */
    readonly drain: () => Promise<void>;
    readonly note: (text: string) => void;
}

export interface StatementReading {
    readonly text: AsyncIterable<string>;
    /** Of the file, for messages. */
    readonly name: string;
    readonly checksBalance: boolean;
    readonly sink: EntrySink;
}

/** Movement of an amount that came in or went out, and may undo an earlier one. */
export function movementOf(isCredit: boolean, isReversal: boolean): Movement {
    if (isReversal) return isCredit ? 'debit_reversal' : 'credit_reversal';
    return isCredit ? 'credit' : 'debit';
}

/** Codes of German banks: direct debits of ours that came back, and transfers of ours that did. */
const germanReturns = { debit: ['108', '109'], credit: ['159', '181', '184'] };

/** Whether an entry with this code of a German bank undoes an earlier one. */
export function isGermanReturn(code: string, isCredit: boolean): boolean {
    return germanReturns[isCredit ? 'credit' : 'debit'].includes(code);
}

/** What an entry is known by: a day may be in the statement of the day and in that of the month. */
const signed = entryColumns.filter((column) => column !== 'entry_id' && column !== 'statement_id');

/** More entries than are kept in mind at once, to tell equal ones of a day apart. */
const remembered = 100_000;

/**
 * Makes ids that are the same in every file that holds the entry, whatever else is in it: banks
 * hand out the same day again and again, and not all of them number their entries. Equal entries of
 * one day are counted.
 */
export function entryIds(file: string): (entry: Entry, line: number) => string {
    const days = new Map<string, Map<string, number>>();
    const forgotten = new Set<string>();
    let size = 0;
    return (entry, line) => {
        const content = signed.map((column) => entry[column] ?? '').join('\u0000');
        const sign = hash('sha256', content, 'base64url').slice(0, 16);
        const day = `${entry.own_account}/${entry.booking_date ?? ''}`;
        if (forgotten.has(day)) throw unordered(file, line, day);
        const seen = days.get(day) ?? new Map<string, number>();
        const number = (seen.get(sign) ?? 0) + 1;
        if (number === 1) size += 1;
        days.set(day, seen.set(sign, number));
        for (const [old, signs] of days) {
            if (size <= remembered || old === day) break;
            days.delete(old);
            forgotten.add(old);
            size -= signs.size;
        }
        return `${day}/${sign}${number > 1 ? `/${number}` : ''}`;
    };
}

function unordered(file: string, line: number, day: string): SourceError {
    return new SourceError({
        what: `${file} has more than ${remembered.toLocaleString('en')} entries, and those of an account are not in the order of their days.`,
        why: 'equal entries of one day cannot be told apart',
        file,
        line,
        got: `${day} again`,
        fix: 'export the statement by account or by month',
    });
}
