import { join, relative } from 'node:path';
import { execa } from 'execa';
import { projectRoot, readConfig, statePaths } from '../../../pipelines/config.ts';
import { composeRules } from '../../../pipelines/rules/compose-rules.ts';
import { dbtCommand, dbtVariables } from '../../../pipelines/run/dbt.ts';
import type { TestCompany } from './companies.ts';

/** Builds every model with dbt itself, for options the CLI leaves to the profile. */
export async function buildWithDbt(
    company: TestCompany,
    options: readonly string[],
): Promise<void> {
    const config = await readConfig(company.config);
    const { company: of, as_of: asOf } = config;
    const { warehouse, seeds, dbt } = statePaths(of.id, company.warehouse);
    await composeRules(config, seeds);
    const places = ['--target-path', join(dbt, 'direct'), '--log-path', join(dbt, 'direct')];
    await execa(
        dbtCommand(),
        [
            ...['run', '--project-dir', '.', '--profiles-dir', '.', ...places, ...options],
            ...['--vars', dbtVariables(of, asOf)],
        ],
        {
            cwd: projectRoot,
            env: {
                JOINTLY_WAREHOUSE: warehouse,
                JOINTLY_SEED_PATH: relative(projectRoot, seeds),
                DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
            },
        },
    );
}
