import { type Entry, isGermanReturn, movementOf } from './entry.ts';
import { detailsOf } from './mt940-details.ts';
import { noEntry, withoutOpening } from './mt940-errors.ts';

export interface Field {
    readonly tag: string;
    readonly line: number;
    readonly lines: string[];
}

export interface Statement {
    readonly line: number;
    readonly file: string;
    account: string | undefined;
    number: string | undefined;
    currency: string | undefined;
    opening: bigint | undefined;
    booked: bigint;
}

/** An entry whose field 86 may still come. */
export interface Held {
    readonly line: number;
    readonly entry: Entry;
    /** Text of an entry without field 86. */
    readonly supplement: readonly string[];
    readonly details: string[];
}

const statementLine =
    /^(\d{6})(\d{4})?([RE]?)([CD])([A-Z])?(\d{1,15}(?:,\d{0,6})?|,\d{1,6})([NSF].{3})?(.*)$/;

/** Reads field 61. @throws ContractError for one that is none */
export function heldEntry(field: Field, { file, account, currency, number }: Statement): Held {
    const { line } = field;
    const [first = '', ...supplement] = field.lines;
    const [, value, booked, prefix, mark, , amount = '', code, references = ''] =
        statementLine.exec(first) ?? [];
    if (value === undefined) throw noEntry(file, line, first);
    if (account === undefined || currency === undefined) throw withoutOpening(file, line);
    const isCredit = (mark === 'C') !== (prefix === 'R');
    const [reference = '', bankReference = ''] = references.split('//');
    const valueDate = dateOf(value);
    const written = amount.replace(/^0+(?=\d)/, '').replace(',', '.');
    const plain = `${written.startsWith('.') ? '0' : ''}${written}`.replace(/\.$/, '');
    return {
        line,
        supplement,
        details: [],
        entry: {
            booking_date: booked ? bookingDate(valueDate, booked) : valueDate,
            value_date: valueDate,
            amount: isCredit ? plain : `-${plain}`,
            currency,
            movement: prefix === 'E' ? 'pending' : movementOf(isCredit, prefix === 'R'),
            reference: /^(NONREF|KREF\+?|EREF|PREF|MARF)?$/.test(reference.trim())
                ? undefined
                : reference.trim(),
            bank_reference: bankReference.trim() || undefined,
            code,
            own_account: account,
            statement_id: number,
        },
    };
}

/** An entry with what field 86 says of it. */
export function withDetails({ entry, details, supplement }: Held): Entry {
    const { reference, code, ...said } = detailsOf(details.length > 0 ? details : supplement);
    const isCredit = entry.movement === 'credit';
    const isReturn =
        /^(credit|debit)$/.test(entry.movement) && isGermanReturn(code ?? '', isCredit);
    return {
        ...entry,
        ...said,
        reference: reference ?? entry.reference,
        code: code ?? entry.code,
        movement: isReturn ? movementOf(isCredit, true) : entry.movement,
    };
}

function dateOf(text: string): string {
    const [year = '', month, day] = text.match(/../g) ?? [];
    return `${Number(year) < 80 ? 20 : 19}${year}-${month}-${day}`;
}

/** The booking has no year: it is the one in which it is nearest to the value date. */
function bookingDate(valueDate: string, monthAndDay: string): string {
    const [year, month] = [valueDate.slice(0, 4), valueDate.slice(5, 7)].map(Number);
    const booked = monthAndDay.slice(0, 2);
    const ahead = Number(booked) - (month ?? 0);
    const turn = ahead < -6 ? 1 : ahead > 6 ? -1 : 0;
    return `${(year ?? 0) + turn}-${booked}-${monthAndDay.slice(2)}`;
}
