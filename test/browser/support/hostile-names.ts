import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { execa } from 'execa';
import { projectRoot } from '../../../pipelines/config.ts';
import type { TestCompany } from '../../end-to-end/support/companies.ts';

/** What stands behind every name of the company: it must be read, never run. */
export const hostileEnding = ` "'{<img src=x onerror="window.hasRun = true">`;

/** As it stands in the JSON of a message, with its backslashes doubled for a replacement. */
const inMessage = JSON.stringify(hostileEnding).slice(1, -1).replaceAll('\\', '\\\\');

/** Names that pages look rows up by, or that an axis shares with another query. */
const keys = `'period_label', 'quarter_label', 'range_label', 'month_label', 'week_label'`;

/**
 * Builds the pages of a company once more, with an ending that runs a script behind every name in its
 * marts, and with more options of the build.
 */
export async function buildWithHostileNames(
    company: TestCompany,
    hostile: TestCompany,
    options: readonly string[],
): Promise<void> {
    await mkdir(dirname(hostile.warehouse), { recursive: true });
    await copyFile(company.warehouse, hostile.warehouse);
    await addEnding(hostile.warehouse);
    const build = join(projectRoot, 'dashboards', 'build.mjs');
    const files = ['--warehouse', hostile.warehouse, '--out', hostile.site];
    await execa(process.execPath, [
        build,
        ...files,
        '--company',
        `Hostile${hostileEnding}`,
        ...options,
    ]);
}

const inNamesOfMessage = (column: unknown) =>
    `regexp_replace(${column}, '"(name|text)":"([^"]*)"', $1, 'g')`;

async function addEnding(warehouse: string): Promise<void> {
    const instance = await DuckDBInstance.create(warehouse);
    const connection = await instance.connect();
    try {
        const named = await connection.runAndReadAll(
            `select table_name, column_name, column_name like '%_message' as is_message
             from information_schema.columns
             where table_schema = 'marts' and table_name like 'rpt_%' and data_type = 'VARCHAR'
                 and (
                     regexp_matches(column_name, '_(label|name)(_message)?$')
                     or column_name in ('stage', 'reading')
                 )
                 and column_name not in (${keys})`,
        );
        for (const [table, column, isMessage] of named.getRows()) {
            const [changed, value] = isMessage
                ? [inNamesOfMessage(column), `"\\1":"\\2${inMessage}"`]
                : [`${column} || $1`, hostileEnding];
            await connection.run(
                `update marts.${table} set ${column} = ${changed} where ${column} != 'all'`,
                [value],
            );
        }
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
}
