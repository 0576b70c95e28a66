import { setTrackProxy } from '@evidence-dev/sdk/usql';
import { addBasePath } from '@evidence-dev/sdk/utils/svelte';
import {
    addDataFiles,
    arrowTableToJSON,
    registerPage,
    query as runQuery,
    statementText,
    tableFromIPC,
} from '@evidence-dev/universal-sql/client-duckdb';
import md5 from 'blueimp-md5';
import { browser, building, dev } from '$app/environment';
import { EVERYONE, partOfPage } from '$lib/audience.js';
import { pages } from '$lib/audiences.js';
import { whilePending } from '$lib/pending.js';

export const ssr = !dev;
// 'auto': a page per lead or per statement is rendered for every link to it, and for none when there are none.
export const prerender = 'auto';
export const trailingSlash = 'always';

/** @type {Map<string, Promise<void>>} by part of the site */
const locating = new Map();

/**
 * Tells the query layer where the data files of a part of the site and of everyone are, once; a page
 * whose results are prerendered never asks.
 *
 * @param {string} part
 */
const locateData = (part) => Promise.all([...new Set([EVERYONE, part])].map(locatePart));

/** @param {string} part */
function locatePart(part) {
    const known =
        locating.get(part) ??
        readManifest(part).then((files) => addDataFiles(part, files, { addBasePath }));
    locating.set(part, known);
    known.catch(() => locating.delete(part));
    return known;
}

/**
 * @param {string} part
 * @returns {Promise<string[]>} none of a part without tables of its own
 */
async function readManifest(part) {
    const path = `data/${part}/manifest.json`;
    if (!browser) {
        const { existsSync, readFileSync } = await import('node:fs');
        return existsSync(`static/${path}`)
            ? JSON.parse(readFileSync(`static/${path}`, 'utf8'))
            : [];
    }
    const response = await fetch(addBasePath(`/${path}`));
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return response.json();
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
        addBasePath(
            `/api/${pageKey.part}/pages/${pageKey.route_hash}/${pageKey.additional_hash}.json`,
        ),
    );
    if (response.status === 404) return undefined;
    // Whoever is no longer signed in is asked to, and comes back here.
    if (response.status === 401) {
        window.location.reload();
        return new Promise(() => {});
    }
    return response.ok ? response.json() : NO_RESULTS;
}

const readResult = async (part, hash, fetch) =>
    arrowTableToJSON(await tableFromIPC(fetch(addBasePath(`/api/${part}/results/${hash}.arrow`))));

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
    const part = partOfPage(pages, route.id ?? '', params) ?? EVERYONE;
    const pageKey = {
        part,
        route_hash: md5(route.id ?? ''),
        additional_hash: md5(parameterText(params)),
    };

    const rehearsal = rehearsals.get(pathname);
    const inputs = rehearsal ?? unsetInputs();
    if (!browser) {
        await locateData(part);
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
        await readResult(part, hash, fetch),
    ]);
    const data = Object.fromEntries(await Promise.all(named));

    async function queryInBrowser(sql) {
        const hash = kept.statements[md5(statementText(sql))];
        if (hash) return readResult(part, hash, window.fetch);
        await locateData(part);
        return runQuery(sql, { part });
    }

    function query(sql, { query_name, callback = (rows) => rows } = {}) {
        if (browser) return whilePending(() => queryInBrowser(sql)).then(callback);
        return callback(
            runQuery(sql, { ...pageKey, page: pathname, query_name, prerendering: building }),
        );
    }

    return {
        __db: { query, load: () => locateData(part) },
        inputs,
        data,
        site,
        isUnknown: stored === undefined,
        customFormattingSettings: { customFormats: [] },
    };
};
