import type { z } from 'zod';
import { type Column, columnsOf } from './columns.ts';

/** A later row with the same key replaces the earlier one; `cursor` says which row is later. */
export interface MergeStrategy {
    readonly kind: 'merge';
    readonly cursor?: string;
}

/**
 * A file speaks for its whole window: from the first to the last `window` day it holds, per
 * `partition`. What an earlier file or load said inside that window is gone.
 */
export interface ReplaceStrategy {
    readonly kind: 'replace';
    readonly window: string;
    readonly partition: readonly string[];
}

export interface RowRule {
    /** The column a reader should look at. */
    readonly column: string;
    /** What must hold, in words: `expected <text>`. */
    readonly expected: string;
    /** DuckDB condition over the typed columns that is true for a broken row. */
    readonly broken: string;
}

export interface Observation {
    readonly column: string;
    /** DuckDB condition under which the column holds what has happened; left out, it always does. */
    readonly when?: string;
}

export interface EventColumns {
    /** What happened to which record. */
    readonly type: string;
    readonly record: string;
    /** The id of the event, where it has one of its own. */
    readonly id?: string;
}

/** What is made, beside its time, for an event that a row has as a date of its record. */
export const madeBy = ({ type, id }: EventColumns): readonly string[] => [
    type,
    ...(id ? [id] : []),
];

export interface StreamContract<Row extends z.ZodObject = z.ZodObject> {
    readonly name: string;
    readonly description: string;
    readonly row: Row;
    readonly key: readonly string[];
    readonly strategy: MergeStrategy | ReplaceStrategy;
    /** The column that says when the row happened; feeds first/last event of the stream. */
    readonly eventColumn: string;
    /**
     * What proves that the data reaches an instant. A column that may hold a plan (an expected
     * close date, a meeting next week, the day a client asked to be called back) proves nothing.
     */
    readonly observed: readonly Observation[];
    /**
     * What a day is that no file covers, of a source that speaks day by day: missing where it sums
     * up days; where it lists visits perhaps quiet, but missing when more follow each other than
     * the source may be behind. Left out, days without an event are nothing odd (deals, payments).
     */
    readonly dayWithoutRows?: 'missing' | 'quiet';
    /** What a row is worth, where it is money: of it no row may be lacking unseen. */
    readonly amountColumn?: string;
    /** Of events that a system may keep as dates of their record: what says so. */
    readonly events?: EventColumns;
    readonly rules: readonly RowRule[];
    readonly columns: readonly Column[];
}

type StreamDeclaration<Row extends z.ZodObject> = Omit<
    StreamContract<Row>,
    'columns' | 'rules' | 'observed'
> & {
    readonly rules?: readonly RowRule[];
    /** Left out, the event column is all there is to observe. */
    readonly observed?: readonly Observation[];
};

/**
 * Declares one stream: its row, key and how a new load meets the rows that are there.
 * @throws TypeError when key, strategy or rules name a column the row lacks, or an optional key.
 */
export function defineStream<Row extends z.ZodObject>(
    declaration: StreamDeclaration<Row>,
): StreamContract<Row> {
    const columns = columnsOf(declaration.row);
    const rules = declaration.rules ?? [];
    const { strategy } = declaration;
    const placed = strategy.kind === 'replace' ? [strategy.window, ...strategy.partition] : [];
    for (const name of [...declaration.key, ...placed]) {
        if (!columns.some((column) => column.name === name && column.required)) {
            throw new TypeError(`${declaration.name}: ${name} must be a required column`);
        }
    }
    const cursor = strategy.kind === 'merge' && strategy.cursor ? [strategy.cursor] : [];
    const { eventColumn, observed = [{ column: eventColumn }] } = declaration;
    const { type, record, id } = declaration.events ?? {};
    const events = [type, record, id].filter((name) => name !== undefined);
    const amount = declaration.amountColumn === undefined ? [] : [declaration.amountColumn];
    const named = [
        ...cursor,
        eventColumn,
        ...amount,
        ...events,
        ...[...observed, ...rules].map((one) => one.column),
    ];
    for (const name of named) {
        if (!columns.some((column) => column.name === name)) {
            throw new TypeError(`${declaration.name}: ${name} is not a column`);
        }
    }
    return Object.freeze({ ...declaration, observed, rules, columns });
}

/**
 * Columns that the loader adds to every raw table. Input, file and load are one number, because
 * three texts repeated in every row took a third of the time of writing it.
 */
export const loaderColumns = [
    {
        name: '_file_id',
        type: 'integer',
        description: 'Reading of a file that wrote the row; jointly.files has its names.',
    },
    { name: '_extra', type: 'json', description: 'Columns of the file the contract lacks.' },
] as const;

/** Columns that a row gets beside those when it moves to the history of its stream. */
export const historyColumns = [
    {
        name: '_ended_file_id',
        type: 'integer',
        description: 'First file of the load that ended the row.',
    },
    {
        name: '_is_gone',
        type: 'boolean',
        description: 'Whether that load put no other row in its place.',
    },
] as const;
