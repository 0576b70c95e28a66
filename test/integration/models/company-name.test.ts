import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { projectRoot, readConfig } from '../../../pipelines/config.ts';
import { dbtCommand, dbtVariables } from '../../../pipelines/run/dbt.ts';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';

const name = `Gates "&" O'Parts {{ env_var('HOME') }} {% do x %} {# note #} \\ 门`;

test("a company's name is text, whatever it holds", async () => {
    const directory = await mkdtemp(join(tmpdir(), 'jointly-name-'));
    try {
        const { company } = await readConfig('pipelines/sample/sample.config.ts');
        const places = ['--project-dir', '.', '--profiles-dir', '.', '--target-path', directory];
        await execa(
            dbtCommand(),
            [
                ...['compile', ...places, '--select', 'rpt_company'],
                ...['--vars', dbtVariables({ ...company, name }, undefined)],
            ],
            {
                cwd: projectRoot,
                env: {
                    DBT_LOG_PATH: directory,
                    DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
                    JOINTLY_WAREHOUSE: ':memory:',
                },
            },
        );
        const { nodes } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
        const sql: string = nodes['model.jointly.rpt_company'].compiled_code;
        const [, literal] = /cast\(('.*') as string\) as company_name/.exec(sql) ?? [];
        const warehouse = await openWarehouse(join(directory, 'name.duckdb'));
        try {
            expect(await warehouse.query(`select ${literal} as name`)).toEqual([{ name }]);
        } finally {
            await warehouse.close();
        }
    } finally {
        await rm(directory, { recursive: true, force: true });
    }
});
