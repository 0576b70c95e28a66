import { z } from 'zod';
import { category, instant, oneOf, optional, text } from '../columns.ts';
import { deletable } from '../removal.ts';
import { defineStream } from '../stream.ts';

/** Steps in the life of a lead that a stage of a CRM can stand for. */
export const leadSteps = [
    'mql',
    'sal',
    'sql',
    'opportunity',
    'customer',
    'recycled',
    'rejected',
    'junk',
] as const;

const eventTypes = ['assigned', ...leadSteps, 'verdict'] as const;

const verdicts = ['customer', 'in_work', 'too_weak', 'wrong_person', 'duplicate'] as const;

export const leadEvents = defineStream({
    name: 'lead_events',
    description: 'One step in the life of a lead: a stage reached, a hand-over, a verdict.',
    key: ['event_id'],
    strategy: { kind: 'merge' },
    eventColumn: 'occurred_at',
    events: { type: 'event_type', record: 'lead_id', id: 'event_id' },
    rules: [
        {
            column: 'verdict',
            expected: `a verdict (${verdicts.join(', ')}) when event_type is verdict`,
            broken: `event_type = 'verdict' and verdict is null`,
        },
    ],
    row: z.object({
        event_id: text('Event.'),
        lead_id: text('Lead it belongs to.'),
        event_type: oneOf(eventTypes, 'What happened.'),
        occurred_at: instant('When it happened, UTC.'),
        person_id: optional(category('Person who did it, or to whom the lead was assigned.')),
        reason: optional(text('Reason given, for example why sales sent the lead back.')),
        verdict: optional(oneOf(verdicts, 'What sales says the lead was worth.')),
        ...deletable,
    }),
});
