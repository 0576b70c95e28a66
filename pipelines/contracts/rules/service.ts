import { z } from 'zod';
import { clockTime, date, decimal, integer, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

export const slaTerms = defineRule({
    file: 'reference/sla_terms',
    description: 'How fast sales has to act on a lead, by date.',
    key: ['term'],
    row: z.object({
        term: text('Term.'),
        value: decimal(18, 2, 'Length of the term.', { minimum: '0' }),
        unit: text('Unit of value.'),
        ...validity,
    }),
});

export const workHours = defineRule({
    file: 'reference/work_hours',
    description: 'When a country works; * is any country without rows of its own.',
    key: ['country', 'weekday'],
    row: z.object({
        country: text('Country, ISO 3166 alpha-2, or *.'),
        weekday: integer('ISO day of the week: 1 is Monday.', { minimum: '1' }),
        opens_at: clockTime('Start of work, local time.'),
        closes_at: clockTime('End of work, local time.'),
        ...validity,
    }),
});

export const holidays = defineRule({
    file: 'reference/holidays',
    description: 'Days a country does not work.',
    key: ['country', 'holiday_date'],
    row: z.object({
        country: text('Country, ISO 3166 alpha-2.'),
        holiday_date: date('Day off.'),
        holiday_name: text('Name of the day.'),
    }),
});
