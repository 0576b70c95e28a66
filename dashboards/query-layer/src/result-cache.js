import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { statementText } from './engine-settings.js';

// The engine's results are instances of the CommonJS copy of apache-arrow, which the ES module copy
// does not recognise: serialise with the copy the engine itself loads.
const engineRequire = createRequire(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm'));
const { tableToIPC } = engineRequire('apache-arrow');

// The answer to a page's query is not known when the crawler looks for files, so results go
// where the crawler would have put them, those of each part of the site in a folder of its own.
const RESULTS = '.svelte-kit/output/prerendered/dependencies/api';

/** Every failed query of a build, one JSON object a line: a build with one fails. */
const FAILED_QUERIES = '.evidence-queries/failed.jsonl';

/**
 * @typedef {object} PageKey
 * @property {string} part of the site that the page belongs to
 * @property {string} route_hash
 * @property {string} additional_hash hash of the parameters of a page such as /sales/lead/[id]
 */

/** @type {Map<string, { hash: string, table: import('apache-arrow').Table }>} by part and SQL text */
const results = new Map();

/** @type {Map<string, { queries: Record<string, string>, statements: Record<string, string> }>} by page */
const pages = new Map();

/**
 * Runs a statement once in a build, however many pages ask it, and keeps the result for the
 * readers of this page: under the query's name, for the first drawing, and under the statement,
 * so that a filter left at its default finds its result without the engine.
 *
 * @param {string} sql
 * @param {PageKey & { query_name: string }} page
 * @param {(sql: string) => import('apache-arrow').Table} run
 */
export function runOnce(sql, page, run) {
    const key = `${page.part}\n${sql}`;
    let result = results.get(key);
    if (!result) {
        const table = run(sql);
        const ipc = tableToIPC(table);
        result = { hash: md5(ipc), table };
        results.set(key, result);
        write(`${RESULTS}/${page.part}/results/${result.hash}.arrow`, ipc);
    }
    const known = resultsOf(page);
    known.queries[page.query_name] = result.hash;
    known.statements[md5(statementText(sql))] = result.hash;
    writeSoon(page);
    return result.table;
}

/**
 * Gives a page without queries an empty list, so that the reader's browser finds one.
 *
 * @param {PageKey} page
 */
export function registerPage(page) {
    writeSoon(page);
}

/**
 * @param {PageKey & { page: string, query_name: string }} asked
 * @param {Error} error
 */
export function recordFailedQuery({ page, query_name: queryName }, error) {
    mkdirSync(dirname(FAILED_QUERIES), { recursive: true });
    appendFileSync(
        FAILED_QUERIES,
        `${JSON.stringify({ page, queryName, message: error.message })}\n`,
    );
}

/** @type {Set<string>} files of pages whose lists have grown since they were written */
const grown = new Set();

/**
 * Writes the list of a page when all that is asked for in one go is in it: a page asks hundreds of
 * times while it is drawn.
 *
 * @param {PageKey} page
 */
function writeSoon(page) {
    if (grown.size === 0) {
        queueMicrotask(() => {
            for (const file of grown) write(file, JSON.stringify(pages.get(file)));
            grown.clear();
        });
    }
    resultsOf(page);
    grown.add(fileOf(page));
}

/** @param {PageKey} page */
const fileOf = (page) =>
    `${RESULTS}/${page.part}/pages/${page.route_hash}/${page.additional_hash}.json`;

/** @param {PageKey} page */
function resultsOf(page) {
    const key = fileOf(page);
    if (!pages.has(key)) pages.set(key, { queries: {}, statements: {} });
    return pages.get(key);
}

/** @param {string | Uint8Array} content */
const md5 = (content) => createHash('md5').update(content).digest('hex');

/**
 * @param {string} path
 * @param {string | Uint8Array} data
 */
function write(path, data) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data);
}
