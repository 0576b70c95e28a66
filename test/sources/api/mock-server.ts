import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MockRequest {
    readonly method: string;
    readonly path: string;
    /** Path and query as they were written. */
    readonly url: string;
    readonly query: URLSearchParams;
    readonly headers: IncomingMessage['headers'];
    readonly text: string;
    /** The parsed body; undefined when it is no JSON. */
    readonly json: unknown;
    readonly form: URLSearchParams;
}

export interface MockReply {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** Sent as JSON, unless it is text or bytes. */
    readonly body?: unknown;
}

/** What happens instead of the next answer, or to it. */
export type Fault =
    | MockReply
    /** The answer stops in the middle, and the connection with it. */
    | 'reset'
    /** The answer stops in the middle, and says that it is whole. */
    | 'cut'
    /** A page of some proxy, with status 200. */
    | 'html'
    /** No answer at all. */
    | 'silence';

export interface MockServer {
    readonly address: string;
    readonly requests: readonly MockRequest[];
    /**
     * Faults of the next requests whose address and body match, one each.
     * @returns tells whether a request has met each of them
     */
    readonly fail: (path: RegExp, ...faults: readonly Fault[]) => () => boolean;
    readonly forget: () => void;
    readonly close: () => Promise<void>;
}

/** A server in this process that answers as a system does, until it is told to fail. */
export async function startMock(
    answer: (request: MockRequest) => MockReply | Promise<MockReply>,
): Promise<MockServer> {
    const requests: MockRequest[] = [];
    const faults: { readonly path: RegExp; readonly fault: Fault }[] = [];
    const server = createServer(async (incoming, response) => {
        const request = await receive(incoming);
        requests.push(request);
        const place = faults.findIndex(({ path }) => path.test(`${request.url} ${request.text}`));
        const fault = place < 0 ? undefined : faults.splice(place, 1)[0]?.fault;
        if (fault === 'silence') return;
        const reply = typeof fault === 'object' ? fault : await answer(request);
        send(response, reply, typeof fault === 'string' ? fault : undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
        address: `http://127.0.0.1:${port}`,
        requests,
        fail: (path, ...some) => {
            const added = some.map((fault) => ({ path, fault }));
            faults.push(...added);
            return () => !added.some((one) => faults.includes(one));
        },
        forget: () => {
            requests.length = 0;
            faults.length = 0;
        },
        close: async () => {
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}

async function receive(incoming: IncomingMessage): Promise<MockRequest> {
    let text = '';
    for await (const piece of incoming) text += piece;
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://mock');
    return {
        method: incoming.method ?? '',
        path: pathname,
        url: incoming.url ?? '/',
        query: searchParams,
        headers: incoming.headers,
        text,
        json: parsed(text),
        form: new URLSearchParams(text),
    };
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function send(
    response: ServerResponse,
    { status = 200, headers = {}, body = '' }: MockReply,
    fault: 'reset' | 'cut' | 'html' | undefined,
): void {
    const isSentAsIs = typeof body === 'string' || Buffer.isBuffer(body);
    const text = isSentAsIs ? body : JSON.stringify(body);
    const half = text.slice(0, Math.ceil(text.length / 2));
    response.writeHead(status, headers);
    if (fault === 'html') response.end('<html><body>Please log in</body></html>');
    else if (fault === 'cut') response.end(half);
    else if (fault === 'reset') response.write(half, () => response.destroy());
    else response.end(text);
}
