import { z } from 'zod';
import { instant, oneOf, optional, text } from '../columns.ts';
import { defineStream } from '../stream.ts';

export const clockPauses = defineStream({
    name: 'clock_pauses',
    description: 'A time in which the agreed response time of a lead or request does not run.',
    key: ['record_type', 'record_id', 'paused_at'],
    strategy: { kind: 'merge' },
    eventColumn: 'paused_at',
    // A pause is often entered with the day on which the clock is to go on.
    observed: [{ column: 'paused_at' }],
    rules: [
        {
            column: 'resumed_at',
            expected: 'an instant that is not before paused_at',
            broken: 'resumed_at < paused_at',
        },
    ],
    row: z.object({
        record_type: oneOf(['lead', 'request'], 'What waits.'),
        record_id: text('Lead or request.'),
        paused_at: instant('When the clock stopped, UTC.'),
        resumed_at: optional(instant('When it went on, UTC; empty while it stands still.')),
        reason: optional(text('Why, for example that the client asked to be called in May.')),
    }),
});
