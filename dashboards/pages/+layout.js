import { setTrackProxy } from '@evidence-dev/sdk/usql';
import { addBasePath } from '@evidence-dev/sdk/utils/svelte';
import {
    arrowTableToJSON,
    registerPage,
    query as runQuery,
    setParquetURLs,
    statementText,
    tableFromIPC,
    updateSearchPath,
} from '@evidence-dev/universal-sql/client-duckdb';
import md5 from 'blueimp-md5';
import { browser, building, dev } from '$app/environment';
import { whilePending } from '$lib/pending.js';

export const ssr = !dev;
// 'auto': a page per lead or per statement is rendered for every link to it, and for none when there are none.
export const prerender = 'auto';
export const trailingSlash = 'always';

/** @type {Promise<void> | undefined} */
let locating;

/** Tells the query layer where the data files are, once; a page whose results are prerendered never asks. */
const locateData = () => (locating ??= readManifest().then(useManifest));

async function readManifest() {
    if (browser) return (await fetch(addBasePath('/data/manifest.json'))).json();
    const { readFile } = await import('node:fs/promises');
    return JSON.parse(await readFile('./static/data/manifest.json', 'utf8'));
}

async function useManifest({ renderedFiles }) {
    await setParquetURLs(renderedFiles, { addBasePath });
    await updateSearchPath(Object.keys(renderedFiles));
}

/** @typedef {{ queries: Record<string, string>, statements: Record<string, string> }} PageResults */

/** @type {PageResults} */
const NO_RESULTS = { queries: {}, statements: {} };

/**
 * Which results were kept for this page when the site was built, by query name and by statement.
 *
 * @returns {Promise<PageResults | undefined>} undefined for a page the site does not have, such as that of an unknown payee
 */
async function keptResults(pageKey, fetch) {
    const response = await fetch(
        addBasePath(`/api/pages/${pageKey.route_hash}/${pageKey.additional_hash}.json`),
    );
    if (response.status === 404) return undefined;
    return response.ok ? response.json() : NO_RESULTS;
}

const readResult = async (hash, fetch) =>
    arrowTableToJSON(await tableFromIPC(fetch(addBasePath(`/api/results/${hash}.arrow`))));

/** Pages being rendered a first time only to learn what their filters are set to. */
const rehearsals = new Map();

const unsetInputs = () =>
    setTrackProxy({ label: '', value: '(SELECT NULL WHERE 0 /* An Input has not been set */)' });

/** The parameters of a page such as /sales/lead/[id] as one text. */
const parameterText = (params) =>
    Object.entries(params)
        .sort()
        .map(([key, value]) => `${key}\x1F${value}`)
        .join('\x1E');

/** @satisfies {import("./$types").LayoutLoad} */
export const load = async ({ fetch, route, params, url, untrack }) => {
    // Another filter in the address is no other page: what was loaded stays.
    const pathname = untrack(() => url.pathname);
    const site = await fetch(addBasePath('/data/site.json')).then((response) => response.json());
    const pageKey = {
        route_hash: md5(route.id ?? ''),
        additional_hash: md5(parameterText(params)),
    };

    const rehearsal = rehearsals.get(pathname);
    const inputs = rehearsal ?? unsetInputs();
    if (!browser) {
        await locateData();
        registerPage(pageKey);
        if (!rehearsal) {
            rehearsals.set(pathname, inputs);
            await fetch(url);
            rehearsals.delete(pathname);
        }
    }

    const isStored = browser && !dev && route.id !== null;
    const stored = isStored ? await keptResults(pageKey, fetch) : NO_RESULTS;
    const kept = stored ?? NO_RESULTS;
    const named = Object.entries(kept.queries).map(async ([name, hash]) => [
        name,
        await readResult(hash, fetch),
    ]);
    const data = Object.fromEntries(await Promise.all(named));

    async function queryInBrowser(sql) {
        const hash = kept.statements[md5(statementText(sql))];
        if (hash) return readResult(hash, window.fetch);
        await locateData();
        return runQuery(sql);
    }

    function query(sql, { query_name, callback = (rows) => rows } = {}) {
        if (browser) return whilePending(() => queryInBrowser(sql)).then(callback);
        return callback(
            runQuery(sql, { ...pageKey, page: pathname, query_name, prerendering: building }),
        );
    }

    return {
        __db: { query, load: locateData },
        inputs,
        data,
        site,
        isUnknown: stored === undefined,
        customFormattingSettings: { customFormats: [] },
    };
};
