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

/** What a statement says of its payment and of objections, and how long costs are spread. */
export const payTerms = defineRule({
    file: 'incentives/pay_terms',
    description:
        'When a month is paid, how and until when payees object, and over how many months incremental costs of contracts are spread, by date; the row in force on the first day of a month holds for it.',
    key: [],
    row: z.object({
        pay_day: optional(
            integer(
                'Day of the next month on which a month is paid; 31 is its last day. Empty: no day is stated.',
                { minimum: '1', maximum: '31' },
            ),
        ),
        object_within_days: optional(
            integer('Days after the signature in which a payee may object.', { minimum: '1' }),
        ),
        object_to: optional(text('Where objections go, as statements print it.')),
        amortisation_months: optional(
            integer('Months over which incremental costs of contracts are spread.', {
                minimum: '1',
                maximum: '240',
            }),
        ),
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
