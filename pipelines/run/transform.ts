import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { escapePath, glob } from 'tinyglobby';
import type { Config, StatePaths } from '../config.ts';
import { type Warehouse, withWarehouse } from '../warehouse/connection.ts';
import { writeSigned } from '../warehouse/signed-statements.ts';
import { forgetStep, readRawState, readStep, recordStep } from '../warehouse/step-state.ts';
import { affectedNodes, type Build, type BuildInputs, cutoffsOf } from './affected-nodes.ts';
import { checkPlatforms } from './check-platforms.ts';
import { checkRules } from './check-rules.ts';
import { type DbtSummary, dbtBuild } from './dbt.ts';
import { hashFiles, hashValues } from './hash-files.ts';
import { hashProject } from './parsed-project.ts';
import { readSigned } from './read-signed.ts';

export interface TransformOptions {
    readonly isFullRefresh: boolean;
    readonly select?: readonly string[] | undefined;
    /** A mart: of what has changed, only what it stands on is built, and the warehouse stays unfinished. */
    readonly upTo?: string | undefined;
    readonly onLine?: ((line: string) => void) | undefined;
}

export type TransformOutcome =
    | { readonly status: 'built'; readonly summary: DbtSummary }
    | { readonly status: 'unchanged' };

/**
 * Checks the rules and builds the models when anything they read has changed: of a changed rule or
 * stream only what depends on it.
 * @throws ConfigError for broken rules, TransformError for a failing model or test
 */
export async function transform(
    config: Config,
    paths: StatePaths,
    options: TransformOptions,
): Promise<TransformOutcome> {
    const tables = await checkRules(config, paths.seeds);
    await withWarehouse(paths.warehouse, (warehouse) => checkPlatforms(warehouse, tables));
    const inputs = await readInputs(config, paths);
    const fingerprint = hashValues(inputs);
    const last = readLastBuild(paths);
    const done = await withWarehouse(paths.warehouse, (warehouse) =>
        readStep(warehouse, 'transform'),
    );
    const isDone = last !== undefined && done === hashValues(last.inputs);
    const isSame = isDone && done === fingerprint;
    if (isSame && !options.isFullRefresh && !options.select) return { status: 'unchanged' };
    const isSameProject = last?.inputs.project === inputs.project;
    const affected =
        isDone && !options.isFullRefresh && !options.select
            ? affectedNodes(manifestFile(paths), last, {
                  inputs,
                  cutoffs: await withWarehouse(paths.warehouse, (one) => readCutoffs(one, paths)),
              })
            : undefined;
    await withWarehouse(paths.warehouse, async (warehouse) => {
        const asOf = await readStep(warehouse, 'as_of');
        await writeSigned(warehouse, readSigned(config, asOf));
    });
    // A build that fails half-way must not look done, even when its input is put back.
    await withWarehouse(paths.warehouse, (warehouse) => forgetStep(warehouse, 'transform'));
    if (!isSameProject) rmSync(inputsFile(paths), { force: true });
    const summary = await dbtBuild({
        company: config.company,
        asOf: config.as_of,
        paths,
        // Incremental models keep rows that other code or rules would compute in another way.
        isFullRefresh: options.isFullRefresh || !isDone || (affected?.isFullRefresh ?? true),
        select: options.select ?? neededFor(options.upTo, affected?.names),
        // All else stands as the last build left it, so a test of a changed model can always run.
        isRestBuilt: affected !== undefined && options.upTo === undefined,
        onLine: options.onLine,
    });
    if (!options.select && !options.upTo) await markDone(paths, inputs, fingerprint);
    return { status: 'built', summary };
}

/** Of these nodes, or of all, those that a mart stands on. */
function neededFor(
    mart: string | undefined,
    names: readonly string[] | undefined,
): readonly string[] | undefined {
    if (mart === undefined) return names;
    return names?.map((name) => `${name},+${mart}`) ?? [`+${mart}`];
}

/**
 * Checks the rules and tells whether the marts were built from them and from what is loaded.
 * @throws ConfigError for broken rules
 */
export async function readRulesOfMarts(config: Config, paths: StatePaths) {
    const tables = await checkRules(config, paths.seeds);
    const inputs = await readInputs(config, paths);
    // What was signed since changes what pages show, not what is computed.
    const last = readLastBuild(paths)?.inputs.streams;
    const signed = signedTables.map((table) => [table, last?.[table] ?? '']);
    const streams = { ...inputs.streams, ...Object.fromEntries(signed) };
    const fingerprint = hashValues({ ...inputs, streams });
    const done = await withWarehouse(paths.warehouse, (warehouse) =>
        readStep(warehouse, 'transform'),
    );
    return { tables, isCurrent: done === fingerprint };
}

async function readInputs(config: Config, paths: StatePaths): Promise<BuildInputs> {
    // Files are found in another order every time, and the hash of all must not depend on it.
    const seedFiles = (await glob('**/*.csv', { cwd: paths.seeds })).toSorted();
    const seeds = await Promise.all(
        seedFiles.map(async (file) => [
            basename(file, '.csv'),
            await hashFiles(paths.seeds, [escapePath(file)]),
        ]),
    );
    const [state, asOf] = await withWarehouse(paths.warehouse, (warehouse) =>
        Promise.all([readRawState(warehouse), readStep(warehouse, 'as_of')]),
    );
    const signed = hashValues(readSigned(config, asOf));
    return {
        project: hashValues(await hashProject(), config.company, config.as_of),
        seeds: Object.fromEntries(seeds),
        streams: {
            ...Object.fromEntries(state.map((one) => [one.stream, hashValues(one)])),
            ...Object.fromEntries(signedTables.map((table) => [table, signed])),
        },
    };
}

/** The cutoffs are views, so they speak of the newest load before anything is built. */
async function readCutoffs(
    warehouse: Warehouse,
    paths: StatePaths,
): Promise<Record<string, string>> {
    const hashes: Record<string, string> = {};
    for (const { schema, name } of cutoffsOf(manifestFile(paths))) {
        const rows = await warehouse.query(`select * from ${schema}.${name} order by all`);
        hashes[name] = hashValues(rows.map((row) => Object.values(row).map(String)));
    }
    return hashes;
}

/** Of the ledger, in the place of streams: what reads them is built again when something was signed. */
const signedTables = ['ledger_entries', 'signed_statements', 'signed_lines', 'signed_deals'];

const manifestFile = (paths: StatePaths) => join(paths.dbt, 'target', 'manifest.json');

function inputsFile(paths: StatePaths): string {
    return join(paths.dbt, 'inputs.json');
}

/** The last finished build of this state folder; what another version wrote down is none. */
function readLastBuild(paths: StatePaths): Build | undefined {
    const file = inputsFile(paths);
    const build = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    return build?.inputs ? build : undefined;
}

/** The file first: without the mark in the warehouse it counts for nothing. */
async function markDone(
    paths: StatePaths,
    inputs: BuildInputs,
    fingerprint: string,
): Promise<void> {
    await withWarehouse(paths.warehouse, async (warehouse) => {
        const build: Build = { inputs, cutoffs: await readCutoffs(warehouse, paths) };
        writeFileSync(inputsFile(paths), JSON.stringify(build));
        await recordStep(warehouse, 'transform', fingerprint);
    });
}
