import { z } from 'zod';
import { category, decimal, instant, oneOf, optional, text } from '../columns.ts';
import { deletable } from '../removal.ts';
import { defineStream } from '../stream.ts';

export const payments = defineStream({
    name: 'payments',
    description: 'Money that came in for a deal, or went back.',
    key: ['payment_id'],
    strategy: { kind: 'merge' },
    eventColumn: 'paid_at',
    amountColumn: 'net_amount',
    rules: [
        {
            column: 'net_amount',
            expected: 'zero or less for a refund, zero or more for a payment',
            broken: `(kind = 'refund' and net_amount > 0) or (kind = 'payment' and net_amount < 0)`,
        },
    ],
    row: z.object({
        payment_id: text('Payment.'),
        deal_id: optional(text('Deal it pays; a refund without one has the deal of its payment.')),
        paid_at: instant('When the money arrived or left, UTC.'),
        kind: oneOf(['payment', 'refund'], 'Which way the money went.'),
        net_amount: decimal(18, 2, 'Amount without tax; a refund is negative.'),
        tax_amount: optional(decimal(18, 2, 'Tax; a refund is negative.')),
        gross_amount: optional(decimal(18, 2, 'Amount with tax; a refund is negative.')),
        currency_code: category('Currency of the amounts, ISO 4217.'),
        refund_of_payment_id: optional(
            text('Payment that a refund gives back or whose refund was undone.'),
        ),
        ...deletable,
    }),
});
