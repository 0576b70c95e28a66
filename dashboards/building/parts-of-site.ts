import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EVERYONE, partOfPage } from '../components/audience.js';
import { readAudiences } from './audiences.ts';
import { BuildError } from './errors.ts';
import { OUTPUT } from './paths.ts';

/** Compiled pages that not everyone opens: no data, but names of tables and columns of pay. */
export const CODE = 'code';

interface Chunk {
    readonly file: string;
    readonly imports?: readonly string[];
    readonly dynamicImports?: readonly string[];
    readonly css?: readonly string[];
    readonly assets?: readonly string[];
    readonly isEntry?: boolean;
}

interface Route {
    readonly id: string;
    readonly page: { readonly leaf: number } | null;
}

/** Tells of a file of the build, by its path in the site, which part of the site it belongs to. */
export async function partsOfSite(): Promise<(file: string) => string> {
    const { pages } = readAudiences();
    const { manifest } = await import(pathToFileURL(join(OUTPUT, 'server/manifest-full.js')).href);
    const routes: readonly Route[] = manifest._.routes;
    const hidden = hiddenCode(pages, routes);
    const patterns = Object.keys(pages)
        // `/marketing/lead-quality` before `/marketing/[channel]`.
        .toSorted((one, other) => Number(one.includes('[')) - Number(other.includes('[')))
        .map((route) => ({ route, pattern: patternOf(route) }));
    return (file) => {
        if (file.endsWith('/index.html') || file === 'index.html') {
            const address = `/${file.replace(/\/?index\.html$/, '')}`;
            for (const { route, pattern } of patterns) {
                const { groups, 0: found } = pattern.exec(address) ?? {};
                const part =
                    found === undefined ? undefined : partOfPage(pages, route, { ...groups });
                if (part !== undefined) return part;
            }
            throw new BuildError(`audiences.json does not say who may open ${address}`);
        }
        const [folder, part = EVERYONE] = file.split('/');
        if (folder === 'api') return part;
        if (folder === 'data' && part !== 'leads' && part !== 'site.json') return part;
        return hidden.has(file) ? CODE : EVERYONE;
    };
}

const patternOf = (route: string) =>
    new RegExp(`^${route.replaceAll(/\[(\w+)\]/g, '(?<$1>[^/]+)')}$`);

/** Files of the compiler that are reached by no page everyone opens. */
function hiddenCode(
    pages: Readonly<Record<string, string>>,
    routes: readonly Route[],
): ReadonlySet<string> {
    const chunks: Readonly<Record<string, Chunk>> = JSON.parse(
        readFileSync(join(OUTPUT, 'client/.vite/manifest.json'), 'utf8'),
    );
    const nodeOf = (leaf: number) => `.svelte-kit/generated/client-optimized/nodes/${leaf}.js`;
    const closed = new Set(
        routes.flatMap(({ id, page }) =>
            page !== null && id in pages && pages[id] !== EVERYONE ? [nodeOf(page.leaf)] : [],
        ),
    );
    const open = Object.keys(chunks).filter((key) => chunks[key]?.isEntry);
    const reached = new Set<string>();
    const waiting = [...open];
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
        if (reached.has(key) || closed.has(key)) continue;
        reached.add(key);
        waiting.push(...(chunks[key]?.imports ?? []), ...(chunks[key]?.dynamicImports ?? []));
    }
    const filesOf = ({ file, css = [], assets = [] }: Chunk) => [file, ...css, ...assets];
    const shown = new Set([...reached].flatMap((key) => filesOf(chunks[key] as Chunk)));
    return new Set(
        Object.values(chunks)
            .flatMap(filesOf)
            .filter((file) => !shown.has(file)),
    );
}
