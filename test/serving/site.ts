import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { dirname, join } from 'node:path';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';
import { createGate, type GateOptions } from '../../pipelines/serving/gate.ts';
import { serveSettings } from '../../pipelines/serving/settings.ts';

export const company = {
    id: 'gates',
    name: 'Gates & Parts',
    language: 'en',
    currency: 'EUR',
    number_locale: 'en-GB',
};

export const words = createWords(readCatalogue(messagesFile('en')), company);

/** A gate with these settings, as a config would have them. */
export function gateOf(
    settings: Parameters<typeof serveSettings.parse>[0],
    rest: Partial<Pick<GateOptions, 'usersFile' | 'openId'>> = {},
) {
    return createGate({
        company,
        words,
        settings: serveSettings.parse(settings),
        usersFile: undefined,
        ...rest,
    });
}

/** Writes the files of a site. */
export function build(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
    }
}

/** Writes the parts of a site that everyone reads, and whose the others are. */
export function buildSite(
    folder: string,
    files: Readonly<Record<string, string>>,
    readers: unknown = { pages: { '/': 'everyone' }, owners: [] },
): void {
    build(join(folder, 'everyone'), files);
    build(folder, { 'readers.json': JSON.stringify(readers) });
}

export interface Asked {
    readonly path?: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
}

/** An answer, over real HTTP with any headers and any path. */
export async function ask(url: string, { path = '', method = 'GET', headers = {}, body }: Asked) {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path: `/${path}`, method, headers });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    const content = Buffer.concat(parts);
    return {
        status: response.statusCode,
        headers: response.headers,
        bytes: content.length,
        text: content.toString('utf8'),
    };
}
