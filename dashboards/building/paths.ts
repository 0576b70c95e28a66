import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The dashboards package. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** Everything a build makes: nothing in it is worth keeping. */
export const WORK = join(ROOT, '.evidence');
/** The SvelteKit project the framework's template, our shell and the pages are put together in. */
export const TEMPLATE = join(WORK, 'template');
/** What the compiler and the crawler leave: server, client, prerendered. */
export const OUTPUT = join(TEMPLATE, '.svelte-kit', 'output');
/** Data files of the company whose site is being built. */
export const DATA = join(TEMPLATE, 'static', 'data');
/** Results of queries run while rendering, and the list of those that failed. */
export const RESULTS = join(TEMPLATE, '.evidence-queries');
/** Addresses of pages that are there for somebody each, for the crawler. */
export const ENTRIES = join(TEMPLATE, 'entries.json');
/** Whose the parts of the site are, for the server of the pages. */
export const READERS = join(TEMPLATE, 'readers.json');
