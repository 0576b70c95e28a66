import { z } from 'zod';
import { findStream } from '../../contracts/registry.ts';
import { nearest } from '../../nearest.ts';

/** A regular expression that both the engine and this program read the same way. */
export const pattern = z
    .string()
    .min(1)
    .refine(isPattern, 'a regular expression without (? and \\1, for example ^Total');

/** Of a cell that says more than is wanted: what the one group in brackets matches. */
const groupPattern = pattern.refine(
    (text) => isPattern(text) && new RegExp(`${text}|`, 'u').exec('')?.length === 2,
    'a regular expression with one group in brackets around what is wanted, for example RE-([0-9]+)',
);

/** What the engine's strptime knows, and the numbers that stand for a time. */
export const timeFormat = z
    .string()
    .min(1)
    .superRefine((text, context) => {
        const message = wrongTimeFormat(text);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
    });

/** A column of the file; of several the first that is not empty. */
export const columnNames = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const columnMapping = z.strictObject({
    column: columnNames,
    /** strptime format, or excel, unix_s, unix_ms. */
    format: timeFormat.optional(),
    /** Exact factor, for example 0.000001 for micros, or -1 for refunds without a minus. */
    multiply_by: z
        .string()
        .regex(/^-?\d{1,9}(\.\d{1,9})?$/, 'a plain number in quotes, for example "0.000001"')
        .refine(
            (factor) => Number(factor) !== 0,
            'a factor other than 0, which would make every amount nothing',
        )
        .optional(),
    /** Rounds to the decimals of the contract, half away from zero: for exports that hold floats. */
    round: z.literal(true).optional(),
    values: z.record(z.string(), z.string()).optional(),
    /** Takes a part of the cell; of several columns, from the first in which it is found. */
    extract: groupPattern.optional(),
    /**
     * Of the day of a row that sums up several: the column of its last day, or the beginning of the
     * title line that says it (`Report End`).
     */
    until: z.strictObject({ column: z.string().min(1), format: timeFormat.optional() }).optional(),
    /** What stands between several ids in one cell; a semicolon needs no mention. */
    separator: z.string().min(1).optional(),
    /** The column of what is taken away: money out beside money in, credit beside debit. */
    minus: z.string().min(1).optional(),
    /** Of a mark: true where the cell holds anything but 0, such as the time of a deletion. */
    is_filled: z.literal(true).optional(),
    /**
     * Not the first column that is filled, but all of them together: the id of a row that has none,
     * or with a text between them what stands in several, such as first and last name.
     */
    joined: z.union([z.literal(true), z.string().min(1)]).optional(),
    /** An address in which the cell, encoded, takes the place of `{}`: that of a record by its id. */
    link: z
        .string()
        .regex(
            /^https:\/\/[^\s{}]+\{\}[^\s{}]*$/,
            'an address that begins with https:// and has {} for the cell, for example https://crm.example.com/leads/{}',
        )
        .optional(),
});

const oneCondition = 'one of values, pattern and is_empty';

const condition = z.strictObject({
    column: z.string().min(1),
    values: z.array(z.string().min(1)).min(1).optional(),
    pattern: pattern.optional(),
    is_empty: z.literal(true).optional(),
});

function isOneCondition(rule: z.output<typeof condition>): boolean {
    return (
        [rule.values, rule.pattern, rule.is_empty].filter((one) => one !== undefined).length === 1
    );
}

/** Rows of a file that are no records, such as totals; told by one column, named as in the file. */
const skipRule = condition
    .extend({
        /** A row of which this is true stays, although the rule says otherwise. */
        unless: condition.refine(isOneCondition, oneCondition).optional(),
    })
    .refine(isOneCondition, oneCondition);

/** What says how the columns of a file or table become those of a stream. */
export const mappingShape = {
    columns: z.record(z.string(), z.union([columnNames, columnMapping])).default({}),
    constants: z.record(z.string(), z.string()).default({}),
    /** Columns that nothing is read from and that are kept all the same; few are without it. */
    keep_columns: z.array(z.string().min(1)).optional(),
    /** A row that one of these matches is left out, and counted. */
    skip_rows: z.array(skipRule).default([]),
};

export type ColumnMapping = z.output<typeof columnMapping>;
const mapping = z.object(mappingShape);
export type Mapping = z.output<typeof mapping>;

export const timezone = z
    .string()
    .refine(
        isTimezone,
        'a time zone name such as Europe/Bucharest; where the clock never changes, Etc/GMT-2 is two hours ahead of UTC',
    );

/** Whether columns and constants fit the stream they are for; what does not is told with its place. */
export function checkMapping(
    value: Mapping & { readonly stream: string },
    context: Pick<z.core.$RefinementCtx, 'addIssue'>,
): void {
    const { columns = [], strategy } = findStream(value.stream) ?? {};
    const names = columns.map((column) => column.name);
    for (const [name, mapping] of Object.entries(value.columns)) {
        if (typeof mapping === 'string' || !('separator' in mapping)) continue;
        if (mapping.separator === undefined) continue;
        if (columns.find((column) => column.name === name)?.isList) continue;
        context.addIssue({
            code: 'custom',
            path: ['columns', name, 'separator'],
            message: `${value.stream}.${name} holds one value a cell; take the separator out`,
        });
    }
    for (const [name, mapping] of Object.entries(value.columns)) {
        if (typeof mapping !== 'object' || Array.isArray(mapping)) continue;
        const type = columns.find((column) => column.name === name)?.type ?? '';
        if (mapping.minus !== undefined && !/^(decimal|bigint)/.test(type)) {
            context.addIssue({
                code: 'custom',
                path: ['columns', name, 'minus'],
                message: `${value.stream}.${name} is no number; take minus out`,
            });
        }
        const words = columns.find((column) => column.name === name)?.values;
        for (const [from, to] of Object.entries(mapping.values ?? {})) {
            if (!words || to === '' || to === '?' || words.includes(to)) continue;
            context.addIssue({
                code: 'custom',
                path: ['columns', name, 'values', from],
                message: `${to} is none of ${words.join(', ')}`,
            });
        }
        const isTime = type === 'date' || type === 'timestamp';
        const isUnix = /^unix_/.test(mapping.format ?? '');
        if (mapping.format !== undefined && (!isTime || (isUnix && type === 'date'))) {
            context.addIssue({
                code: 'custom',
                path: ['columns', name, 'format'],
                message: isTime
                    ? `${value.stream}.${name} is a day, which ${mapping.format} does not say without a time zone; give a column of days`
                    : `${value.stream}.${name} is no date; take format out`,
            });
        }
        if (mapping.is_filled && type !== 'boolean') {
            context.addIssue({
                code: 'custom',
                path: ['columns', name, 'is_filled'],
                message: `${value.stream}.${name} is not true or false; take is_filled out`,
            });
        }
        if (mapping.link && type !== 'varchar') {
            context.addIssue({
                code: 'custom',
                path: ['columns', name, 'link'],
                message: `${value.stream}.${name} is no text; take link out`,
            });
        }
        if (mapping.joined && type !== 'varchar') {
            context.addIssue({
                code: 'custom',
                path: ['columns', name, 'joined'],
                message: `${value.stream}.${name} is no text; take joined out`,
            });
        }
    }
    const window = strategy?.kind === 'replace' ? strategy.window : undefined;
    for (const [name, mapping] of Object.entries(value.columns)) {
        if (typeof mapping !== 'object' || !('until' in mapping) || name === window) continue;
        context.addIssue({
            code: 'custom',
            path: ['columns', name, 'until'],
            message: `${value.stream}.${name} is no day over which amounts are spread; take until out`,
        });
    }
    for (const part of ['columns', 'constants'] as const) {
        for (const name of Object.keys(value[part])) {
            if (names.includes(name)) continue;
            const guess = nearest(name, names);
            context.addIssue({
                code: 'custom',
                path: [part, name],
                message:
                    `stream ${value.stream} has no column ${name}` +
                    (guess ? `; did you mean ${guess}?` : `; it has ${names.join(', ')}`),
            });
        }
    }
    for (const name of Object.keys(value.constants)) {
        if (name in value.columns) {
            context.addIssue({
                code: 'custom',
                path: ['constants', name],
                message: 'is also in columns; keep one of them',
            });
        }
    }
}

function isPattern(text: string): boolean {
    try {
        new RegExp(text, 'u');
        // The engine knows no reference to a group, and writes characters by number in another way.
        return !/\(\?|\\[1-9uk]/.test(text);
    } catch {
        return false;
    }
}

const timeWords = ['excel', 'unix_s', 'unix_ms'];

/** Why the engine could read no time in this format; undefined for one it can. */
function wrongTimeFormat(text: string): string | undefined {
    if (timeWords.includes(text)) return undefined;
    const parts = text.match(/%-?./gu) ?? [];
    if (parts.length === 0) {
        return `${text} has no part that begins with %; write %d.%m.%Y for 30.06.2026, or one of ${timeWords.join(', ')}`;
    }
    const unknown = parts.find(
        (part) => !/^%(-[dHIjmMSy]|[aAbBcdfFgGHIjmMnpSTuUVwWxXyYzZ%])$/.test(part),
    );
    return unknown === undefined
        ? undefined
        : `${unknown} is no part of a date; write %Y %m %d %H %M %S, %B or %b for the name of a month, %z for an offset`;
}

function isTimezone(name: string): boolean {
    // What is known of `+02:00` here is unknown to the engine.
    if (/^[+-]|^$/.test(name)) return false;
    try {
        new Intl.DateTimeFormat('en', { timeZone: name });
        return true;
    } catch {
        return false;
    }
}
