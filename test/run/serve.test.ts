import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Serving, serveSite } from '../../pipelines/run/serve.ts';

let directory: string;
let site: string;
let serving: Serving;
beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-serve-'));
    site = join(directory, 'site');
    build(site);
    serving = await serveSite(site, 0);
});
afterEach(async () => {
    await serving.close();
    await rm(directory, { recursive: true, force: true });
});

function build(folder: string): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<p>page</p>');
    writeFileSync(join(folder, '404.html'), '<p>nothing here</p>');
    writeFileSync(join(folder, 'data.txt'), 'x'.repeat(100_000));
}

it.skipIf(process.platform === 'win32')('outlives a file it cannot read', async () => {
    const socket = createServer().listen(join(site, 'broken.txt'));
    await once(socket, 'listening');
    await expect(fetch(`${serving.url}broken.txt`).then((one) => one.text())).rejects.toThrow();
    socket.close();
    expect(await (await fetch(serving.url)).text()).toBe('<p>page</p>');
});

it('answers a malformed range with the whole file', async () => {
    const size = await new Promise<number>((done, fail) => {
        const asked = request(`${serving.url}data.txt`, { headers: { range: 'bytes=5-2' } });
        asked.once('error', fail).once('response', (response) => {
            let bytes = 0;
            response.on('data', (chunk) => (bytes += chunk.length)).once('end', () => done(bytes));
        });
        asked.end();
    });
    expect(size).toBe(100_000);
});

it('answers a reader who lost the way with the site, and a script with one line', async () => {
    const lost = await fetch(`${serving.url}nowhere`, { headers: { accept: 'text/html' } });
    expect([lost.status, await lost.text()]).toEqual([404, '<p>nothing here</p>']);
    const script = await fetch(`${serving.url}nowhere.json`, { headers: { accept: '*/*' } });
    expect([script.status, await script.text()]).toEqual([404, 'Not found\n']);
});
