import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findStream } from '../../../contracts/registry.ts';
import { statementTypes } from '../statements/statement-types.ts';

const names = z.array(z.string().min(1)).min(1);

const layoutColumn = z.strictObject({
    /** What the systems call it, in every language; the first that is there is taken. */
    names: names.optional().default([]),
    /** Where there is none of those: lists of names, of each the first that is there, joined. */
    joined: z.array(names).min(1).optional(),
    /** What stands between those; without it they are an id. */
    joined_with: z.string().min(1).optional(),
    /** What the column that is taken away is called. */
    minus: names.optional(),
    format: z.string().optional(),
    multiply_by: z.string().optional(),
    values: z.record(z.string(), z.string()).optional(),
    separator: z.string().optional(),
});

const exportLayout = z.strictObject({
    title: z.string().min(1),
    stream: z.string(),
    /** Columns of the stream without which a file is not in this layout. */
    signature: z.array(z.string()).min(1),
    /** Of each list, one name has to be in the header, too. */
    also: z.array(z.array(z.string()).min(1)).default([]),
    columns: z.record(z.string(), layoutColumn),
    /** Values of columns that the export lacks; one that it has counts more. */
    constants: z.record(z.string(), z.string()).default({}),
    /** Rows that are no records, by whichever of the columns a file has. */
    skip: z
        .array(
            z.strictObject({
                columns: z.array(z.string()).min(1),
                values: z.array(z.string()).optional(),
                pattern: z.string().optional(),
                is_empty: z.literal(true).optional(),
                /** A row that this is true of is read all the same. */
                unless: z
                    .strictObject({
                        columns: names,
                        values: z.array(z.string()).optional(),
                        pattern: z.string().optional(),
                    })
                    .optional(),
            }),
        )
        .default([]),
    /** Constants that are a guess and should be looked at. */
    check: z.array(z.string()).default([]),
    format: z
        .strictObject({
            /**
             * Of what is no table. A statement has the same names in every file; events of GA4, in
             * NDJSON or Parquet, are folded to visits in the names of the stream.
             */
            type: z.enum([...statementTypes, 'ga4_events']).optional(),
            encoding: z.string().optional(),
            decimal_separator: z.enum(['.', ',']).optional(),
            thousands_separator: z.string().optional(),
            null_values: z.array(z.string()).optional(),
            footer: z.string().optional(),
            short_rows: z.literal(true).optional(),
        })
        .default({}),
    /** Columns that are dates of events of the record, and the stream of those events. */
    events: z
        .strictObject({
            stream: z.string(),
            /** Names by what happened; under `*`, that is what the first star of a name stands for. */
            columns: z.record(z.string(), names),
        })
        .optional(),
    timezone: z.string().optional(),
    /** The time zone of a column, by its name in the file. */
    timezones: z.record(z.string(), z.string()).default({}),
    /** Rows may be finer than the stream, one for each ad or device, and are added up. */
    sum_to_key: z.literal(true).optional(),
    /** Title lines that say which days a report covers, and the column of the day of its rows. */
    period: z
        .strictObject({
            from: z.string().min(1),
            to: z.string().min(1),
            format: z.string().min(1),
            day: z.string().min(1),
        })
        .optional(),
    /** What whoever uses it has to know. */
    note: z.string().optional(),
});

type Parsed = z.output<typeof exportLayout>;

/** The export of one system as people download it: a file of data in this folder. */
export type ExportLayout = Parsed & { readonly name: string };

/** How the export names one column of the stream. */
export type LayoutColumn = z.output<typeof layoutColumn>;

let known: readonly ExportLayout[] | undefined;

/** Every layout there is, by name. Read when first asked for: a load without one needs none. */
export function exportLayouts(): readonly ExportLayout[] {
    known ??= readdirSync(import.meta.dirname)
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => parseLayout(file));
    return known;
}

/** The layout of a name, or undefined for one that nobody wrote. */
export function findLayout(name: string): ExportLayout | undefined {
    return exportLayouts().find((one) => one.name === name);
}

/** What exports in a layout call a column of the stream. */
export function namesOf({ columns }: ExportLayout, column: string): readonly string[] {
    const { names: single = [], joined = [] } = columns[column] ?? {};
    return single.length > 0 ? single : joined.flat();
}

function parseLayout(file: string): ExportLayout {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    const layout = exportLayout.parse(JSON.parse(text));
    const columns = findStream(layout.stream)?.columns.map(({ name }) => name) ?? [];
    for (const name of [
        ...Object.keys(layout.columns),
        ...Object.keys(layout.constants),
        ...layout.signature,
    ]) {
        if (!columns.includes(name)) {
            throw new TypeError(`${file}: stream ${layout.stream} has no column ${name}`);
        }
    }
    if (layout.events) assertEvents(file, layout);
    return { ...layout, name: file.slice(0, -'.json'.length) };
}

/** The input of the events is one without a layout: what it cannot say, the layout must not need. */
function assertEvents(file: string, { events, columns, skip, format, timezone }: Parsed): void {
    const stream = findStream(events?.stream ?? '');
    const types = stream?.columns.find(({ name }) => name === stream.events?.type)?.values;
    const isKnown = (type: string) => types?.includes(type) ?? true;
    if (!stream?.events || !columns[stream.events.record]) {
        throw new TypeError(`${file}: ${events?.stream} is no stream of events of its records`);
    }
    for (const type of Object.keys(events?.columns ?? {})) {
        if (!isKnown(type)) throw new TypeError(`${file}: ${events?.stream} has no ${type}`);
    }
    if (skip.length > 0 || Object.keys(format).length > 0 || timezone !== undefined) {
        throw new TypeError(`${file}: events are read without skip, format and timezone`);
    }
}
