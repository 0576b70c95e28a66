import { type Config, projectRoot, type StatePaths } from '../config.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { openWarehouse } from '../warehouse/connection.ts';
import { forgetStep, readRawState, readStep, recordStep } from '../warehouse/step-state.ts';
import { type DbtSummary, dbtBuild } from './dbt.ts';
import { hashFiles, hashValues } from './hash-files.ts';

export interface TransformOptions {
    readonly isFullRefresh: boolean;
    readonly select?: readonly string[] | undefined;
    readonly onLine?: ((line: string) => void) | undefined;
}

export type TransformOutcome =
    | { readonly status: 'built'; readonly summary: DbtSummary }
    | { readonly status: 'unchanged' };

const projectFiles = [
    'models/**',
    'macros/**',
    'test/dbt/**',
    'dbt_project.yml',
    'profiles.yml',
    'requirements.txt',
];

/**
 * Checks the rules and builds the models when anything they read has changed.
 * @throws ContractError for a broken rule file, TransformError for a failing model or test
 */
export async function transform(
    config: Config,
    paths: StatePaths,
    options: TransformOptions,
): Promise<TransformOutcome> {
    await composeRules(config, paths.seeds);
    const warehouse = await openWarehouse(paths.warehouse);
    let rules: string;
    let fingerprint: string;
    let hasSameRules: boolean;
    try {
        rules = hashValues(
            await hashFiles(paths.seeds, ['**']),
            await hashFiles(projectRoot, projectFiles),
            config.company,
        );
        fingerprint = hashValues(await readRawState(warehouse), rules, config.as_of);
        const isDone = (await readStep(warehouse, 'transform')) === fingerprint;
        if (isDone && !options.isFullRefresh && !options.select) return { status: 'unchanged' };
        hasSameRules = (await readStep(warehouse, 'transform_rules')) === rules;
        // A build that fails half-way must not look done, even when its input is put back.
        await forgetStep(warehouse, 'transform');
        if (!hasSameRules) await forgetStep(warehouse, 'transform_rules');
    } finally {
        await warehouse.close();
    }
    const summary = await dbtBuild({
        company: config.company,
        asOf: config.as_of,
        paths,
        // Incremental models keep rows that other rules would compute in another way.
        isFullRefresh: options.isFullRefresh || !hasSameRules,
        isParsed: hasSameRules,
        select: options.select,
        onLine: options.onLine,
    });
    if (!options.select) {
        await markDone(paths, { transform: fingerprint, transform_rules: rules });
    }
    return { status: 'built', summary };
}

async function markDone(
    paths: StatePaths,
    done: Readonly<Record<'transform' | 'transform_rules', string>>,
): Promise<void> {
    const warehouse = await openWarehouse(paths.warehouse);
    try {
        await recordStep(warehouse, 'transform_rules', done.transform_rules);
        await recordStep(warehouse, 'transform', done.transform);
    } finally {
        await warehouse.close();
    }
}
