import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Config, projectRoot, type StatePaths, statePaths } from '../config.ts';
import { ConfigError, type JointlyError, TransformError } from '../errors.ts';
import { machineError } from '../machine-error.ts';
import { withWarehouse } from '../warehouse/connection.ts';
import { readStep, recordStep } from '../warehouse/step-state.ts';
import { hashFiles, hashValues } from './hash-files.ts';
import { runTool } from './tool.ts';

export interface PublishOptions {
    readonly isFullRefresh: boolean;
    readonly onLine?: ((line: string) => void) | undefined;
}

export type PublishOutcome = { readonly status: 'built' | 'unchanged' };

const dashboardFiles = [
    'pages/**',
    'cards/**',
    'components/**',
    'messages/**',
    'query-layer/**',
    'building/**',
    'shell/**',
    '*.{mjs,json,yaml,css,html}',
    '!**/node_modules/**',
];

/**
 * Builds the pages from the marts into `<state>/site`; the build replaces the folder in one step.
 * @throws ConfigError before the first transform, TransformError when a page does not build,
 * InterruptedError when this program was asked to stop
 */
export async function publish(
    config: Config,
    paths: StatePaths,
    options: PublishOptions,
): Promise<PublishOutcome> {
    const fingerprint = await fingerprintOf(config, paths);
    const isThere = existsSync(join(paths.site, 'readers.json'));
    if (isThere && !options.isFullRefresh && (await isDone(paths, fingerprint))) {
        return { status: 'unchanged' };
    }
    const { hasSucceeded, output } = await runTool({
        command: process.execPath,
        args: [
            join(projectRoot, 'dashboards', 'build.mjs'),
            '--end-with-input',
            ...['--warehouse', paths.warehouse, '--out', paths.site],
            ...['--company', config.company.name, '--currency', config.company.currency],
            ...['--language', config.company.language],
            ...['--number-locale', config.company.number_locale],
            `--command-options=${commandOptions(config, paths)}`,
            ...(options.isFullRefresh ? ['--clean'] : []),
        ],
        cwd: join(projectRoot, 'dashboards'),
        env: { SEND_ANONYMOUS_USAGE_STATS: 'no', NO_COLOR: '1' },
        onLine: options.onLine,
    });
    if (!hasSucceeded) throw buildError(output);
    await withWarehouse(paths.warehouse, (warehouse) =>
        recordStep(warehouse, 'publish', fingerprint),
    );
    return { status: 'built' };
}

/**
 * What the commands that the pages print are given, so that somebody in the project's folder reaches the
 * company and the warehouse the pages were built from.
 */
export function commandOptions(
    config: Pick<Config, 'file' | 'company'>,
    { warehouse }: Pick<StatePaths, 'warehouse'>,
): string {
    const isOwn = warehouse === statePaths(config.company.id).warehouse;
    const option = (name: string, file: string) => `--${name} ${quoted(pathFromProject(file))}`;
    const named = option('config', config.file);
    return isOwn ? named : `${named} ${option('warehouse', warehouse)}`;
}

function pathFromProject(file: string): string {
    const path = relative(projectRoot, file);
    return path.startsWith('..') ? file : path.replaceAll('\\', '/');
}

/** As shells read it. */
const quoted = (word: string) =>
    /^[\w./:@%+=,\\-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

async function fingerprintOf(config: Config, paths: StatePaths): Promise<string> {
    const transformed = await withWarehouse(paths.warehouse, (warehouse) =>
        readStep(warehouse, 'transform'),
    );
    if (transformed === undefined) {
        throw new ConfigError({
            what: 'There are no finished marts to publish.',
            fix: `npx jointly run --config ${config.file}`,
        });
    }
    const { name, currency, language, number_locale } = config.company;
    const pages = await hashFiles(join(projectRoot, 'dashboards'), dashboardFiles);
    return hashValues(
        ...[transformed, pages, name, currency, language, number_locale],
        commandOptions(config, paths),
    );
}

async function isDone(paths: StatePaths, fingerprint: string): Promise<boolean> {
    const published = await withWarehouse(paths.warehouse, (warehouse) =>
        readStep(warehouse, 'publish'),
    );
    return published === fingerprint;
}

function buildError(output: string): JointlyError {
    const machine = machineError(output);
    if (machine) return machine;
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    return new TransformError({
        what: `The pages did not build.\n${lines.slice(-20).join('\n')}`,
        fix: 'correct the named page or mart; --verbose shows the whole output',
    });
}
