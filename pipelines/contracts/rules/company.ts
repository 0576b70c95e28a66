import { z } from 'zod';
import { oneOf, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

export const people = defineRule({
    file: 'company/people',
    description: 'Who works in which department and team, by date.',
    key: ['person_id'],
    row: z.object({
        person_id: text('Person as the CRM exports name them.'),
        person_name: text('Name on pages and statements.'),
        department_id: oneOf(['marketing', 'sales'], 'Department.'),
        team: optional(text('Team inside the department.')),
        ...validity,
    }),
});

export const productLines = defineRule({
    file: 'company/product_lines',
    description: 'What the company sells, by date.',
    key: ['product_line_id'],
    row: z.object({
        product_line_id: text('Product line as the exports name it.'),
        product_line_label: text('Name on pages.'),
        ...validity,
    }),
});

export const campaigns = defineRule({
    file: 'company/campaigns',
    description: 'What a campaign advertises, so that its cost has a product line.',
    key: ['campaign_id'],
    row: z.object({
        campaign_id: text('Campaign as the ad platform or the utm tag names it.'),
        product_line_id: text('Product line it advertises.'),
    }),
});
