import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { composeRules } from '../../../pipelines/rules/compose-rules.ts';
import { callDbt } from '../../../pipelines/run/dbt.ts';
import type { TestCompany } from './companies.ts';

/** Builds every model with dbt itself, for options the CLI leaves to the profile. */
export async function buildWithDbt(
    { config: file, warehouse }: TestCompany,
    options: readonly string[],
): Promise<void> {
    const config = await readConfig(file);
    const paths = statePaths(config.company.id, warehouse);
    await composeRules(config, paths.seeds);
    const { company, as_of: asOf } = config;
    const { hasSucceeded, output } = await callDbt({ verb: 'run', options, company, asOf, paths });
    if (!hasSucceeded) throw new Error(output);
}
