import type { Command } from 'commander';
import { ConfigError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { type TracedLine, traceLine } from '../run/trace-line.ts';
import { openWarehouseForReading } from '../warehouse/connection.ts';
import type { Context } from './context.ts';
import { describeTrace } from './describe-trace.ts';
import { readStatementLines } from './statement-lines.ts';

interface ExplainOptions {
    readonly line?: string;
    readonly json?: true;
}

/** Adds `explain`. */
export function addExplainCommand(
    program: Command,
    run: (work: (context: Context) => Promise<string>) => Promise<void>,
): void {
    program
        .command('explain')
        .argument('<payee>', 'id of the payee')
        .argument('<month>', 'month of the statement, such as 2026-09')
        .option('--line <number>', 'only this line of the statement')
        .option('--json', 'as JSON, with all rows')
        .description(
            'lines of a statement down to deal, lead, first touch, ad cost and file, signed or not',
        )
        .action((payee: string, month: string, options: ExplainOptions) =>
            run((context) => describeStatement(context, payee, month, options)),
        );
}

async function describeStatement(
    context: Context,
    payee: string,
    month: string,
    { line: number, json }: ExplainOptions,
): Promise<string> {
    const { config, paths } = context;
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
        throw new ConfigError({
            what: `${month} is no month.`,
            expected: 'a month such as 2026-09',
            got: month,
            fix: 'npx jointly explain PAYEE 2026-09',
        });
    }
    const { lines: all, signature, leftOut } = await readStatementLines(context, month, true);
    const own = all.filter(({ payee_id: id }) => id === payee);
    const unknown = leftOut.find((one) => one.payee_id === payee);
    if (unknown) {
        throw new ConfigError({
            what: `The statement of ${payee} for ${month} has no amount yet: ${unknown.reason}`,
            fix: `npx jointly close ${month} shows what is missing`,
        });
    }
    if (own.length === 0)
        throw noStatement(payee, month, [...new Set(all.map((one) => one.payee_id))]);
    const wanted = own.filter((one) =>
        number === undefined ? one.line_type !== 'total' : String(one.line_number) === number,
    );
    if (wanted.length === 0) {
        throw new ConfigError({
            what: `The statement of ${payee} for ${month} has no line ${number}.`,
            expected: `a line from 1 to ${Math.max(...own.map((one) => one.line_number))}`,
            got: number ?? '',
            fix: `npx jointly explain ${payee} ${month} shows all of them`,
        });
    }
    const tables = await composeRules(config, paths.seeds);
    const warehouse = await openWarehouseForReading(paths.warehouse);
    const traced: TracedLine[] = [];
    try {
        for (const line of wanted) {
            traced.push(
                await traceLine(warehouse, config.company, tables, { period: month, line }),
            );
        }
    } finally {
        await warehouse.close();
    }
    if (json) {
        const shown = { schema_version: 1, payee, period: month, lines: traced };
        return `${JSON.stringify({ ...shown, entry: signature?.hash ?? null }, null, 2)}\n`;
    }
    const payable = own
        .filter(({ line_type: type }) => type === 'total')
        .map(({ amount, currency_code: currency }) => `${amount} ${currency}`);
    const state = signature
        ? `signed by ${signature.by} on ${signature.at.slice(0, 10)}`
        : 'not signed: it may change';
    return [
        `${own[0]?.payee_name ?? payee}, ${month}: ${payable.join(' and ')} payable; ${state}\n`,
        ...traced.map((one) => describeTrace(one, 'explanation')),
    ].join('\n');
}

function noStatement(payee: string, month: string, known: readonly string[]): ConfigError {
    const guess = nearest(payee, known);
    return new ConfigError({
        what: `${payee} has no statement for ${month}.`,
        expected: known.length > 0 ? `one of ${known.toSorted().join(', ')}` : 'a month with pay',
        got: payee,
        fix: guess ? `did you mean ${guess}?` : 'npx jointly close shows the months',
    });
}
