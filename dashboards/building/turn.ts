import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { holdLock, releaseDeadHolder } from '../../pipelines/run/lock-holder.ts';
import { BuildError } from './errors.ts';
import { WORK } from './paths.ts';
import { clearSiteData } from './site-data.ts';

const lockPath = join(WORK, 'lock');
const holderFile = join(WORK, 'lock-holder.json');

/**
 * One working folder serves every company, so builds take turns: up to five minutes' wait.
 * @returns ends the turn
 * @throws BuildError while another build takes longer than that
 */
export async function takeTurn(): Promise<() => Promise<void>> {
    mkdirSync(WORK, { recursive: true });
    clearKilledBuild();
    const retries = { retries: 300, minTimeout: 1000, maxTimeout: 1000 };
    try {
        const release = await lockfile.lock(WORK, {
            lockfilePath: lockPath,
            stale: 30_000,
            retries,
        });
        const forget = holdLock(holderFile, lockPath);
        return async () => {
            forget();
            await release();
        };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
        throw new BuildError('Another build of the dashboards is running', {
            exitCode: 4,
            cause: error,
        });
    }
}

/**
 * Removes what a build that was ended has left in the working folder: pages and data files with pay
 * in them. While a build runs, its files stay.
 */
export function clearKilledBuild(): void {
    releaseDeadHolder(holderFile, lockPath);
    if (!existsSync(lockPath)) clearSiteData();
}
