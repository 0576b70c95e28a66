import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import { inject } from 'vitest';
import { forget, provideSampleExports, sample, type TestCompany } from './companies.ts';
import { type Outcome, runJointly } from './jointly.ts';

/**
 * Runs a company once for all tests of this run, when the first of them asks: loading, dbt and the
 * pages. The others wait, and read the same warehouse and pages: none of them may write to either.
 *
 * @returns what the run printed
 */
export async function built(company: TestCompany): Promise<Outcome> {
    const mark = `${company.directory}.run.json`;
    await mkdir(dirname(mark), { recursive: true });
    const release = await lockfile.lock(company.directory, {
        realpath: false,
        lockfilePath: `${company.directory}.lock`,
        stale: 120_000,
        retries: { retries: 3_600, minTimeout: 500, maxTimeout: 500 },
    });
    try {
        const testRun = inject('testRun');
        const last = existsSync(mark) ? JSON.parse(await readFile(mark, 'utf8')) : {};
        if (last.testRun === testRun) return successOf(last);
        if (inject('isFromNothing')) await forget(company);
        if (company === sample) await provideSampleExports();
        const outcome = await runJointly(company, 'run');
        await writeFile(mark, JSON.stringify({ testRun, outcome }));
        return successOf({ outcome });
    } finally {
        await release();
    }
}

/** What failed once fails for all: it is not built again for each of them. */
function successOf({ outcome }: { readonly outcome: Outcome }): Outcome {
    if (outcome.exitCode === 0) return outcome;
    throw new Error(`jointly run ended with ${outcome.exitCode}.\n${outcome.stderr}`);
}
