import { createHash } from 'node:crypto';
import {
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { BuildError } from './errors.mjs';
import { exportCards } from './export-cards.mjs';
import { moneyFormats } from './money-formats.mjs';
import { DATA, ROOT } from './paths.mjs';

/**
 * Writes one Parquet file for each `sources/<schema>/<table>.sql`, the manifest the query layer reads
 * and the lead cards. Only what those files select leaves the warehouse: everything written here can be
 * downloaded by whoever can open the site.
 *
 * @param {string} warehouse
 * @param {{ company: string, currency: string, config?: string }} site
 * @returns {Promise<string[]>} names of the tables
 * @throws {BuildError} when the warehouse is missing, a select fails or a column has a type pages cannot show
 */
export async function exportData(warehouse, site) {
    if (!existsSync(warehouse))
        throw new BuildError(`No warehouse at ${warehouse}: run the transform step first`, {
            exitCode: 2,
        });
    rmSync(DATA, { recursive: true, force: true });
    mkdirSync(DATA, { recursive: true });

    const instance = await DuckDBInstance.create(warehouse, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    /** @type {Record<string, string[]>} */
    const renderedFiles = {};
    let leadCards;
    try {
        for (const { schema, table, sql } of sourceQueries()) {
            const file = await exportTable(connection, schema, table, sql);
            renderedFiles[schema] = [...(renderedFiles[schema] ?? []), file];
        }
        leadCards = await exportCards(connection);
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
    writeFileSync(join(DATA, 'manifest.json'), JSON.stringify({ renderedFiles }));
    const settings = {
        company_name: site.company,
        currency_code: site.currency,
        config_file: site.config,
        custom_formats: moneyFormats(site.currency),
        lead_cards: leadCards,
    };
    writeFileSync(join(DATA, 'site.json'), JSON.stringify(settings));
    return Object.values(renderedFiles).flat();
}

function sourceQueries() {
    const sources = join(ROOT, 'sources');
    return readdirSync(sources, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name: schema }) =>
            readdirSync(join(sources, schema))
                .filter((file) => file.endsWith('.sql'))
                .sort()
                .map((file) => ({
                    schema,
                    table: basename(file, '.sql'),
                    sql: readFileSync(join(sources, schema, file), 'utf8')
                        .trim()
                        .replace(/;$/, ''),
                })),
        );
}

/**
 * @param {import('@duckdb/node-api').DuckDBConnection} connection
 * @param {string} schema
 * @param {string} table
 * @param {string} sql
 * @returns {Promise<string>} path below the template, with the content's hash: a browser may cache it for ever
 */
async function exportTable(connection, schema, table, sql) {
    const folder = join(DATA, schema);
    const draft = join(folder, `${table}.parquet`);
    mkdirSync(folder, { recursive: true });
    try {
        const described = await connection.runAndReadAll(`describe ${sql}`);
        const columns = described
            .getRowObjectsJson()
            .map((row) => shownColumn(table, row.column_name, row.column_type));
        await connection.run(
            `copy (select ${columns.join(', ')} from (${sql})) to '${draft.replaceAll("'", "''")}' (format parquet, codec snappy)`,
        );
    } catch (error) {
        if (error instanceof BuildError) throw error;
        throw new BuildError(`sources/${schema}/${table}.sql: ${error.message}`, { cause: error });
    }
    const hash = createHash('sha256').update(readFileSync(draft)).digest('hex').slice(0, 12);
    renameSync(draft, join(folder, `${table}.${hash}.parquet`));
    return `static/data/${schema}/${table}.${hash}.parquet`;
}

/**
 * The browser knows doubles, text, booleans, dates and instants. A decimal becomes a double here,
 * which is exact enough to show and never to add up: totals are rows of a mart.
 *
 * @param {string} table
 * @param {string} name
 * @param {string} type
 */
function shownColumn(table, name, type) {
    const column = `"${name.replaceAll('"', '""')}"`;
    if (/^(DECIMAL|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE)/.test(type))
        return `${column}::double as ${column}`;
    if (/^(VARCHAR|UUID|ENUM|JSON|TIME$)/.test(type)) return `${column}::varchar as ${column}`;
    if (/^(DATE|BOOLEAN)$/.test(type)) return column;
    if (/^TIMESTAMP WITH TIME ZONE$/.test(type))
        return `(${column} at time zone 'UTC')::timestamp_ms as ${column}`;
    if (/^TIMESTAMP/.test(type)) return `${column}::timestamp_ms as ${column}`;
    throw new BuildError(
        `${table}.${name} is ${type}: pages show numbers, text, booleans, dates and instants; select it as text`,
    );
}
