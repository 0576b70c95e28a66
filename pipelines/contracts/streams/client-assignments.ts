import { z } from 'zod';
import { category, instant, optional, text } from '../columns.ts';
import { defineStream } from '../stream.ts';

export const clientAssignments = defineStream({
    name: 'client_assignments',
    description: 'One hand-over of a client to a person, for example to account management.',
    key: ['client_id', 'assigned_at'],
    strategy: { kind: 'merge' },
    eventColumn: 'assigned_at',
    // A handover is agreed before its day.
    observed: [],
    row: z.object({
        client_id: text('Client.'),
        assigned_at: instant('When the person took over, UTC.'),
        person_id: optional(category('Person who looks after the client from then on.')),
        reason: optional(text('Why it changed hands.')),
    }),
});
