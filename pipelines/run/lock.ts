import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import type { StatePaths } from '../config.ts';
import { BusyError } from '../errors.ts';
import { openWarehouse } from '../warehouse/connection.ts';
import { holdLock, readHolder, releaseDeadHolder } from './lock-holder.ts';

const retryEveryMs = 500;
/** A holder that has not renewed its lock for this long is taken for dead. */
const staleAfterMs = 60_000;

/**
 * Runs `work` while holding the lock of one company's state and nobody has its warehouse open.
 * @param waitSeconds how long to wait for another run, or a reader of the warehouse, to finish
 * @throws BusyError naming the process that holds the state or the warehouse
 */
export async function withLock<Result>(
    { directory, warehouse }: Pick<StatePaths, 'directory' | 'warehouse'>,
    waitSeconds: number,
    work: () => Promise<Result>,
): Promise<Result> {
    const deadline = performance.now() + waitSeconds * 1000;
    return withStateLock({ directory }, waitSeconds, async () => {
        await waitForWarehouse(warehouse, deadline);
        return await work();
    });
}

/**
 * Runs `work` while holding the lock of one company's state, whoever reads its warehouse.
 * @param waitSeconds how long to wait for another run to finish
 * @throws BusyError naming the process that holds the state
 */
export async function withStateLock<Result>(
    { directory }: Pick<StatePaths, 'directory'>,
    waitSeconds: number,
    work: () => Promise<Result>,
): Promise<Result> {
    mkdirSync(directory, { recursive: true });
    const holderFile = join(directory, 'run.json');
    const lockfilePath = join(directory, 'run.lock');
    releaseDeadHolder(holderFile, lockfilePath);
    const release = await acquire(directory, lockfilePath, holderFile, waitSeconds);
    const forget = holdLock(holderFile, lockfilePath);
    try {
        return await work();
    } finally {
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
