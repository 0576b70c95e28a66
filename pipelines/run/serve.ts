import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { ConfigError } from '../errors.ts';

const portsTried = 20;

export interface Serving {
    readonly url: string;
    readonly close: () => Promise<void>;
}

/**
 * Serves a built site on the loopback interface, brotli or gzip where the build left such files.
 * A taken port is not an error: the next free one is used.
 * @throws ConfigError when there is no site
 */
export async function serveSite(directory: string, port: number): Promise<Serving> {
    if (!existsSync(join(directory, 'index.html'))) {
        throw new ConfigError({
            what: `There are no pages in ${directory}.`,
            fix: 'build them first: npx jointly run --config FILE',
        });
    }
    const handler = sirv(directory, { brotli: true, gzip: true, etag: true, dev: true });
    const server = createServer((request, response) => {
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
            handler(request, response, () => refuse(directory, request, response));
        } catch (error) {
            giveUp(error as NodeJS.ErrnoException);
        }
    });
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

/** A reader gets the site's own page with its navigation, a script that asks for a file one line. */
function refuse(directory: string, request: IncomingMessage, response: ServerResponse): void {
    const page = join(directory, '404.html');
    if (request.headers.accept?.includes('text/html') && existsSync(page)) {
        response
            .writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
            .end(readFileSync(page));
        return;
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
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
