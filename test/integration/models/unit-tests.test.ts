import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot, readConfig } from '../../../pipelines/config.ts';
import { composeRules } from '../../../pipelines/rules/compose-rules.ts';
import { dbtCommand } from '../../../pipelines/run/dbt.ts';
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
    await composeRules(await readConfig('pipelines/sample/sample.config.ts'), seeds);
    const places = ['--project-dir', '.', '--profiles-dir', '.', '--target-path', directory];
    const { exitCode, stdout } = await execa(
        dbtCommand(),
        ['build', ...places, '--empty', '--exclude-resource-type', 'test'],
        {
            cwd: projectRoot,
            reject: false,
            env: {
                DBT_LOG_PATH: directory,
                DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
                JOINTLY_SEED_PATH: relative(projectRoot, seeds),
                JOINTLY_WAREHOUSE: warehouse,
            },
        },
    );
    expect(exitCode, stdout.slice(-4000)).toBe(0);
    const { results } = JSON.parse(readFileSync(join(directory, 'run_results.json'), 'utf8'));
    const units = (results as Result[]).filter((one) => one.unique_id.startsWith('unit_test.'));
    expect(units.length).toBeGreaterThan(100);
    expect(units.filter((one) => one.status !== 'pass')).toEqual([]);
});
