import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as duckdb from '@duckdb/node-api';
import type { FiscalPeriods } from '../messages/formats.ts';
import {
    addMessageText,
    readersColumn,
    readersName,
    readFiscalPeriods,
} from '../messages/in-duckdb.ts';
import type { Words } from '../messages/words.ts';
import { BuildError, messageOf } from './errors.ts';
import { exportCards, type LeadCards } from './export-cards.ts';
import { DATA, ROOT } from './paths.ts';

interface Site {
    readonly company: string;
    readonly words: Words;
    /** What the commands that pages print are given. */
    readonly commandOptions: string;
}

/** What pages call the schema of the published tables. */
const SCHEMA = 'warehouse';

/**
 * Writes one Parquet file for each mart in `published-tables.json`, the manifest the query layer reads
 * and the lead cards. Only what that list names leaves the warehouse: everything written here can be
 * downloaded by whoever can open the site.
 * @returns names of the tables
 * @throws BuildError when the warehouse is missing, a select fails or a column has a type pages cannot show
 */
export async function exportData(warehouse: string, site: Site): Promise<readonly string[]> {
    const instance = await openForReading(warehouse);
    rmSync(DATA, { recursive: true, force: true });
    mkdirSync(DATA, { recursive: true });
    const connection = await instance.connect();
    addMessageText(duckdb, connection, site.words);
    const files: string[] = [];
    let leadCards: LeadCards;
    try {
        for (const table of publishedTables()) files.push(await exportTable(connection, table));
        leadCards = await exportCards(connection);
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
    writeFileSync(
        join(DATA, 'manifest.json'),
        JSON.stringify({ renderedFiles: { [SCHEMA]: files } }),
    );
    const settings = {
        company_name: site.company,
        currency_code: site.words.locale.currency,
        locale: site.words.locale,
        command_options: site.commandOptions,
        lead_cards: leadCards,
    };
    writeFileSync(join(DATA, 'site.json'), JSON.stringify(settings));
    return files;
}

/** What the words of a company need to name its quarters and years. @throws BuildError without a warehouse */
export async function findFiscalPeriods(warehouse: string): Promise<FiscalPeriods> {
    const instance = await openForReading(warehouse);
    const connection = await instance.connect();
    try {
        return await readFiscalPeriods(async (sql) =>
            (await connection.runAndReadAll(sql)).getRowObjectsJson(),
        );
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
}

async function openForReading(warehouse: string): Promise<duckdb.DuckDBInstance> {
    if (!existsSync(warehouse))
        throw new BuildError(`No warehouse at ${warehouse}: run the transform step first`, {
            exitCode: 2,
        });
    return await duckdb.DuckDBInstance.create(warehouse, {
        access_mode: 'READ_ONLY',
        // What is not in the engine is not fetched from somebody's server.
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
    });
}

function publishedTables(): readonly string[] {
    return JSON.parse(readFileSync(join(ROOT, 'published-tables.json'), 'utf8'));
}

/** @returns path below the template, with the content's hash: a browser may cache it for ever */
async function exportTable(connection: duckdb.DuckDBConnection, table: string): Promise<string> {
    const folder = join(DATA, SCHEMA);
    const draft = join(folder, `${table}.parquet`);
    mkdirSync(folder, { recursive: true });
    try {
        const described = await connection.runAndReadAll(`describe marts.${table}`);
        const columns = described
            .getRowObjectsJson()
            .map((row) => shownColumn(table, String(row.column_name), String(row.column_type)));
        await connection.run(
            `copy (select ${columns.join(', ')} from marts.${table}) to '${draft.replaceAll("'", "''")}' (format parquet, codec snappy)`,
        );
    } catch (error) {
        if (error instanceof BuildError) throw error;
        throw new BuildError(`published-tables.json names ${table}: ${messageOf(error)}`, {
            cause: error,
        });
    }
    const hash = createHash('sha256').update(readFileSync(draft)).digest('hex').slice(0, 12);
    renameSync(draft, join(folder, `${table}.${hash}.parquet`));
    return `static/data/${SCHEMA}/${table}.${hash}.parquet`;
}

/**
 * The browser knows doubles, text, booleans, dates and instants. A decimal becomes a double here,
 * which is exact enough to show and never to add up: totals are rows of a mart.
 */
function shownColumn(table: string, name: string, type: string): string {
    const column = readersColumn(name);
    const shown = readersName(name);
    if (shown !== name) return `${column} as "${shown}"`;
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
