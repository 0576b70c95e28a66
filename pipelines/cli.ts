import { Command, CommanderError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { ConnectOptions } from './cli/connect.ts';
import { type Context, createContext, createReporter, type GlobalOptions } from './cli/context.ts';
import { outliveReaders } from './cli/pipes.ts';
import type { SimulateOptions } from './cli/simulate.ts';
import type * as Steps from './cli/steps.ts';
import type { StepOptions, StepResult } from './cli/steps.ts';
import { exitCodeOf, InterruptedError } from './errors.ts';
import { machineError } from './machine-error.ts';
import type { FetchRatesOptions } from './run/fetch-rates.ts';
import { keepStatePrivate } from './run/private-state.ts';
import { interruptTools } from './run/tool.ts';

const examples = `Examples:
  npx jointly start                                   the sample company, served on this machine
  npx jointly run --config my-company.config.ts       load, transform and publish your exports
  npx jointly export kpis --scope department --format csv --out kpis.csv
`;

interface WaitOptions {
    readonly wait: number;
}

type Verb = (steps: typeof Steps, context: Context, options: StepOptions) => Promise<StepResult>;

/** Pages are served, and all that was to be done before is done. */
let isServing = false;

// Each verb imports what it works with when it is asked for: a start of all of it takes a second.
const program = new Command('jointly')
    .description(
        'One set of numbers for marketing and sales, from ad cost to collected cash to pay.',
    )
    .addHelpText('beforeAll', `${examples}\n`)
    .option('--config <file>', 'config of your company (default: the sample company)')
    .option('--warehouse <file>', 'DuckDB file; its state is kept beside it')
    .option('--quiet', 'print nothing but errors and the last line')
    .option('--verbose', 'print the output of dbt and of the page build too')
    .showHelpAfterError('(npx jointly --help shows what there is)')
    .exitOverride();

const list = (value: string) => value.split(',').map((one) => one.trim());
const seconds = new Option('--wait <seconds>', 'how long to wait for another run')
    .default(10)
    .argParser(Number);

stepCommand(
    'load',
    'read the exports and ask the connected systems for what is new',
    (steps, ...rest) => steps.loadStep(...rest),
    'streams, with commas',
)
    .addOption(confirmation())
    .addOption(dryRun())
    .option('--replay', 'of connections, load what has landed before without asking again');
stepCommand(
    'backfill',
    'ask the connected systems for days of the past, once more or for the first time',
    (steps, ...rest) => steps.backfillStep(...rest),
    'streams, with commas',
)
    .requiredOption('--from <day>', 'first day')
    .option('--to <day>', 'last day (default: yesterday)')
    .addOption(confirmation())
    .addOption(dryRun());
stepCommand(
    'transform',
    'check the rules, build and test the models',
    (steps, ...rest) => steps.transformStep(...rest),
    'dbt selection, with commas',
).option(
    '--as-of <instant>',
    'build them from what was known then, in a warehouse of their own: 2026-03-31, 2026-03-31T18:00Z',
);
stepCommand('publish', 'build the pages from the marts', (steps, ...rest) =>
    steps.publishStep(...rest),
);
stepCommand('run', 'load, transform and publish', runAndSayNext)
    .option('--keep-going', 'transform and publish what is loaded although a stream failed')
    .addOption(confirmation());

program
    .command('serve')
    .description('serve the pages; people sign in once there are users')
    .option('--port <number>', 'first port to try', Number, 3000)
    .action((options: { port: number }) => finish(() => serve(options.port)));

program
    .command('start')
    .description('run everything, then serve the pages')
    .option('--port <number>', 'first port to try', Number, 3000)
    .addOption(seconds)
    .action((options: { port: number } & WaitOptions) =>
        finish(async () => {
            await runVerb((steps, ...rest) => steps.runSteps(...rest), options);
            await serve(options.port);
        }),
    );

program
    .command('status')
    .description('what is loaded: streams, rows, rejects, latest event')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) =>
        finish(async () => {
            const { describeStatus } = await import('./cli/status.ts');
            const context = await createContext(globals());
            process.stdout.write(await describeStatus(context, options.json ?? false));
        }),
    );

program
    .command('init')
    .argument('[folder]', 'folder to write to', '.')
    .description('write a commented config and folders for your own exports and rules')
    .option('--from <downloads>', 'folder of downloads to look into: writes how each is read')
    .action((folder: string, { from }: { from?: string }) =>
        finish(async () => {
            const { assertNew, writeStarter } = await import('./cli/init.ts');
            const reporter = createReporter(globals());
            assertNew(folder);
            const found = from === undefined ? undefined : await foundIn(from, folder);
            for (const line of found?.report ?? []) reporter.line(line);
            for (const line of writeStarter(folder, found?.inputs)) reporter.line(line);
        }),
    );

program
    .command('doctor')
    .description('check the installation, the config and the files it names')
    .action(() =>
        finish(async () => {
            const { runDoctor } = await import('./cli/doctor.ts');
            await runDoctor(globals(), (text) => process.stdout.write(`${text}\n`));
        }),
    );

const sources = program.command('sources').description('what is connected, and whether it answers');

sources
    .command('list')
    .description('inputs, connections, and the systems that can be connected')
    .action(() =>
        finish(async () => {
            const { listSources } = await import('./cli/connections.ts');
            const { config } = await createContext(globals());
            process.stdout.write(listSources(config));
        }),
    );

sources
    .command('test')
    .argument('[names...]', 'connections; all of them when left out')
    .description('ask each connection for something small')
    .action((names: string[]) =>
        finish(async () => {
            const { testSources } = await import('./cli/connections.ts');
            const context = await createContext(globals());
            keepStatePrivate(context.paths);
            await testSources(context, names, (text) => process.stdout.write(`${text}\n`));
        }),
    );

program
    .command('connect')
    .argument('<system>', 'the system, as npx jointly sources list names it')
    .description('connect a system: says what it needs, tries it, writes the config and .env')
    .option('--name <name>', 'of the connection (default: that of the system)')
    .option('--since <day>', 'first day to load')
    .option('--set <setting=value>', 'a setting; may be given several times', collect, [])
    .option('--untested', 'write it although the system cannot be reached from here')
    .option('--redirect <address>', 'where the system sends the browser, as the app names it')
    .option('--paste', 'the browser is on another machine: paste the address it ends on')
    .action((system: string, options: ConnectOptions) =>
        finish(async () => {
            const { askOnTerminal } = await import('./cli/ask-person.ts');
            const { connectSystem } = await import('./cli/connect.ts');
            const context = await createContext(globals());
            keepStatePrivate(context.paths);
            const ask = askOnTerminal();
            try {
                const say = (text: string) => context.reporter.line(text);
                const done = await connectSystem(context, system, options, { say, ask });
                for (const line of done) context.reporter.line(line);
            } finally {
                ask?.close();
            }
        }),
    );

program
    .command('rates')
    .description('fill the exchange rates of the company with those of a central bank')
    .requiredOption('--bank <name>', 'ecb, nbp, bnm, cbr or bnr')
    .requiredOption('--currencies <codes>', 'which, with commas: USD,GBP', list)
    .requiredOption('--from <day>', 'first day')
    .option('--to <day>', 'last day (default: yesterday)')
    .option('--next-day', 'a rate holds from the day after the one the bank names')
    .action(
        ({ nextDay, ...options }: Omit<FetchRatesOptions, 'isNextDay'> & { nextDay?: boolean }) =>
            finish(async () => {
                const { fetchRates } = await import('./run/fetch-rates.ts');
                const context = await createContext(globals());
                const done = await fetchRates(context.config, { ...options, isNextDay: nextDay });
                for (const line of done) context.reporter.line(line);
            }),
    );

program
    .command('simulate')
    .description('what everybody would have earned under other rules; nothing is written')
    .requiredOption('--plan <folder>', 'rule files that take the place of those of the company')
    .requiredOption('--period <months>', '2026-03, or 2025-07..2026-06')
    .option('--json', 'as JSON')
    .addOption(seconds)
    .action((options: SimulateOptions) =>
        printed(async (context) => {
            const { describeSimulation } = await import('./cli/simulate.ts');
            return describeSimulation(context, options);
        }),
    );

const [verb] = program.parseOptions(process.argv.slice(2)).operands;
if (!program.commands.some((command) => command.name() === verb)) await addGroups();
// Not before: looking for the verb would print it.
program.version(manifest.version, '--version', 'print the version');

/** Groups of commands say themselves what they do, so help and a misspelt verb need them, too. */
async function addGroups(): Promise<void> {
    const { addExportCommands, exportTo } = await import('./cli/export.ts');
    const { addConversionsCommand } = await import('./cli/conversions.ts');
    const { addCloseCommands } = await import('./cli/close.ts');
    const { addAuditCommand } = await import('./cli/audit.ts');
    const { addExplainCommand } = await import('./cli/explain.ts');
    const { addUsersCommands } = await import('./cli/users.ts');
    const exports = addExportCommands(program, (options, read) =>
        finish(() => exportTo(options, globals(), read)),
    );
    addConversionsCommand(exports, printed);
    addCloseCommands(program, printed);
    addExplainCommand(program, printed);
    addAuditCommand(program, printed);
    addUsersCommands(program, printed);
}

async function serve(port: number): Promise<void> {
    const { serveUntilStopped } = await import('./cli/serve.ts');
    await serveUntilStopped(await createContext(globals()), port);
    isServing = true;
}

async function foundIn(downloads: string, folder: string) {
    const { inputsFrom } = await import('./cli/init-from.ts');
    return inputsFrom(downloads, folder);
}

function printed(work: (context: Context) => Promise<string>) {
    return finish(async () => {
        process.stdout.write(await work(await createContext(globals())));
    });
}

async function runAndSayNext(steps: typeof Steps, context: Context, options: StepOptions) {
    const result = await steps.runSteps(context, options);
    const { config } = globals();
    // Who runs it every day knows where the pages are.
    if (!result.failure && result.tally.models > 0) {
        const of = config === undefined ? '' : ` --config ${config}`;
        context.reporter.line(`next: npx jointly serve${of}`);
    }
    return result;
}

function confirmation(): Option {
    return new Option('--yes', 'take rows that a later file lacks for gone, however many they are');
}

function dryRun(): Option {
    return new Option('--dry-run', 'say what would be read and asked for, and load nothing');
}

function stepCommand(name: string, description: string, verb: Verb, selection?: string): Command {
    const command = program
        .command(name)
        .description(description)
        .option('--full-refresh', 'do it even when nothing has changed')
        .addOption(seconds)
        .action((options: StepOptions & WaitOptions) => finish(() => runVerb(verb, options)));
    if (selection) command.option('--select <names>', selection, list);
    return command;
}

async function runVerb(verb: Verb, options: StepOptions & WaitOptions): Promise<void> {
    const steps = await import('./cli/steps.ts');
    const { withLock } = await import('./run/lock.ts');
    const { removeKilledPublish } = await import('./run/killed-publish.ts');
    const context = await createContext(globals());
    keepStatePrivate(context.paths);
    await withLock(context.paths, options.wait, async () => {
        removeKilledPublish(context.paths);
        const { tally, failure } = await verb(steps, context, options);
        context.reporter.done(tally);
        if (failure) process.exitCode = exitCodeOf(failure);
    });
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
    return [...earlier, value];
}

function globals(): GlobalOptions {
    return program.opts<GlobalOptions>();
}

async function finish(work: () => Promise<void>): Promise<void> {
    try {
        await work();
    } catch (thrown) {
        const error = machineError(thrown) ?? thrown;
        // Said already, when the signal came.
        if (!(error instanceof InterruptedError)) createReporter(globals()).error(error);
        process.exitCode = exitCodeOf(error);
    }
}

outliveReaders();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Not once: without a listener of ours, those of the libraries end the process on the spot.
    process.on(signal, () => {
        const interrupted = new InterruptedError(signal);
        // Of a server nothing is left to do.
        process.stderr.write(isServing ? 'Stopped.\n' : `${interrupted.message}\n`);
        // dbt and the page build are waited for: a run that is over must not go on writing.
        if (!interruptTools(interrupted)) process.exit(interrupted.exitCode);
    });
}

try {
    await program.parseAsync();
} catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed help or what is wrong with the command line already.
    process.exitCode = error.exitCode === 0 || error.code === 'commander.help' ? 0 : 2;
}
