import { sqlName, sqlText } from '../../../contracts/batch.ts';
import { ContractError } from '../../../errors.ts';
import type { DescribeQuery } from '../compile-context.ts';
import type { FoundFile } from '../find-files.ts';
import { literalPath } from '../layout.ts';
import { alikeFiles } from '../parquet.ts';
import { maximumObjectBytes } from '../spread-json.ts';

const campaign = 'source VARCHAR, medium VARCHAR, campaign_id VARCHAR, campaign_name VARCHAR';

/**
 * The fields of an event that a visit is made of, and their types as Google's schema of the export
 * has them (developers.google.com/analytics/bigquery/event-schema). Older exports lack some.
 */
const fields: Readonly<Record<string, string>> = {
    user_pseudo_id: 'VARCHAR',
    event_name: 'VARCHAR',
    event_timestamp: 'BIGINT',
    batch_page_id: 'BIGINT',
    batch_ordering_id: 'BIGINT',
    batch_event_index: 'BIGINT',
    event_params: 'STRUCT(key VARCHAR, value STRUCT(string_value VARCHAR, int_value BIGINT))[]',
    collected_traffic_source:
        'STRUCT(manual_source VARCHAR, manual_medium VARCHAR, manual_campaign_id VARCHAR, ' +
        'manual_campaign_name VARCHAR, manual_content VARCHAR, manual_term VARCHAR, ' +
        'gclid VARCHAR, dclid VARCHAR)',
    session_traffic_source_last_click:
        `STRUCT(manual_campaign STRUCT(${campaign}, content VARCHAR, term VARCHAR), ` +
        'google_ads_campaign STRUCT(campaign_id VARCHAR, campaign_name VARCHAR), ' +
        `cross_channel_campaign STRUCT(${campaign}, default_channel_group VARCHAR))`,
};

/** Signs of the export that every file of it has. */
const needed = ['event_name', 'event_timestamp', 'event_params'];

/** SQL of the events of all files, with `file_index` and, where the format has it, `row_number`. */
export async function parquetEvents(
    files: readonly FoundFile[],
    describe: DescribeQuery,
): Promise<string> {
    const selects: string[] = [];
    let first = 0;
    for (const { files: alike, columns } of await alikeFiles(files, describe, [])) {
        assertEvents([...columns.keys()], alike[0]?.name ?? '');
        const cells = Object.entries(fields).map(([name, type]) => {
            const cell = columns.has(name) ? sqlName(name) : 'null';
            return `cast(${cell} as ${type}) as ${name}`;
        });
        const paths = alike.map(({ path }) => sqlText(literalPath(path)));
        selects.push(
            `select ${cells.join(', ')}, file_index + ${first} as file_index, ` +
                `file_row_number + 1 as row_number ` +
                `from read_parquet([${paths.join(', ')}], file_row_number = true)`,
        );
        first += alike.length;
    }
    return selects.join(' union all ');
}

/** The same of NDJSON, in which BigQuery writes whole numbers as text and leaves nulls out. */
export function ndjsonEvents(paths: readonly string[]): string {
    const types = Object.entries(fields).map(([name, type]) => `${name}: ${sqlText(type)}`);
    return (
        `select *, file_index, cast(null as bigint) as row_number ` +
        `from read_ndjson([${paths.map((path) => sqlText(literalPath(path))).join(', ')}], ` +
        `columns = {${types.join(', ')}}, ignore_errors = true, ` +
        `maximum_object_size = ${maximumObjectBytes})`
    );
}

/** @throws ContractError for a file that is another export */
function assertEvents(found: readonly string[], file: string): void {
    const missing = needed.filter((name) => !found.includes(name));
    if (missing.length === 0) return;
    throw new ContractError({
        what: `${file} is no export of events from GA4: it has no ${missing.join(', ')}.`,
        file,
        expected: needed.join(', '),
        got: found.join(', '),
        fix: 'export the tables events_YYYYMMDD as they are, as Parquet or as newline-delimited JSON',
    });
}
