import { z } from 'zod';
import { category, instant, oneOf, optional, text } from '../columns.ts';
import { deletable } from '../removal.ts';
import { defineStream } from '../stream.ts';

const departments = ['marketing', 'sales'] as const;

export const internalRequests = defineStream({
    name: 'internal_requests',
    description: 'One thing a department asked of the other: materials, information or data.',
    key: ['request_id'],
    strategy: { kind: 'merge', cursor: 'updated_at' },
    eventColumn: 'requested_at',
    observed: [{ column: 'requested_at' }, { column: 'answered_at' }],
    rules: [
        {
            column: 'answered_at',
            expected: 'an instant that is not before requested_at',
            broken: 'answered_at < requested_at',
        },
    ],
    row: z.object({
        request_id: text('Request.'),
        request_kind: category('What is asked for, as reference/request_terms names it.'),
        from_department: oneOf(departments, 'Department that asks.'),
        to_department: oneOf(departments, 'Department that owes the answer.'),
        subject: optional(text('What it is about, in words.')),
        requested_by: optional(category('Person who asks.')),
        person_id: optional(category('Person who owes the answer.')),
        requested_at: instant('When it was asked, UTC.'),
        answered_at: optional(instant('When it was answered, UTC; empty while it is open.')),
        updated_at: optional(instant('Last change, UTC; the later row wins.')),
        ...deletable,
    }),
});
