import {
    Bool,
    DateDay,
    Float64,
    Table,
    TimestampMillisecond,
    tableToIPC,
    Utf8,
    vectorFromArray,
} from 'apache-arrow';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';

/**
 * @typedef {object} LoadedTable
 * @property {string} createSql statement that creates the table, types included, so that a table without rows exists too
 * @property {Uint8Array | null} ipc rows as an Arrow IPC stream; null when there are none
 */

/**
 * Reads a Parquet file written by the export step. Only the types that step writes are known;
 * the engine's own Parquet reader is not used because it loads an extension from the internet.
 *
 * @param {ArrayBuffer} file
 * @param {string} schema
 * @param {string} table
 * @returns {Promise<LoadedTable>}
 * @throws {Error} when a column has a type the export step never writes
 */
export async function readParquetTable(file, schema, table) {
    const metadata = parquetMetadata(file);
    const columns = metadata.schema
        .slice(1)
        .map((element) => ({ name: element.name, ...columnType(element, table) }));
    const list = columns.map((column) => `${quote(column.name)} ${column.sql}`).join(', ');
    const createSql = `create or replace table ${quote(schema)}.${quote(table)} (${list})`;
    if (metadata.num_rows === 0n) return { createSql, ipc: null };

    const rows = await parquetReadObjects({ file, metadata });
    const vectors = columns.map((column) => [
        column.name,
        vectorFromArray(
            rows.map((row) => row[column.name] ?? null),
            column.arrow,
        ),
    ]);
    return { createSql, ipc: tableToIPC(new Table(Object.fromEntries(vectors)), 'stream') };
}

/** @param {string} identifier */
export const quote = (identifier) => `"${identifier.replaceAll('"', '""')}"`;

/**
 * @param {import('hyparquet').SchemaElement} element
 * @param {string} table
 */
function columnType(element, table) {
    const logical = element.logical_type?.type ?? element.converted_type;
    if (element.type === 'DOUBLE') return { sql: 'double', arrow: new Float64() };
    if (element.type === 'BOOLEAN') return { sql: 'boolean', arrow: new Bool() };
    if (element.type === 'BYTE_ARRAY') return { sql: 'varchar', arrow: new Utf8() };
    if (element.type === 'INT32' && logical === 'DATE')
        return { sql: 'date', arrow: new DateDay() };
    if (element.type === 'INT64' && String(logical).startsWith('TIMESTAMP')) {
        return { sql: 'timestamp', arrow: new TimestampMillisecond() };
    }
    throw new Error(
        `Column ${table}.${element.name}: unexpected Parquet type ${element.type} ${logical ?? ''}`,
    );
}
