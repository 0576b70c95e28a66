import { payments as stream } from '../../contracts/streams/payments.ts';
import { type CanonicalRow, rowOf, type WholeRecord } from '../api/connector.ts';
import { noonOf } from '../api/days.ts';
import { dealIn } from '../api/deal-reference.ts';
import { isZero, negated, splitAmount, sumOf, taxSplit } from '../api/money-parts.ts';
import type { QuickbooksSettings } from './client.ts';
import type { Payment, SalesDocument } from './records.ts';

export interface Read {
    readonly rows: readonly CanonicalRow[];
    readonly record: WholeRecord;
}

/**
 * What a payment brought, split over the invoices it pays. Credit notes that it uses up pay a part of
 * them, in proportion, and are no money; money that pays no invoice yet has no deal, and no tax.
 */
export function paymentRows(
    payment: Payment,
    invoices: ReadonlyMap<string, SalesDocument>,
    homeCurrency: string,
    settings: QuickbooksSettings,
): Read {
    const id = recordIdOf('Payment', payment.Id);
    const lines = payment.Line.flatMap(({ Amount, LinkedTxn }) =>
        LinkedTxn.filter(({ TxnType }) => TxnType === 'Invoice').map(({ TxnId }) => ({
            invoice: TxnId,
            amount: Amount,
        })),
    );
    const paid = [...Map.groupBy(lines, ({ invoice }) => invoice)]
        .map(([invoice, own]) => ({ invoice, amount: sumOf(own.map(({ amount }) => amount)) }))
        .filter(({ amount }) => !isZero(amount));
    const applied = sumOf([payment.TotalAmt, negated(payment.UnappliedAmt)]);
    // Its lines may pay other things, too, such as a journal entry.
    const invoiced = sumOf(paid.map(({ amount }) => amount));
    const isMore = sumOf([invoiced, negated(applied)]).startsWith('-');
    const toInvoices = isMore || paid.length === 0 ? invoiced : applied;
    const parts = isZero(toInvoices)
        ? []
        : splitAmount(
              toInvoices,
              paid.map(({ amount }) => amount),
          );
    const common = {
        paid_at: noonOf(payment.TxnDate, settings.timezone),
        kind: 'payment',
        currency_code: payment.CurrencyRef?.value ?? homeCurrency,
    } as const;
    const rows = paid.flatMap(({ invoice }, index) => {
        const gross = parts[index];
        if (gross === undefined || isZero(gross)) return [];
        const document = invoices.get(invoice);
        const { net, tax } = taxSplit(gross, {
            tax: document?.TxnTaxDetail?.TotalTax ?? '0',
            total: document?.TotalAmt ?? gross,
        });
        return rowOf(stream, {
            ...common,
            payment_id: `${id}/${invoice}`,
            deal_id: document ? dealOf(document, settings) : null,
            net_amount: net,
            tax_amount: tax,
            gross_amount: gross,
        });
    });
    const rest = sumOf([payment.TotalAmt, negated(toInvoices)]);
    if (!isZero(rest)) {
        rows.push(
            rowOf(stream, {
                ...common,
                payment_id: `${id}/unapplied`,
                net_amount: rest,
                gross_amount: rest,
            }),
        );
    }
    return { rows, record: wholeOf(id, rows) };
}

/** A receipt of a sale that was paid at once, or of money that went back. */
export function receiptRows(
    entity: 'SalesReceipt' | 'RefundReceipt',
    receipt: SalesDocument,
    homeCurrency: string,
    settings: QuickbooksSettings,
): Read {
    const id = recordIdOf(entity, receipt.Id);
    const isRefund = entity === 'RefundReceipt';
    const signed = (amount: string) => (isRefund ? negated(amount) : amount);
    const tax = receipt.TxnTaxDetail?.TotalTax ?? '0';
    const net = sumOf([receipt.TotalAmt, negated(tax)]);
    // A void leaves the receipt with zeros.
    const rows = isZero(receipt.TotalAmt)
        ? []
        : [
              rowOf(stream, {
                  payment_id: id,
                  deal_id: dealOf(receipt, settings),
                  paid_at: noonOf(receipt.TxnDate, settings.timezone),
                  kind: isRefund ? 'refund' : 'payment',
                  net_amount: signed(net),
                  tax_amount: signed(tax),
                  gross_amount: signed(receipt.TotalAmt),
                  currency_code: receipt.CurrencyRef?.value ?? homeCurrency,
              }),
          ];
    return { rows, record: wholeOf(id, rows) };
}

const prefixes = { Payment: 'payment', SalesReceipt: 'sale', RefundReceipt: 'refund' } as const;

/** Kinds of records that are money, each with numbers of its own. */
export type MoneyEntity = keyof typeof prefixes;

export const moneyEntities = Object.keys(prefixes) as readonly MoneyEntity[];

/** The record as the stream knows it. */
export function recordIdOf(entity: MoneyEntity, id: string): string {
    return `${prefixes[entity]}-${id}`;
}

/** A record with the rows that are left of it. */
export function wholeOf(id: string, rows: readonly CanonicalRow[]): WholeRecord {
    return { stream: stream.name, id, keys: rows.map(({ cells }) => String(cells.payment_id)) };
}

function dealOf(document: SalesDocument, settings: QuickbooksSettings): string | null {
    const texts = {
        custom_field: document.CustomField.find(({ Name }) => Name === settings.deal_field)
            ?.StringValue,
        number: document.DocNumber,
        memo: document.CustomerMemo?.value,
        private_note: document.PrivateNote,
    };
    return dealIn(texts[settings.deal_in], settings.deal_pattern);
}
