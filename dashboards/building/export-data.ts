import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as duckdb from '@duckdb/node-api';
import { partOf } from '../components/audience.js';
import type { FiscalPeriods } from '../messages/formats.ts';
import {
    addMessageText,
    readersColumn,
    readersName,
    readFiscalPeriods,
} from '../messages/in-duckdb.ts';
import type { Words } from '../messages/words.ts';
import { type Audiences, readAudiences } from './audiences.ts';
import { BuildError, messageOf } from './errors.ts';
import { exportCards, type LeadCards } from './export-cards.ts';
import { DATA, ENTRIES, READERS } from './paths.ts';

interface Site {
    readonly company: string;
    readonly words: Words;
    /** What the commands that pages print are given. */
    readonly commandOptions: string;
}

/** Somebody whose rows are a part of the site: a payee, a department. */
interface Owner {
    readonly audience: string;
    readonly id: string;
    /** As it stands in the address of a page. */
    readonly address: string;
    readonly part: string;
}

/**
 * Writes the data of each part of the site: one Parquet file for each mart that `audiences.json` gives
 * it, and the manifest the query layer reads; and the lead cards. Only what that list names leaves the
 * warehouse: everything written here can be downloaded by whoever can open a page of the part.
 * @returns names of the tables
 * @throws BuildError when the warehouse is missing, a select fails or a column has a type pages cannot show
 */
export async function exportData(warehouse: string, site: Site): Promise<readonly string[]> {
    const instance = await openForReading(warehouse);
    rmSync(DATA, { recursive: true, force: true });
    mkdirSync(DATA, { recursive: true });
    const connection = await instance.connect();
    addMessageText(duckdb, connection, site.words);
    const audiences = readAudiences();
    const tables = Object.keys(audiences.tables);
    const parts = new Map<string, string[]>();
    let leadCards: LeadCards;
    try {
        const owners = await readOwners(connection, audiences);
        for (const table of tables) {
            for (const [part, file] of await exportTable(connection, table, audiences, owners)) {
                parts.set(part, [...(parts.get(part) ?? []), file]);
            }
        }
        leadCards = await exportCards(connection);
        writeFileSync(ENTRIES, JSON.stringify(pagesOfOwners(audiences, owners)));
        writeFileSync(READERS, JSON.stringify(await readersOf(connection, audiences, owners)));
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
    for (const [part, files] of parts) {
        writeFileSync(join(DATA, part, 'manifest.json'), JSON.stringify(files));
    }
    const settings = {
        company_name: site.company,
        currency_code: site.words.locale.currency,
        locale: site.words.locale,
        command_options: site.commandOptions,
        lead_cards: leadCards,
    };
    writeFileSync(join(DATA, 'site.json'), JSON.stringify(settings));
    return tables;
}

async function readOwners(
    connection: duckdb.DuckDBConnection,
    { owners }: Audiences,
): Promise<readonly Owner[]> {
    const found: Owner[] = [];
    for (const [audience, [table, column]] of Object.entries(owners)) {
        // As the macro address_part writes them.
        const address = `replace(replace(replace(url_encode(${column}), '~', '%7E'), '.', '%2E'), '%', '~')`;
        const rows = await connection.runAndReadAll(
            `select distinct ${column}, ${address} from marts.${table} where ${column} is not null order by 1`,
        );
        for (const [id, written] of rows.getRows()) {
            const owner = String(id);
            const part = partOf(audience, String(written));
            found.push({ audience, id: owner, address: String(written), part });
        }
    }
    return found;
}

/** Pages that are there for each owner, whether a link leads to them or not. */
const pagesOfOwners = ({ pages }: Audiences, owners: readonly Owner[]): readonly string[] =>
    Object.entries(pages).flatMap(([route, audience]) =>
        owners
            .filter((owner) => owner.audience === audience)
            .map(({ address }) => `${route.replace(`[${audience}]`, address)}/`),
    );

/** What the server needs to know to tell who may read which part. */
async function readersOf(
    connection: duckdb.DuckDBConnection,
    { pages }: Audiences,
    owners: readonly Owner[],
) {
    const rows = await connection.runAndReadAll(
        'select payee_id, payee_name, department_id from marts.rpt_payees',
    );
    const people = new Map(
        rows.getRows().map(([id, name, department]) => [id, { name, department }]),
    );
    return {
        pages,
        owners: owners.map(({ audience, id, address, part }) => ({
            audience,
            id,
            address,
            part,
            ...(audience === 'payee' ? people.get(id) : {}),
        })),
    };
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

/** @returns part of the site and path below the template, with the content's hash: a browser may cache it for ever */
async function exportTable(
    connection: duckdb.DuckDBConnection,
    table: string,
    { tables, owners: kinds }: Audiences,
    owners: readonly Owner[],
): Promise<readonly (readonly [part: string, file: string])[]> {
    const written: (readonly [string, string])[] = [];
    try {
        const described = await connection.runAndReadAll(`describe marts.${table}`);
        const columns = described
            .getRowObjectsJson()
            .map((row) => shownColumn(table, String(row.column_name), String(row.column_type)));
        const rows = Object.entries(tables[table] ?? {});
        const isShared = rows.some(([audience]) => audience in kinds);
        const select = `select ${columns.join(', ')} from marts.${table}`;
        // Words are put in once, however many have a share of the rows.
        if (isShared) await connection.run(`create or replace temp table shown as ${select}`);
        const from = isShared ? 'shown' : `(${select})`;
        for (const [audience, condition] of rows) {
            const shares =
                audience in kinds
                    ? owners
                          .filter((owner) => owner.audience === audience)
                          .map(({ part, id }) => [part, `"${condition}" = ${literal(id)}`] as const)
                    : [[audience, String(condition)] as const];
            for (const [part, where] of shares) {
                const share = `select * from ${from} where ${where}`;
                written.push([part, await writeShare(connection, table, part, share)]);
            }
        }
    } catch (error) {
        if (error instanceof BuildError) throw error;
        throw new BuildError(`audiences.json names ${table}: ${messageOf(error)}`, {
            cause: error,
        });
    }
    return written;
}

async function writeShare(
    connection: duckdb.DuckDBConnection,
    table: string,
    part: string,
    share: string,
): Promise<string> {
    const folder = join(DATA, part);
    const draft = join(folder, `${table}.parquet`);
    mkdirSync(folder, { recursive: true });
    await connection.run(`copy (${share}) to ${literal(draft)} (format parquet, codec snappy)`);
    const hash = createHash('sha256').update(readFileSync(draft)).digest('hex').slice(0, 12);
    renameSync(draft, join(folder, `${table}.${hash}.parquet`));
    return `static/data/${part}/${table}.${hash}.parquet`;
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

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
