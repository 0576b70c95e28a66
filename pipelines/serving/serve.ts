import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { dirname, resolve } from 'node:path';
import { ConfigError, JointlyError } from '../errors.ts';
import { type Exchange, sendText } from './exchange.ts';
import { type Gate, openGate } from './gate.ts';
import { fixedHeaders, securely } from './headers.ts';
import { answerReader, seeAs } from './reader-pages.ts';
import { keepReads } from './reads.ts';
import { createFileSender } from './send-file.ts';
import { followSite } from './site.ts';

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
 * Serves a built site, to each reader the parts they may read, and notes who reads whose pay; brotli or gzip where the build left such files. On this machine alone, a taken
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
    const site = followSite(directory);
    const sendFile = createFileSender(site, keepReads(dirname(directory)));
    const { host_names, public_url, address } = gate.settings;
    const publicHost = public_url === undefined ? [] : [new URL(public_url).hostname];
    const names = new Set([...ownNames, ...publicHost, ...host_names]);
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
        const { request, response, url } = exchange;
        if (await gate.answer(exchange)) return;
        const reader = gate.reader(request);
        if (url.pathname === '/access/as' && request.method === 'POST' && reader) {
            await seeAs(exchange, gate, reader);
        } else if (request.method !== 'GET' && request.method !== 'HEAD') {
            response.setHeader('Allow', 'GET, HEAD');
            sendText(response, 405, 'Pages can only be read.');
        } else if (reader === undefined) gate.turnAway(exchange);
        else if (!answerReader(exchange, gate, site(), reader)) sendFile(exchange, reader);
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
