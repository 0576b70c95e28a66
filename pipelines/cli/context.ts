import { resolve } from 'node:path';
import {
    type Config,
    type Environment,
    projectRoot,
    readConfig,
    readEnvironment,
    type StatePaths,
    statePaths,
} from '../config.ts';
import { count } from '../count.ts';
import { Reporter } from './reporter.ts';

export interface GlobalOptions {
    readonly config?: string;
    readonly warehouse?: string;
    readonly quiet?: boolean;
    readonly verbose?: boolean;
}

export interface Context {
    readonly environment: Environment;
    readonly reporter: Reporter;
    readonly config: Config;
    readonly paths: StatePaths;
}

const sampleConfig = resolve(projectRoot, 'pipelines/sample/sample.config.ts');
const sampleExports = resolve(projectRoot, '.jointly/sample-exports');

/** Environment and printer: what every verb needs. @throws ConfigError */
export function createReporter(options: GlobalOptions): Reporter {
    const verbosity = options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal';
    return new Reporter(verbosity, readEnvironment().isColorWanted);
}

/**
 * The company a verb is about: the one of `--config`, else the sample company.
 * @throws ConfigError
 */
export async function createContext(options: GlobalOptions): Promise<Context> {
    const config = await readConfig(options.config ?? sampleConfig);
    return {
        environment: readEnvironment(),
        reporter: createReporter(options),
        config,
        paths: statePaths(config.company.id, options.warehouse),
    };
}

/** Makes the sample company's exports where they are absent or stale; other companies have theirs. */
export async function provideExports(context: Context): Promise<void> {
    if (context.config.file !== sampleConfig) return;
    const { generateSampleCompany } = await import('../sample/generate.ts');
    const start = performance.now();
    const result = await context.reporter.whileRunning('sample', () =>
        generateSampleCompany({
            directory: sampleExports,
            factor: context.environment.sampleFactor,
        }),
    );
    if (result.isUnchanged) return;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    context.reporter.line(`sample   written  ${count(result.files.length, 'file')} in ${seconds}s`);
}
