import { createServer } from 'node:http';
import { ConfigError, SourceError } from '../errors.ts';
import type { Consent } from '../sources/api/consent.ts';
import type { ConsentSettings } from '../sources/api/settings.ts';
import type { AskPerson } from './ask-person.ts';

const port = 8976;
const path = '/callback';
const waitMs = 10 * 60_000;

/** Where the browser goes after the consent. */
export interface Redirect {
    readonly address: string;
    /** Whether it ends on this machine, where it is listened for. */
    readonly isLocal: boolean;
}

/**
 * The address the system sends the browser to: what was given, what the system shows codes on, or this
 * machine.
 * @throws ConfigError where the system takes none of this machine and none was given
 */
export function redirectOf(
    { redirect }: ConsentSettings,
    given: string | undefined,
    isPasted: boolean,
): Redirect {
    const address =
        given ?? redirect.address ?? (redirect.host && `http://${redirect.host}:${port}${path}`);
    if (address === undefined) {
        throw new ConfigError({
            what: 'The system sends browsers to addresses with https alone.',
            fix: 'register an address of yours with the app (the page need not exist) and give it: --redirect https://...',
        });
    }
    const { protocol, hostname } = new URL(address);
    const isHere = protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname);
    return { address, isLocal: isHere && !isPasted };
}

/**
 * Waits for the browser on this machine, and on no other. What does not carry the state is answered and
 * ignored: any page can send a browser here.
 * @throws SourceError when nobody comes, ConfigError when the port is taken
 */
export async function receiveAnswer(
    consent: Pick<Consent, 'isMine'>,
    { address }: Redirect,
    onListening: () => void,
    timeoutMs = waitMs,
): Promise<URLSearchParams> {
    const { port: own, pathname } = new URL(address);
    const { promise, resolve, reject } = Promise.withResolvers<URLSearchParams>();
    const server = createServer((request, response) => {
        const url = new URL(request.url ?? '/', address);
        const isMine = url.pathname === pathname && consent.isMine(url.searchParams);
        response.writeHead(isMine ? 200 : 400, {
            'content-type': 'text/plain; charset=utf-8',
            'cache-control': 'no-store',
            // The address holds the code.
            'referrer-policy': 'no-referrer',
            connection: 'close',
        });
        response.end(isMine ? 'Done: go back to the terminal.\n' : 'Not asked for.\n');
        if (isMine) resolve(url.searchParams);
    });
    server.on('error', (cause) =>
        reject(
            new ConfigError({
                what: `Nothing can listen at ${address}.`,
                why: cause.message,
                fix: 'end the program that does, give another address that the app knows with --redirect, or paste the address: --paste',
                cause,
            }),
        ),
    );
    const timer = setTimeout(
        () =>
            reject(
                new SourceError({
                    what: 'Nobody consented within ten minutes.',
                    fix: 'run connect again; where the browser is on another machine: --paste',
                }),
            ),
        timeoutMs,
    );
    server.listen(Number(own || 80), '127.0.0.1', onListening);
    try {
        return await promise;
    } finally {
        clearTimeout(timer);
        server.close();
        server.closeIdleConnections();
    }
}

/**
 * Asks for the address on which the browser ended, or for the code that a page shows.
 * @throws ConfigError without a terminal, or for nothing
 */
export async function pastedAnswer(ask: AskPerson | undefined): Promise<URLSearchParams> {
    const text = (
        await ask?.('The whole address your browser ended on, or the code (not shown)', true)
    )?.trim();
    if (text === undefined || text === '') {
        throw new ConfigError({
            what: 'No address and no code was given.',
            fix: 'run connect on a terminal, or set the token in the environment',
        });
    }
    return URL.canParse(text) ? new URL(text).searchParams : new URLSearchParams({ code: text });
}
