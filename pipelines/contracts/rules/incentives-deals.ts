import { z } from 'zod';
import { decimal, integer, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

export const commissionTerms = defineRule({
    file: 'incentives/commission_terms',
    description:
        'Which deals a part paid by deals counts, and when it pays; without a row each deal is paid as the client pays.',
    key: ['component_id'],
    row: z.object({
        component_id: text('Part of a plan, paid by deals.'),
        product_line_ids: optional(
            text('Product lines that count, with | between them; empty = all.'),
        ),
        minimum_margin: optional(
            decimal(9, 4, 'Deals with a smaller share of margin earn nothing.', { minimum: '0' }),
        ),
        closing_share: optional(
            decimal(
                9,
                4,
                'Share paid with the signature; the rest is held until the client pays.',
                {
                    minimum: '0',
                },
            ),
        ),
        lapse_days: optional(
            integer('Days after the signature on which what is unpaid lapses; empty = never.', {
                minimum: '1',
            }),
        ),
        residual_rate: optional(
            decimal(9, 4, 'Rate on payments after the client was handed over.', { minimum: '0' }),
        ),
        residual_months: optional(
            integer('Months from the hand-over for which the residual is paid.', { minimum: '1' }),
        ),
        ...validity,
    }),
});

export const dealSplits = defineRule({
    file: 'incentives/deal_splits',
    description: "Who shares the commission of a deal; without a row it is its owner's.",
    key: ['deal_id', 'payee_id'],
    row: z.object({
        deal_id: text('Deal.'),
        payee_id: text('Person.'),
        share: decimal(9, 4, 'Share of the deal; those of a deal sum to 1.', { above: '0' }),
    }),
});
