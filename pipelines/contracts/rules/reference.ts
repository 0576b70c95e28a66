import { z } from 'zod';
import { decimal, integer, oneOf, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

export const exchangeRates = defineRule({
    file: 'reference/exchange_rates',
    description: 'How much of one currency another is worth, by date.',
    key: ['currency_code', 'to_currency_code'],
    row: z.object({
        currency_code: text('Currency that is converted, ISO 4217.'),
        to_currency_code: text('Currency it becomes, ISO 4217.'),
        rate: decimal(18, 10, 'Units of to_currency_code for one of currency_code.', {
            above: '0',
        }),
        ...validity,
    }),
});

export const kpiCatalogue = defineRule({
    file: 'reference/kpi_catalogue',
    description: 'What every KPI means and how it is made.',
    key: ['kpi'],
    row: z.object({
        kpi: text('KPI.'),
        kpi_label: text('Name on pages.'),
        definition: text('What it says, in one sentence.'),
        formula: text('How it is computed.'),
        unit: text('Unit of the value.'),
        direction: oneOf(['up', 'down', 'neutral'], 'Which way is better.'),
        aggregation: text('How parts become the whole: additive, ratio or another.'),
        owner_department: text('Who answers for it.'),
        scopes: text('Scope types it is computed for, with |.'),
        required_streams: optional(text('Streams it cannot do without, with |.')),
        unknown_part_reason: optional(text('What has no amount, said before its count.')),
        zero_denominator_reason: optional(text('Said when it would divide by zero.')),
        grain: text('What one counted thing is.'),
        lag: text('When the value is final, in words.'),
        lag_days: optional(
            integer('Days after the end of a period until it is final; empty = as its parts.', {
                minimum: '0',
            }),
        ),
        version: integer('Version of the definition.', { minimum: '1' }),
        ...validity,
    }),
});
