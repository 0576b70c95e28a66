import { z } from 'zod';
import { decimal, integer, oneOf, text } from '../columns.ts';
import { streamNames } from '../registry.ts';
import { defineRule } from '../rule.ts';

export const sourceLimits = defineRule({
    file: 'reference/source_limits',
    description: 'How far a source may fall behind before pages and the close say so.',
    key: ['stream'],
    row: z.object({
        stream: oneOf(streamNames as [string, ...string[]], 'Stream.'),
        stale_after_days: integer('Days behind the last day of the data that are still fine.', {
            minimum: '0',
        }),
    }),
});

export const limitNames: [string, ...string[]] = [
    'near_target_attainment',
    'alarming_wasted_share',
    'fewest_campaign_leads',
    'fewest_qualified_leads',
    'blocking_rejected_share',
];

export const reportLimits = defineRule({
    file: 'reference/report_limits',
    description: 'From which value on pages call a result good, bad or too small to judge.',
    key: ['limit_name'],
    row: z.object({
        limit_name: oneOf(limitNames, 'Limit.'),
        limit_value: decimal(18, 4, 'Its value; shares and attainments as 0.9 for 90 %.', {
            minimum: '0',
        }),
        meaning: text('What it decides.'),
    }),
});
