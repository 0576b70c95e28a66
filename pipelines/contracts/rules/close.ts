import { z } from 'zod';
import { date, decimal, integer, month, oneOf, optional, sha256, text } from '../columns.ts';
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

export const disputes = defineRule({
    file: 'incentives/disputes',
    description: 'What payees object to on signed statements, and what became of it.',
    key: ['dispute_id'],
    row: z.object({
        dispute_id: text('Dispute.'),
        payee_id: text('Who objects, to their own statement.'),
        period: month('Month of the statement, such as 2026-09.'),
        line_number: optional(
            integer('Line of the statement; empty for the statement as a whole.', { minimum: '1' }),
        ),
        cause: oneOf(
            ['unclear_plan', 'late_data', 'retroactive_change', 'edge_case'],
            'What it is about.',
        ),
        objection: text('In the words of the payee.'),
        opened_on: date('Day of the objection.'),
        deadline: date('Day by which it is decided.'),
        verdict: optional(
            oneOf(['upheld', 'partly_upheld', 'rejected'], 'Decision; empty while it is open.'),
        ),
        author_id: optional(text('Who decided.')),
        decided_on: optional(date('Day of the decision.')),
    }),
});

export const accountingPayments = defineRule({
    file: 'incentives/accounting_payments',
    description:
        'Payments of a month as accounting has booked them, or their sum; `close reconcile` compares them with the warehouse.',
    key: ['period', 'payment_id'],
    row: z.object({
        period: month('Month in which it was paid, such as 2026-09.'),
        payment_id: optional(text('Payment or refund; empty for the sum of the whole month.')),
        amount: decimal(18, 2, "Without tax, in the company's currency; below zero for a refund."),
        explanation: optional(text('Why the warehouse may say something else.')),
        author_id: optional(text('Who says so.')),
    }),
});
