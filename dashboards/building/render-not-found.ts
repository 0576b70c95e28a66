// Writes the page for an address that does not exist: the shell, which finds no page there and says
// so in the browser. Runs inside the template, after the pages are compiled.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OUTPUT, ROOT } from './paths.ts';

const { default: renderFallback } = await import(
    pathToFileURL(join(ROOT, 'node_modules/@sveltejs/kit/src/core/postbuild/fallback.js')).href
);
const page = await renderFallback({
    manifest_path: join(OUTPUT, 'server/manifest-full.js'),
    env: {},
});
writeFileSync(join(OUTPUT, 'client/404.html'), page);
process.exit(0);
