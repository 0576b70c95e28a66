import { payments as stream } from '../../contracts/streams/payments.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { noonOf } from '../api/days.ts';
import { dealIn } from '../api/deal-reference.ts';
import { negated, taxSplit } from '../api/money-parts.ts';
import type { XeroSettings } from './client.ts';
import type { Invoice, Paid, Payment } from './records.ts';

/** Payments of customers, and what goes back to them; all others are of bills. */
const kinds: Readonly<Record<string, 'payment' | 'refund'>> = {
    ACCRECPAYMENT: 'payment',
    ARCREDITPAYMENT: 'refund',
    ARPREPAYMENTPAYMENT: 'refund',
    AROVERPAYMENTPAYMENT: 'refund',
};

/** A payment of a customer, or to one. @param paid the invoice or credit note, by its id */
export function paymentRow(
    payment: Payment,
    paid: ReadonlyMap<string, Paid>,
    baseCurrency: string,
    settings: XeroSettings,
): CanonicalRow | undefined {
    const kind = kinds[payment.PaymentType];
    if (kind === undefined) return undefined;
    const document = paid.get(payment.Invoice?.InvoiceID ?? '');
    return rowOfMoney(
        {
            id: payment.PaymentID,
            day: payment.Date,
            amount: payment.Amount,
            kind,
            isDeleted: payment.Status === 'DELETED',
            currency: document?.currency ?? payment.Invoice?.CurrencyCode ?? baseCurrency,
        },
        document,
        settings,
    );
}

/** The payments of an invoice that changed, for the deal and the tax it has now. */
export function invoiceRows(
    invoice: Invoice,
    baseCurrency: string,
    settings: XeroSettings,
): readonly CanonicalRow[] {
    if (invoice.Type !== 'ACCREC') return [];
    return invoice.Payments.map((payment) =>
        rowOfMoney(
            {
                id: payment.PaymentID,
                day: payment.Date,
                amount: payment.Amount,
                kind: 'payment',
                isDeleted: false,
                currency: invoice.CurrencyCode ?? baseCurrency,
            },
            paidBy(invoice, invoice.InvoiceNumber),
            settings,
        ),
    );
}

/** What an invoice or a credit note says of the payments of it. */
export function paidBy(
    document: Pick<Invoice, 'Reference' | 'CurrencyCode' | 'Total' | 'TotalTax'>,
    number: string | null | undefined,
): Paid {
    return {
        number,
        reference: document.Reference,
        currency: document.CurrencyCode,
        total: document.Total,
        tax: document.TotalTax,
    };
}

interface Money {
    readonly id: string;
    readonly day: string;
    readonly amount: string;
    readonly kind: 'payment' | 'refund';
    readonly isDeleted: boolean;
    readonly currency: string;
}

function rowOfMoney(money: Money, paid: Paid | undefined, settings: XeroSettings): CanonicalRow {
    const { net, tax } = taxSplit(money.amount, {
        tax: paid?.tax ?? '0',
        total: paid?.total ?? money.amount,
    });
    const signed = (amount: string) => (money.kind === 'refund' ? negated(amount) : amount);
    const text = settings.deal_in === 'number' ? paid?.number : paid?.reference;
    return rowOf(stream, {
        payment_id: money.id,
        deal_id: dealIn(text, settings.deal_pattern),
        paid_at: noonOf(money.day, settings.timezone),
        kind: money.kind,
        net_amount: signed(net),
        // Of a document that is not known, the tax is not known either.
        tax_amount: paid ? signed(tax) : null,
        gross_amount: signed(money.amount),
        currency_code: money.currency,
        is_deleted: money.isDeleted ? 'true' : null,
    });
}
