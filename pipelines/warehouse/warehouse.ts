import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { Kysely, type RawBuilder } from 'kysely';
import { DuckDbDialect } from './dialect.ts';
import type { OpsDatabase } from './ops-database.ts';
import { type PlainValue, plainRow } from './values.ts';

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

    /** Runs statements, one after another, and forgets their results. */
    async run(statements: string): Promise<void> {
        await this.#connection.run(statements);
    }

    /** Makes functions known to this connection, such as `message_text`. */
    extend(add: (connection: DuckDBConnection) => void): void {
        add(this.#connection);
    }

    /** Runs one query and reads all its rows as plain values. */
    async query<Row = Record<string, PlainValue>>(statement: string): Promise<Row[]> {
        const reader = await this.#connection.runAndReadAll(statement);
        const names = reader.deduplicatedColumnNames();
        return reader.getRows().map((values) => plainRow(names, values) as Row);
    }

    /** Whether there is a row. @param rows of a table, with or without a condition: `t where x > 0` */
    async hasRows(rows: string): Promise<boolean> {
        return (await this.query(`select 1 from ${rows} limit 1`)).length > 0;
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
            // A commit that failed, on a full disk, has taken everything back itself.
            await this.run('rollback').catch(() => {});
            throw error;
        }
    }

    /** The file is free as soon as this is called. */
    async close(): Promise<void> {
        this.#connection.closeSync();
        this.#instance.closeSync();
        await this.db.destroy();
    }
}
