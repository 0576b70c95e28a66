import { z } from 'zod';
import { findStream, streamNames } from '../../contracts/registry.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { compareIds, connectionBase, timezone } from '../api/settings.ts';
import { checkMapping, mappingShape } from '../files/mapping-schema.ts';

const column = z.string().min(1);

const table = z
    .strictObject({
        /** A table or view, with its schema where that is not the usual one: `crm.leads`. */
        table: z.string().regex(/^[^.]+(\.[^.]+)?$/, 'a table or view such as crm.leads'),
        stream: z.enum(streamNames as [string, ...string[]]),
        /** Column that grows with every change of a row; left out, all rows are read each time. */
        cursor: column.optional(),
        /**
         * How far before the last value of the cursor the next run begins: minutes of a time, days of
         * a date, numbers of a number.
         */
        overlap: z.int().min(0).optional(),
        /** Columns that together tell its rows apart; the primary key when left out. */
        key: z.array(column).min(1).optional(),
        /** Where ids are not compared, a row that is deleted without a mark stays. */
        compare_ids: z.literal(false).optional(),
        ...mappingShape,
    })
    .superRefine((value, context) => {
        const refuse = (path: readonly (string | number)[], message: string) =>
            context.addIssue({ code: 'custom', path: [...path], message });
        checkMapping(value, context);
        const { strategy } = findStream(value.stream) as StreamContract;
        if (strategy.kind === 'replace' && value.cursor !== undefined) {
            const day = value.columns[strategy.window] ?? strategy.window;
            const name = typeof day === 'object' && 'column' in day ? day.column : day;
            if (name !== value.cursor) {
                refuse(
                    ['cursor'],
                    `${value.stream} is replaced by whole days, so it has to be the column of ${strategy.window}; leave it out to read all rows each time`,
                );
            }
        }
        if (comparesIds(value) && idColumnOf(value) === undefined) {
            refuse(
                ['compare_ids'],
                `ids are compared as they stand in one column, which ${value.stream} has not here: map is_deleted, or write compare_ids: false and deleted rows stay`,
            );
        }
    });

export type TableSettings = z.output<typeof table>;

const { address: _, ...base } = connectionBase;

/** What every database is told of. @param port the usual one of the system */
export const databaseShape = (port: number) => ({
    ...base,
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(port),
    database: z.string().min(1),
    /** `unverified` encrypts but trusts any server, `off` sends everything as it is. */
    tls: z.enum(['verified', 'unverified', 'off']).default('verified'),
    /** Zone of times that are stored without one. */
    timezone: timezone.default('UTC'),
    /** A statement that takes longer is ended. */
    statement_timeout_minutes: z.int().min(1).default(60),
    ...compareIds,
    tables: z
        .array(table)
        .default([])
        .superRefine((tables, context) => {
            for (const [stream, own] of Map.groupBy(tables, (one) => one.stream)) {
                if (own.every(comparesIds) || !own.some(comparesIds)) continue;
                context.addIssue({
                    code: 'custom',
                    message: `of the tables of ${stream} either all or none can have their ids compared: give all of them is_deleted, or compare_ids: false`,
                });
            }
            for (const [name, own] of Map.groupBy(tables, feedName)) {
                if (own.length < 2) continue;
                context.addIssue({
                    code: 'custom',
                    message: `${own.map((one) => one.table).join(' and ')} both would be ${name}; make a view of them`,
                });
            }
        }),
});

const shape = z.object(databaseShape(0));

export type DatabaseSettings = z.output<typeof shape>;

/** Streams that the tables of a connection feed. */
export function streamsOfTables(connection: object): readonly string[] {
    const { tables = [] } = connection as Partial<DatabaseSettings>;
    return [...new Set(tables.map(({ stream }) => stream))];
}

/** The feed of a table; also the name of a folder. */
export function feedName({ stream, table: name }: TableSettings): string {
    return `${stream}_${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_')}`;
}

/** Whether deletions are found by comparing ids: rows that say it of themselves need no more. */
export function comparesIds({ stream, columns, compare_ids: wanted }: TableSettings): boolean {
    const contract = findStream(stream) as StreamContract;
    const canBeDeleted = contract.columns.some(({ name }) => name === 'is_deleted');
    return canBeDeleted && columns.is_deleted === undefined && wanted !== false;
}

/** The column in which the id of the stream stands as it is. */
export function idColumnOf({ stream, columns, constants }: TableSettings): string | undefined {
    const [id = ''] = (findStream(stream) as StreamContract).key;
    if (constants[id] !== undefined) return undefined;
    const written = columns[id] ?? id;
    if (typeof written === 'string') return written;
    if (Array.isArray(written)) return undefined;
    const { column: name, ...rest } = written;
    return typeof name === 'string' && Object.keys(rest).length === 0 ? name : undefined;
}

/** Secrets of a connection to a database. */
export const databaseSecrets = [
    { name: 'user', what: 'name of the user' },
    { name: 'password', what: 'password of the user' },
    {
        name: 'ca',
        what: 'certificate of the authority that signed that of the server, where it is a private one',
        isOptional: true,
    },
] as const;

/** Settings that `connect` asks for. */
export const databaseAsked = [
    { name: 'host', what: 'host of the server, best a replica', example: 'db.example.com' },
    { name: 'database', what: 'name of the database', example: 'crm' },
] as const;
