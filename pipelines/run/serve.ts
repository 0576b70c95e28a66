import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { ConfigError } from '../errors.ts';
import { cachedForEver, contentPolicy, fixedHeaders, isHashedName } from './serve-headers.ts';

const portsTried = 20;
const ownNames = ['localhost', '127.0.0.1', '[::1]'];

export interface Serving {
    readonly url: string;
    readonly close: () => Promise<void>;
}

export interface ServeOptions {
    /** Names besides those of this machine that readers may write into the address. */
    readonly hostNames?: readonly string[];
    /** How long a request may take to arrive, and a reader to take an answer. */
    readonly patienceMs?: number;
}

/**
 * Serves a built site on the loopback interface, brotli or gzip where the build left such files.
 * A taken port is not an error: the next free one is used. It answers by its own names only, so
 * that a page of another site cannot read pay by a name that is made to point here.
 * @throws ConfigError when there is no site
 */
export async function serveSite(
    folder: string,
    port: number,
    { hostNames = [], patienceMs = 20_000 }: ServeOptions = {},
): Promise<Serving> {
    const directory = resolve(folder);
    if (!existsSync(join(directory, 'index.html'))) {
        throw new ConfigError({
            what: `There are no pages in ${directory}.`,
            fix: 'build them first: npx jointly run --config FILE',
        });
    }
    const names = new Set([...ownNames, ...hostNames].map((name) => name.toLowerCase()));
    const files = sirv(directory, { brotli: true, gzip: true, etag: true, dev: true });
    const limits = {
        headersTimeout: patienceMs,
        requestTimeout: patienceMs,
        keepAliveTimeout: Math.min(patienceMs, 5_000),
        connectionsCheckingInterval: Math.min(patienceMs, 1_000),
    };
    const server = createServer(limits, (request, response) => {
        for (const [name, value] of Object.entries(fixedHeaders)) response.setHeader(name, value);
        if (!names.has(hostName(request))) {
            refuse(response, 421, 'This address is not served here.');
        } else if (request.method !== 'GET' && request.method !== 'HEAD') {
            response.setHeader('Allow', 'GET, HEAD');
            refuse(response, 405, 'Pages can only be read.');
        } else {
            answer(directory, files, request, response);
        }
    });
    // Whoever stops taking an answer, or opens a connection and says nothing, does not hold it.
    server.setTimeout(patienceMs);
    const used = await listen(server, port);
    return {
        url: `http://127.0.0.1:${used}/`,
        close: () =>
            new Promise((done) => {
                server.closeAllConnections();
                server.close(() => done());
            }),
    };
}

/** The name in the address a browser was given, without the port. */
function hostName(request: IncomingMessage): string {
    return (request.headers.host ?? '').replace(/:\d*$/, '').toLowerCase();
}

function answer(
    directory: string,
    files: ReturnType<typeof sirv>,
    request: IncomingMessage,
    response: ServerResponse,
): void {
    // Files are small and sent whole; a malformed range would end the server.
    delete request.headers.range;
    // A publish may take a file away between the look at it and its reading: one reader asks
    // again, the others go on reading.
    const giveUp = (error: NodeJS.ErrnoException) => {
        response.destroy();
        if (error.code !== 'ENOENT') process.stderr.write(`${request.url}: ${error.message}\n`);
    };
    response.once('pipe', (file: Readable) => file.once('error', giveUp));
    try {
        const path = pathOf(request);
        if (path === undefined) {
            refuse(response, 400, 'This address cannot be read.');
            return;
        }
        response.setHeader('Content-Security-Policy', contentPolicy(directory, path));
        if (isHashedName(path)) response.setHeader('Cache-Control', cachedForEver);
        files(request, response, () => lost(directory, request, response));
    } catch (error) {
        giveUp(error as NodeJS.ErrnoException);
    }
}

/** The path as the file server reads it; undefined where it is no text. */
function pathOf(request: IncomingMessage): string | undefined {
    const [path = '/'] = (request.url ?? '/').split('?');
    if (!path.startsWith('/') || path.includes('\0')) return undefined;
    try {
        return decodeURI(path);
    } catch {
        return undefined;
    }
}

/** A reader gets the site's own page with its navigation, a script that asks for a file one line. */
function lost(directory: string, request: IncomingMessage, response: ServerResponse): void {
    const page = join(directory, '404.html');
    if (!request.headers.accept?.includes('text/html') || !existsSync(page)) {
        refuse(response, 404, 'Not found');
        return;
    }
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    response.writeHead(404, headers).end(readFileSync(page));
}

function refuse(response: ServerResponse, status: number, text: string): void {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
    response.writeHead(status, headers).end(`${text}\n`);
}

async function listen(server: Server, port: number): Promise<number> {
    for (let candidate = port; candidate < port + portsTried; candidate++) {
        try {
            await new Promise<void>((done, fail) => {
                server.once('error', fail);
                server.listen(candidate, '127.0.0.1', () => {
                    server.off('error', fail);
                    done();
                });
            });
            return (server.address() as AddressInfo).port;
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
        }
    }
    throw new ConfigError({
        what: `No port from ${port} to ${port + portsTried - 1} is free.`,
        fix: 'give another one with --port NUMBER',
    });
}
