import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StatePaths } from '../config.ts';

const onlyOwner = 0o077;

/**
 * From here on, whatever this process and the programs it starts create can be read by its user
 * only: a warehouse, its log and its pages hold what people are paid. What an earlier version left
 * open is closed.
 * @throws an error of the system where the folder cannot be made or written
 */
export function keepStatePrivate({
    directory,
    warehouse,
}: Pick<StatePaths, 'directory' | 'warehouse'>): void {
    process.umask(onlyOwner);
    makeFolder(directory);
    chmodSync(directory, 0o700);
    if (existsSync(warehouse)) chmodSync(warehouse, 0o600);
}

/** Made one by one: asked for all at once, Node says of a read-only disk that there is no folder. */
function makeFolder(folder: string): void {
    if (existsSync(folder)) return;
    const parent = dirname(folder);
    if (parent !== folder) makeFolder(parent);
    mkdirSync(folder);
}
