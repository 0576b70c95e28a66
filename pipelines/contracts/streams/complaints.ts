import { z } from 'zod';
import { category, decimal, instant, oneOf, optional, text } from '../columns.ts';
import { deletable } from '../removal.ts';
import { defineStream } from '../stream.ts';

export const complaints = defineStream({
    name: 'complaints',
    description: 'One complaint or review of a client.',
    key: ['complaint_id'],
    strategy: { kind: 'merge' },
    eventColumn: 'received_at',
    observed: [{ column: 'received_at' }, { column: 'resolved_at' }],
    rules: [
        {
            column: 'rating',
            expected: 'a rating from 1 to 5',
            broken: 'rating < 1 or rating > 5',
        },
    ],
    row: z.object({
        complaint_id: text('Complaint or review.'),
        received_at: instant('When it came in, UTC.'),
        kind: oneOf(['complaint', 'review'], 'What it is.'),
        deal_id: optional(text('Deal it is about.')),
        lead_id: optional(text('Lead it is about, where there was no deal.')),
        product_line: optional(category('Product line, where neither deal nor lead is known.')),
        topic: optional(category('What it is about: price, delivery time, quality, service.')),
        promise: optional(text('Promise of the advertising that was not kept.')),
        rating: optional(decimal(18, 2, 'Stars from 1 to 5.')),
        body: optional(text('What the client wrote.')),
        resolved_at: optional(instant('When it was settled, UTC; empty while it is open.')),
        ...deletable,
    }),
});
