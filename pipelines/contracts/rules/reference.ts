import { z } from 'zod';
import {
    boolean,
    currencyCode,
    decimal,
    integer,
    oneOf,
    optional,
    someOf,
    text,
} from '../columns.ts';
import { dimensionsOf, type MeasureName, measureNames, measures } from '../measures.ts';
import { streamNames } from '../registry.ts';
import { defineRule } from '../rule.ts';
import { scopeTypes } from './targets.ts';
import { validity } from './validity.ts';

export const exchangeRates = defineRule({
    file: 'reference/exchange_rates',
    description: 'How much of one currency another is worth, by date.',
    key: ['currency_code', 'to_currency_code'],
    row: z.object({
        currency_code: currencyCode('Currency that is converted, ISO 4217.'),
        to_currency_code: currencyCode('Currency it becomes, ISO 4217.'),
        rate: decimal(18, 10, 'Units of to_currency_code for one of currency_code.', {
            above: '0',
        }),
        ...validity,
        source: optional(
            text(
                'Central bank it was fetched from; empty = written by a person, which a fetch leaves alone.',
            ),
        ),
        is_carried: optional(
            boolean(
                'Whether the bank published none for these days, so that the last known one holds.',
            ),
        ),
    }),
});

const kpiRow = z
    .object({
        kpi: text('KPI.'),
        kpi_label: text('Name on pages.'),
        definition: text('What it says, in one sentence.'),
        formula: text('How it is computed.'),
        unit: oneOf(
            ['currency', 'count', 'ratio', 'percent', 'minutes', 'flag'],
            'Unit of the value.',
        ),
        direction: oneOf(['up', 'down', 'neutral'], 'Which way is better.'),
        aggregation: oneOf(
            ['additive', 'ratio', 'derived'],
            'How parts become the whole: added up, divided after adding up, or made of other KPIs.',
        ),
        numerator: optional(oneOf(measureNames, 'Measure that is added up.')),
        denominator: optional(oneOf(measureNames, 'Measure a ratio divides it by.')),
        owner_department: oneOf(['marketing', 'sales', 'company'], 'Who answers for it.'),
        scopes: someOf(scopeTypes, 'Scope types it is computed for, with |.'),
        required_streams: optional(
            someOf(streamNames as [string, ...string[]], 'Streams it cannot do without, with |.'),
        ),
        unknown_part_reason: optional(text('What has no amount, said before its count.')),
        zero_denominator_reason: optional(text('Said when it would divide by zero.')),
        grain: text('What one counted thing is.'),
        lag: text('When the value is final, in words.'),
        lag_days: optional(
            integer(
                'Days after the end of a period until it is final; empty = when its parts are.',
                {
                    minimum: '0',
                },
            ),
        ),
        version: integer('Version of the definition.', { minimum: '1' }),
        ...validity,
    })
    .superRefine((row, context) => {
        const refuse = (column: string, message: string, fix: string) =>
            context.addIssue({ code: 'custom', path: [column], message, params: { fix } });
        const isRatio = row.aggregation === 'ratio';
        if ((row.numerator !== null) !== (row.aggregation !== 'derived')) {
            refuse(
                'numerator',
                isRatio ? 'a measure' : 'a measure, and none of a derived KPI',
                row.numerator === null ? 'name the measure' : 'empty the cell',
            );
        }
        if ((row.denominator !== null) !== isRatio) {
            refuse(
                'denominator',
                'a measure of a ratio, and none of any other KPI',
                isRatio
                    ? 'name the measure it is divided by, or write additive as its aggregation'
                    : 'empty the cell, or write ratio as its aggregation',
            );
        }
        if (isRatio && row.zero_denominator_reason === null) {
            refuse(
                'zero_denominator_reason',
                'what to say of a ratio over nothing',
                'write it, such as: no leads in this period',
            );
        }
        if (row.aggregation !== 'derived' && row.unknown_part_reason === null) {
            refuse(
                'unknown_part_reason',
                'what to say of parts without a known amount',
                'write it, such as: leads are unknown',
            );
        }
        const scopes = row.scopes.split('|');
        const used = [row.numerator, row.denominator].filter((measure) => measure !== null);
        const common = scopes.filter((scope) => used.every((measure) => has(measure, scope)));
        for (const measure of used) {
            const lacking = scopes.filter((scope) => !has(measure, scope));
            if (lacking.length > 0) {
                refuse(
                    'scopes',
                    `only scopes that ${measure} has; it has no ${lacking.join(', ')}`,
                    `write ${common.join('|') || 'company'}`,
                );
            }
        }
    });

const has = (measure: MeasureName, scope: string) =>
    scope === 'company' || dimensionsOf(measures[measure]).some((dimension) => dimension === scope);

export const kpiCatalogue = defineRule({
    file: 'reference/kpi_catalogue',
    description: 'What every KPI means and how it is made.',
    key: ['kpi'],
    row: kpiRow,
});
