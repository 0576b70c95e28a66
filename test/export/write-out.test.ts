import { execFileSync } from 'node:child_process';
import {
    chmodSync,
    createReadStream,
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../pipelines/errors.ts';
import { writeFileWhole } from '../../pipelines/export/write-out.ts';

let directory: string;
beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-out-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function* lines(...texts: readonly string[]) {
    yield* texts;
}
const at = (name: string) => join(directory, name);

describe.skipIf(process.platform === 'win32')('a file that is there', () => {
    it('keeps its mode: pay that was private stays private', async () => {
        writeFileSync(at('pay.csv'), 'old');
        chmodSync(at('pay.csv'), 0o600);
        await writeFileWhole(lines('new'), at('pay.csv'));
        expect(readFileSync(at('pay.csv'), 'utf8')).toBe('new');
        expect(statSync(at('pay.csv')).mode & 0o777).toBe(0o600);
    });

    it('is written through a link, which stays one', async () => {
        writeFileSync(at('real.csv'), 'old');
        symlinkSync(at('real.csv'), at('link.csv'));
        await writeFileWhole(lines('new'), at('link.csv'));
        expect(lstatSync(at('link.csv')).isSymbolicLink()).toBe(true);
        expect(readFileSync(at('real.csv'), 'utf8')).toBe('new');
    });

    it('and is no file is written to, not replaced', async () => {
        execFileSync('mkfifo', [at('pipe')]);
        const read = text(createReadStream(at('pipe')));
        await writeFileWhole(lines('new'), at('pipe'));
        expect(await read).toBe('new');
        expect(statSync(at('pipe')).isFIFO()).toBe(true);
    });
});

it('what cannot be written is a mistake of the user, and leaves nothing', async () => {
    mkdirSync(at('folder'));
    for (const file of [at('missing/pay.csv'), at('folder')]) {
        await expect(writeFileWhole(lines('new'), file)).rejects.toThrow(ConfigError);
    }
    expect(readdirSync(directory)).toEqual(['folder']);
});

it('what fails half-way leaves the old file', async () => {
    writeFileSync(at('pay.csv'), 'old');
    async function* broken() {
        yield 'new';
        throw new TypeError('broken');
    }
    await expect(writeFileWhole(broken(), at('pay.csv'))).rejects.toThrow(TypeError);
    expect(readFileSync(at('pay.csv'), 'utf8')).toBe('old');
    expect(readdirSync(directory)).toEqual(['pay.csv']);
});
