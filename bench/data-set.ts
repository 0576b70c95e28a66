import { createHash } from 'node:crypto';
import {
    appendFileSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    renameSync,
    writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export type FileFormat = 'csv' | 'ndjson' | 'parquet';

/** Everything a bench run writes; git-ignored. */
export const dataDirectory = resolve(import.meta.dirname, 'data');

const copyOptions = {
    csv: 'header',
    ndjson: 'format json',
    parquet: 'format parquet',
} satisfies Record<FileFormat, string>;

const campaignsOf = (rows: number) => Math.ceil(rows / 12 / 1000);

/**
 * A file of ad spend with the ten columns of the stream: three platforms of four accounts each,
 * a row per campaign and day over a thousand days. The same size always gives the same rows.
 * @param brokenEvery a row in so many has an amount that is no number; 0 for none
 * @returns its path; a file that is there is taken as it is
 */
export async function adSpendFile(
    rows: number,
    format: FileFormat,
    brokenEvery = 0,
): Promise<string> {
    const select = brokenEvery === 0 ? adSpendSql(rows) : withBroken(rows, brokenEvery);
    return written(`ad-spend-${rows}`, select, format);
}

async function written(name: string, select: string, format: FileFormat): Promise<string> {
    mkdirSync(dataDirectory, { recursive: true });
    const version = createHash('sha256').update(select).digest('hex').slice(0, 8);
    const path = join(dataDirectory, `${name}-${version}.${format}`);
    if (existsSync(path)) return path;
    const instance = await DuckDBInstance.create(':memory:', {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    const unfinished = `${path}.tmp`;
    await connection.run(`copy (${select}) to '${unfinished}' (${copyOptions[format]})`);
    connection.closeSync();
    instance.closeSync();
    renameSync(unfinished, path);
    return path;
}

/**
 * Ad spend as exports hold it: a row of totals in so many, or each row in two parts (an ad each), of
 * which the amounts are halves.
 * @returns path of a CSV file
 */
export async function exportedSpendFile(rows: number, kind: 'totals' | 'parts'): Promise<string> {
    const plain = adSpendSql(rows);
    const select =
        kind === 'totals'
            ? `select * exclude (row_place)
                replace (if(row_place % 1000 = 0, 'Total', cast(spend_date as varchar)) as spend_date)
                from (select *, row_number() over () as row_place from (${plain}))`
            : `select * replace (cast(spend_amount / 2 as decimal(14, 4)) as spend_amount)
                from (${plain}), (values ('ad one'), ('ad two')) as ads(ad)`;
    return written(`ad-spend-${kind}-${rows}`, select, 'csv');
}

export interface SpendPages {
    /** CSV of the rows. */
    readonly file: string;
    /** The same rows as Google Ads answers them: `<account>-<month>.json`. */
    readonly folder: string;
    readonly accounts: readonly string[];
}

/** Ad spend of twelve accounts of Google Ads, as its API answers it month by month, and as one file. */
export async function spendPages(rows: number): Promise<SpendPages> {
    const spend = `select * replace ('google_ads' as platform,
        '12345678' || (10 + list_position(['google_ads', 'meta_ads', 'linkedin_ads'], platform) * 4
            + cast(right(account_id, 1) as integer)) as account_id)
        from (${adSpendSql(rows)})`;
    const file = await written(`ad-spend-google-${rows}`, spend, 'csv');
    const folder = `${file}.pages`;
    if (!existsSync(folder)) await writePages(file, folder);
    const accounts = new Set(readdirSync(folder).map((name) => name.slice(0, 10)));
    return { file, folder, accounts: [...accounts].sort() };
}

/** Whole numbers of 64 bits are text there, and amounts are millionths. One account after another, as a list stands in memory. */
async function writePages(file: string, folder: string): Promise<void> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const unfinished = `${folder}.tmp`;
    mkdirSync(unfinished, { recursive: true });
    const spend = `read_csv('${file}', types = { account_id: 'varchar', spend_amount: 'decimal(18,2)' })`;
    const accounts = await connection.runAndReadAll(`select distinct account_id from ${spend}`);
    for (const [account] of accounts.getRows()) {
        const pages = await connection.stream(`
            select
                account_id || '-' || strftime(spend_date, '%Y-%m') || '.json',
                cast(list({
                    customer: { resourceName: 'customers/' || account_id, id: account_id, currencyCode: currency_code },
                    campaign: {
                        resourceName: 'customers/' || account_id || '/campaigns/' || campaign_id,
                        name: campaign_name,
                        id: campaign_id },
                    metrics: {
                        clicks: cast(clicks as varchar),
                        conversions: cast(claimed_conversions as double),
                        costMicros: cast(cast(spend_amount * 1000000 as bigint) as varchar),
                        impressions: cast(impressions as varchar) },
                    segments: { date: cast(spend_date as varchar) } }) as json)
            from ${spend}
            where account_id = '${account}'
            group by all`);
        for await (const some of pages.yieldRows()) {
            for (const [name, results] of some) {
                const body = `[{"results":${results},"fieldMask":"campaign.id","requestId":"r"}]`;
                writeFileSync(join(unfinished, String(name)), body);
            }
        }
    }
    connection.closeSync();
    instance.closeSync();
    renameSync(unfinished, folder);
}

/** The rows of `adSpendFile` with two lines below them. @returns path of a CSV file */
export async function footedSpendFile(rows: number): Promise<string> {
    const source = await adSpendFile(rows, 'csv');
    const path = source.replace('ad-spend-', 'ad-spend-footer-');
    if (existsSync(path)) return path;
    copyFileSync(source, `${path}.tmp`);
    appendFileSync(`${path}.tmp`, 'Total rows: 1000000\nReport of the whole time\n');
    renameSync(`${path}.tmp`, path);
    return path;
}

function withBroken(rows: number, brokenEvery: number): string {
    const amount = `if(row_place % ${brokenEvery} = 0, 'n/a', cast(spend_amount as varchar)) as spend_amount`;
    return `
        select * exclude (row_place) replace (${amount})
        from (select *, row_number() over () as row_place from (${adSpendSql(rows)}))`;
}

function adSpendSql(rows: number): string {
    const campaigns = campaignsOf(rows);
    const cents = (salt: number, below: number) =>
        `cast(hash(i, ${salt}) % ${below} as decimal(12, 0)) * cast('0.01' as decimal(6, 2))`;
    return `
        select
            (['google_ads', 'meta_ads', 'linkedin_ads'])[1 + i % 3] as platform,
            'account-' || (1 + i // 3 % 4) as account_id,
            'campaign-' || lpad(cast(i // 12 % ${campaigns} as varchar), 6, '0') as campaign_id,
            'Gates and parts, region ' || (1 + i // 12 % 40) as campaign_name,
            cast(date '2023-01-01' + cast(i // 12 // ${campaigns} as integer) as date) as spend_date,
            ${cents(1, 1_000_000)} as spend_amount,
            'EUR' as currency_code,
            cast(hash(i, 2) % 50000 as bigint) as impressions,
            cast(hash(i, 3) % 900 as bigint) as clicks,
            ${cents(4, 4000)} as claimed_conversions
        from range(${rows}) as numbers(i)`;
}
