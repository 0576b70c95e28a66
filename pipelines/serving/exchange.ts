import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request and the answer to it. */
export interface Exchange {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    /** Of the request; its path is as it was written, its host is none. */
    readonly url: URL;
    /** Whom the request comes from. */
    readonly address: string;
}

/** A form of ours is a few hundred bytes. */
const LONGEST_FORM = 16_384;

/** Not `no-store`: a browser then holds the connection of an answer whose text no script reads. */
export function sendText(response: ServerResponse, status: number, text: string): void {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' };
    response.writeHead(status, headers).end(`${text}\n`);
}

/** Sends a reader on; what a form asked for is read there. */
export function redirect(response: ServerResponse, path: string): void {
    response.writeHead(303, { location: path, 'cache-control': 'no-store' }).end();
}

/** Whether somebody opens a page; a script that asks for a file does not. */
export const isNavigation = ({ headers }: IncomingMessage) =>
    headers.accept?.includes('text/html') ?? false;

/** The fields of a form; undefined for one that is too long. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
    const parts: Buffer[] = [];
    let length = 0;
    // What is too long is left where it is: whoever sends it still gets an answer.
    const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const part of body) {
        length += part.length;
        if (length > LONGEST_FORM) return undefined;
        parts.push(part);
    }
    return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

/** The value of a cookie of ours, which is 256 bits as text. */
export function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
    for (const one of headers.cookie?.split(';') ?? []) {
        const [key = '', value = ''] = one.trim().split('=');
        if (key === name && /^[\w-]{43}$/.test(value)) return value;
    }
    return undefined;
}

/** The path of this site that a reader wanted to see; of anything else, the first page. */
export function localPath(wanted: string | null): string {
    const here = 'http://here.invalid';
    if (wanted === null || !URL.canParse(wanted, here)) return '/';
    const { origin, pathname, search } = new URL(wanted, here);
    return origin === here && !pathname.startsWith('//') ? pathname + search : '/';
}
