import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isCurrency, isRecordId } from './contracts/columns.ts';
import { findStream, streamNames } from './contracts/registry.ts';
import { nearest } from './nearest.ts';
import { exportLayouts, findLayout } from './sources/files/layouts/export-layout.ts';
import { statementTypes } from './sources/files/statements/statement-types.ts';
import { connectionSchema } from './sources/registry.ts';

/** A regular expression that both the engine and this program read the same way. */
const pattern = z
    .string()
    .min(1)
    .refine(isPattern, 'a regular expression without (? and \\1, for example ^Total');

/** Of a cell that says more than is wanted: what the one group in brackets matches. */
const groupPattern = pattern.refine(
    (text) => isPattern(text) && new RegExp(`${text}|`, 'u').exec('')?.length === 2,
    'a regular expression with one group in brackets around what is wanted, for example RE-([0-9]+)',
);

/** Of the names there are, those that this program reads: windows-1252, iso-8859-15, utf-16le ... */
const encoding = z
    .string()
    .min(1)
    .superRefine((name, context) => {
        if (isEncoding(name)) return;
        const guess = nearest(name.toLowerCase(), encodings);
        context.addIssue({
            code: 'custom',
            message: `there is no encoding ${name}${guess ? `; did you mean ${guess}?` : `; choose from ${encodings.join(', ')}`}`,
        });
    });

const csvFormat = z
    .strictObject({
        type: z.literal('csv'),
        delimiter: z.string().length(1).optional(),
        quote: z.string().length(1).default('"'),
        /** A point when left out, but then `1.500` is refused: it may be fifteen hundred. */
        decimal_separator: z.enum(['.', ',']).optional(),
        thousands_separator: z.string().length(1).optional(),
        /** UTF-8 when left out. */
        encoding: encoding.optional(),
        /** The line of the column names, from 1; lines above it are titles. */
        header_row: z.int().min(1).optional(),
        null_values: z.array(z.string()).optional(),
        /** Matches the first line below the data that is no row; all that follows it is none. */
        footer: pattern.optional(),
    })
    .refine((format) => format.thousands_separator !== (format.decimal_separator ?? '.'), {
        path: ['thousands_separator'],
        error: 'is the decimal separator too; write decimal_separator as well, and another one',
    });

/** Numbers and dates of a sheet are typed; the separators are those of numbers that are texts. */
const sheetFormat = z.strictObject({
    type: z.enum(['xlsx', 'ods']),
    /** Left out, the only sheet that is not hidden and not empty. */
    sheet: z.string().min(1).optional(),
    /** The row of the column names, from 1; rows above it are titles. */
    header_row: z.int().min(1).optional(),
    decimal_separator: z.enum(['.', ',']).optional(),
    thousands_separator: z.string().length(1).optional(),
    null_values: z.array(z.string()).optional(),
});

/** What banks write that is no table; its columns have the same names in every format. */
const statementFormat = z.strictObject({
    type: z.enum(statementTypes),
    /** Left out, what the file says of itself, and UTF-8. */
    encoding: encoding.optional(),
    /** Whether entries have to lead from the opening to the closing balance; they do when left out. */
    check_balance: z.boolean().optional(),
});

const formatTypes = [...['csv', 'xlsx', 'ods', 'ndjson', 'parquet'], ...statementTypes];

const format = z.discriminatedUnion(
    'type',
    [
        csvFormat,
        sheetFormat,
        statementFormat,
        z.strictObject({ type: z.literal('ndjson') }),
        z.strictObject({ type: z.literal('parquet') }),
    ],
    {
        error: ({ input }) => {
            const { type } = (input ?? {}) as { type?: unknown };
            const guess = typeof type === 'string' ? nearest(type, formatTypes) : undefined;
            const found = type === undefined ? `it has no type` : `there is no type ${type}`;
            return `${found}; ${guess ? `did you mean ${guess}?` : `write { type: 'csv' }, or one of ${formatTypes.join(', ')}`}`;
        },
    },
);

/** What the engine's strptime knows, and the numbers that stand for a time. */
const timeFormat = z
    .string()
    .min(1)
    .superRefine((text, context) => {
        const message = wrongTimeFormat(text);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
    });

/** A column of the file; of several the first that is not empty. */
const columnNames = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

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
    /**
     * Not the first column that is filled, but all of them together: the id of a row that has none,
     * or with a text between them what stands in several, such as first and last name.
     */
    joined: z.union([z.literal(true), z.string().min(1)]).optional(),
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

/** What the messages are written in: a language is one file. */
const languages = readdirSync(join(import.meta.dirname, '../dashboards/messages'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length)) as [string, ...string[]];

const timezone = z
    .string()
    .refine(
        isTimezone,
        'a time zone name such as Europe/Bucharest; where the clock never changes, Etc/GMT-2 is two hours ahead of UTC',
    );

const idPrefix = z
    .string()
    .regex(/^[^\s;,|]*$/, 'a few characters without spaces and ; , |, for example crm2:');

const rejectShare = z.number().min(0).max(1);

const input = z
    .strictObject({
        name: z.string().regex(/^[a-z0-9_]+$/, 'lower-case letters, digits and _'),
        stream: z.enum(streamNames as [string, ...string[]]),
        files: z.array(z.string().min(1)).min(1),
        /** Patterns of the files to read inside zip archives; all of them when left out. */
        inside: z.array(z.string().min(1)).min(1).optional(),
        format: format.optional(),
        /** A known export, which says what format and columns do not. */
        layout: z.string().min(1).optional(),
        timezone: timezone.optional(),
        columns: z.record(z.string(), z.union([columnNames, columnMapping])).default({}),
        constants: z.record(z.string(), z.string()).default({}),
        /** Columns that nothing is read from and that are kept all the same; few are without it. */
        keep_columns: z.array(z.string().min(1)).optional(),
        /** A row that one of these matches is left out, and counted. */
        skip_rows: z.array(skipRule).default([]),
        /** Rows finer than the stream (ad, device, age) are added up to one row of its key. */
        sum_to_key: z.literal(true).optional(),
        /** Share of broken rows up to which the others load; that of the config when left out. */
        max_reject_share: rejectShare.optional(),
        /** Its newest file holds everything: what it lacks was deleted. */
        complete: z.literal(true).optional(),
        /** Share of what is restated that may go at once; that of the config when left out. */
        max_loss_share: rejectShare.optional(),
        /**
         * Put before the ids of records, so that those of two systems are told apart; of some columns
         * alone where it says which. Inputs with the same prefix, an empty one too, are one system.
         */
        id_prefix: z.union([idPrefix, z.record(z.string(), idPrefix)]).optional(),
        /** A day of which no file has a row is one on which nothing happened; else it is missing. */
        days_without_rows: z.literal('zero').optional(),
        /** Which of several files restates the others; by name, as downloads are numbered, if left out. */
        newest_by: z.enum(['name', 'modified']).optional(),
    })
    .superRefine((value, context) => {
        checkLayout(value.layout, value.stream, (message) =>
            context.addIssue({ code: 'custom', path: ['layout'], message }),
        );
        const { columns = [], strategy } = findStream(value.stream) ?? {};
        const names = columns.map((column) => column.name);
        if (value.sum_to_key && !columns.some((column) => column.isAdditive)) {
            context.addIssue({
                code: 'custom',
                path: ['sum_to_key'],
                message: `stream ${value.stream} has no amounts that add up; take it out`,
            });
        }
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
        const prefixed = typeof value.id_prefix === 'object' ? Object.keys(value.id_prefix) : [];
        for (const name of prefixed) {
            if (columns.some((column) => column.name === name && isRecordId(column))) continue;
            const ids = columns.filter(isRecordId).map((column) => column.name);
            context.addIssue({
                code: 'custom',
                path: ['id_prefix', name],
                message: `is no id of a record; stream ${value.stream} has ${ids.join(', ')}`,
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
    });

/** What a payroll file can say of a signed statement. */
export const payrollFields = [
    ...['period', 'payee_id', 'payee_name', 'department_id', 'plan_id', 'plan_version'],
    ...['currency_code', 'earned_amount', 'adjustment_amount', 'balance_brought_forward_amount'],
    ...['payable_amount', 'balance_carried_amount'],
] as const;

const payrollColumn = z
    .strictObject({
        /** Name in the first line of the file. */
        header: z.string().min(1),
        /** What of the statement stands there. */
        field: z.enum(payrollFields).optional(),
        /** What stands there instead, by what the field says: personnel numbers by person. */
        values: z.record(z.string(), z.string()).optional(),
        /** The same in every row. */
        constant: z.string().optional(),
    })
    .refine((one) => (one.field === undefined) !== (one.constant === undefined), {
        error: 'needs either field or constant',
    })
    .refine((one) => one.values === undefined || one.field !== undefined, {
        error: 'has values, but no field to take them by',
    });

const payroll = z.strictObject({
    columns: z
        .array(payrollColumn)
        .min(1)
        .default(
            (['period', 'payee_id', 'payee_name', 'currency_code', 'payable_amount'] as const).map(
                (field) => ({ header: field, field }),
            ),
        ),
    delimiter: z.enum([',', ';', '\t', '|']).default(','),
    decimal_separator: z.enum(['.', ',']).default('.'),
});

export type PayrollSettings = z.output<typeof payroll>;

/** What the conversions of a platform are called there; one without a name is not exported. */
const conversionNames = (name = z.string().min(1)) =>
    z
        .strictObject({
            /** A deal was signed; its value is the amount of the deal. */
            closed: name.optional(),
            /** Money arrived for it; its value is what was paid less refunds. */
            collected: name.optional(),
            /** Whether hashes of e-mail addresses go with the click ids. */
            hashed_email: z.boolean().default(false),
        })
        .refine((one) => one.closed !== undefined || one.collected !== undefined, {
            error: 'names neither closed nor collected, so there is nothing to export',
        });

const conversions = z.strictObject({
    /** Folder of what is to be uploaded, and of the records of it. */
    folder: z.string().min(1).default('conversions'),
    google: conversionNames().optional(),
    meta: conversionNames().optional(),
    linkedin: conversionNames(
        z.string().regex(/^\d+$/, 'the number of a conversion rule, as Campaign Manager shows it'),
    ).optional(),
    yandex: conversionNames().optional(),
});

export const configSchema = z
    .strictObject({
        company: z.strictObject({
            id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and -'),
            name: z
                .string()
                .min(1)
                .regex(/^\P{Cc}*$/u, 'text without line breaks, tabs and other control characters'),
            currency: z.string().refine(isCurrency, 'an ISO 4217 code such as EUR'),
            timezone,
            /** Of the words: a file in dashboards/messages. */
            language: z.enum(languages).default('en'),
            /** How numbers, amounts and days are written. */
            number_locale: z
                .string()
                .refine(isLocale, 'a locale such as en-GB or ro-RO')
                .default('en-GB'),
            country: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166 code such as RO'),
            /** Month of the fiscal year's start: the short form of company/fiscal_calendar.csv. */
            fiscal_year_starts: z
                .string()
                .regex(/^(0?[1-9]|1[0-2])$/, "a month from '01' to '12'")
                .optional(),
        }),
        rules: z.string().min(1).optional(),
        /** Folder of what was signed. */
        ledger: z.string().min(1).default('ledger'),
        /** The file that payroll imports. */
        payroll: payroll.prefault({}),
        /** Deals that ad platforms are told of. */
        conversions: conversions.prefault({}),
        /** Font file of printed statements, where names have signs that the product's own font lacks. */
        statement_font: z.string().min(1).optional(),
        as_of: z.iso.date('a date like 2026-06-30').optional(),
        serve: z
            .strictObject({
                /** Names readers write into the address besides localhost, such as a proxy's. */
                host_names: z
                    .array(
                        z
                            .string()
                            .regex(
                                /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
                                'a host name in lower case, without https:// and port',
                            ),
                    )
                    .default([]),
            })
            .default({ host_names: [] }),
        max_reject_share: rejectShare.default(0.01),
        max_loss_share: rejectShare.default(0.2),
        inputs: z.array(input).default([]),
        /** Systems that are asked over their API. */
        connections: z.array(connectionSchema).default([]),
    })
    .superRefine((value, context) => {
        const seen = new Set<string>();
        for (const part of ['inputs', 'connections'] as const) {
            value[part].forEach((one, index) => {
                if (seen.has(one.name)) {
                    context.addIssue({
                        code: 'custom',
                        path: [part, index, 'name'],
                        message: `${one.name} is used twice; every input and connection needs its own name`,
                    });
                }
                seen.add(one.name);
            });
        }
    });

export type ConfigInput = z.input<typeof configSchema>;
export type CompanyConfig = z.output<typeof configSchema>['company'];
export type InputConfig = z.output<typeof input>;
/** What a reader needs to know, with the defaults of what was not written. */
type Whole<Format, Settings extends keyof Format> = Format & {
    readonly [Setting in Settings]-?: NonNullable<Format[Setting]>;
};
export type CsvFormat = Whole<
    z.output<typeof csvFormat>,
    'encoding' | 'header_row' | 'null_values'
>;
export type StatementFormat = z.output<typeof statementFormat>;
export type SheetFormat = Whole<z.output<typeof sheetFormat>, 'header_row' | 'null_values'>;
export type ColumnMapping = z.output<typeof columnMapping>;
export type ParsedConfig = z.output<typeof configSchema>;

function checkLayout(
    name: string | undefined,
    stream: string,
    refuse: (message: string) => void,
): void {
    if (name === undefined) return;
    const layout = findLayout(name);
    if (layout === undefined) {
        const names = exportLayouts().map((one) => one.name);
        const guess = nearest(name, names);
        refuse(
            `there is no layout ${name}` +
                (guess ? `; did you mean ${guess}?` : `; choose from ${names.join(', ')}`),
        );
    } else if (layout.stream !== stream) {
        refuse(`${name} is a layout of the stream ${layout.stream}, not of ${stream}`);
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

function isLocale(name: string): boolean {
    try {
        return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
    } catch {
        return false;
    }
}

/** Other names of these (latin1, cp1252, koi8) are read, too. */
const encodings = [
    ...['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1251', 'windows-1252'],
    ...['windows-1253', 'windows-1254', 'windows-1257', 'iso-8859-1', 'iso-8859-2', 'iso-8859-15'],
    ...['koi8-r', 'macintosh', 'ibm866', 'gb18030', 'big5', 'shift_jis', 'euc-kr'],
];

function isEncoding(name: string): boolean {
    try {
        new TextDecoder(name);
        return true;
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
