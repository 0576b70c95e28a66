import { z } from 'zod';
import { currencyCode, decimal, oneOf, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { scopeTypes } from './targets.ts';
import { validity } from './validity.ts';

export const pools = defineRule({
    file: 'incentives/pools',
    description:
        'Shared pools: a share of what a KPI brings above a threshold, or a prize for reaching it, such as that of a contest of the departments.',
    key: ['pool_id'],
    row: z.object({
        pool_id: text('Pool.'),
        pool_name: text('Name on statements.'),
        kpi: text('KPI of the catalogue, in money.'),
        scope_type: oneOf(scopeTypes, 'Whose KPI it is.'),
        scope_id: text('Which one of them; company for the company.'),
        period_type: oneOf(['month', 'quarter'], 'Period the pool is filled in.'),
        threshold_amount: decimal(
            18,
            2,
            'Only what lies above is shared; a prize is won from here on.',
            {
                minimum: '0',
            },
        ),
        pool_share: optional(
            decimal(9, 4, 'Share of the excess that is paid out: 0.02 is 2 %; empty for a prize.', {
                above: '0',
            }),
        ),
        prize_amount: optional(
            decimal(
                18,
                2,
                'Paid out as a whole once the threshold is reached; empty for a share.',
                {
                    above: '0',
                },
            ),
        ),
        currency_code: currencyCode('Currency of the amounts, ISO 4217.'),
        author_id: optional(
            text('Who wrote the share of the pool, and so cannot sign a month paid by it.'),
        ),
        ...validity,
    }),
});

export const poolDepartments = defineRule({
    file: 'incentives/pool_departments',
    description: 'How a pool is split between departments.',
    key: ['pool_id', 'department_id'],
    row: z.object({
        pool_id: text('Pool.'),
        department_id: oneOf(['marketing', 'sales'], 'Department.'),
        share: decimal(9, 4, 'Share of the pool; the departments of a pool sum to 1.', {
            above: '0',
        }),
        ...validity,
    }),
});

export const poolMembers = defineRule({
    file: 'incentives/pool_members',
    description: "Who shares a department's part of a pool, and with what weight.",
    key: ['pool_id', 'payee_id'],
    row: z.object({
        pool_id: text('Pool.'),
        payee_id: text('Person.'),
        department_id: oneOf(['marketing', 'sales'], 'Department whose part is shared.'),
        weight: decimal(9, 4, 'Weight among the members, for each day of membership.', {
            above: '0',
        }),
        ...validity,
    }),
});
