import { z } from 'zod';
import { clockTime, date, decimal, integer, lowerCaseName, oneOf, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

/** The terms of service to a lead, and the units each can be written in. */
export const slaUnits = {
    first_response: ['business_minutes', 'business_hours'],
    ignored_after: ['business_days'],
    feedback_after: ['days'],
} as const;

type SlaTerm = keyof typeof slaUnits;

export const slaTerms = defineRule({
    file: 'reference/sla_terms',
    description: 'How fast sales has to act on a lead, by date.',
    key: ['term'],
    row: z.object({
        term: oneOf(Object.keys(slaUnits) as [SlaTerm, ...SlaTerm[]], 'Term.'),
        value: decimal(18, 2, 'Length of the term.', { above: '0' }),
        unit: oneOf(
            ['business_minutes', 'business_hours', 'business_days', 'days'],
            'Unit of value.',
        ),
        ...validity,
    }),
});

export const workHours = defineRule({
    file: 'reference/work_hours',
    description: 'When a country works; * is any country without rows of its own.',
    key: ['country', 'weekday'],
    row: z.object({
        country: text('Country, ISO 3166 alpha-2, or *.'),
        weekday: integer('ISO day of the week: 1 is Monday.', { minimum: '1', maximum: '7' }),
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

export const requestTerms = defineRule({
    file: 'reference/request_terms',
    description: 'How fast a department answers a request of the other, by date.',
    key: ['request_kind'],
    row: z.object({
        request_kind: text('Kind of request.'),
        request_label: text('Kind on pages.'),
        answer_minutes: integer('Business minutes until the answer is due.', { minimum: '1' }),
        ...validity,
    }),
});

export const pauseTerms = defineRule({
    file: 'reference/pause_terms',
    description: 'When a pause of an agreed clock ends that nobody ended, by date.',
    key: ['record_type'],
    row: z.object({
        record_type: oneOf(['lead', 'request'], 'What waits.'),
        ends_after_days: integer('Calendar days after which the clock goes on.', { minimum: '1' }),
        ...validity,
    }),
});

export const supplyTerms = defineRule({
    file: 'targets/supply_terms',
    description: 'Leads that marketing owes sales, by date.',
    key: ['product_line_id'],
    row: z.object({
        product_line_id: lowerCaseName('Product line, or * for all of them together.'),
        measure: oneOf(['sqls', 'points'], 'Whether SQLs are counted or points by tier.'),
        owed_per_month: decimal(18, 2, 'What is owed in a calendar month.', { above: '0' }),
        ...validity,
    }),
});

export const qualityTerms = defineRule({
    file: 'reference/quality_terms',
    description: 'After how many days leads are judged, audited and no longer shown, by date.',
    key: ['term'],
    row: z.object({
        term: oneOf(
            ['matured_after', 'audit_after', 'shown_for'],
            'Term: outcome is judged, audit is overdue, card is shown.',
        ),
        days: integer('Calendar days.', { minimum: '0' }),
        ...validity,
    }),
});

export const capacityBounds = defineRule({
    file: 'reference/capacity_bounds',
    description: 'When lead volume is too low or too high for the sales team, by date.',
    key: ['bound'],
    row: z.object({
        bound: oneOf(['low_below', 'high_above'], 'Bound of the band.'),
        share: decimal(18, 4, 'Qualified leads per lead the team can work.', { above: '0' }),
        ...validity,
    }),
});
