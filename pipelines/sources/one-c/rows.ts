import { z } from 'zod';
import { isCurrency } from '../../contracts/columns.ts';
import { payments as stream } from '../../contracts/streams/payments.ts';
import { ContractError } from '../../errors.ts';
import { type CanonicalRow, rowOf, type WholeRecord } from '../api/connector.ts';
import { dealIn } from '../api/deal-reference.ts';
import { instantIn } from '../api/local-time.ts';
import { isZero, negated, sumOf } from '../api/money-parts.ts';
import { amount as amountSchema } from '../api/parse-page.ts';
import type { OneCSettings } from './client.ts';
import type { Lookups, OneCDocument } from './records.ts';
import type { DocumentSettings } from './settings.ts';

const noReference = '00000000-0000-0000-0000-000000000000';

/** Numbers of ISO 4217, by which catalogues of 1C call currencies; their names may be any. */
const numbers: Readonly<Record<string, string>> = {
    ...{ '643': 'RUB', '933': 'BYN', '398': 'KZT', '498': 'MDL', '980': 'UAH', '051': 'AMD' },
    ...{ '860': 'UZS', '417': 'KGS', '944': 'AZN', '981': 'GEL', '946': 'RON', '949': 'TRY' },
    ...{ '840': 'USD', '978': 'EUR', '826': 'GBP', '756': 'CHF', '156': 'CNY', '985': 'PLN' },
};

/** The currency of an entry of the catalogue. @returns undefined when neither number nor name is one */
export function currencyOf({
    Code,
    Description,
}: {
    readonly Code: string;
    readonly Description: string;
}): string | undefined {
    const name = Description.trim().toUpperCase();
    return numbers[Code.trim().padStart(3, '0')] ?? (isCurrency(name) ? name : undefined);
}

/**
 * A document, or its lines. One that is not posted, or marked for deletion, is no money (any more).
 * @throws ContractError when it lacks a field of the config
 */
export function documentRows(
    own: OneCDocument,
    named: DocumentSettings,
    lookups: Lookups,
    settings: OneCSettings,
): { readonly rows: readonly CanonicalRow[]; readonly record: WholeRecord } {
    const isWanted = Object.entries(named.where).every(([name, value]) => own[name] === value);
    const isMoney = own.Posted && !own.DeletionMark && isWanted;
    const lines = isMoney ? linesOf(own, named) : [];
    const rows = lines.flatMap(({ id, fields }) => {
        const { net, tax, gross } = amountsOf(fields, named);
        if (isZero(gross)) return [];
        const signed = (amount: string) => (named.kind === 'refund' ? negated(amount) : amount);
        const deal = named.deal === undefined ? undefined : fields[named.deal];
        return rowOf(stream, {
            payment_id: id,
            deal_id:
                typeof deal === 'string' && deal !== noReference
                    ? dealIn(deal, named.deal_pattern)
                    : null,
            paid_at: instantIn(settings.timezone, own.Date),
            kind: named.kind,
            net_amount: signed(net),
            tax_amount: tax === null ? null : signed(tax),
            gross_amount: signed(gross),
            currency_code: currencyCode(fields, named, lookups, settings),
        });
    });
    const keys = rows.map(({ cells }) => String(cells.payment_id));
    return { rows, record: { stream: stream.name, id: own.Ref_Key, keys } };
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields of a line are looked for in it first, then in its document. */
function linesOf(
    own: OneCDocument,
    named: DocumentSettings,
): readonly { readonly id: string; readonly fields: Fields }[] {
    if (named.table === undefined) return [{ id: own.Ref_Key, fields: own }];
    const parsed = z
        .array(z.object({ LineNumber: z.coerce.string() }).catchall(z.unknown()))
        .safeParse(own[named.table]);
    if (!parsed.success) throw missing(named.table, named, 'a table with lines', own[named.table]);
    return parsed.data.map((line) => ({
        id: `${own.Ref_Key}/${line.LineNumber}`,
        fields: { ...own, ...line },
    }));
}

function amountsOf(fields: Fields, named: DocumentSettings) {
    const amount = amountOf(fields, named.amount, named);
    const tax = named.tax === undefined ? null : amountOf(fields, named.tax, named);
    if (tax === null) return { net: amount, tax, gross: amount };
    const { includes_tax: inside } = named;
    const isInside = typeof inside === 'boolean' ? inside : fields[inside];
    if (typeof isInside !== 'boolean') {
        throw missing(String(inside), named, 'true or false', isInside);
    }
    return isInside
        ? { net: sumOf([amount, negated(tax)]), tax, gross: amount }
        : { net: amount, tax, gross: sumOf([amount, tax]) };
}

function amountOf(fields: Fields, name: string, named: DocumentSettings): string {
    const parsed = amountSchema.safeParse(fields[name]);
    if (parsed.success) return parsed.data;
    throw missing(name, named, 'an amount', fields[name]);
}

function currencyCode(
    fields: Fields,
    named: DocumentSettings,
    { currencies }: Lookups,
    { currency }: OneCSettings,
): string {
    if (named.currency_key === undefined) return currency;
    const key = fields[named.currency_key];
    if (key === noReference) return currency;
    const found = currencies[String(key)];
    if (found) return found;
    throw missing(
        named.currency_key,
        named,
        'a currency of the catalogue of which number or name is one of ISO 4217',
        key,
    );
}

function missing(
    column: string,
    { resource }: DocumentSettings,
    expected: string,
    got: unknown,
): ContractError {
    return new ContractError({
        what: `${resource} does not hold what the connection says of it.`,
        column,
        expected,
        got: got === undefined ? 'no such field' : JSON.stringify(got).slice(0, 100),
        fix: `correct the names under documents of the connection; $metadata of the interface lists the fields of ${resource}`,
    });
}
