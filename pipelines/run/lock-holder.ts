import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock: the lock itself only says that somebody does. */
export interface Holder {
    readonly pid: number;
    readonly host: string;
    readonly since: string;
}

/**
 * Writes down that this process holds a lock. A process that ends while it does, because nobody reads
 * what it prints for example, takes both away: the lock's own library was seen to miss the end of one
 * that had started other programs.
 * @returns forgets who holds it
 */
export function holdLock(holderFile: string, lockfilePath: string): () => void {
    const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
    writeFileSync(holderFile, JSON.stringify(holder));
    const giveUp = () => removeLock(holderFile, lockfilePath);
    process.once('exit', giveUp);
    return () => {
        process.off('exit', giveUp);
        rmSync(holderFile, { force: true });
    };
}

/** A killed process leaves its lock behind; on the same machine its process id tells it is gone. */
export function releaseDeadHolder(holderFile: string, lockfilePath: string): void {
    const holder = readHolder(holderFile);
    if (!holder || holder.host !== hostname() || isAlive(holder.pid)) return;
    removeLock(holderFile, lockfilePath);
}

function removeLock(holderFile: string, lockfilePath: string): void {
    rmSync(holderFile, { force: true });
    rmSync(lockfilePath, { recursive: true, force: true });
}

/** Who holds the lock, when that is known. */
export function readHolder(file: string): Holder | undefined {
    try {
        return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Holder) : undefined;
    } catch {
        // Half written at this very moment: the lock itself decides.
        return undefined;
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
}
