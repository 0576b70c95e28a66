import { type Command, Option } from 'commander';
import { periodTypes, scopeTypes } from '../contracts/rules/targets.ts';
import { ConfigError } from '../errors.ts';
import type { ExportFormat } from '../export/export-format.ts';
import { exportKpis, exportMart, type KpiFilter } from '../export/export-mart.ts';
import { writeFileWhole, writeStream } from '../export/write-out.ts';
import { addWords } from '../run/words-of-marts.ts';
import { openWarehouseForReading, type Warehouse } from '../warehouse/connection.ts';
import { readStep } from '../warehouse/step-state.ts';
import { createContext, type GlobalOptions } from './context.ts';

export interface ExportOptions {
    readonly format: ExportFormat;
    readonly out?: string;
}

type Read = (warehouse: Warehouse) => Promise<AsyncIterable<string>>;
type Run = (options: ExportOptions, read: Read) => Promise<void>;

/** Adds `export kpis` and `export <mart>`. @returns the command `export` */
export function addExportCommands(program: Command, run: Run): Command {
    const command = program
        .command('export')
        .description(
            'write KPI values (kpis) or any mart (its name) to stdout or a file, or what ad platforms are told (conversions)',
        )
        .usage('kpis|conversions|<mart> [options]');
    withOutput(command.command('kpis'))
        .description('KPI values with target, attainment and status')
        .option('--select <kpis>', 'KPI names, with commas', (names) => names.split(','))
        .addOption(new Option('--scope <scope>', 'scope type').choices(scopeTypes))
        .addOption(new Option('--period <period>', 'period type').choices(periodTypes))
        .action((options: ExportOptions & KpiFilter) =>
            run(options, (warehouse) => exportKpis(warehouse, options, options.format)),
        );
    withOutput(
        command.command('mart', { isDefault: true, hidden: true }).argument('<mart>'),
    ).action((mart: string, options: ExportOptions) =>
        run(options, (warehouse) => exportMart(warehouse, mart, options.format)),
    );
    return command;
}

function withOutput(command: Command): Command {
    const format = new Option('--format <format>', 'json or csv').choices(['json', 'csv']);
    return command
        .addOption(format.default('json'))
        .option('--out <file>', 'file to write instead of stdout');
}

/** Marts of which some are new and some old would contradict each other. */
export async function assertFinished(warehouse: Warehouse): Promise<void> {
    if ((await readStep(warehouse, 'transform')) !== undefined) return;
    throw new ConfigError({
        what: 'There are no finished marts to export.',
        fix: 'npx jointly transform (with the same --config and --warehouse)',
    });
}

/** Streams what `read` gives from the warehouse of the config to stdout or `--out`. */
export async function exportTo(
    options: ExportOptions,
    globals: GlobalOptions,
    read: Read,
): Promise<void> {
    const { config, paths } = await createContext(globals);
    const warehouse = await openWarehouseForReading(paths.warehouse);
    try {
        await assertFinished(warehouse);
        await addWords(warehouse, config.company);
        const lines = await read(warehouse);
        if (options.out) await writeFileWhole(lines, options.out);
        else await writeStream(lines, process.stdout);
    } finally {
        await warehouse.close();
    }
}
