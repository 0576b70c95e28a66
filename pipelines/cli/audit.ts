import type { Command } from 'commander';
import { folderDisk } from '../disk.ts';
import { ConfigError } from '../errors.ts';
import { readLedger } from '../finance/ledger.ts';
import { sampleLines } from '../finance/sample-lines.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { type TracedLine, traceLine } from '../run/trace-line.ts';
import { openWarehouseForReading } from '../warehouse/connection.ts';
import type { Context } from './context.ts';
import { describeTrace } from './describe-trace.ts';

interface AuditOptions {
    readonly n: string;
    readonly seed: string;
    readonly period?: string;
    readonly json?: true;
}

/** Adds `audit sample`. */
export function addAuditCommand(
    program: Command,
    run: (work: (context: Context) => Promise<string>) => Promise<void>,
): void {
    program
        .command('audit')
        .description('follow lines of signed pay down to the files they came from')
        .command('sample')
        .option('--n <count>', 'how many lines', '25')
        .requiredOption('--seed <words>', 'decides which: the same words, the same lines')
        .option('--period <month>', 'only lines of this month')
        .option('--json', 'as JSON, with all rows')
        .description('lines chosen by a seed, each with the rows and files it is counted from')
        .action((options: AuditOptions) => run((context) => describeSample(context, options)));
}

async function describeSample(
    { config, paths }: Context,
    { n, seed, period, json }: AuditOptions,
): Promise<string> {
    if (!/^[1-9]\d{0,4}$/.test(n)) {
        throw new ConfigError({
            what: '--n is no number of lines.',
            expected: 'a whole number from 1 to 99999',
            got: n,
            fix: 'npx jointly audit sample --n 25 --seed 2026-Q3',
        });
    }
    const ledger = readLedger(folderDisk(config.ledger));
    const sampled = sampleLines(ledger, Number(n), seed, period);
    if (sampled.length === 0) {
        throw new ConfigError({
            what: `No line of pay is signed${period ? ` for ${period}` : ''}.`,
            file: config.ledger,
            fix: 'npx jointly close shows which months are signed',
        });
    }
    const tables = await composeRules(config, paths.seeds);
    const warehouse = await openWarehouseForReading(paths.warehouse);
    const lines: TracedLine[] = [];
    try {
        for (const one of sampled) {
            lines.push(await traceLine(warehouse, config.company, tables, one));
        }
    } finally {
        await warehouse.close();
    }
    if (json) {
        const shown = { schema_version: 1, seed, head: ledger.head, lines };
        return `${JSON.stringify(shown, null, 2)}\n`;
    }
    const counts = Map.groupBy(lines, ({ result }) => result);
    const count = (result: TracedLine['result']) => counts.get(result)?.length ?? 0;
    return [
        ...lines.map((one) => describeTrace(one)),
        `${lines.length} lines: ${count('same')} add up, ${count('moved')} have moved since, ${count('not_traced')} not traced\n`,
    ].join('\n');
}
