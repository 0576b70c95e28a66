import { z } from 'zod';
import { category, decimal, idList, instant, oneOf, optional, text } from '../columns.ts';
import { mergeable } from '../removal.ts';
import { defineStream } from '../stream.ts';

export const deals = defineStream({
    name: 'deals',
    description: 'One deal as the CRM holds it now.',
    key: ['deal_id'],
    strategy: { kind: 'merge', cursor: 'updated_at' },
    eventColumn: 'created_at',
    amountColumn: 'amount',
    // The closing day of an open deal is the one that sales expects.
    observed: [
        { column: 'created_at' },
        { column: 'closed_at', when: `status in ('won', 'lost')` },
    ],
    rules: [
        {
            column: 'closed_at',
            expected: 'the closing instant of a deal that is won or lost',
            broken: `status in ('won', 'lost') and closed_at is null`,
        },
    ],
    row: z.object({
        deal_id: text('Deal.'),
        lead_id: optional(
            idList('Lead the deal grew from; of several with ; between, the first that exists.'),
        ),
        client_id: optional(text('Client that buys.')),
        person_id: optional(category('Owner of the deal.')),
        product_line: optional(category('Product line sold.')),
        amount: optional(decimal(18, 2, 'Value of the deal without tax.')),
        margin_amount: optional(
            decimal(18, 2, 'Gross margin of the deal, in the currency of amount.'),
        ),
        currency_code: optional(category('Currency of amount, ISO 4217.')),
        status: oneOf(['open', 'won', 'lost'], 'Where the deal stands.'),
        stage: optional(category('Stage of the pipeline.')),
        origin: optional(oneOf(['inbound', 'outbound'], 'Who opened the conversation.')),
        lost_reason: optional(category('Why it was lost.')),
        disputed_side: optional(
            oneOf(
                ['marketing', 'sales', 'product', 'nobody'],
                'Side the disputing department holds responsible instead.',
            ),
        ),
        dispute_note: optional(text('Why the side given by the lost reason is disputed.')),
        created_at: optional(instant('When the deal was opened, UTC.')),
        closed_at: optional(
            instant('When it was won or lost, UTC; of an open deal, when it is expected to be.'),
        ),
        updated_at: optional(instant('Last change in the CRM, UTC; the later row wins.')),
        ...mergeable,
    }),
});
