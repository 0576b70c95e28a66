import { sqlName } from './batch.ts';
import type { Column } from './columns.ts';
import { streams } from './registry.ts';
import { historyColumns, loaderColumns, type StreamContract } from './stream.ts';

export const rawSchema = 'raw_files';
export const opsSchema = 'jointly';
export const historySchema = 'raw_history';

/** Qualified name of a stream's raw table. */
export function rawTable(contract: StreamContract): string {
    return `${rawSchema}.${sqlName(contract.name)}`;
}

/** Qualified name of the table of rows that a stream's raw table no longer has. */
export function historyTable(contract: StreamContract): string {
    return `${historySchema}.${sqlName(contract.name)}`;
}

/**
 * Tables of every stream, whichever are connected, so that every model builds. No primary key
 * and no index: DuckDB 1.5 was seen to corrupt them; uniqueness is a dbt test.
 */
export function rawTablesDdl(): readonly string[] {
    return [
        `create schema if not exists ${rawSchema}`,
        `create schema if not exists ${historySchema}`,
        ...streams.flatMap((stream) => [rawTableDdl(stream), historyTableDdl(stream)]),
    ];
}

function columnDdl({ name, type, required, repeats }: Column): string {
    const notNull = required ? ' not null' : '';
    // Told so, the engine tries no other compression, which takes time.
    return `${sqlName(name)} ${type}${notNull}${repeats ? ' using compression dictionary' : ''}`;
}

function rawTableDdl(contract: StreamContract): string {
    const columns = [
        ...contract.columns.map(columnDdl),
        ...loaderColumns.map((column) => `${column.name} ${column.type}`),
    ];
    return `create table if not exists ${rawTable(contract)} (\n    ${columns.join(',\n    ')}\n)`;
}

/** Nothing is required here: a row keeps what it had, whatever later contracts ask for. */
function historyTableDdl(contract: StreamContract): string {
    const columns = [
        ...contract.columns.map((column) => columnDdl({ ...column, required: false })),
        ...[...loaderColumns, ...historyColumns].map(({ name, type }) => `${name} ${type}`),
    ];
    return `create table if not exists ${historyTable(contract)} (\n    ${columns.join(',\n    ')}\n)`;
}
