import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { type Config, projectRoot } from '../config.ts';
import { count } from '../count.ts';
import { ConfigError, JointlyError } from '../errors.ts';
import { machineError } from '../machine-error.ts';
import { missingTargets } from '../rules/missing-targets.ts';
import { checkRules } from '../run/check-rules.ts';
import { dbtCommand, pythonCommand } from '../run/dbt.ts';
import { withStateLock } from '../run/lock.ts';
import { keepStatePrivate } from '../run/private-state.ts';
import { systemOf } from '../sources/registry.ts';
import { openScratchWarehouse, openWarehouseForReading } from '../warehouse/connection.ts';
import { openPeekWarehouse } from '../warehouse/peek.ts';
import { checkConnection } from './connections.ts';
import { type Context, createContext, type GlobalOptions, provideExports } from './context.ts';
import { lookIntoInput } from './look-into-input.ts';
import { lookIntoTables } from './look-into-tables.ts';

const minimumFreeBytes = 2 * 1024 ** 3;
/** For another run to finish. */
const waitSeconds = 10;

type Check = readonly [name: string, check: () => Promise<string>];

/**
 * Checks everything a run needs and prints one line per check, at the end again those that failed.
 * @throws ConfigError when a check fails, BusyError while another run is working
 */
export async function runDoctor(
    options: GlobalOptions,
    print: (text: string) => void,
): Promise<void> {
    const context = await createContext(options);
    keepStatePrivate(context.paths);
    // The rules are composed where a run reads them.
    await withStateLock(context.paths, waitSeconds, () => runChecks(context, print));
}

async function runChecks(context: Context, print: (text: string) => void): Promise<void> {
    const { config, paths } = context;
    await provideExports(context);
    const peeks = await openPeekWarehouse();
    const installed = askInstalled();
    // It is met where a check awaits it.
    installed.catch(() => {});
    const checks: Check[] = [
        ['node', async () => process.version],
        ['dbt', () => dbtVersion(installed)],
        ['duckdb', () => engineVersions(installed)],
        ['config', async () => config.file],
        ['rules', async () => checkRuleFiles(config, paths.seeds)],
        ['disk', async () => freeDisk(paths.directory)],
        ['warehouse', () => checkWarehouse(paths.warehouse)],
        ...config.inputs.map(
            (input): Check => [`input ${input.name}`, () => lookIntoInput(peeks, config, input)],
        ),
        ...config.connections.map(
            (connection): Check => [
                `connection ${connection.name}`,
                async () => {
                    const known = checkConnection(config, connection);
                    // Columns that people have named are tried, as those of files are.
                    if (systemOf(connection.system).streamsOf === undefined) return known;
                    return lookIntoTables(peeks, context, connection);
                },
            ],
        ),
    ];
    const failures: string[] = [];
    for (const [name, check] of checks) {
        try {
            print(`ok      ${name}: ${await check()}`);
        } catch (error) {
            const reason = machineError(error) ?? error;
            if (!(reason instanceof JointlyError)) throw error;
            const line = `failed  ${name}: ${reason.message}`;
            failures.push(line);
            print(line);
        }
    }
    await peeks.close();
    if (failures.length > 0) {
        // Among hundreds of inputs the one that failed has left the screen.
        print(['', ...failures].join('\n'));
        throw new ConfigError({
            what: `${failures.length} of ${count(checks.length, 'check')} failed.`,
            fix: 'follow the fix lines above, then run npx jointly doctor again',
        });
    }
}

async function dbtVersion(installed: Installed): Promise<string> {
    assertThere(dbtCommand());
    return (await installed)[0];
}

/** Both engines must write the same file format: other versions cannot open each other's files. */
async function engineVersions(installed: Installed): Promise<string> {
    const scratch = await openScratchWarehouse();
    const [own] = await scratch.query<{ version: string }>('select version() as version');
    await scratch.close();
    const [, other] = await installed;
    const ours = own?.version.replace(/^v/, '') ?? '';
    if (ours === other) return ours;
    throw new ConfigError({
        what: `DuckDB is ${ours} here and ${other} in the Python environment.`,
        fix: 'npm run setup',
    });
}

/** Versions of dbt and of DuckDB in the Python environment. */
type Installed = Promise<readonly [dbt: string, duckdb: string]>;

/** As the environment says it: dbt takes seconds to say its version, and to import it is work, too. */
async function askInstalled(): Installed {
    const names = ['dbt-core', 'duckdb'].map((name) => `version('${name}')`).join(', ');
    const script = `from importlib.metadata import version; print(${names})`;
    const output = await ask(pythonCommand(), ['-c', script]);
    const [, dbt, duckdb] = /^(\d+\.\d+\.\S+) (\d+\.\d+\.\S+)$/.exec(output.trim()) ?? [];
    if (dbt !== undefined && duckdb !== undefined) return [dbt, duckdb];
    throw new ConfigError({
        what: 'The Python environment does not say its versions of dbt and DuckDB.',
        why: output,
        fix: 'npm run setup',
    });
}

function assertThere(command: string): void {
    if (existsSync(command)) return;
    throw new ConfigError({ what: `There is no ${command}.`, fix: 'npm run setup' });
}

async function ask(command: string, args: readonly string[]): Promise<string> {
    assertThere(command);
    const { all } = await execa(command, args, { all: true, reject: false, cwd: projectRoot });
    return String(all);
}

async function checkRuleFiles(config: Config, directory: string): Promise<string> {
    const tables = await checkRules(config, directory);
    const hints = missingTargets(tables).map((hint) => `        ${hint}`);
    return [config.rules ?? 'defaults only', ...hints].join('\n');
}

async function checkWarehouse(file: string): Promise<string> {
    if (!existsSync(file)) return 'none yet, the first load writes it';
    const warehouse = await openWarehouseForReading(file);
    await warehouse.close();
    return file;
}

function freeDisk(directory: string): string {
    let folder = directory;
    while (!existsSync(folder)) folder = dirname(folder);
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const text = `${(free / 1024 ** 3).toFixed(1)} GB free in ${folder}`;
    if (free >= minimumFreeBytes) return text;
    throw new ConfigError({ what: text, fix: 'free at least 2 GB' });
}
