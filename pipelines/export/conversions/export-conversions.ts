import type { Disk } from '../../disk.ts';
import { ConfigError, ContractError } from '../../errors.ts';
import type { Warehouse } from '../../warehouse/connection.ts';
import { appendExport, type Journal, readJournal, toldTo } from './journal.ts';
import { type ConversionPlan, planConversions } from './plan-conversions.ts';
import { readDeals } from './read-deals.ts';
import { type PlatformName, platforms } from './registry.ts';

/** What the config says of a platform. */
export interface PlatformSettings {
    readonly closed?: string | undefined;
    readonly collected?: string | undefined;
    readonly hashed_email: boolean;
}

export interface ExportConversionsOptions {
    readonly platform: PlatformName;
    /** Undefined where the config does not name the platform. */
    readonly settings: PlatformSettings | undefined;
    /** Milliseconds since 1970. */
    readonly now: number;
    /** Nothing is written. */
    readonly isDryRun: boolean;
    /** Whether many retractions at once are right. */
    readonly isConfirmed: boolean;
    /** Share of what a platform counts that may be retracted at once without a word. */
    readonly maximumLossShare: number;
}

export interface ExportedConversions extends ConversionPlan {
    /** Names of the files to upload; none where there is nothing to tell, or nothing was written. */
    readonly files: readonly string[];
    /** The export before this one. */
    readonly previous: Journal['exports'][number] | undefined;
}

/**
 * Writes what a platform has to be told since the last export, and remembers it.
 * @throws ConfigError where the platform is not set up, ContractError for a journal that was changed or
 * a warehouse that no longer knows what was told
 */
export async function exportConversions(
    warehouse: Warehouse,
    disk: Disk,
    options: ExportConversionsOptions,
): Promise<ExportedConversions> {
    const platform = platforms[options.platform];
    const { settings } = options;
    if (settings === undefined) throw notSetUp(options.platform);
    const journal = readJournal(disk);
    const deals = await readDeals(warehouse, platform, settings.hashed_email);
    const { closed, collected } = settings;
    const plan = planConversions(deals, toldTo(journal, platform.name), {
        platform,
        names: { ...(closed ? { closed } : {}), ...(collected ? { collected } : {}) },
        now: options.now,
    });
    const previous = journal.exports.findLast((one) => one.platform === platform.name);
    assertFew(plan, deals.length === 0, options);
    if (plan.lines.length === 0 || options.isDryRun) return { ...plan, files: [], previous };
    const at = new Date(options.now).toISOString();
    const files = appendExport(disk, journal, {
        platform: platform.name,
        at,
        told: plan.lines,
        files: platform.files(plan.lines, at),
    });
    return { ...plan, files, previous };
}

/** A platform does not take back a retraction, so a warehouse of something else must not cause any. */
function assertFew(
    { lines, countedBefore }: ConversionPlan,
    isEmpty: boolean,
    options: ExportConversionsOptions,
): void {
    const gone = lines.filter(({ action }) => action === 'retraction').length;
    if (options.isConfirmed || options.isDryRun || gone === 0) return;
    if (!isEmpty && gone <= Math.max(1, countedBefore * options.maximumLossShare)) return;
    throw new ContractError({
        what: `${gone} of ${countedBefore} conversions that ${platforms[options.platform].title} was told of would be retracted.`,
        why: 'their deals are no longer won, were paid back, or are not in this warehouse; a retraction cannot be taken back',
        fix: 'if that is right, confirm it once with --yes; --dry-run shows what would be exported',
    });
}

function notSetUp(platform: PlatformName): ConfigError {
    return new ConfigError({
        what: `conversions.${platform} is not in the config, so nothing is exported for it.`,
        fix: `name the conversions as ${platforms[platform].title} knows them: conversions: { ${platform}: { closed: '...', collected: '...' } }`,
    });
}
