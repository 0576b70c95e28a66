import type { Kysely, RawBuilder } from 'kysely';
import type { Verdict } from '../api/answer.ts';

export interface TableColumn {
    readonly name: string;
    /** As the catalogue of the system calls it. */
    readonly type: string;
    readonly mayBeNull: boolean;
}

export interface TableFacts {
    readonly columns: readonly TableColumn[];
    /** Columns of the primary key in their order; none of a view. */
    readonly primaryKey: readonly string[];
    /** Whether the user may change its rows, where the system tells. */
    readonly mayWrite: boolean;
}

export interface TableName {
    readonly schema: string | undefined;
    readonly name: string;
}

/** What a cursor counts: points in time, the clock of some zone, days or numbers. */
export type CursorKind = 'instant' | 'clock' | 'day' | 'number';

export interface OpenDatabase {
    readonly db: Kysely<unknown>;
    /** Rejects when the connection breaks: not every driver tells the one who waits for rows. */
    readonly broken: Promise<never>;
    /** Ends its connection at once, whatever it does. */
    readonly end: () => Promise<void>;
}

/** What differs between systems of databases. Values come from all of them as text, or null. */
export interface DatabaseSystem {
    /** Opens one connection at most. */
    readonly open: () => OpenDatabase;
    /** Makes a transaction speak UTC and end what takes too long. */
    readonly settle: (db: Kysely<unknown>) => Promise<void>;
    /** @returns undefined where there is no such table, or none that the user may see */
    readonly describe: (db: Kysely<unknown>, table: TableName) => Promise<TableFacts | undefined>;
    /** Tables and views that the user may read. */
    readonly tables: (db: Kysely<unknown>) => Promise<readonly string[]>;
    /** Undefined for a type that cannot be one. */
    readonly cursorKind: (type: string) => CursorKind | undefined;
    /** What is read of a column so that nothing of it is lost. */
    readonly read: (column: TableColumn, reference: RawBuilder<unknown>) => RawBuilder<unknown>;
    /** What rows are sorted by, in the order in which values that were read compare with it. */
    readonly order: (column: TableColumn, reference: RawBuilder<unknown>) => RawBuilder<unknown>;
    /** A value that was read, to compare the column with. */
    readonly bound: (column: TableColumn, value: string) => RawBuilder<unknown>;
    /** The present by the clock of the database in UTC. */
    readonly now: (kind: Exclude<CursorKind, 'number'>) => RawBuilder<unknown>;
    /** The JSON of a value that was read. */
    readonly json: (column: TableColumn, text: string) => string;
    /** What an error of its driver means; `ok` for one that is none of it. */
    readonly judge: (error: unknown) => Verdict;
}
