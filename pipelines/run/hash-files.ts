import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { glob } from 'tinyglobby';

/** SHA-256 over names and contents of all files the patterns match, in name order. */
export async function hashFiles(directory: string, patterns: readonly string[]): Promise<string> {
    const names = await glob([...patterns], { cwd: directory, dot: false });
    const hash = createHash('sha256');
    for (const name of names.toSorted()) {
        const content = await readFile(resolve(directory, name));
        hash.update(`${name}\n${content.length}\n`).update(content);
    }
    return hash.digest('hex');
}

/** SHA-256 of values as JSON. */
export function hashValues(...values: readonly unknown[]): string {
    return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
