import { addBasePath } from '@evidence-dev/sdk/utils/svelte';
import { readonly, writable } from 'svelte/store';
import { dev } from '$app/environment';
import { EVERYONE } from './audience.js';
import { pages } from './audiences.js';

/** As links name a page: with a slash at the end. */
const linked = (route) => (route === '/' ? route : `${route}/`);

/** Of somebody nothing is known of: what everyone may open; while pages are written, all of it. */
const anybody = {
    pages: Object.keys(pages)
        .filter((route) => dev || pages[route] === EVERYONE)
        .map(linked),
    teams: [],
};

const known = writable(anybody);

/** Who reads, and which pages they may open: `{ name, pages, teams, own, seen_as, token, ... }`. */
export const reader = readonly(known);

/** Asks the server of the pages; one that only hands out files says nothing, and shows what is for everyone. */
export async function askWhoReads() {
    const response = dev ? undefined : await fetch(addBasePath('/reader.json'));
    if (!response?.ok) return;
    const said = await response.json();
    known.set({ ...said, pages: said.pages.map(linked) });
}

/**
 * Sends a form of the reader's own.
 *
 * @param {string} path
 * @param {Record<string, string>} fields
 * @param {string} next where it leads
 */
export async function sendForm(path, fields, next) {
    const response = await fetch(addBasePath(path), {
        method: 'POST',
        body: new URLSearchParams(fields),
    });
    if (response.ok) window.location.assign(addBasePath(next));
}
