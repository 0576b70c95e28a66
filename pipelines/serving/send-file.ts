import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { type Exchange, isNavigation, sendText } from './exchange.ts';
import type { Reader } from './gate.ts';
import { cachedForEver, contentPolicy, fileOf, isHashedName, keptNowhere } from './headers.ts';
import type { PayRead } from './reads.ts';
import { contentOf, EVERYONE, isPay, partsFor, type Site } from './site.ts';

/**
 * Sends files of the parts that a reader may read; what is in another part is as if it were not there.
 * @param note is told of every read of pay before it happens
 */
export function createFileSender(site: () => Site, note: (read: PayRead) => void) {
    const servers = new Map<string, ReturnType<typeof sirv>>();

    /** Follows the folder: a publish replaces it. */
    function serverOf(folder: string): ReturnType<typeof sirv> {
        const known =
            servers.get(folder) ??
            sirv(folder, { brotli: true, gzip: true, etag: true, dev: true });
        servers.set(folder, known);
        return known;
    }

    return ({ request, response, url, address }: Exchange, reader: Reader): void => {
        const current = site();
        const { directory } = current;
        const path = decodeURI(url.pathname);
        const part = partsFor(current, reader.rights).find(
            (one) => fileOf(join(directory, one), path) !== undefined,
        );
        const folder = join(directory, part ?? EVERYONE);
        response.setHeader('Content-Security-Policy', contentPolicy(folder, path));
        if (part === undefined) {
            lost(folder, isNavigation(request), response);
            return;
        }
        if (isPay(part)) {
            response.setHeader('Cache-Control', keptNowhere);
            const { name, seenAs } = reader;
            const content = contentOf(current, part);
            note({ user: name ?? null, seen_as: seenAs, address, content, path });
        } else if (isHashedName(path)) response.setHeader('Cache-Control', cachedForEver);
        // Files are small and sent whole; a malformed range would end the server.
        delete request.headers.range;
        // What was looked at is what is sent.
        request.url = url.pathname + url.search;
        // A publish may take a file away between the look at it and its reading: one reader asks
        // again, the others go on reading.
        const giveUp = (error: NodeJS.ErrnoException) => {
            response.destroy();
            if (error.code !== 'ENOENT') process.stderr.write(`${path}: ${error.message}\n`);
        };
        response.once('pipe', (file: Readable) => file.once('error', giveUp));
        try {
            serverOf(folder)(request, response, () =>
                lost(join(directory, EVERYONE), isNavigation(request), response),
            );
        } catch (error) {
            giveUp(error as NodeJS.ErrnoException);
        }
    };
}

/** A reader gets the site's own page with its navigation, a script that asks for a file one line. */
function lost(folder: string, isPage: boolean, response: ServerResponse): void {
    const page = isPage ? fileOf(folder, '/404.html') : undefined;
    if (page === undefined) {
        sendText(response, 404, 'Not found');
        return;
    }
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };
    response.writeHead(404, headers).end(readFileSync(page));
}
