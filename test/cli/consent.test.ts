import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { pastedAnswer, receiveAnswer, redirectOf } from '../../pipelines/cli/consent.ts';
import { ConfigError, SourceError } from '../../pipelines/errors.ts';
import type { ConsentSettings } from '../../pipelines/sources/api/settings.ts';

const settings = (redirect: ConsentSettings['redirect']) => ({ redirect }) as ConsentSettings;
const consent = { isMine: (answer: URLSearchParams) => answer.get('state') === 'mine' };

describe('where the browser is sent', () => {
    it.each([
        [
            'this machine',
            { host: '127.0.0.1' },
            undefined,
            false,
            'http://127.0.0.1:8976/callback',
            true,
        ],
        [
            'this machine by its name',
            { host: 'localhost' },
            undefined,
            false,
            'http://localhost:8976/callback',
            true,
        ],
        [
            'a page that shows the code',
            { address: 'https://x.example/code' },
            undefined,
            false,
            'https://x.example/code',
            false,
        ],
        ['an address of the app', {}, 'https://own.example/', false, 'https://own.example/', false],
        [
            'another port',
            { host: '127.0.0.1' },
            'http://127.0.0.1:9000/x',
            false,
            'http://127.0.0.1:9000/x',
            true,
        ],
        [
            'this machine, but the browser is elsewhere',
            { host: '127.0.0.1' },
            undefined,
            true,
            'http://127.0.0.1:8976/callback',
            false,
        ],
        [
            'a name that only looks like it',
            {},
            'http://127.0.0.1.example/',
            false,
            'http://127.0.0.1.example/',
            false,
        ],
    ] as const)('%s', (_, redirect, given, isPasted, address, isLocal) => {
        expect(redirectOf(settings(redirect), given, isPasted)).toEqual({ address, isLocal });
    });

    it('has to be named where the system takes no address of this machine', () => {
        expect(() => redirectOf(settings({}), undefined, false)).toThrow(ConfigError);
        expect(() => redirectOf(settings({}), undefined, false)).toThrow('--redirect https://');
    });
});

async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    return port;
}

describe('the answer of the browser', () => {
    it('is the one that carries the state; others are answered and ignored', async () => {
        const address = `http://127.0.0.1:${await freePort()}/callback`;
        const statuses: number[] = [];
        const visit = async (query: string) => {
            const response = await fetch(
                query.startsWith('/') ? new URL(query, address) : `${address}?${query}`,
            );
            statuses.push(response.status);
            return response.text();
        };
        const answer = await receiveAnswer(consent, { address, isLocal: true }, async () => {
            await visit('state=other&code=evil');
            await visit('/favicon.ico');
            expect(await visit('state=mine&code=good')).toContain('go back to the terminal');
        });
        expect(answer.get('code')).toBe('good');
        // The last one is told when the answer is there already.
        await expect.poll(() => statuses).toEqual([400, 400, 200]);
        // Nothing listens any more.
        await expect(fetch(address)).rejects.toThrow();
    });

    it('is not waited for without end', async () => {
        const address = `http://127.0.0.1:${await freePort()}/callback`;
        await expect(
            receiveAnswer(consent, { address, isLocal: true }, () => {}, 10),
        ).rejects.toThrow(SourceError);
    });

    it('says what to do when the port is taken', async () => {
        const server = createServer();
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address() as { port: number };
        const address = `http://127.0.0.1:${port}/callback`;
        const failure = receiveAnswer(consent, { address, isLocal: true }, () => {});
        await expect(failure).rejects.toThrow(ConfigError);
        await expect(failure).rejects.toThrow('--paste');
        await new Promise((resolve) => server.close(resolve));
    });

    it.each([
        ['an address', ' https://x.example/?code=c%2F1&state=s ', { code: 'c/1', state: 's' }],
        ['a code', 'AQT-c/1', { code: 'AQT-c/1' }],
    ])('may be pasted: %s', async (_, text, expected) => {
        expect(Object.fromEntries(await pastedAnswer(async () => text))).toEqual(expected);
    });

    it.each([undefined, async () => ''])('is missing without words or a terminal', async (ask) => {
        await expect(pastedAnswer(ask)).rejects.toThrow(ConfigError);
    });
});
