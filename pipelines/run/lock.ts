import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import type { StatePaths } from '../config.ts';
import { BusyError } from '../errors.ts';
import { openWarehouse } from '../warehouse/connection.ts';

const retryEveryMs = 500;
/** A holder that has not renewed its lock for this long is taken for dead. */
const staleAfterMs = 60_000;

interface Holder {
    readonly pid: number;
    readonly host: string;
    readonly since: string;
}

/**
 * Runs `work` while holding the lock of one company's state.
 * @param waitSeconds how long to wait for another run, or a reader of the warehouse, to finish
 * @throws BusyError naming the process that holds the state or the warehouse
 */
export async function withLock<Result>(
    { directory, warehouse }: Pick<StatePaths, 'directory' | 'warehouse'>,
    waitSeconds: number,
    work: () => Promise<Result>,
): Promise<Result> {
    mkdirSync(directory, { recursive: true });
    const holderFile = join(directory, 'run.json');
    const lockfilePath = join(directory, 'run.lock');
    const deadline = performance.now() + waitSeconds * 1000;
    releaseDeadHolder(holderFile, lockfilePath);
    const release = await acquire(directory, lockfilePath, holderFile, waitSeconds);
    const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
    writeFileSync(holderFile, JSON.stringify(holder));
    const forget = () => rmSync(holderFile, { force: true });
    // The lock itself is removed on exit by its library.
    process.once('exit', forget);
    try {
        await waitForWarehouse(warehouse, deadline);
        return await work();
    } finally {
        process.off('exit', forget);
        forget();
        await release();
    }
}

async function acquire(
    directory: string,
    lockfilePath: string,
    holderFile: string,
    waitSeconds: number,
): Promise<() => Promise<void>> {
    try {
        return await lockfile.lock(directory, {
            lockfilePath,
            stale: staleAfterMs,
            retries: {
                retries: Math.ceil((waitSeconds * 1000) / retryEveryMs),
                factor: 1,
                minTimeout: retryEveryMs,
                maxTimeout: retryEveryMs,
            },
            // The engine's own lock on the warehouse file still keeps a second writer out.
            onCompromised: () => {},
        });
    } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ELOCKED') throw cause;
        const holder = readHolder(holderFile);
        const who = holder ? `process ${holder.pid} since ${holder.since}` : 'another process';
        throw new BusyError({
            what: `Another run is working on ${directory}: ${who}.`,
            fix: 'wait until it is done, then run again',
            cause,
        });
    }
}

/** An export that runs, or a page build a killed run left behind, reads the warehouse to its end. */
async function waitForWarehouse(file: string, deadline: number): Promise<void> {
    while (existsSync(file)) {
        try {
            const warehouse = await openWarehouse(file);
            return await warehouse.close();
        } catch (error) {
            if (!(error instanceof BusyError) || performance.now() >= deadline) throw error;
        }
        await sleep(retryEveryMs);
    }
}

/** A killed run leaves its lock behind; on the same machine its process id tells it is gone. */
function releaseDeadHolder(holderFile: string, lockfilePath: string): void {
    const holder = readHolder(holderFile);
    if (!holder || holder.host !== hostname() || isAlive(holder.pid)) return;
    rmSync(holderFile, { force: true });
    rmSync(lockfilePath, { recursive: true, force: true });
}

function readHolder(file: string): Holder | undefined {
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
