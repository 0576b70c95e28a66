import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { projectRoot, type StatePaths } from '../config.ts';
import type { CompanyConfig } from '../config-schema.ts';
import { count } from '../count.ts';
import { BusyError, ConfigError, TransformError } from '../errors.ts';
import { machineError } from '../machine-error.ts';
import { findParsedProject, keepParsedProject } from './parsed-project.ts';
import { runTool, type ToolOutcome } from './tool.ts';

export interface DbtRequest {
    readonly company: CompanyConfig;
    readonly asOf: string | undefined;
    readonly paths: StatePaths;
    readonly isFullRefresh: boolean;
    readonly select?: readonly string[] | undefined;
    /** Whether what is not selected stands in the warehouse as this build would make it. */
    readonly isRestBuilt?: boolean;
    /** Receives dbt's own output line by line. */
    readonly onLine?: ((line: string) => void) | undefined;
}

export interface DbtSummary {
    readonly models: number;
    readonly tests: number;
    readonly warnings: number;
}

const runResults = z.object({
    results: z.array(
        z.object({
            unique_id: z.string(),
            status: z.string(),
            message: z.string().nullish(),
            failures: z.number().nullish(),
            relation_name: z.string().nullish(),
        }),
    ),
});

type NodeResult = z.infer<typeof runResults>['results'][number];

const dbtWithParent = join(projectRoot, 'pipelines', 'run', 'dbt-with-parent.py');
const failed = new Set(['error', 'fail', 'runtime error']);
const shownFailures = 10;
const shownLines = 8;

/** Path of the dbt command in the project's virtual environment. */
export function dbtCommand(): string {
    return inEnvironment('dbt');
}

/** Path of the Python that runs dbt. */
export function pythonCommand(): string {
    return inEnvironment('python');
}

function inEnvironment(name: string): string {
    const [folder, suffix] = process.platform === 'win32' ? ['Scripts', '.exe'] : ['bin', ''];
    return join(projectRoot, '.venv', folder, `${name}${suffix}`);
}

/** What the models know of the config, as `--vars` takes it. */
export function dbtVariables(company: CompanyConfig, asOf: string | undefined): string {
    return JSON.stringify({
        // dbt runs the text of a variable as a template, but not what is inside a map. The others
        // have a form that leaves no room for one.
        company: { name: company.name },
        company_currency: company.currency,
        company_timezone: company.timezone,
        company_country: company.country,
        as_of_date: asOf ?? '',
    });
}

/**
 * Builds seeds, models and tests of the data with dbt. Unit tests prove rules, not data: they run
 * with the project's own tests, not on every run of a company.
 * @throws TransformError with the failing nodes; ConfigError when the selection is empty;
 * InterruptedError when this program was asked to stop
 */
export async function dbtBuild(request: DbtRequest): Promise<DbtSummary> {
    const { paths } = request;
    const target = join(paths.dbt, 'target');
    const resultsFile = join(target, 'run_results.json');
    rmSync(resultsFile, { force: true });
    const options = [
        ...(request.isFullRefresh ? ['--full-refresh'] : []),
        // Otherwise only tests whose every model is built can run.
        ...(request.select
            ? [
                  ...['--indirect-selection', request.isRestBuilt ? 'eager' : 'buildable'],
                  ...['--select', ...request.select],
              ]
            : []),
        ...['--exclude-resource-type', 'unit_test'],
    ];
    const { hasSucceeded, output } = await callDbt({ ...request, verb: 'build', options });
    const results = readResults(resultsFile);
    if (!hasSucceeded) throw failure(results, output, join(paths.dbt, 'logs', 'dbt.log'));
    if (results.length === 0) {
        throw new ConfigError({
            what: 'dbt had nothing to do.',
            fix: 'give --select the name of a model, seed or test that exists',
        });
    }
    return summarise(results);
}

export interface DbtCall {
    readonly verb: 'build' | 'compile' | 'test';
    readonly options: readonly string[];
    readonly company: CompanyConfig;
    readonly asOf: string | undefined;
    readonly paths: Pick<StatePaths, 'warehouse' | 'seeds' | 'dbt'>;
    readonly onLine?: ((line: string) => void) | undefined;
}

/**
 * Runs a command of dbt on the project, for the company and the rules in `paths`. The project is parsed
 * once: what dbt has parsed is used again while nothing of the project changes.
 */
export async function callDbt(call: DbtCall): Promise<ToolOutcome> {
    assertInstalled();
    const { warehouse, seeds, dbt } = call.paths;
    const target = join(dbt, 'target');
    const parsed = await findParsedProject({ warehouse, seeds });
    const outcome = await runTool({
        command: pythonCommand(),
        args: [
            ...[dbtWithParent, call.verb, '--project-dir', '.', '--profiles-dir', '.'],
            ...['--target-path', target, '--log-path', join(dbt, 'logs'), '--no-partial-parse'],
            ...['--vars', dbtVariables(call.company, call.asOf)],
            // Every statement of every node in the log takes a sixth of the time.
            ...['--log-level-file', 'info'],
            ...call.options,
        ],
        cwd: projectRoot,
        onLine: call.onLine,
        env: {
            JOINTLY_WAREHOUSE: warehouse,
            JOINTLY_SEED_PATH: relative(projectRoot, seeds).replaceAll('\\', '/'),
            JOINTLY_PARSED_PROJECT: parsed.isThere ? parsed.file : '',
            DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
            NO_COLOR: '1',
        },
    });
    if (!parsed.isThere) await keepParsedProject(parsed, join(target, 'partial_parse.msgpack'));
    return outcome;
}

function assertInstalled(): void {
    if (existsSync(dbtCommand())) return;
    throw new ConfigError({
        what: 'dbt is not installed in the project.',
        why: `there is no ${dbtCommand()}`,
        fix: 'npm run setup',
    });
}

function readResults(file: string): readonly NodeResult[] {
    if (!existsSync(file)) return [];
    return runResults.parse(JSON.parse(readFileSync(file, 'utf8'))).results;
}

function summarise(results: readonly NodeResult[]): DbtSummary {
    const kind = (result: NodeResult) => result.unique_id.split('.')[0];
    return {
        models: results.filter((one) => kind(one) === 'model').length,
        tests: results.filter((one) => kind(one) === 'test').length,
        warnings: results.filter((one) => one.status === 'warn').length,
    };
}

function failure(results: readonly NodeResult[], output: string, log: string): Error {
    if (/Could not set lock on file/.test(output)) {
        return new BusyError({
            what: 'Another program reads the warehouse, so the models could not be written.',
            fix: 'wait until it is finished (an export, status), then run again',
        });
    }
    const broken = results.filter((one) => failed.has(one.status));
    const machine = machineError([...broken.map(({ message }) => message), output].join('\n'));
    if (machine) return machine;
    const skipped = results.filter((one) => one.status === 'skipped').length;
    const lines = broken.slice(0, shownFailures).map(describeNode);
    if (broken.length > shownFailures) lines.push(`  and ${broken.length - shownFailures} more`);
    if (skipped > 0)
        lines.push(`  skipped because they depend on these: ${count(skipped, 'node')}`);
    return new TransformError({
        what:
            broken.length > 0
                ? `dbt: ${broken.length} of ${count(results.length, 'node')} failed.\n${lines.join('\n')}`
                : `dbt stopped before it ran anything.\n${tail(output)}`,
        fix: `correct the named model, rule or data; the whole log is in ${log}`,
    });
}

function describeNode(result: NodeResult): string {
    const [kind, , name] = result.unique_id.split('.');
    const rows = result.failures ? ` (${count(result.failures, 'row')})` : '';
    const message = (result.message ?? '')
        .split('\n')
        .map((line) => line.trimEnd())
        // Which macro called which helps nobody who writes a model.
        .filter((line) => line.trim() !== '' && !/^\s*> /.test(line))
        .slice(0, shownLines)
        .join('\n      ')
        .trim();
    return `  ${kind} ${name}${rows}: ${message}`;
}

function tail(output: string): string {
    const lines = output.split('\n').filter((line) => line.trim() !== '');
    return lines
        .slice(-15)
        .map((line) => `  ${line}`)
        .join('\n');
}
