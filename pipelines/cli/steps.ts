import { z } from 'zod';
import { count } from '../count.ts';
import { ConfigError, ContractError } from '../errors.ts';
import { checkRules } from '../run/check-rules.ts';
import { extractAndLoad } from '../run/extract-load.ts';
import { notByDay, planLoad } from '../run/plan-load.ts';
import { publish } from '../run/publish.ts';
import type { StreamOutcome } from '../run/stream-outcome.ts';
import { type TransformOutcome, transform } from '../run/transform.ts';
import { transformAsOf } from '../run/transform-as-of.ts';
import type { Days } from '../sources/api/days.ts';
import { openWarehouse } from '../warehouse/connection.ts';
import { shownInstant } from '../warehouse/instant.ts';
import { type Context, provideExports } from './context.ts';
import { progressLines } from './progress.ts';
import { emptyTally, type Tally } from './reporter.ts';

export interface StepOptions {
    readonly fullRefresh?: boolean;
    readonly select?: readonly string[];
    /** Of a load: whether rows that are lacking are really gone. */
    readonly yes?: boolean;
    /** Whether a run goes on with what is loaded although a stream failed. */
    readonly keepGoing?: boolean;
    /** Of transform: the instant at which what the marts are built from was known. */
    readonly asOf?: string;
    readonly replay?: boolean;
    /** Of a load or backfill: says what would be done. */
    readonly dryRun?: boolean;
    /** First and last day of a backfill. */
    readonly from?: string;
    readonly to?: string;
}

export interface StepResult {
    readonly tally: Tally;
    /** The first failure that did not stop the step; it decides the exit code. */
    readonly failure?: Error;
}

/** Loads the exports; a stream that fails is reported and leaves the others alone. */
export async function loadStep(context: Context, options: StepOptions): Promise<StepResult> {
    await provideExports(context);
    if (options.dryRun) return planStep(context, options, undefined);
    return loadWith(context, options, undefined);
}

/**
 * Asks the connections for days of the past again, or for the first time; their cursors stay.
 * @throws ConfigError for days that are none, or without a connection
 */
export async function backfillStep(context: Context, options: StepOptions): Promise<StepResult> {
    const days = daysOf(options);
    if (context.config.connections.length === 0) {
        throw new ConfigError({
            what: 'The config has no connections, and files are read whole on every load.',
            fix: 'npx jointly load --full-refresh reads them anew; npx jointly connect connects a system',
        });
    }
    return options.dryRun ? planStep(context, options, days) : loadWith(context, options, days);
}

function daysOf({ from = '', to = new Date().toISOString().slice(0, 10) }: StepOptions): Days {
    for (const day of [from, to]) {
        if (z.iso.date().safeParse(day).success) continue;
        throw new ConfigError({
            what: `${day} is no day.`,
            expected: 'a date like 2025-01-31',
            got: day,
            fix: 'npx jointly backfill --from 2025-01-01 --to 2025-01-31',
        });
    }
    if (from <= to) return { from, to };
    throw new ConfigError({
        what: `--from ${from} is after --to ${to}.`,
        fix: 'give the earlier day as --from',
    });
}

/** Says what a load would do, and does nothing. */
async function planStep(
    { config, paths, reporter }: Context,
    options: StepOptions,
    days: Days | undefined,
): Promise<StepResult> {
    const failures: Error[] = [];
    await planLoad(config, {
        isFullRefresh: options.fullRefresh ?? false,
        select: options.select ? new Set(options.select) : undefined,
        days,
        stateDirectory: paths.directory,
        warehouse: paths.warehouse,
        onLine: (text) => reporter.line(text),
        onFailure: (name, error) => {
            failures.push(error);
            reporter.line(`load ${name.padEnd(19)} failed`);
            reporter.error(error);
        },
    });
    const tally = { ...emptyTally, errors: failures.length };
    return { tally, ...(failures[0] ? { failure: failures[0] } : {}) };
}

async function loadWith(
    context: Context,
    options: StepOptions,
    days: Days | undefined,
): Promise<StepResult> {
    const { config, paths, reporter } = context;
    const warehouse = await openWarehouse(paths.warehouse);
    try {
        const outcomes = await extractAndLoad(warehouse, config, {
            // A backfill leaves the cursors where they are.
            isFullRefresh: days === undefined && (options.fullRefresh ?? false),
            isConfirmed: options.yes ?? false,
            isReplay: options.replay,
            days,
            onProgress: progressLines(reporter),
            onLeftOut: (connection, feeds) =>
                reporter.line(
                    `load ${`${feeds.join(', ')} (${connection})`.padEnd(19)} ${notByDay}`,
                ),
            stateDirectory: paths.directory,
            select: options.select ? new Set(options.select) : undefined,
            onDetail: reporter.detail,
            onRemoved: ({ stream, input, rows }) =>
                reporter.line(
                    `load ${stream.padEnd(19)} input ${input} is no longer in the config: ${count(rows, 'row')} of it no longer ${rows === 1 ? 'counts' : 'count'}`,
                ),
            onStream: (outcome, seconds) => {
                reporter.line(describe(outcome, seconds));
                if (outcome.status === 'loaded') {
                    for (const note of outcome.notes) reporter.line(`  note: ${note}`);
                    for (const one of outcome.warnings) reporter.line(`  warning: ${one}`);
                }
                if (outcome.status === 'failed') reporter.error(outcome.error);
            },
        });
        const failed = outcomes.filter((one) => one.status === 'failed');
        const counts = outcomes.flatMap((one) => (one.status === 'loaded' ? [one.counts] : []));
        return {
            tally: {
                ...emptyTally,
                sources: outcomes.length,
                rows: counts.reduce((sum, one) => sum + one.inserted + one.updated, 0),
                rejected: counts.reduce((sum, one) => sum + one.rejected, 0),
                warnings: outcomes.reduce(
                    (sum, one) => sum + (one.status === 'loaded' ? one.warnings.length : 0),
                    0,
                ),
                errors: failed.length,
            },
            ...(failed[0] ? { failure: failed[0].error } : {}),
        };
    } finally {
        await warehouse.close();
    }
}

/** Checks the rules and builds models and tests. */
export async function transformStep(context: Context, options: StepOptions): Promise<StepResult> {
    const start = performance.now();
    const { config, paths, reporter } = context;
    const settings = {
        isFullRefresh: options.fullRefresh ?? false,
        select: options.select,
        onLine: reporter.detail,
    };
    if (options.asOf === undefined) {
        const build = () => transform(config, paths, settings);
        return describeTransform(context, await reporter.whileRunning('transform', build), start);
    }
    const { asOf: then } = options;
    const build = () => transformAsOf(config, paths, { ...settings, asOf: then });
    const built = await reporter.whileRunning('transform', build);
    const { asOf, loads, lastLoadAt } = built.known;
    const result = describeTransform(context, built.outcome, start);
    reporter.line(
        `as of                ${shownInstant(asOf)}: ${count(loads, 'load')}, the last of ${shownInstant(lastLoadAt)}; rules as they are today`,
    );
    reporter.line(`warehouse            ${built.warehouse}`);
    return result;
}

function describeTransform(context: Context, outcome: TransformOutcome, start: number): StepResult {
    const seconds = since(start);
    if (outcome.status === 'unchanged') {
        context.reporter.line(`transform            unchanged in ${seconds}s`);
        return { tally: emptyTally };
    }
    const { models, tests, warnings } = outcome.summary;
    context.reporter.line(
        `transform            built      ${count(models, 'model')}, ${count(tests, 'test')} in ${seconds}s`,
    );
    return { tally: { ...emptyTally, models, tests, warnings } };
}

/** Builds the pages. */
export async function publishStep(context: Context, options: StepOptions): Promise<StepResult> {
    const start = performance.now();
    const build = () =>
        publish(context.config, context.paths, {
            isFullRefresh: options.fullRefresh ?? false,
            onLine: context.reporter.detail,
        });
    const outcome = await context.reporter.whileRunning('publish', build);
    context.reporter.line(`publish              ${outcome.status.padEnd(9)} in ${since(start)}s`);
    return { tally: emptyTally };
}

/**
 * All steps in order. Rules that do not fit together stop it before anything is loaded. A stream
 * that did not load leaves the others alone, but stops the run before the marts: numbers of today
 * beside those of yesterday look as if they belonged together. `keepGoing` builds them from what is
 * there; the failure decides the exit code in any case.
 */
export async function runSteps(context: Context, options: StepOptions): Promise<StepResult> {
    await provideExports(context);
    await checkRules(context.config, context.paths.seeds);
    const loaded = await loadStep(context, {
        fullRefresh: options.fullRefresh ?? false,
        yes: options.yes ?? false,
    });
    if (loaded.failure && !options.keepGoing) {
        context.reporter.error(new StoppedError(loaded.tally.errors));
        return loaded;
    }
    const transformed = await transformStep(context, { fullRefresh: options.fullRefresh ?? false });
    const published = await publishStep(context, { fullRefresh: options.fullRefresh ?? false });
    const tallies = [loaded.tally, transformed.tally, published.tally];
    const sum = (part: keyof Tally) => tallies.reduce((total, one) => total + one[part], 0);
    return {
        ...loaded,
        tally: {
            sources: sum('sources'),
            rows: sum('rows'),
            rejected: sum('rejected'),
            models: sum('models'),
            tests: sum('tests'),
            warnings: sum('warnings'),
            errors: sum('errors'),
        },
    };
}

/** Said beside the failure of each stream, which decides the exit code. */
class StoppedError extends ContractError {
    constructor(failed: number) {
        super({
            what: `The run stopped before the transform: ${count(failed, 'stream')} did not load.`,
            why: 'marts and pages stay as they were, so that no number is made of old and new data',
            fix: 'mend what is said above and run again, or go on with what is loaded: run --keep-going',
        });
    }
}

/** What may become of a row, in the order in which it is said. */
const outcomes = [
    ['inserted', 'inserted'],
    ['updated', 'updated'],
    ['unchanged', 'unchanged'],
    ['duplicate', 'duplicate'],
    ['superseded', 'superseded'],
    ['summed', 'summed into others'],
    ['spread', 'made by spreading over days'],
    ['leftOut', 'left out'],
    ['rejected', 'rejected'],
    ['deleted', 'deleted'],
] as const;

function describe(outcome: StreamOutcome, seconds: number): string {
    const name = outcome.connection ? `${outcome.stream} (${outcome.connection})` : outcome.stream;
    const start = `load ${name.padEnd(19)} `;
    const end = `in ${seconds.toFixed(1)}s`;
    if (outcome.status === 'unchanged') return `${start}unchanged ${end}`;
    if (outcome.status === 'failed') return `${start}failed    ${end}; nothing of it was changed`;
    const { counts } = outcome;
    const parts = outcomes
        .filter(([part]) => counts[part] > 0)
        .map(([part, words]) => `${counts[part]} ${words}`);
    return `${start}loaded    ${count(counts.read, 'row')} (${parts.join(', ')}) ${end}`;
}

function since(start: number): string {
    return ((performance.now() - start) / 1000).toFixed(1);
}
