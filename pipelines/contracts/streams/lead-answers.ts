import { z } from 'zod';
import { category, instant, optional, text } from '../columns.ts';
import { defineStream } from '../stream.ts';

export const leadAnswers = defineStream({
    name: 'lead_answers',
    description: 'One answer of a lead to one question, in a form or on the phone.',
    key: ['lead_id', 'question_id', 'answered_at'],
    strategy: { kind: 'merge' },
    eventColumn: 'answered_at',
    row: z.object({
        lead_id: text('Lead.'),
        question_id: category('Question as lead_quality/questions names it.'),
        answer: text('Answer as it was given.'),
        answered_at: instant('When it was given, UTC; a later answer replaces an earlier one.'),
        person_id: optional(category('Employee who wrote it down; empty when the lead did.')),
    }),
});
