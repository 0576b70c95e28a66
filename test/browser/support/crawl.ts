/** A page as it was served, before any script ran. */
export interface ServedPage {
    readonly status: number;
    readonly links: readonly URL[];
    /** Places inside the page a link can point to. */
    readonly anchors: ReadonlySet<string>;
}

/**
 * Follows every link from `/` and from where the navigation leads this reader, by path without the
 * slash at the end.
 */
export async function crawl(start: string): Promise<ReadonlyMap<string, ServedPage>> {
    const seen = new Map<string, ServedPage>();
    const { pages } = (await (await fetch(new URL('/reader.json', start))).json()) as {
        pages: readonly string[];
    };
    const linked = pages.filter((route) => !route.includes('['));
    const waiting = linked.map((route) => new URL(route === '/' ? route : `${route}/`, start));
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
        if (url.host !== new URL(start).host || seen.has(pathOf(url))) continue;
        const page = await read(url);
        seen.set(pathOf(url), page);
        waiting.push(...page.links);
    }
    return seen;
}

/** `/sales` for `http://host/sales/#top`. */
export function pathOf(url: URL): string {
    return url.pathname.replace(/(?<=.)\/$/, '');
}

async function read(url: URL): Promise<ServedPage> {
    const response = await fetch(url);
    const html = await response.text();
    const values = (pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '');
    return {
        status: response.status,
        links: values(/<a\s[^>]*?href="([^"]+)"/g).map((href) => new URL(href, url)),
        anchors: new Set(values(/\sid="([^"]+)"/g)),
    };
}
