import { z } from 'zod';
import {
    currencyCode,
    date,
    decimal,
    integer,
    lowerCaseName,
    oneOf,
    optional,
    text,
} from '../columns.ts';
import { streamNames } from '../registry.ts';
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

/** How the company counts its quarters and years; days without a row belong to calendar years. */
export const fiscalCalendar = defineRule({
    file: 'company/fiscal_calendar',
    description:
        'The fiscal year, by date; before the first row, and without any, it is the calendar year. A year is named by the year in which it ends.',
    key: [],
    row: z.object({
        fiscal_year_starts: integer('Month the fiscal year starts in; 2 is February.', {
            minimum: '1',
            maximum: '12',
        }),
        pattern: text("Always calendar: the months are the calendar's."),
        ...validity,
    }),
});

export const productLines = defineRule({
    file: 'company/product_lines',
    description: 'What the company sells, by date.',
    key: ['product_line_id'],
    row: z.object({
        product_line_id: lowerCaseName('Product line as the exports name it, in lower case.'),
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
        product_line_id: lowerCaseName('Product line it advertises.'),
    }),
});

export const campaignBriefings = defineRule({
    file: 'company/campaign_briefings',
    description: 'Whether sales was briefed before a campaign and shown its results after.',
    key: ['campaign_id', 'starts_on'],
    row: z.object({
        campaign_id: text('Campaign as the ad platform or the utm tag names it.'),
        starts_on: date('First day of the flight.'),
        ends_on: optional(date('Last day of the flight; empty while it runs.')),
        briefed_on: optional(date('Day marketing briefed sales; empty when it did not.')),
        presented_on: optional(date('Day the results were presented; empty when not.')),
    }),
});

export const pipelineStages = defineRule({
    file: 'company/pipeline_stages',
    description: 'Stages of a deal in their order, from the first offer to long after delivery.',
    key: ['stage'],
    row: z.object({
        stage: text('Stage as the exports name it.'),
        stage_label: text('Stage on pages.'),
        phase: oneOf(['before_sale', 'closed', 'after_sale'], 'Side of the signature.'),
        stage_order: integer('Place in the order.', { minimum: '1' }),
    }),
});

export const lostReasons = defineRule({
    file: 'company/lost_reasons',
    description: 'Which side answers for a lost reason, by the day the deal was closed.',
    key: ['lost_reason'],
    row: z.object({
        lost_reason: text('Reason as the exports name it.'),
        lost_reason_label: text('Reason on pages.'),
        responsible_side: oneOf(['marketing', 'sales', 'product', 'nobody'], 'Who answers.'),
        ...validity,
    }),
});

export const salesCapacity = defineRule({
    file: 'company/sales_capacity',
    description: 'How many new leads a person can work in a week, by date.',
    key: ['person_id'],
    row: z.object({
        person_id: text('Person.'),
        leads_per_week: decimal(18, 2, 'New leads in a week of five days.', { minimum: '0' }),
        ...validity,
    }),
});

export const absences = defineRule({
    file: 'company/absences',
    description: 'Days a person does not work, besides holidays.',
    key: ['person_id', 'absent_from'],
    row: z.object({
        person_id: text('Person.'),
        absent_from: date('First day away.'),
        absent_to: date('Last day away.'),
    }),
});

export const employmentCosts = defineRule({
    file: 'company/employment_costs',
    description: 'What a person costs the company in a month, by date.',
    key: ['person_id'],
    row: z.object({
        person_id: text('Person.'),
        monthly_cost_amount: decimal(18, 2, 'Cost of a month with taxes.', { above: '0' }),
        currency_code: currencyCode('Currency of the amount, ISO 4217.'),
        ...validity,
    }),
});

/** Gaps in the data that a person has looked at: their numbers count as they are. */
export const waivers = defineRule({
    file: 'company/waivers',
    description:
        'Missing days and rejected rows that somebody answers for: they no longer make a number incomplete or hold back the close. A rejected row is waived when all days it may be of are.',
    key: ['stream', 'input', 'account', 'from_day'],
    row: z.object({
        stream: oneOf(streamNames as [string, ...string[]], 'Stream.'),
        input: text('Input in the config.'),
        account: optional(text('Platform and account as data health names them; empty for all.')),
        from_day: date('First day.'),
        to_day: date('Last day.'),
        waived_by: text('Who answers for it.'),
        reason: text('Why the numbers hold without it.'),
    }),
});
