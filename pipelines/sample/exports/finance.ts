import { createCsvFile, type WrittenFile } from '../export-file.ts';
import { dottedDay, dottedMoney, taxOf } from '../format.ts';
import type { Payment } from '../records.ts';

const HEADER = [
    'Document No',
    'Deal No',
    'Value Date',
    'Type',
    'Net',
    'VAT 19%',
    'Gross',
    'Currency',
    'Refund Of',
];

/** Writes the bookkeeper's list by value date; the last refund is delivered twice. */
export function writePayments(root: string, payments: readonly Payment[]): WrittenFile {
    const file = createCsvFile(root, 'finance/payments.csv', HEADER, {
        delimiter: ';',
        lineEnd: '\r\n',
    });
    const sorted = payments.toSorted(
        (a, b) => a.paidAt - b.paidAt || (a.deal.id < b.deal.id ? -1 : 1),
    );
    const numbers = new Map<Payment, string>();
    for (const [index, payment] of sorted.entries()) {
        numbers.set(payment, `P-${String(index + 1).padStart(6, '0')}`);
    }
    const lastRefund = sorted.findLast(({ kind }) => kind === 'refund');
    for (const [index, payment] of sorted.entries()) {
        const cells = paymentCells(payment, numbers);
        file.row(cells);
        if (payment === lastRefund) file.row(cells);
        if (index % 1500 === 600) file.row(cells.with(0, `${cells[0]}X`).with(4, 'n/a'));
        if (index % 2000 === 900) file.row(cells.with(0, ''));
    }
    return file.close();
}

function paymentCells(payment: Payment, numbers: ReadonlyMap<Payment, string>): readonly string[] {
    const tax = taxOf(payment.netCents);
    return [
        numbers.get(payment) ?? '',
        payment.deal.id,
        dottedDay(payment.paidAt),
        payment.kind === 'refund' ? 'Credit note' : 'Receipt',
        dottedMoney(payment.netCents),
        dottedMoney(tax),
        dottedMoney(payment.netCents + tax),
        'EUR',
        payment.refundOf === undefined ? '' : (numbers.get(payment.refundOf) ?? ''),
    ];
}
