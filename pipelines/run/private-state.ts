import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import type { StatePaths } from '../config.ts';

const onlyOwner = 0o077;

/**
 * From here on, whatever this process and the programs it starts create can be read by its user
 * only: a warehouse, its log and its pages hold what people are paid. What an earlier version left
 * open is closed.
 */
export function keepStatePrivate({
    directory,
    warehouse,
}: Pick<StatePaths, 'directory' | 'warehouse'>): void {
    process.umask(onlyOwner);
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o700);
    if (existsSync(warehouse)) chmodSync(warehouse, 0o600);
}
