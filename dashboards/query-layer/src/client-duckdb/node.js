import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
    createDuckDB,
    NODE_RUNTIME,
    VoidLogger,
} from '@duckdb/duckdb-wasm/dist/duckdb-node-blocking';
import { arrowTableToJSON } from '../arrow-rows.js';
import { OPEN_OPTIONS, SETTINGS, tableOfUrl } from '../engine-settings.js';
import { quote, readParquetTable } from '../parquet-table.js';
import { recordFailedQuery, runOnce } from '../result-cache.js';

export { tableFromIPC } from 'apache-arrow';
export { statementText } from '../engine-settings.js';
export { registerPage } from '../result-cache.js';
export { arrowTableToJSON };

const DIST = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm'));

/** @type {Promise<import('@duckdb/duckdb-wasm/dist/types/src/bindings/connection').DuckDBConnection> | undefined} */
let starting;
/** @type {import('@duckdb/duckdb-wasm/dist/types/src/bindings/connection').DuckDBConnection} */
let connection;

/** Starts the engine once, however many callers ask. */
export async function initDB() {
    starting ??= start();
    connection = await starting;
}

/**
 * Loads every data file. Components query synchronously while a page is rendered on the server,
 * so nothing can be loaded later.
 *
 * @param {Record<string, string[]>} urls schema -> data files
 */
export async function setParquetURLs(urls) {
    await initDB();
    for (const [schema, files] of Object.entries(urls)) {
        connection.query(`create schema if not exists ${quote(schema)}`);
        for (const path of files) {
            const bytes = await readFile(path);
            const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
            const table = tableOfUrl(path);
            const { createSql, ipc } = await readParquetTable(file, schema, table);
            connection.query(createSql);
            if (ipc)
                connection.insertArrowFromIPCStream(ipc, { schema, name: table, create: false });
        }
    }
}

/** @param {string[]} schemas */
export function updateSearchPath(schemas) {
    connection.query(`set search_path = '${schemas.join(',')}'`);
}

/**
 * Runs a query while a page is rendered; the result is kept for the reader's browser.
 *
 * @param {string} sql
 * @param {{ route_hash: string, additional_hash: string, page: string, query_name: string, prerendering: boolean }} [asked] by which page
 * @returns {Record<string, unknown>[]}
 */
export function query(sql, asked) {
    const run = (text) => connection.query(text);
    if (!asked?.prerendering) return arrowTableToJSON(run(sql));
    try {
        return arrowTableToJSON(runOnce(sql, asked, run));
    } catch (error) {
        // The components turn this into a red box; a build must not publish that.
        recordFailedQuery(asked, error);
        throw error;
    }
}

async function start() {
    const bundle = (name) => ({
        mainModule: join(DIST, `duckdb-${name}.wasm`),
        mainWorker: join(DIST, `duckdb-node-${name}.worker.cjs`),
    });
    const db = await createDuckDB(
        { mvp: bundle('mvp'), eh: bundle('eh') },
        new VoidLogger(),
        NODE_RUNTIME,
    );
    await db.instantiate();
    db.open(OPEN_OPTIONS);
    const opened = db.connect();
    for (const setting of SETTINGS) opened.query(setting);
    return opened;
}
