import { z } from 'zod';
import { instant, oneOf, optional, text } from '../columns.ts';
import { defineStream } from '../stream.ts';

/** Beside `merged_into` and `merged_ids` of the records: some systems keep a log of their merges. */
export const merges = defineStream({
    name: 'merges',
    description: 'Two records of a CRM that became one, as its log of merges says.',
    key: ['record_type', 'merged_id'],
    strategy: { kind: 'merge', cursor: 'merged_at' },
    eventColumn: 'merged_at',
    row: z.object({
        record_type: oneOf(['lead', 'deal', 'client'], 'What the two records are.'),
        merged_id: text('Record that was taken in and counts no more.'),
        survivor_id: text('Record that is left and stands for both.'),
        merged_at: optional(instant('When they became one, UTC; the later row wins.')),
    }),
});
