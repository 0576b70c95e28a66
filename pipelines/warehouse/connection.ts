import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { Kysely, type RawBuilder } from 'kysely';
import { rawTablesDdl } from '../contracts/ddl.ts';
import { opsTablesDdl } from '../contracts/ops-tables.ts';
import { BusyError, ConfigError, SourceError } from '../errors.ts';
import { DuckDbDialect } from './dialect.ts';
import type { OpsDatabase } from './ops-database.ts';
import { type PlainValue, plainRow } from './values.ts';

/**
 * Loading stays small whatever the size of the files and the machine; the rest spills to disk.
 * Every reading thread keeps its own buffers, so more threads need more memory.
 */
function limits(): Record<string, string> {
    const threads = Math.min(availableParallelism(), maximumThreads);
    return { threads: String(threads), memory_limit: `${120 + 50 * threads}MB` };
}

const maximumThreads = 4;

/** An open warehouse file: must be closed, so that the file is checkpointed and free. */
export class Warehouse {
    readonly path: string;
    readonly db: Kysely<OpsDatabase>;
    readonly #instance: DuckDBInstance;
    readonly #connection: DuckDBConnection;

    constructor(path: string, instance: DuckDBInstance, connection: DuckDBConnection) {
        this.path = path;
        this.#instance = instance;
        this.#connection = connection;
        this.db = new Kysely<OpsDatabase>({ dialect: new DuckDbDialect(connection) });
    }

    /** Runs one statement and forgets its result. */
    async run(statement: string): Promise<void> {
        await this.#connection.run(statement);
    }

    /** Runs one query and reads all its rows as plain values. */
    async query<Row = Record<string, PlainValue>>(statement: string): Promise<Row[]> {
        const reader = await this.#connection.runAndReadAll(statement);
        const names = reader.deduplicatedColumnNames();
        return reader.getRows().map((values) => plainRow(names, values) as Row);
    }

    /** Rows of a query as they come, so that a big table never stands in memory. */
    async *stream<Row>(query: RawBuilder<Row>): AsyncGenerator<Row, void, undefined> {
        const { sql: statement, parameters } = query.compile(this.db);
        const values = parameters.map((value) => value as DuckDBValue);
        const result = await this.#connection.stream(statement, values);
        const names = result.deduplicatedColumnNames();
        for await (const chunk of result) {
            for (const row of chunk.getRows()) yield plainRow(names, row) as Row;
        }
    }

    /** All of `work` or nothing of it. */
    async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
        await this.run('begin transaction');
        try {
            const result = await work();
            await this.run('commit');
            return result;
        } catch (error) {
            await this.run('rollback');
            throw error;
        }
    }

    async close(): Promise<void> {
        await this.db.destroy();
        this.#connection.closeSync();
        this.#instance.closeSync();
    }
}

/** Opens the warehouse for writing and creates what is missing: file, raw tables, ops tables. */
export async function openWarehouse(path: string): Promise<Warehouse> {
    mkdirSync(dirname(path), { recursive: true });
    const warehouse = await open(path, limits());
    for (const statement of [...rawTablesDdl(), ...opsTablesDdl()]) await warehouse.run(statement);
    return warehouse;
}

/** Opens an existing warehouse for reading. @throws ConfigError when there is none. */
export async function openWarehouseForReading(path: string): Promise<Warehouse> {
    if (!existsSync(path)) {
        throw new ConfigError({
            what: `There is no warehouse ${path}.`,
            fix: 'load the data first: npx jointly run --config FILE',
        });
    }
    return open(path, { access_mode: 'READ_ONLY', ...limits() });
}

/** Opens a database in memory, for checks that need the engine but no file. */
export async function openScratchWarehouse(): Promise<Warehouse> {
    return open(':memory:', {});
}

async function open(path: string, options: Record<string, string>): Promise<Warehouse> {
    try {
        const instance = await DuckDBInstance.create(path, options);
        const connection = await instance.connect();
        await connection.run(`set TimeZone = 'UTC'`);
        return new Warehouse(path, instance, connection);
    } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        if (/Could not set lock/i.test(message)) {
            throw new BusyError({
                what: `The warehouse ${path} is in use by another process.`,
                why: /held in (.+?)(?:\.|$)/m.exec(message)?.[1] ?? message.split('\n')[0] ?? '',
                fix: 'wait until it is finished, or close the program that has the file open',
                cause,
            });
        }
        throw new SourceError({
            what: `The warehouse ${path} cannot be opened.`,
            why: message.split('\n')[0] ?? message,
            fix: 'restore it from a copy, or move it away and run again to build it from the exports',
            cause,
        });
    }
}
