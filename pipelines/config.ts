import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { type ConfigInput, configSchema, type ParsedConfig } from './config-schema.ts';
import { ConfigError } from './errors.ts';
import { variableOf } from './sources/api/settings.ts';

export type { ConfigInput } from './config-schema.ts';

/** Root of this repository: dbt project, seeds and dashboards live here. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');

export interface Config extends Readonly<Omit<ParsedConfig, 'rules'>> {
    /** Absolute path of the config file, and the folder its paths are relative to. */
    readonly file: string;
    readonly directory: string;
    /** Absolute path of the rules folder, when there is one. */
    readonly rules?: string;
    /** Absolute path of the ledger, which begins with the first signature. */
    readonly ledger: string;
}

/** Types a config for the editor; returns it unchanged. */
export function defineConfig(config: ConfigInput): ConfigInput {
    return config;
}

/**
 * Reads and checks one config file (`.ts`, `.mts`, `.js`, `.mjs` or `.json`).
 * @throws ConfigError naming the path inside the config and what to write there.
 */
export async function readConfig(path: string): Promise<Config> {
    const file = resolve(path);
    if (!existsSync(file)) {
        throw new ConfigError({
            what: `There is no config file ${file}.`,
            fix: 'give its path with --config FILE, or write one with: npx jointly init',
        });
    }
    const written = await evaluate(file);
    const parsed = configSchema.safeParse(written);
    if (!parsed.success) throw configError(file, parsed.error, written);
    const directory = dirname(file);
    const { rules, ...rest } = parsed.data;
    if (rules !== undefined && !existsSync(resolve(directory, rules))) {
        throw new ConfigError({
            what: `rules: there is no folder ${resolve(directory, rules)}.`,
            file,
            fix: 'name a folder relative to the config file, or leave rules out',
        });
    }
    return deepFreeze({
        ...rest,
        file,
        directory,
        ledger: resolve(directory, rest.ledger),
        conversions: {
            ...rest.conversions,
            folder: resolve(directory, rest.conversions.folder),
        },
        ...(rules === undefined ? {} : { rules: resolve(directory, rules) }),
    });
}

export interface Environment {
    /** Size of the sample company; 1 is the size the screenshots show. */
    readonly sampleFactor: number;
    readonly isColorWanted: boolean;
}

/** The only place that reads environment variables. @throws ConfigError for a factor not above 0. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
    const written = variables.JOINTLY_SAMPLE_FACTOR ?? '1';
    const sampleFactor = Number(written);
    if (!(sampleFactor > 0)) {
        throw new ConfigError({
            what: `JOINTLY_SAMPLE_FACTOR is ${written}.`,
            fix: 'set it to a number above 0, for example 0.1 for a small sample',
        });
    }
    return Object.freeze({ sampleFactor, isColorWanted: !variables.NO_COLOR });
}

/**
 * A secret of a connection: the variable `HUBSPOT_TOKEN`, the file that `HUBSPOT_TOKEN_FILE` names, or
 * the same in `.env` beside the config.
 * @throws ConfigError naming the variable when it is not set
 */
export function readSecret(
    { directory }: Pick<Config, 'directory'>,
    connection: string,
    name: string,
    variables: NodeJS.ProcessEnv = process.env,
): string {
    const variable = variableOf(connection, name);
    const file = resolve(directory, '.env');
    const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
    const known = { ...written, ...variables };
    const mounted = known[`${variable}_FILE`];
    if (known[variable]) return known[variable];
    if (mounted && existsSync(resolve(directory, mounted))) {
        return readFileSync(resolve(directory, mounted), 'utf8').trim();
    }
    throw new ConfigError({
        what: mounted
            ? `Connection ${connection}: ${variable}_FILE names no file.`
            : `Connection ${connection}: ${variable} is not set.`,
        fix: `set ${variable} in the environment or in ${file}, or ${variable}_FILE to a mounted file`,
    });
}

export interface StatePaths {
    readonly directory: string;
    readonly warehouse: string;
    readonly seeds: string;
    readonly dbt: string;
    readonly site: string;
}

/** Where the state of one company lives; an explicit warehouse keeps its state beside it. */
export function statePaths(companyId: string, warehouse?: string): StatePaths {
    const directory =
        warehouse === undefined
            ? resolve(projectRoot, '.jointly', companyId)
            : `${resolve(warehouse).replace(/\.(duckdb|db)$/, '')}.state`;
    return Object.freeze({
        directory,
        warehouse:
            warehouse === undefined ? resolve(directory, 'warehouse.duckdb') : resolve(warehouse),
        seeds: resolve(directory, 'seeds'),
        dbt: resolve(directory, 'dbt'),
        site: resolve(directory, 'site'),
    });
}

async function evaluate(file: string): Promise<unknown> {
    try {
        if (extname(file) === '.json') return JSON.parse(readFileSync(file, 'utf8'));
        resolveOwnName();
        const module: { default?: unknown } = await import(pathToFileURL(file).href);
        return module.default;
    } catch (cause) {
        throw new ConfigError({
            what: `The config ${file} cannot be read.`,
            why: cause instanceof Error ? cause.message : String(cause),
            fix: 'it must be a module with `export default defineConfig({ ... })`, or JSON',
            cause,
        });
    }
}

let isOwnNameResolved = false;

/** A config may live in any folder, so its `import ... from 'jointly'` is answered here. */
function resolveOwnName(): void {
    if (isOwnNameResolved) return;
    isOwnNameResolved = true;
    registerHooks({
        resolve: (specifier, context, next) =>
            specifier === 'jointly'
                ? { url: import.meta.url, shortCircuit: true }
                : next(specifier, context),
    });
}

function configError(file: string, error: z.ZodError, written: unknown): ConfigError {
    const lines = error.issues.map(
        (issue) => `${placeOf(issue.path, written) || 'the config'}: ${issue.message}`,
    );
    return new ConfigError({
        what: lines.join('\n'),
        file,
        fix: 'change the named setting; npx jointly init writes an example with every setting',
        cause: error,
    });
}

/** An input is known by its name: `input google_ads, columns.spend_date`. */
function placeOf(path: readonly PropertyKey[], written: unknown): string {
    const [first, index, ...rest] = path;
    const kind = { inputs: 'input', connections: 'connection' }[String(first)];
    if (kind === undefined || typeof index !== 'number') return dotted(path);
    const lists = written as Record<string, readonly { name?: unknown }[]> | undefined;
    const name = lists?.[String(first)]?.[index]?.name;
    if (typeof name !== 'string' || name === '') return dotted(path);
    return [`${kind} ${name}`, dotted(rest)].filter(Boolean).join(', ');
}

function dotted(path: readonly PropertyKey[]): string {
    return path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '');
}

function deepFreeze<Value>(value: Value): Value {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}
