import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import {
    CompiledQuery,
    type DatabaseConnection,
    type DatabaseIntrospector,
    DefaultQueryCompiler,
    type Dialect,
    DialectAdapterBase,
    type Driver,
    type Kysely,
    type QueryResult,
} from 'kysely';
import { DuckDbIntrospector } from './introspector.ts';
import { plainRow } from './values.ts';

/** Kysely on one open DuckDB connection, which the caller owns and closes. */
export class DuckDbDialect implements Dialect {
    readonly #connection: DuckDBConnection;

    constructor(connection: DuckDBConnection) {
        this.#connection = connection;
    }

    createDriver(): Driver {
        return new DuckDbDriver(this.#connection);
    }

    createQueryCompiler(): DefaultQueryCompiler {
        return new DefaultQueryCompiler();
    }

    createAdapter(): DuckDbAdapter {
        return new DuckDbAdapter();
    }

    createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
        return new DuckDbIntrospector(db);
    }
}

class DuckDbAdapter extends DialectAdapterBase {
    override get supportsReturning(): boolean {
        return true;
    }

    // One process writes at a time (warehouse file lock), so migrations need no lock of their own.
    override async acquireMigrationLock(): Promise<void> {}
    override async releaseMigrationLock(): Promise<void> {}
}

class DuckDbDriver implements Driver {
    readonly #connection: SingleConnection;
    #queue: Promise<void> = Promise.resolve();
    #release: (() => void) | undefined;

    constructor(connection: DuckDBConnection) {
        this.#connection = new SingleConnection(connection);
    }

    async init(): Promise<void> {}

    /** There is one connection: whoever asks while it is in use waits. */
    async acquireConnection(): Promise<DatabaseConnection> {
        const before = this.#queue;
        let release = () => {};
        this.#queue = new Promise((done) => {
            release = done;
        });
        await before;
        this.#release = release;
        return this.#connection;
    }

    async releaseConnection(): Promise<void> {
        this.#release?.();
    }

    async beginTransaction(connection: DatabaseConnection): Promise<void> {
        await connection.executeQuery(CompiledQuery.raw('begin transaction'));
    }

    async commitTransaction(connection: DatabaseConnection): Promise<void> {
        await connection.executeQuery(CompiledQuery.raw('commit'));
    }

    async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
        await connection.executeQuery(CompiledQuery.raw('rollback'));
    }

    async destroy(): Promise<void> {}
}

class SingleConnection implements DatabaseConnection {
    readonly #connection: DuckDBConnection;

    constructor(connection: DuckDBConnection) {
        this.#connection = connection;
    }

    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
        const reader = await this.#connection.runAndReadAll(query.sql, parameters(query));
        const names = reader.deduplicatedColumnNames();
        const rows = reader.getRows().map((values) => plainRow(names, values) as Row);
        return { rows, numAffectedRows: BigInt(reader.rowsChanged) };
    }

    async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
        const result = await this.#connection.stream(query.sql, parameters(query));
        const names = result.deduplicatedColumnNames();
        for await (const chunk of result) {
            yield { rows: chunk.getRows().map((values) => plainRow(names, values) as Row) };
        }
    }
}

function parameters(query: CompiledQuery): DuckDBValue[] {
    return query.parameters.map((value) => value as DuckDBValue);
}
