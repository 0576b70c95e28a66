import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { count } from '../count.ts';
import { folderDisk } from '../disk.ts';
import {
    type ExportedConversions,
    exportConversions,
} from '../export/conversions/export-conversions.ts';
import type { LeftOut } from '../export/conversions/plan-conversions.ts';
import { type PlatformName, platforms } from '../export/conversions/registry.ts';
import { withStateLock } from '../run/lock.ts';
import { keepStatePrivate } from '../run/private-state.ts';
import { openWarehouseForReading } from '../warehouse/connection.ts';
import type { Context } from './context.ts';
import { assertFinished } from './export.ts';

interface ConversionOptions {
    readonly for: PlatformName;
    readonly dryRun?: boolean;
    readonly yes?: boolean;
}

const shownDifferences = 5;
const waitSeconds = 10;

/** Adds `export conversions`. @param run prints what the work says */
export function addConversionsCommand(
    exportCommand: Command,
    run: (work: (context: Context) => Promise<string>) => void,
): void {
    exportCommand
        .command('conversions')
        .description(
            'files that tell an ad platform which of its clicks became signed and paid deals',
        )
        .addOption(
            new Option('--for <platform>', 'ad platform')
                .choices(Object.keys(platforms))
                .makeOptionMandatory(),
        )
        .option('--dry-run', 'say what would be exported, and write nothing')
        .option('--yes', 'retract conversions, however many they are')
        .action((options: ConversionOptions) =>
            run((context) => writeConversions(context, options)),
        );
}

/** @returns what to print */
async function writeConversions(
    { config, paths }: Context,
    { for: name, dryRun = false, yes = false }: ConversionOptions,
): Promise<string> {
    const { folder } = config.conversions;
    keepStatePrivate(paths);
    // Two exports at once would tell the same twice.
    const done = await withStateLock(paths, waitSeconds, async () => {
        const warehouse = await openWarehouseForReading(paths.warehouse);
        try {
            await assertFinished(warehouse);
            return await exportConversions(warehouse, folderDisk(folder), {
                platform: name,
                settings: config.conversions[name],
                now: Date.now(),
                isDryRun: dryRun,
                isConfirmed: yes,
                maximumLossShare: config.max_loss_share,
            });
        } finally {
            await warehouse.close();
        }
    });
    return `${describe(done, name, folder, dryRun).join('\n')}\n`;
}

const reasons: readonly (readonly [LeftOut, string])[] = [
    ['no_click', 'without a click on an ad of it'],
    ['odd_click', 'with a click id that is none'],
    ['too_old', 'too old for it'],
    ['nothing_left', 'worth nothing, or paid back'],
    ['not_settled', 'not paid in full yet: what it is told it does not correct'],
    ['no_amount', 'without an amount'],
    ['no_exchange_rate', 'without an exchange rate'],
];

function describe(
    done: ExportedConversions,
    name: PlatformName,
    folder: string,
    isDryRun: boolean,
): readonly string[] {
    const { title, upload } = platforms[name];
    const { lines, leftOut, uncorrected, previous } = done;
    const of = (action: string) => lines.filter((line) => line.action === action);
    const since = previous ? ` since export ${previous.export} of ${previous.at.slice(0, 10)}` : '';
    const parts = [
        count(of('conversion').length, 'conversion'),
        `${of('restatement').length} restated`,
        `${of('retraction').length} retracted`,
    ];
    const left = reasons
        .filter(([reason]) => leftOut.has(reason))
        .map(([reason, words]) => `${leftOut.get(reason)} ${words}`);
    return [
        lines.length === 0
            ? `${title}: nothing new${since}`
            : `${title}: ${parts.join(', ')}${since}`,
        ...(left.length > 0 ? [`  left out: ${left.join('; ')}`] : []),
        ...(uncorrected.length > 0
            ? [
                  `  changed, and cannot be corrected there: ${uncorrected.length}`,
                  ...uncorrected
                      .slice(0, shownDifferences)
                      .map(
                          ({ told, value }) =>
                              `    ${told.orderId}: told ${told.value}, now ${value ?? 'unknown'} ${told.currency}`,
                      ),
                  ...(uncorrected.length > shownDifferences ? ['    ...'] : []),
              ]
            : []),
        ...done.files.map((file) => `  ${join(folder, file)}`),
        ...(done.files.length > 0 ? [`  next: ${upload}`] : []),
        ...(isDryRun && lines.length > 0 ? ['  nothing was written: --dry-run'] : []),
    ];
}
