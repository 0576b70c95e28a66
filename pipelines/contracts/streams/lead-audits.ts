import { z } from 'zod';
import { category, decimal, instant, oneOf, optional, text } from '../columns.ts';
import { deletable } from '../removal.ts';
import { defineStream } from '../stream.ts';

export const leadAudits = defineStream({
    name: 'lead_audits',
    description: 'One look of a quality analyst at a lead that sales rejected.',
    key: ['audit_id'],
    strategy: { kind: 'merge' },
    eventColumn: 'audited_at',
    row: z.object({
        audit_id: text('Audit.'),
        lead_id: text('Lead that was rejected.'),
        audited_at: instant('When the verdict was given, UTC.'),
        person_id: optional(category('Quality analyst.')),
        verdict: oneOf(['upheld', 'overturned'], 'Whether the rejection stands.'),
        reason: optional(text('Why.')),
        minutes_spent: optional(
            decimal(18, 2, 'Working minutes the audit took.', { minimum: '0' }),
        ),
        ...deletable,
    }),
});
