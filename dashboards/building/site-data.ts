import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DATA, ENTRIES, READERS, RESULTS, TEMPLATE } from './paths.ts';

/** Removes every trace of the company just built: its data, its query results and its pages. */
export function clearSiteData(): void {
    for (const folder of [
        DATA,
        RESULTS,
        ENTRIES,
        READERS,
        join(TEMPLATE, '.svelte-kit/output/prerendered'),
        join(TEMPLATE, '.svelte-kit/output/client/data'),
    ]) {
        rmSync(folder, { recursive: true, force: true });
    }
}
