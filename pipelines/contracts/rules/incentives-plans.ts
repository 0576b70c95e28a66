import { z } from 'zod';
import { boolean, currencyCode, decimal, integer, oneOf, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { scopeTypes } from './targets.ts';
import { validity } from './validity.ts';

const measuredKpi = {
    kpi: text('KPI of the catalogue.'),
    scope_type: oneOf(scopeTypes, 'Whose KPI it is.'),
    scope_id: text('Which one of them; payee for the payee themselves, company for the company.'),
    measure: oneOf(['attainment', 'value'], 'Whether its attainment or its value counts.'),
};

export const plans = defineRule({
    file: 'incentives/plans',
    description: 'Versions of the bonus plans; a version begins with the first day of a month.',
    key: ['plan_id'],
    row: z.object({
        plan_id: text('Plan.'),
        plan_version: text('Version printed on the statement.'),
        plan_name: text('Name on statements.'),
        department_id: oneOf(['marketing', 'sales'], 'Department the plan is for.'),
        currency_code: currencyCode('Currency of the amounts, ISO 4217.'),
        period_type: oneOf(['month'], 'Period one statement is for.'),
        cap_share: optional(
            decimal(9, 4, 'The most the plan pays, as a share of the target; empty = no cap.', {
                above: '0',
            }),
        ),
        author_id: optional(
            text('Who wrote the rates of this version, and so cannot sign a month paid by them.'),
        ),
        ...validity,
    }),
});

export const planComponents = defineRule({
    file: 'incentives/plan_components',
    description: 'The parts of a plan: which KPI pays how much of the target, by which curve.',
    key: ['plan_id', 'component_id'],
    row: z.object({
        plan_id: text('Plan.'),
        component_id: text('Part of the plan; no two plans share one.'),
        component_order: integer('Place on the statement; the lower wins a tied cent.', {
            minimum: '1',
        }),
        component_name: text('Name on statements.'),
        ...measuredKpi,
        weight: optional(
            decimal(
                9,
                4,
                'Share of the target; the parts of a plan sum to 1. Empty for a part paid by value.',
                { minimum: '0' },
            ),
        ),
        curve: oneOf(
            ['linear', 'step', 'marginal', 'interpolated', 'overage', 'table'],
            'How the attainment becomes a factor; a table reads the KPI of its gate, too.',
        ),
        judged_on: optional(
            oneOf(
                ['month', 'quarter', 'year_to_date'],
                'What is judged together: month (also when empty); quarter, paid with its last month; year_to_date, less what was paid.',
            ),
        ),
        payout_basis: oneOf(
            ['target_amount', 'kpi_value', 'deals'],
            'What the rate is a share of: the target amount, the value of the KPI, or each deal and payment.',
        ),
        threshold: optional(decimal(18, 4, 'Below it the part pays nothing.')),
        cap: optional(decimal(9, 4, 'Highest factor of the part.', { above: '0' })),
        gate_id: optional(text('Gate the part stands behind.')),
        incremental_cost: optional(
            boolean(
                'Whether the part is a cost that would not have been incurred without a contract (ASC 340-40, IFRS 15), and so is deferred; empty = false.',
            ),
        ),
        ...validity,
    }),
});

export const componentGates = defineRule({
    file: 'incentives/component_gates',
    description:
        'The other side of a part, usually the other department: a gate, a weakest link or a table.',
    key: ['gate_id'],
    row: z.object({
        gate_id: text('Gate.'),
        gate_name: text('Name on statements.'),
        ...measuredKpi,
        effect: optional(
            oneOf(
                ['gate', 'weakest_link', 'table'],
                'What the other side does: gate (also when empty), met or missed; weakest_link, the lower attainment is paid; table, it names the column.',
            ),
        ),
        threshold: optional(decimal(18, 4, 'From here on the gate is met; only of a gate.')),
        miss_factor: optional(
            decimal(9, 4, 'What a missed gate leaves of the part: 0 is nothing; only of a gate.', {
                minimum: '0',
            }),
        ),
        ...validity,
    }),
});

export const planMultipliers = defineRule({
    file: 'incentives/plan_multipliers',
    description: "The result, usually the company's, that multiplies the sum of a plan's parts.",
    key: ['plan_id'],
    row: z.object({
        plan_id: text('Plan.'),
        multiplier_id: text('Scale of multipliers; plans may share one.'),
        multiplier_name: text('Name on statements.'),
        ...measuredKpi,
        ...validity,
    }),
});

export const planMembers = defineRule({
    file: 'incentives/plan_members',
    description: 'Who is paid by which plan, and for how much a month at target.',
    key: ['payee_id'],
    row: z.object({
        plan_id: text('Plan.'),
        payee_id: text('Person.'),
        target_amount: decimal(18, 2, 'Bonus of a full month at target.', { minimum: '0' }),
        ...validity,
    }),
});

export const draws = defineRule({
    file: 'incentives/draws',
    description:
        'What a payee in a plan is paid at least, month by month, in the currency of the plan.',
    key: ['payee_id'],
    row: z.object({
        payee_id: text('Person.'),
        draw_amount: decimal(18, 2, 'Paid at least, each month.', { above: '0' }),
        kind: oneOf(
            ['recoverable', 'guaranteed'],
            'Whether later months make up for what was not earned (recoverable) or it is paid for good (guaranteed).',
        ),
        ...validity,
    }),
});
