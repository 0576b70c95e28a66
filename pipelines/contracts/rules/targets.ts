import { z } from 'zod';
import { decimal, oneOf, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

export const scopeTypes = [
    'company',
    'department',
    'channel',
    'campaign',
    'product_line',
    'person',
] as const;

export const periodTypes = ['week', 'month', 'quarter', 'year'] as const;

export const targets = defineRule({
    file: 'targets/targets',
    description: 'The value a KPI has to reach in one period, by scope and date.',
    // Every period is prorated from the target in force: a month's and a quarter's would be summed.
    key: ['kpi', 'scope_type', 'scope_id'],
    overlapFix:
        'keep one target per KPI and scope at a time, in one period_type: end the earlier row (valid_to) where the later begins, or delete one',
    row: z.object({
        kpi: text('KPI of the catalogue.'),
        scope_type: oneOf(scopeTypes, 'What the target is for.'),
        scope_id: text('Which one of them; company for the company.'),
        period_type: oneOf(periodTypes, 'Period the value is for.'),
        target_value: decimal(
            24,
            6,
            'Value to reach in one such period; 0 only where less is better.',
            { minimum: '0' },
        ),
        ...validity,
    }),
});

export const headlineKpis = defineRule({
    file: 'targets/headline_kpis',
    description: 'The KPI whose attainment says whether a side is green, by date.',
    key: ['side'],
    row: z.object({
        side: oneOf(['marketing', 'sales', 'company'], 'Side that is judged.'),
        kpi: text('KPI of the catalogue.'),
        ...validity,
    }),
});
