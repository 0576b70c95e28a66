import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A name that is not defined or an empty block is a mistake in a page, not a remark. */
function refuseMistakes(warning, report) {
    if (/defined|Empty Block/.test(warning.message))
        throw new Error(`${warning.filename}: ${warning.message}`);
    if (!warning.filename?.includes('node_modules')) report(warning);
}

/** Pages that are there for somebody each, whether a link leads to them or not (building/export-data.ts). */
const entriesFile = join(import.meta.dirname, 'entries.json');
const entries = existsSync(entriesFile) ? JSON.parse(readFileSync(entriesFile, 'utf8')) : [];

/** @type {import('@sveltejs/kit').Config} */
export default {
    extensions: ['.svelte', '.md'],
    onwarn: refuseMistakes,
    kit: {
        // building/publish-site.ts collects what was rendered, in a build with and without compiling alike.
        adapter: { name: 'jointly', adapt: () => {} },
        files: { routes: 'src/pages', lib: 'src/components' },
        paths: { relative: false },
        serviceWorker: { register: false },
        prerender: { entries: ['*', ...entries] },
        // Each page says by its hash which script starts it: no other script in a page runs. The
        // server of the pages repeats it as a header (pipelines/serving/headers.ts).
        csp: { mode: 'hash', directives: { 'script-src': ['self', 'wasm-unsafe-eval'] } },
    },
};
