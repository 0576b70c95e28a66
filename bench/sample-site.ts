import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { projectRoot, statePaths } from '../pipelines/config.ts';
import { generateSampleCompany } from '../pipelines/sample/generate.ts';
import { dataDirectory } from './data-set.ts';

/** The sample company in its full size: three years, about 25,000 leads and 400,000 sessions. */
const factor = 1;

/** One state of the sample company whose marts are built. */
export interface SampleState {
    readonly config: string;
    readonly warehouse: string;
    /** Folder of the built pages. */
    readonly site: string;
}

/** Runs one verb of the product on a state. @returns seconds it took, starting Node included */
export async function runVerb(
    state: SampleState,
    verb: string,
    ...flags: readonly string[]
): Promise<number> {
    const start = performance.now();
    const places = ['--config', state.config, '--warehouse', state.warehouse];
    await execa(
        process.execPath,
        [join(projectRoot, 'bin', 'jointly.mjs'), verb, ...flags, ...places],
        { env: { NO_COLOR: '1' } },
    );
    return (performance.now() - start) / 1000;
}

/** The sample company, loaded and transformed; quick when nothing changed since the last bench. */
export async function sampleState(say: (line: string) => void): Promise<SampleState> {
    const directory = join(dataDirectory, 'sample-exports');
    say(`  sample company, factor ${factor}: loading and transforming what changed`);
    await generateSampleCompany({ directory, factor });
    const state = stateOf(join(directory, 'sample.config.json'), 'sample');
    await runVerb(state, 'load');
    await runVerb(state, 'transform');
    return state;
}

/** The same company with the data of an earlier day: other numbers, the same code. */
export async function earlierState(
    state: SampleState,
    asOf: string,
    say: (line: string) => void,
): Promise<SampleState> {
    const earlier = stateOf(state.config.replace(/\.json$/, '.earlier.json'), 'sample-earlier');
    const config = JSON.parse(readFileSync(state.config, 'utf8'));
    writeFileSync(earlier.config, JSON.stringify({ ...config, as_of: asOf }));
    copyFileSync(state.warehouse, earlier.warehouse);
    say(`  the same company as of ${asOf}: transforming`);
    await runVerb(earlier, 'transform');
    return earlier;
}

function stateOf(config: string, name: string): SampleState {
    const folder = join(dataDirectory, name);
    mkdirSync(folder, { recursive: true });
    const warehouse = join(folder, 'warehouse.duckdb');
    return { config, warehouse, site: statePaths('', warehouse).site };
}
