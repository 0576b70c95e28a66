import { readFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig, statePaths } from '../../pipelines/config.ts';
import { callDbt } from '../../pipelines/run/dbt.ts';
import { built } from './support/built.ts';
import { forget, sample, testCompany } from './support/companies.ts';

interface Result {
    readonly unique_id: string;
    readonly status: string;
}

const copy = testCompany('sample-unit-tests', sample.config);

beforeAll(async () => {
    await built(sample);
    await mkdir(copy.directory, { recursive: true });
    await cp(sample.warehouse, copy.warehouse);
});
afterAll(() => forget(copy));

/** A unit test brings its own rows; of the models it only needs their columns. */
test('every rule of the models passes its unit tests', async () => {
    const config = await readConfig(copy.config);
    const { seeds } = statePaths(config.company.id, sample.warehouse);
    const { hasSucceeded, output } = await callDbt({
        verb: 'test',
        options: ['--select', 'test_type:unit'],
        company: config.company,
        asOf: config.as_of,
        paths: { warehouse: copy.warehouse, seeds, dbt: copy.directory },
    });
    expect(hasSucceeded, output.slice(-4000)).toBe(true);
    const { results } = JSON.parse(
        readFileSync(join(copy.directory, 'target', 'run_results.json'), 'utf8'),
    );
    const units = (results as Result[]).filter((one) => one.unique_id.startsWith('unit_test.'));
    expect(units.length).toBeGreaterThan(100);
    expect(units.filter((one) => one.status !== 'pass')).toEqual([]);
});
