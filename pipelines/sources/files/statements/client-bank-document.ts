import { amountText, unitsOf } from './balance.ts';
import { noAmount, strangeDocument } from './client-bank-errors.ts';
import { type Entry, type EntrySink, movementOf } from './entry.ts';

export interface Section {
    readonly line: number;
    readonly kind: string;
    readonly values: Map<string, string>;
    lastKey: string | undefined;
}

/** What is known of an own account: balances of its sections, and the sum of its documents. */
export interface Account {
    opening: bigint | undefined;
    closing: bigint | undefined;
    line: number;
    booked: bigint;
}

/** Digits 6 to 8 of an account of a Russian bank are its currency. */
const currencies: Readonly<Record<string, string>> = {
    '810': 'RUB',
    '643': 'RUB',
    '840': 'USD',
    '978': 'EUR',
    '156': 'CNY',
    '826': 'GBP',
    '756': 'CHF',
    '392': 'JPY',
    '949': 'TRY',
    '784': 'AED',
    '398': 'KZT',
    '933': 'BYN',
};

/** Hands a document over, and adds it to the sums of its own accounts. */
export function documentOf(
    { line, values }: Section,
    file: string,
    accounts: ReadonlyMap<string, Account>,
    sink: EntrySink,
): void {
    const of = (key: string) => values.get(key) || undefined;
    const party = (side: 'Плательщик' | 'Получатель') => {
        const numbers = [`${side}Счет`, `${side}РасчСчет`].flatMap((key) => of(key) ?? []);
        return {
            number: numbers.find((one) => accounts.has(one)),
            account: numbers[0],
            name: of(`${side}1`) ?? of(side),
        };
    };
    const [payer, payee] = [party('Плательщик'), party('Получатель')];
    const owner = payee.number ?? payer.number;
    if (owner === undefined) throw strangeDocument(file, line, [payer, payee], accounts);
    const units = amountOf(of('Сумма') ?? '', 'Сумма', line, file);
    const isCredit = payer.number === undefined;
    for (const [number, sum] of [
        [payer.number, -units],
        [payee.number, units],
    ] as const) {
        const account = accounts.get(number ?? '');
        if (account) account.booked += sum;
    }
    const other = isCredit ? payer : payee;
    const isOwn = payer.number !== undefined && payee.number !== undefined;
    const lines = [1, 2, 3, 4, 5, 6].flatMap((one) => of(`НазначениеПлатежа${one}`) ?? []);
    const entry: Entry = {
        booking_date: dateOf(of(payee.number ? 'ДатаПоступило' : 'ДатаСписано')),
        document_date: dateOf(of('Дата')),
        amount: amountText(isCredit || isOwn ? units : -units),
        currency: owner.length === 20 ? currencies[owner.slice(5, 8)] : undefined,
        movement: isOwn ? 'own_transfer' : movementOf(isCredit, false),
        counterparty_name: other.name,
        counterparty_account: other.account,
        reference: of('Номер'),
        purpose: of('НазначениеПлатежа') ?? (lines.join(' ') || undefined),
        code: of('СекцияДокумент'),
        own_account: owner,
    };
    sink.entry(entry, line);
}

/** @throws ContractError for what is no amount */
export function amountOf(text: string, column: string, line: number, file: string): bigint {
    const units = unitsOf(text.replace(',', '.'));
    if (units !== undefined) return units;
    throw noAmount(file, line, column, text);
}

/** `30.06.2026`; what is no such date stays as it is and is refused with its row. */
function dateOf(text: string | undefined): string | undefined {
    return text?.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1');
}
