import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderDisk } from '../../../pipelines/disk.ts';
import { readLedger } from '../../../pipelines/finance/ledger.ts';
import { signMonth } from './sign-month.ts';

const program = fileURLToPath(new URL('./sign-month.ts', import.meta.url));
const kills = 30;

let folder: string;
/** A ledger with September. */
let before: string;
/** The same once October is signed, undisturbed. */
let after: ReadonlyMap<string, string>;

const filesIn = (path: string) =>
    new Map(
        readdirSync(path)
            .toSorted()
            .map((name) => [name, readFileSync(join(path, name), 'utf8')]),
    );

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jointly-killed-close-'));
    before = join(folder, 'before');
    signMonth(folderDisk(before), '2026-09');
    const undisturbed = join(folder, 'undisturbed');
    cpSync(before, undisturbed, { recursive: true });
    signMonth(folderDisk(undisturbed), '2026-10');
    after = filesIn(undisturbed);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Signs October in a process of its own, which is killed so many milliseconds after it began to write.
 * @returns milliseconds it took to write, where it was faster than that
 */
async function signKilled(ledger: string, delay: number): Promise<number | undefined> {
    const child = spawn(process.execPath, [program, ledger, '2026-10', String(delay)], {
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text) => {
        said += text;
    });
    const [code, signal] = await once(child, 'close');
    if (signal === 'SIGKILL') return undefined;
    expect(code).toBe(0);
    return Number(said);
}

test(`a close killed at ${kills} moments leaves the month signed wholly or not at all`, async () => {
    let longest = 0;
    let interrupted = 0;
    let unfinished = 0;
    for (let attempt = 0; interrupted < kills; attempt += 1) {
        expect(attempt, 'most attempts end before they are killed').toBeLessThan(kills * 5);
        const ledger = join(folder, `ledger-${attempt}`);
        cpSync(before, ledger, { recursive: true });
        // Undisturbed now and then: how long the writing takes decides when it is killed.
        const delay = longest === 0 ? 60_000 : Math.random() * longest;
        const milliseconds = await signKilled(ledger, delay);
        if (milliseconds === undefined) interrupted += 1;
        else longest = longest === 0 ? milliseconds : Math.min(longest, milliseconds);
        const disk = folderDisk(ledger);
        const { entries, leftovers } = readLedger(disk);
        const left = filesIn(ledger);
        const message = `killed ${delay} ms after the first byte, left ${[...left.keys()].join(', ')}`;
        if (entries.length === 1) {
            unfinished += 1;
            for (const [name, text] of filesIn(before)) expect(left.get(name), message).toBe(text);
        } else {
            expect(leftovers, message).toEqual([]);
            expect(left, message).toEqual(after);
        }
        // Whoever signs next is not led astray.
        signMonth(disk, '2026-10');
        expect(filesIn(ledger), message).toEqual(after);
        rmSync(ledger, { recursive: true });
    }
    expect(unfinished, 'kills in the midst of the writing').toBeGreaterThan(3);
});
