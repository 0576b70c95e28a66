import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
    createDuckDB,
    NODE_RUNTIME,
    VoidLogger,
} from '@duckdb/duckdb-wasm/dist/duckdb-node-blocking';
import { arrowTableToJSON } from '../arrow-rows.js';
import { EVERYONE, OPEN_OPTIONS, SETTINGS, searchPath, tableOfUrl } from '../engine-settings.js';
import { readParquetTable } from '../parquet-table.js';
import { recordFailedQuery, runOnce } from '../result-cache.js';

export { tableFromIPC } from 'apache-arrow';
export { statementText } from '../engine-settings.js';
export { registerPage } from '../result-cache.js';
export { arrowTableToJSON };

const DIST = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm'));

/** @typedef {import('@duckdb/duckdb-wasm/dist/types/src/bindings/connection').DuckDBConnection} Connection */

/** @type {Promise<{ connect(): Connection }> | undefined} */
let starting;
/** @type {{ connect(): Connection }} */
let engine;
/** @type {Map<string, Connection>} by the part of the site it reads */
const connections = new Map();

/** Starts the engine once, however many callers ask. */
export async function initDB() {
    starting ??= start();
    engine = await starting;
}

/**
 * Loads every data file of a part of the site. Components query synchronously while a page is rendered
 * on the server, so nothing can be loaded later.
 *
 * @param {string} part
 * @param {string[]} files
 */
export async function addDataFiles(part, files) {
    await initDB();
    const connection = connectionOf(part);
    for (const path of files) {
        const bytes = await readFile(path);
        const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
        const table = tableOfUrl(path);
        const { createSql, ipc } = await readParquetTable(file, part, table);
        connection.query(createSql);
        if (ipc)
            connection.insertArrowFromIPCStream(ipc, { schema: part, name: table, create: false });
    }
}

/** @param {string} part */
function connectionOf(part) {
    const known = connections.get(part);
    if (known) return known;
    const connection = engine.connect();
    for (const setting of [...SETTINGS, ...searchPath(part)]) connection.query(setting);
    connections.set(part, connection);
    return connection;
}

/**
 * Runs a query while a page is rendered; the result is kept for the reader's browser.
 *
 * @param {string} sql
 * @param {{ part?: string, route_hash: string, additional_hash: string, page: string, query_name: string, prerendering: boolean }} [asked] by which page
 * @returns {Record<string, unknown>[]}
 */
export function query(sql, asked) {
    const run = (text) => connectionOf(asked?.part ?? EVERYONE).query(text);
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
    return db;
}
