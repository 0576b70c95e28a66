import { z } from 'zod';
import { date, sha256, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

export const approvers = defineRule({
    file: 'incentives/approvers',
    description: 'Who may sign a month of pay. Nobody signs their own pay or rates they wrote.',
    key: ['person_id'],
    row: z.object({
        person_id: text('Person, as `close --by` names them.'),
        person_name: text('Name on statements.'),
        ...validity,
    }),
});

export const planAcknowledgements = defineRule({
    file: 'incentives/plan_acknowledgements',
    description: 'Which words of their plan a payee has agreed to; `close plans` prints them.',
    key: ['payee_id', 'plan_id', 'words_hash'],
    row: z.object({
        payee_id: text('Person.'),
        plan_id: text('Plan.'),
        words_hash: sha256('Hash of the words as `close plans` prints them.'),
        acknowledged_on: date('Day on which the payee agreed.'),
    }),
});
