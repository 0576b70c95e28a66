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
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { BuildError, messageOf } from './errors.ts';
import { exportCards, type LeadCards } from './export-cards.ts';
import { moneyFormats } from './money-formats.ts';
import { DATA, ROOT } from './paths.ts';

interface Site {
    readonly company: string;
    readonly currency: string;
}

interface SourceQuery {
    readonly schema: string;
    readonly table: string;
    readonly sql: string;
}

/**
 * Writes one Parquet file for each `sources/<schema>/<table>.sql`, the manifest the query layer reads
 * and the lead cards. Only what those files select leaves the warehouse: everything written here can be
 * downloaded by whoever can open the site.
 * @returns names of the tables
 * @throws BuildError when the warehouse is missing, a select fails or a column has a type pages cannot show
 */
export async function exportData(warehouse: string, site: Site): Promise<readonly string[]> {
    if (!existsSync(warehouse))
        throw new BuildError(`No warehouse at ${warehouse}: run the transform step first`, {
            exitCode: 2,
        });
    rmSync(DATA, { recursive: true, force: true });
    mkdirSync(DATA, { recursive: true });

    const instance = await DuckDBInstance.create(warehouse, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const renderedFiles: Record<string, string[]> = {};
    let leadCards: LeadCards;
    try {
        for (const query of sourceQueries()) {
            const file = await exportTable(connection, query);
            renderedFiles[query.schema] = [...(renderedFiles[query.schema] ?? []), file];
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
        custom_formats: moneyFormats(site.currency),
        lead_cards: leadCards,
    };
    writeFileSync(join(DATA, 'site.json'), JSON.stringify(settings));
    return Object.values(renderedFiles).flat();
}

function sourceQueries(): readonly SourceQuery[] {
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

/** @returns path below the template, with the content's hash: a browser may cache it for ever */
async function exportTable(
    connection: DuckDBConnection,
    { schema, table, sql }: SourceQuery,
): Promise<string> {
    const folder = join(DATA, schema);
    const draft = join(folder, `${table}.parquet`);
    mkdirSync(folder, { recursive: true });
    try {
        const described = await connection.runAndReadAll(`describe ${sql}`);
        const columns = described
            .getRowObjectsJson()
            .map((row) => shownColumn(table, String(row.column_name), String(row.column_type)));
        await connection.run(
            `copy (select ${columns.join(', ')} from (${sql})) to '${draft.replaceAll("'", "''")}' (format parquet, codec snappy)`,
        );
    } catch (error) {
        if (error instanceof BuildError) throw error;
        throw new BuildError(`sources/${schema}/${table}.sql: ${messageOf(error)}`, {
            cause: error,
        });
    }
    const hash = createHash('sha256').update(readFileSync(draft)).digest('hex').slice(0, 12);
    renameSync(draft, join(folder, `${table}.${hash}.parquet`));
    return `static/data/${schema}/${table}.${hash}.parquet`;
}

/**
 * The browser knows doubles, text, booleans, dates and instants. A decimal becomes a double here,
 * which is exact enough to show and never to add up: totals are rows of a mart.
 */
function shownColumn(table: string, name: string, type: string): string {
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
