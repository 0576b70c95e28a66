import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder, with a space in its name, that is gone after the test. */
export function temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'jointly set-up '));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
}

/** Writes an executable shell script, making its folders. */
export function writeScript(file: string, ...lines: string[]): string {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });
    return file;
}
