import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../../pipelines/config.ts';
import { generateSampleCompany } from '../../../pipelines/sample/generate.ts';

/** A company the tests run: its config, its warehouse and, once published, its pages. */
export interface TestCompany {
    readonly config: string;
    readonly warehouse: string;
    readonly site: string;
    /** Everything a run leaves behind. */
    readonly directory: string;
}

/** Big enough for the whole story, small enough for two cores. */
const sampleFactor = 0.02;

// Beside other state, not in a temp folder: the browser tests find the pages end-to-end built.
const runs = join(projectRoot, '.jointly', 'test-runs');
const sampleExports = join(runs, 'sample-exports');

/** A company whose warehouse and pages live in a folder of their own. */
export function testCompany(name: string, config: string): TestCompany {
    const directory = join(runs, name);
    return {
        config,
        directory,
        warehouse: join(directory, 'warehouse.duckdb'),
        site: join(directory, 'warehouse.state', 'site'),
    };
}

export const sample = testCompany('sample', join(sampleExports, 'sample.config.json'));

/** A small company whose ids and names hold every character that could end a text, a tag or an address. */
export const handMade = testCompany(
    'hand-made',
    join(projectRoot, 'test/fixtures/hand-made/hand-made.config.json'),
);

export const olist = testCompany('olist', join(projectRoot, 'test/end-to-end/olist.config.ts'));

/** Folder of the public Olist files, beside the repository. */
export const olistData = join(projectRoot, '../shared/data/olist-funnel');

/** False where the Olist files are absent, after saying so in one line. */
export function hasOlistData(): boolean {
    if (existsSync(olistData)) return true;
    process.stderr.write(`skipped: the Olist tests need ${olistData}, which is not there\n`);
    return false;
}

/** Folder with the exports of the sample company, made where they are absent or stale. */
export async function provideSampleExports(): Promise<string> {
    await generateSampleCompany({ directory: sampleExports, factor: sampleFactor });
    return sampleExports;
}

/** Where exports of this run of the tests are kept for those who ask again. */
export const keptExports = join(runs, 'exports');

/** Forgets what earlier runs of the tests exported. */
export const forgetExports = () => rm(keptExports, { recursive: true, force: true });

/** Forgets what earlier runs of a company left. */
export function forget(company: TestCompany): Promise<void> {
    return rm(company.directory, { recursive: true, force: true });
}
