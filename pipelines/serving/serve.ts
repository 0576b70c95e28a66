import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { ConfigError, JointlyError } from '../errors.ts';
import { type Exchange, isNavigation, sendText } from './exchange.ts';
import { type Gate, openGate, type Reader } from './gate.ts';
import { cachedForEver, contentPolicy, fixedHeaders, isHashedName, securely } from './headers.ts';

const portsTried = 20;
const ownNames = ['localhost', '127.0.0.1', '[::1]'];

export interface Serving {
    /** What readers write into their browser. */
    readonly url: string;
    /** That is listened on. */
    readonly port: number;
    readonly close: () => Promise<void>;
}

export interface ServeOptions {
    /** Says who may read what; everybody at this machine everything when left out. */
    readonly gate?: Gate;
    /** How long a request may take to arrive, and a reader to take an answer. */
    readonly patienceMs?: number;
}

/**
 * Serves a built site, brotli or gzip where the build left such files. On this machine alone, a taken
 * port is no error: the next free one is used. It answers by its own names only, so that a page of
 * another site cannot read pay by a name that is made to point here.
 * @throws ConfigError when there is no site
 */
export async function serveSite(
    folder: string,
    port: number,
    { gate = openGate(), patienceMs = 20_000 }: ServeOptions = {},
): Promise<Serving> {
    const directory = resolve(folder);
    if (!existsSync(join(directory, 'index.html'))) {
        throw new ConfigError({
            what: `There are no pages in ${directory}.`,
            fix: 'build them first: npx jointly run --config FILE',
        });
    }
    const { host_names, public_url, address } = gate.settings;
    const publicHost = public_url === undefined ? [] : [new URL(public_url).hostname];
    const names = new Set([...ownNames, ...publicHost, ...host_names]);
    const files = sirv(directory, { brotli: true, gzip: true, etag: true, dev: true });
    const headers = gate.isSecure ? { ...fixedHeaders, ...securely } : fixedHeaders;
    const limits = {
        headersTimeout: patienceMs,
        requestTimeout: patienceMs,
        keepAliveTimeout: Math.min(patienceMs, 5_000),
        connectionsCheckingInterval: Math.min(patienceMs, 1_000),
    };
    const server = createServer(limits, (request, response) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        if (!names.has(hostName(request))) {
            sendText(response, 421, 'This address is not served here.');
            return;
        }
        const url = urlOf(request);
        if (url === undefined) {
            sendText(response, 400, 'This address cannot be read.');
            return;
        }
        const exchange = { request, response, url, address: gate.address(request) };
        answer(exchange).catch((error: unknown) => fail(exchange, error));
    });
    // Whoever stops taking an answer, or opens a connection and says nothing, does not hold it.
    server.setTimeout(patienceMs);

    async function answer(exchange: Exchange): Promise<void> {
        const { request, response } = exchange;
        if (await gate.answer(exchange)) return;
        if (request.method !== 'GET' && request.method !== 'HEAD') {
            response.setHeader('Allow', 'GET, HEAD');
            sendText(response, 405, 'Pages can only be read.');
            return;
        }
        const reader = gate.reader(request);
        if (reader === undefined) gate.turnAway(exchange);
        else if (exchange.url.pathname === '/reader.json') sendReader(response, reader);
        else sendFile(directory, files, exchange);
    }

    // Behind a proxy, another port than the one it knows is none.
    const ports = public_url === undefined ? portsTried : 1;
    const used = await listen(server, { address, port, ports });
    const host = isIPv6(address) ? `[${address}]` : address;
    return {
        port: used,
        url: public_url === undefined ? `http://${host}:${used}/` : new URL('/', public_url).href,
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

/** The address as it was written; undefined where its path is no text. */
function urlOf({ url: written = '/' }: IncomingMessage): URL | undefined {
    const [path = '/'] = written.split('?');
    try {
        // Steps upwards are taken here, and end at the top of the site.
        const url = new URL(`http://here.invalid${written}`);
        return path.startsWith('/') && !decodeURI(path).includes('\0') ? url : undefined;
    } catch {
        return undefined;
    }
}

/** What the pages ask about who reads them. */
function sendReader(response: ServerResponse, { name, token, hasSession }: Reader): void {
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    const said = { name, ...(hasSession ? { sign_out_token: token } : {}) };
    response.writeHead(200, headers).end(JSON.stringify(said));
}

function sendFile(
    directory: string,
    files: ReturnType<typeof sirv>,
    { request, response, url }: Exchange,
): void {
    // Files are small and sent whole; a malformed range would end the server.
    delete request.headers.range;
    // What was looked at is what is sent.
    request.url = url.pathname + url.search;
    // A publish may take a file away between the look at it and its reading: one reader asks
    // again, the others go on reading.
    const giveUp = (error: NodeJS.ErrnoException) => {
        response.destroy();
        if (error.code !== 'ENOENT') process.stderr.write(`${request.url}: ${error.message}\n`);
    };
    response.once('pipe', (file: Readable) => file.once('error', giveUp));
    const path = decodeURI(url.pathname);
    try {
        response.setHeader('Content-Security-Policy', contentPolicy(directory, path));
        if (isHashedName(path)) response.setHeader('Cache-Control', cachedForEver);
        files(request, response, () => lost(directory, request, response));
    } catch (error) {
        giveUp(error as NodeJS.ErrnoException);
    }
}

/** A reader gets the site's own page with its navigation, a script that asks for a file one line. */
function lost(directory: string, request: IncomingMessage, response: ServerResponse): void {
    const page = join(directory, '404.html');
    if (!isNavigation(request) || !existsSync(page)) {
        sendText(response, 404, 'Not found');
        return;
    }
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };
    response.writeHead(404, headers).end(readFileSync(page));
}

/** One answer fails, for a reason that its owner reads and no stranger; the others go on. */
function fail({ request, response }: Exchange, error: unknown): void {
    const text = error instanceof JointlyError ? error.message : (error as Error).stack;
    process.stderr.write(`${request.method} ${request.url?.split('?')[0]}: ${text}\n`);
    if (response.headersSent) response.destroy();
    else sendText(response, 500, 'This could not be answered; the log of the server says why.');
}

interface Listening {
    readonly address: string;
    readonly port: number;
    /** How many ports are tried, from the first on. */
    readonly ports: number;
}

async function listen(server: Server, { address, port, ports }: Listening): Promise<number> {
    for (let candidate = port; candidate < port + ports; candidate++) {
        try {
            await new Promise<void>((done, fail) => {
                server.once('error', fail);
                server.listen(candidate, address, () => {
                    server.off('error', fail);
                    done();
                });
            });
            return (server.address() as AddressInfo).port;
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error;
        }
    }
    throw new ConfigError({
        what:
            ports === 1
                ? `Nothing can listen at ${address}, port ${port}.`
                : `No port from ${port} to ${port + ports - 1} of ${address} is free.`,
        fix: 'give another one with --port NUMBER, or another serve.address',
    });
}
