import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { projectRoot } from '../../pipelines/config.ts';

/**
 * Paths of the built pages, one for each source page; `marketing/[channel]` becomes the first
 * channel by name.
 * @throws Error when a source page was not built
 */
export function builtPages(site: string): readonly string[] {
    const sources = globSync('**/*.md', { cwd: join(projectRoot, 'dashboards', 'pages') });
    const routes = sources.map((name) => name.replace(/(index)?\.md$/, '').replace(/\/$/, ''));
    return routes.toSorted().map((route) => {
        const path = route
            .split('/')
            .reduce(
                (done, part) => join(done, part.startsWith('[') ? first(site, done) : part),
                '',
            );
        if (!existsSync(join(site, path, 'index.html'))) {
            throw new Error(`the site has no page /${path}`);
        }
        return path;
    });
}

function first(site: string, path: string): string {
    const folders = readdirSync(join(site, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .toSorted();
    const name = folders[0];
    if (name === undefined) throw new Error(`the site has no page below /${path}`);
    return name;
}
