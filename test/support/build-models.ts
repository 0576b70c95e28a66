import type { Config, StatePaths } from '../../pipelines/config.ts';
import { composeRules } from '../../pipelines/rules/compose-rules.ts';
import { callDbt } from '../../pipelines/run/dbt.ts';

/**
 * Builds seeds and models of a company with dbt itself, for tests that read numbers and for options the
 * CLI leaves to the profile. Tests of the data run where a whole company is built as its users do it.
 * @throws Error with the end of what dbt printed
 */
export async function buildModels(
    config: Config,
    paths: Pick<StatePaths, 'warehouse' | 'seeds' | 'dbt'>,
    ...options: readonly string[]
): Promise<void> {
    await composeRules(config, paths.seeds);
    const { hasSucceeded, output } = await callDbt({
        verb: 'build',
        options: [
            ...['--exclude-resource-type', 'unit_test', 'test'],
            // Of tests that are left out dbt need not work out exactly what has to wait for them.
            ...['--use-fast-test-edges', ...options],
        ],
        company: config.company,
        asOf: config.as_of,
        paths,
    });
    if (!hasSucceeded) throw new Error(output.slice(-4000));
}

/** The models with everything they stand on, as `buildModels` takes them. */
export const upTo = (...models: readonly string[]) => [
    '--select',
    ...models.map((model) => `+${model}`),
];
