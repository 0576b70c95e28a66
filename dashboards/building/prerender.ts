// Renders the pages again from code that is already compiled: what the site builder does as its
// last stage, called on its own because compiling takes most of a build. Runs inside the template.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OUTPUT, ROOT } from './paths.ts';

const module = (path: string) => import(pathToFileURL(path).href);

const { default: prerender } = await module(
    join(ROOT, 'node_modules/@sveltejs/kit/src/core/postbuild/prerender.js'),
);
const manifestPath = join(OUTPUT, 'server/manifest-full.js');
const { manifest } = await module(manifestPath);

await prerender({
    out: OUTPUT,
    manifest_path: manifestPath,
    metadata: {
        nodes: [],
        routes: new Map(
            manifest._.routes.map(({ id }: { id: string }) => [id, { prerender: 'auto' }]),
        ),
    },
    verbose: false,
    env: {},
});
process.exit(0);
