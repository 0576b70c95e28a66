import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../pipelines/config.ts';
import { composeRules } from '../../../pipelines/rules/compose-rules.ts';
import { callDbt } from '../../../pipelines/run/dbt.ts';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';

interface Result {
    readonly unique_id: string;
    readonly status: string;
}

let directory = '';

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-unit-tests-'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

/** A unit test brings its own rows; of the models it only needs their columns, so they stay empty. */
test('every rule of the models passes its unit tests', async () => {
    const warehouse = join(directory, 'warehouse.duckdb');
    await (await openWarehouse(warehouse)).close();
    const seeds = join(directory, 'seeds');
    const config = await readConfig('pipelines/sample/sample.config.ts');
    await composeRules(config, seeds);
    const { hasSucceeded, output } = await callDbt({
        verb: 'build',
        options: ['--empty', '--exclude-resource-type', 'test'],
        company: config.company,
        asOf: undefined,
        paths: { warehouse, seeds, dbt: directory },
    });
    expect(hasSucceeded, output.slice(-4000)).toBe(true);
    const { results } = JSON.parse(
        readFileSync(join(directory, 'target', 'run_results.json'), 'utf8'),
    );
    const units = (results as Result[]).filter((one) => one.unique_id.startsWith('unit_test.'));
    expect(units.length).toBeGreaterThan(100);
    expect(units.filter((one) => one.status !== 'pass')).toEqual([]);
});
