import { dirname, join } from 'node:path';
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
        const pattern = route.replaceAll(/\[\w+\]/g, '*');
        const [found] = globSync(join('*', pattern, 'index.html'), { cwd: site }).toSorted();
        if (found === undefined) throw new Error(`the site has no page /${route}`);
        return dirname(found.replaceAll('\\', '/').replace(/^[^/]+\//, '')).replace(/^\.$/, '');
    });
}
