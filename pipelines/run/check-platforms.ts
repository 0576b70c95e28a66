import { rawTable } from '../contracts/ddl.ts';
import { adSpend } from '../contracts/streams/ad-spend.ts';
import { ContractError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { filled, type RuleTables, tableOf } from '../rules/rule-table.ts';
import type { Warehouse } from '../warehouse/connection.ts';

interface UnknownPlatform {
    readonly platform: string;
    readonly row_count: string;
    readonly amounts: string;
}

/**
 * Checks that every ad platform with cost belongs to a channel: cost of no channel would make every
 * channel look cheaper than it is.
 * @throws ContractError for the first platform without one, with its rows and money
 */
export async function checkPlatforms(warehouse: Warehouse, tables: RuleTables): Promise<void> {
    const table = tableOf(tables, 'reference/platform_channels');
    const known = table.rows.map((row) => filled(row, 'platform').trim());
    const [unknown] = await warehouse.query<UnknownPlatform>(spendOutside(known));
    if (unknown === undefined) return;
    const { platform, row_count: rows, amounts } = unknown;
    const guess = nearest(platform, known);
    throw new ContractError({
        what: `The ad cost of platform ${platform} belongs to no channel: ${rows} rows, ${amounts}.`,
        file: table.file,
        column: 'platform',
        expected: `a row for every platform that ad_spend names`,
        got: `none for '${platform}'`,
        fix:
            `add the line ${platform},CHANNEL (${channelsOf(tables)}) to reference/platform_channels.csv ` +
            'in the rules folder of your config, a copy of the file above' +
            (guess ? `; if ${guess} is meant, correct the platform of the input` : ''),
    });
}

/** Platforms are compared as models/staging/files/stg_files__ad_spend.sql reads them. */
function spendOutside(known: readonly string[]): string {
    const names = known.map((name) => `'${name.replaceAll("'", "''")}'`).join(', ');
    return `
        select platform, sum(row_count)::varchar as row_count,
            string_agg(amount || ' ' || currency_code, ' and ' order by currency_code) as amounts
        from (
            select lower(trim(platform)) as platform, upper(trim(currency_code)) as currency_code,
                count(*) as row_count, sum(spend_amount)::decimal(38, 2)::varchar as amount
            from ${rawTable(adSpend)}
            group by all
        )
        where platform not in (${names || "''"})
        group by platform
        order by platform
        limit 1`;
}

function channelsOf(tables: RuleTables): string {
    const channels = tableOf(tables, 'reference/channels').rows;
    const paid = channels.filter((row) => row.cells.is_paid === 'true');
    return paid.map((row) => filled(row, 'channel_id')).join(', ');
}
