import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { clearKilledBuild } from '../../dashboards/building/turn.ts';
import type { StatePaths } from '../config.ts';

/**
 * Removes what a publish that was killed has left: pages half written or half swapped, and the data
 * they were made from. They say what people were paid, and nobody would look for them again. Whoever
 * calls holds the lock of the company, so nobody writes them now.
 */
export function removeKilledPublish({ site }: Pick<StatePaths, 'site'>): void {
    clearKilledBuild();
    const folder = dirname(site);
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
        if (/^\.(draft|old)-\d+$/.test(name.replace(basename(site), ''))) {
            rmSync(join(folder, name), { recursive: true, force: true });
        }
    }
}
