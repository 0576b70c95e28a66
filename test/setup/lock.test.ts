import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, pid } from 'node:process';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../pipelines/setup/lock.mjs';
import { temporaryFolder } from './temporary-folder.ts';

const lockFile = () => join(temporaryFolder(), '.jointly', 'setup.lock');

describe('the lock of the set-up', () => {
    it('lets one work at a time, the second after the first', async () => {
        const file = lockFile();
        const order: string[] = [];
        const waited: number[] = [];
        const first = withLock(file, async () => {
            order.push('first starts');
            await new Promise((done) => setTimeout(done, 100));
            order.push('first ends');
        });
        const second = withLock(file, async () => order.push('second starts'), {
            onWait: (owner: number) => waited.push(owner),
        });
        await Promise.all([first, second]);
        expect(order).toEqual(['first starts', 'first ends', 'second starts']);
        expect(waited).toEqual([pid]);
        expect(existsSync(file)).toBe(false);
    });

    it('of a process that died is taken over', async () => {
        const file = lockFile();
        await withLock(file, async () => {});
        const dead = spawnSync(execPath, ['-e', '']).pid;
        writeFileSync(file, String(dead));
        await expect(withLock(file, async () => readFileSync(file, 'utf8'))).resolves.toBe(
            `${pid}`,
        );
    });

    it('is given up on with code 4', async () => {
        const file = lockFile();
        await withLock(file, async () => {
            const second = withLock(file, async () => 'done', { giveUpMs: 50 });
            await expect(second).rejects.toMatchObject({ exitCode: 4 });
        });
    });

    it('is released when the work fails', async () => {
        const file = lockFile();
        const work = withLock(file, () => Promise.reject(new Error('no network')));
        await expect(work).rejects.toThrow('no network');
        expect(existsSync(file)).toBe(false);
    });
});
