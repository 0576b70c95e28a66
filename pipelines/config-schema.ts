import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isCurrency, isRecordId } from './contracts/columns.ts';
import { findStream, streamNames } from './contracts/registry.ts';
import { nearest } from './nearest.ts';
import { serveSettings } from './serving/settings.ts';
import { checkEvents, eventsFrom } from './sources/files/events-schema.ts';
import { exportLayouts, findLayout } from './sources/files/layouts/export-layout.ts';
import { checkMapping, mappingShape, pattern, timezone } from './sources/files/mapping-schema.ts';
import { statementTypes } from './sources/files/statements/statement-types.ts';
import { connectionSchema } from './sources/registry.ts';

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
        /** Rows may lack their last cells where these are empty; refused when left out. */
        short_rows: z.literal(true).optional(),
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

/** What the messages are written in: a language is one file. */
const languages = readdirSync(join(import.meta.dirname, '../dashboards/messages'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length)) as [string, ...string[]];

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
        ...mappingShape,
        events_from: eventsFrom.optional(),
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
        const { columns = [] } = findStream(value.stream) ?? {};
        if (value.sum_to_key && !columns.some((column) => column.isAdditive)) {
            context.addIssue({
                code: 'custom',
                path: ['sum_to_key'],
                message: `stream ${value.stream} has no amounts that add up; take it out`,
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
        checkMapping(value, context);
        checkEvents(value, (path, message) => context.addIssue({ code: 'custom', path, message }));
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
        /** How pages are served, and to whom. */
        serve: serveSettings.prefault({}),
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
