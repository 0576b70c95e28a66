import type { TestProject } from 'vitest/node';
import { forget, provideSampleExports, sample } from './support/companies.ts';
import { type Outcome, succeed } from './support/jointly.ts';

declare module 'vitest' {
    interface ProvidedContext {
        firstRun: Outcome;
    }
}

/** Runs the sample company from nothing, once for all tests: loading, dbt and the pages. */
export async function setup(project: TestProject): Promise<void> {
    await forget(sample);
    await provideSampleExports();
    project.provide('firstRun', await succeed(sample, 'run'));
}
