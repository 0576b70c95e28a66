import { AsyncDuckDB, getPlatformFeatures, VoidLogger } from '@duckdb/duckdb-wasm';
import { arrowTableToJSON } from '../arrow-rows.js';
import { OPEN_OPTIONS, SETTINGS, tableOfUrl } from '../engine-settings.js';
import { quote, readParquetTable } from '../parquet-table.js';

export { tableFromIPC } from 'apache-arrow';
export { statementText } from '../engine-settings.js';
export { arrowTableToJSON };

/** @typedef {import('@duckdb/duckdb-wasm').AsyncDuckDBConnection} Connection */

/** @type {Map<string, { schema: string, table: string, url: string }>} lower-case name -> data file */
const dataFiles = new Map();
/** @type {Map<string, Promise<void>>} url -> loading */
const loads = new Map();
/** @type {string[]} */
let searchPath = [];
/** @type {Promise<Connection> | undefined} */
let starting;

/** Nothing to do yet: the engine is 34 MB and a page without filters never needs it. */
export async function initDB() {}

/**
 * Remembers where the data files are; a file is fetched when a query first names its table.
 *
 * @param {Record<string, string[]>} urls schema -> data files
 * @param {{ addBasePath?: (path: string) => string }} [options]
 */
export async function setParquetURLs(urls, { addBasePath = (path) => path } = {}) {
    dataFiles.clear();
    loads.clear();
    for (const [schema, files] of Object.entries(urls)) {
        for (const file of files) {
            const table = tableOfUrl(file);
            const entry = {
                schema,
                table,
                url: addBasePath(`/${file.replace(/^\/?(static\/)?/, '')}`),
            };
            dataFiles.set(`${schema}.${table}`.toLowerCase(), entry);
            dataFiles.set(table.toLowerCase(), entry);
        }
    }
}

/** Only the server keeps results per page. */
export function registerPage() {}

/** @param {string[]} schemas */
export async function updateSearchPath(schemas) {
    searchPath = schemas;
}

/**
 * @param {string} sql
 * @returns {Promise<Record<string, unknown>[]>}
 */
export async function query(sql) {
    starting ??= start();
    // A failed download of the engine is tried again by the next filter change.
    starting.catch(() => (starting = undefined));
    const connection = await starting;
    const names = await connection.getTableNames(sql);
    const files = names.map((name) => dataFiles.get(name.replaceAll('"', '').toLowerCase()));
    await Promise.all(
        files.filter(Boolean).map((file) => loads.get(file.url) ?? load(connection, file)),
    );
    return arrowTableToJSON(await connection.query(sql));
}

/**
 * @param {Connection} connection
 * @param {{ schema: string, table: string, url: string }} file
 */
function load(connection, { schema, table, url }) {
    const loading = (async () => {
        const response = await fetch(url);
        if (!response.ok) throw new Error(`Data file ${url}: HTTP ${response.status}`);
        const { createSql, ipc } = await readParquetTable(
            await response.arrayBuffer(),
            schema,
            table,
        );
        await connection.query(createSql);
        if (ipc)
            await connection.insertArrowFromIPCStream(ipc, { schema, name: table, create: false });
    })();
    loads.set(url, loading);
    // A reader who was offline for a moment can try again by changing the filter once more.
    loading.catch(() => loads.delete(url));
    return loading;
}

/**
 * @returns {Promise<Connection>}
 * @throws {Error} in a browser older than 2022, which shows pages but cannot filter them
 */
async function start() {
    const { wasmExceptions } = await getPlatformFeatures();
    if (!wasmExceptions) throw new Error('This browser is too old for filters: update it');
    const [wasm, worker] = await Promise.all([
        import('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'),
        import('@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?worker'),
    ]);
    const db = new AsyncDuckDB(new VoidLogger(), new worker.default());
    await db.instantiate(wasm.default);
    await db.open(OPEN_OPTIONS);
    const connection = await db.connect();
    for (const setting of SETTINGS) await connection.query(setting);
    for (const schema of searchPath)
        await connection.query(`create schema if not exists ${quote(schema)}`);
    if (searchPath.length > 0)
        await connection.query(`set search_path = '${searchPath.join(',')}'`);
    return connection;
}
