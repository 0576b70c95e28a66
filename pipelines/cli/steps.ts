import { count } from '../count.ts';
import { ContractError } from '../errors.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { extractAndLoad } from '../run/extract-load.ts';
import { publish } from '../run/publish.ts';
import type { StreamOutcome } from '../run/stream-outcome.ts';
import { type TransformOutcome, transform } from '../run/transform.ts';
import { transformAsOf } from '../run/transform-as-of.ts';
import { openWarehouse } from '../warehouse/connection.ts';
import { shownInstant } from '../warehouse/instant.ts';
import { type Context, provideExports } from './context.ts';
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
}

export interface StepResult {
    readonly tally: Tally;
    /** The first failure that did not stop the step; it decides the exit code. */
    readonly failure?: Error;
}

/** Loads the exports; a stream that fails is reported and leaves the others alone. */
export async function loadStep(context: Context, options: StepOptions): Promise<StepResult> {
    await provideExports(context);
    const { config, paths, reporter } = context;
    const warehouse = await openWarehouse(paths.warehouse);
    try {
        const outcomes = await extractAndLoad(warehouse, config, {
            isFullRefresh: options.fullRefresh ?? false,
            isConfirmed: options.yes ?? false,
            isReplay: options.replay,
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
        return describeTransform(context, await transform(config, paths, settings), start);
    }
    const built = await transformAsOf(config, paths, { ...settings, asOf: options.asOf });
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
    const outcome = await publish(context.config, context.paths, {
        isFullRefresh: options.fullRefresh ?? false,
        onLine: context.reporter.detail,
    });
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
    await composeRules(context.config, context.paths.seeds);
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
