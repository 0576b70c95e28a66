import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Serving, serveSite } from '../../pipelines/serving/serve.ts';
import { type Asked, ask as askAt, buildSite } from './site.ts';

const start = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
const page = (text: string) =>
    `<head><meta http-equiv="content-security-policy" content="script-src 'self' ${start}"></head><p>${text}</p>`;
const hash = '0123456789ab';

let directory: string;
let site: string;
let serving: Serving;
beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-serve-'));
    site = join(directory, 'site');
    buildSite(site, {
        'index.html': page('page'),
        'sales/index.html': page('sales'),
        '404.html': page('nothing here'),
        'data.txt': 'x'.repeat(100_000),
        'data/site.json': '{}',
        [`data/warehouse/pay.${hash}.parquet`]: 'PAR1',
        [`data/leads/${hash}/0.json`]: '{}',
        '_app/immutable/entry/app.js': '1',
    });
    serving = await serveSite(site, 0, { patienceMs: 600 });
});
afterEach(async () => {
    await serving.close();
    await rm(directory, { recursive: true, force: true });
});

const ask = (asked: Asked) => askAt(serving.url, asked);

describe('a server of pages', () => {
    it.skipIf(process.platform === 'win32')('outlives a file it cannot read', async () => {
        const socket = createServer().listen(join(site, 'everyone', 'broken.txt'));
        await once(socket, 'listening');
        await expect(fetch(`${serving.url}broken.txt`).then((one) => one.text())).rejects.toThrow();
        socket.close();
        expect(await (await fetch(serving.url)).text()).toBe(page('page'));
    });

    it('answers a malformed range with the whole file', async () => {
        const asked = { path: 'data.txt', headers: { range: 'bytes=5-2' } };
        expect((await ask(asked)).bytes).toBe(100_000);
    });

    it('answers a reader who lost the way with the site, and a script with one line', async () => {
        const lost = await fetch(`${serving.url}nowhere`, { headers: { accept: 'text/html' } });
        expect([lost.status, await lost.text()]).toEqual([404, page('nothing here')]);
        expect(lost.headers.get('content-security-policy')).toContain(start);
        const script = await fetch(`${serving.url}nowhere.json`, { headers: { accept: '*/*' } });
        expect([script.status, await script.text()]).toEqual([404, 'Not found\n']);
    });

    it('answers an address that is no text with 400, and nothing from above the site', async () => {
        writeFileSync(join(site, 'secret.html'), 'pay');
        expect((await ask({ path: '%E0%A4%A' })).status).toBe(400);
        const names = ['secret.html', 'readers.json', 'everyone/index.html'];
        const paths = ['..', '%2e%2e', '..%2f', '.%2e/..', 'sales/../..', '..\\', '//..'];
        for (const path of paths.flatMap((up) => names.map((name) => `${up}/${name}`))) {
            expect((await ask({ path })).status).toBe(404);
        }
    });
});

describe('every answer', () => {
    it.each(['', 'sales/', 'data/site.json', 'nowhere', '_app/immutable/entry/app.js'])(
        'of /%s says that it is what its type says and that nobody may frame it',
        async (path) => {
            const { headers } = await ask({ path });
            expect(headers['x-content-type-options']).toBe('nosniff');
            expect(headers['referrer-policy']).toBe('no-referrer');
            expect(headers['x-frame-options']).toBe('DENY');
            expect(headers['cross-origin-resource-policy']).toBe('same-origin');
            expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
        },
    );

    it('of a page allows its own start script and no other in it', async () => {
        for (const path of ['', 'sales', 'sales/', 'sales/?period=2025-q4']) {
            const { headers } = await ask({ path });
            expect(headers['content-security-policy']).toContain(
                `script-src 'self' 'wasm-unsafe-eval' ${start};`,
            );
        }
        const { headers } = await ask({ path: 'data/site.json' });
        expect(headers['content-security-policy']).toContain(
            "script-src 'self' 'wasm-unsafe-eval';",
        );
    });

    it('follows a page that was published anew', async () => {
        await ask({});
        const other = start.replace('47DE', 'AAAA');
        buildSite(site, { 'index.html': page('new').replace(start, other) });
        expect((await ask({})).headers['content-security-policy']).toContain(other);
    });

    it('is kept for ever under a name with its hash, and asked for again under any other', async () => {
        const kept = [
            `data/warehouse/pay.${hash}.parquet`,
            `data/leads/${hash}/0.json`,
            '_app/immutable/entry/app.js',
        ];
        for (const path of kept) {
            expect((await ask({ path })).headers['cache-control']).toBe(
                'private, max-age=31536000, immutable',
            );
        }
        for (const path of ['', 'sales/', 'data/site.json']) {
            const { headers } = await ask({ path });
            expect(headers['cache-control']).toBe('no-cache');
            const again = await ask({ path, headers: { 'if-none-match': headers.etag ?? '' } });
            expect(again.status).toBe(304);
        }
        const lost = await ask({ path: `data/leads/${hash}/9.json` });
        expect([lost.status, lost.headers['cache-control']]).toEqual([404, 'no-cache']);
    });
});

describe('a request', () => {
    it.each([
        ['127.0.0.1:3000', 200],
        ['LocalHost', 200],
        ['[::1]:3000', 200],
        ['attacker.example', 421],
        ['127.0.0.1.attacker.example:3000', 421],
        ['localhost.attacker.example', 421],
    ])('for the host %s is answered with %i', async (host, status) => {
        const { headers, ...answer } = await ask({ headers: { host } });
        expect(answer.status).toBe(status);
        if (status !== 200) expect(headers['cache-control']).toBe('no-cache');
    });

    it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])(
        'to %s is refused with what is allowed',
        async (method) => {
            const { status, headers } = await ask({ method });
            expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
        },
    );

    it('for the head of a page brings its headers and nothing else', async () => {
        const { status, bytes, headers } = await ask({ method: 'HEAD' });
        expect([status, bytes]).toEqual([200, 0]);
        expect(headers['content-length']).toBe(String(page('page').length));
    });

    it.each([
        ['that never says anything', ''],
        ['that stops in its headers', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
        [
            'that promises a body and sends none',
            'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n',
        ],
        ['that is over', 'GET /data/site.json HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ])('%s does not hold its connection', async (_, text) => {
        const { hostname, port } = new URL(serving.url);
        const socket = connect(Number(port), hostname);
        socket.on('error', () => {});
        socket.resume();
        socket.write(text);
        const before = performance.now();
        await once(socket, 'close');
        expect(performance.now() - before).toBeLessThan(4_000);
    });
});
