import { z } from 'zod';
import { boolean, category, instant, oneOf, optional, text } from '../columns.ts';
import { deletable } from '../removal.ts';
import { defineStream } from '../stream.ts';

export const activities = defineStream({
    name: 'activities',
    description: 'One call, e-mail, meeting or note in the CRM.',
    key: ['activity_id'],
    strategy: { kind: 'merge' },
    eventColumn: 'occurred_at',
    // Calendars hold the meetings and tasks to come; what was said and written is past.
    observed: [{ column: 'occurred_at', when: `lower(trim(activity_type)) in ('call', 'email')` }],
    row: z.object({
        activity_id: text('Activity.'),
        lead_id: optional(text('Lead it concerns.')),
        deal_id: optional(text('Deal it concerns.')),
        person_id: optional(category('Employee who acted.')),
        activity_type: category('Kind: call, email, meeting, note or another.'),
        direction: optional(oneOf(['outbound', 'inbound', 'internal'], 'Who spoke to whom.')),
        is_automated: optional(boolean('Whether a machine sent it.')),
        occurred_at: instant('When it happened, UTC.'),
        ...deletable,
    }),
});
