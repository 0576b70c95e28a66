import type { z } from 'zod';
import { payments } from '../../contracts/streams/payments.ts';
import { shiftPoint } from '../api/amounts.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import type { transactions } from './records.ts';

/** Money of customers that came or went back. Payouts, fees and transfers are none of it. */
const categories = new Set([
    ...['charge', 'charge_failure', 'refund', 'refund_failure', 'partial_capture_reversal'],
    ...['dispute', 'dispute_reversal'],
]);

/** Of currencies that have no hundredths; the shilling of Uganda is written as if it had. */
const zeroDecimals = new Set(
    'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
);
const threeDecimals = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** The digits behind the point of an amount as Stripe writes it. */
export function decimalsOf(currency: string): number {
    if (zeroDecimals.has(currency)) return 0;
    return threeDecimals.has(currency) ? 3 : 2;
}

/**
 * Payments and what took them back, in the currency of the balance, before fees. A charge has its own
 * id, because refunds and disputes name it; whatever else happens to it has that of its transaction, and
 * names the charge: a dispute that is won comes back to the deal that it was taken from.
 */
export function paymentRows(
    { data }: z.output<typeof transactions>,
    dealMetadata: string,
): readonly CanonicalRow[] {
    return data
        .filter(({ reporting_category: category }) => categories.has(category))
        .map((one) => {
            const source = typeof one.source === 'object' ? one.source : null;
            const currency = one.currency.toUpperCase();
            const amount = shiftPoint(one.amount, decimalsOf(currency));
            const isCharge = one.reporting_category === 'charge';
            return rowOf(payments, {
                payment_id: isCharge && source ? source.id : one.id,
                deal_id: source?.metadata?.[dealMetadata],
                paid_at: new Date(one.created * 1000).toISOString(),
                kind: amount.startsWith('-') ? 'refund' : 'payment',
                net_amount: amount,
                currency_code: currency,
                refund_of_payment_id: isCharge ? null : (source?.charge ?? source?.id),
            });
        });
}
