import { AsyncDuckDB, getPlatformFeatures, VoidLogger } from '@duckdb/duckdb-wasm';
import { arrowTableToJSON } from '../arrow-rows.js';
import { EVERYONE, OPEN_OPTIONS, SETTINGS, searchPath, tableOfUrl } from '../engine-settings.js';
import { readParquetTable } from '../parquet-table.js';

export { tableFromIPC } from 'apache-arrow';
export { statementText } from '../engine-settings.js';
export { arrowTableToJSON };

/** @typedef {import('@duckdb/duckdb-wasm').AsyncDuckDBConnection} Connection */
/** @typedef {import('@duckdb/duckdb-wasm').AsyncDuckDB} Engine */

/** @type {Map<string, Map<string, { schema: string, table: string, url: string }>>} part -> lower-case name -> data file */
const parts = new Map();
/** @type {Map<string, Promise<void>>} url -> loading */
const loads = new Map();
/** @type {Promise<Engine> | undefined} */
let starting;
/** @type {Map<string, Promise<Connection>>} by the part it reads */
const connections = new Map();

/** Nothing to do yet: the engine is 34 MB and a page without filters never needs it. */
export async function initDB() {}

/**
 * Remembers where the data files of a part of the site are; a file is fetched when a query first names
 * its table.
 *
 * @param {string} part
 * @param {string[]} files
 * @param {{ addBasePath?: (path: string) => string }} [options]
 */
export async function addDataFiles(part, files, { addBasePath = (path) => path } = {}) {
    const known = new Map();
    for (const file of files) {
        const table = tableOfUrl(file);
        const url = addBasePath(`/${file.replace(/^\/?(static\/)?/, '')}`);
        known.set(table.toLowerCase(), { schema: part, table, url });
    }
    parts.set(part, known);
}

/** Only the server keeps results per page. */
export function registerPage() {}

/**
 * Runs a query over the tables of a part of the site, and those of everyone.
 *
 * @param {string} sql
 * @param {{ part?: string }} [asked]
 * @returns {Promise<Record<string, unknown>[]>}
 */
export async function query(sql, { part = EVERYONE } = {}) {
    starting ??= start();
    // A failed download of the engine is tried again by the next filter change.
    starting.catch(() => (starting = undefined));
    const connection = await connectionOf(await starting, part);
    const names = await connection.getTableNames(sql);
    const files = names.map((name) => fileOf(name.replaceAll('"', '').toLowerCase(), part));
    await Promise.all(
        files.filter(Boolean).map((file) => loads.get(file.url) ?? load(connection, file)),
    );
    return arrowTableToJSON(await connection.query(sql));
}

/** @param {string} name @param {string} part */
const fileOf = (name, part) => parts.get(part)?.get(name) ?? parts.get(EVERYONE)?.get(name);

/** @param {Engine} engine @param {string} part */
function connectionOf(engine, part) {
    const opening = connections.get(part) ?? open(engine, part);
    connections.set(part, opening);
    opening.catch(() => connections.delete(part));
    return opening;
}

/** @param {Engine} engine @param {string} part */
async function open(engine, part) {
    const connection = await engine.connect();
    for (const setting of [...SETTINGS, ...searchPath(part)]) await connection.query(setting);
    return connection;
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
 * @returns {Promise<Engine>}
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
    return db;
}
