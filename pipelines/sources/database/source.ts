import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { ConfigError } from '../../errors.ts';
import { censusPlan } from '../api/census.ts';
import type { Connector, Feed, Page, Plan, Tools } from '../api/connector.ts';
import type { Json } from '../api/json.ts';
import { instantIn } from '../api/local-time.ts';
import { parsePage } from '../api/parse-page.ts';
import { mappingOf, type Reading, readingOf, sharedId, tableName } from './reading.ts';
import { openSession, type Session } from './session.ts';
import {
    comparesIds,
    type DatabaseSettings,
    feedName,
    idColumnOf,
    type TableSettings,
} from './settings.ts';
import type { CursorKind, DatabaseSystem, TableFacts } from './system.ts';
import { openTables } from './tables.ts';
import { openWalk, type Place, type Walk } from './walk.ts';

const page = z.array(z.record(z.string(), z.unknown()));

/** Minutes, days and numbers: transactions end in another order than they began, and books are closed late. */
const usualOverlap: Readonly<Record<CursorKind, number>> = {
    instant: 15,
    clock: 15,
    day: 30,
    number: 1000,
};

interface Opened {
    readonly settings: DatabaseSettings;
    readonly system: DatabaseSystem;
    readonly session: Session;
    readonly tools: Tools;
    /** Begins or goes on with the one walk that a transaction can have at a time. */
    readonly read: (reading: Reading, place: Place, table: TableSettings) => Promise<Page>;
}

/** Tables and views of a database, mapped as files are. */
export function openDatabase(
    settings: DatabaseSettings,
    system: DatabaseSystem,
    tools: Tools,
): Connector {
    const session = openSession(settings, system, tools.clock);
    const opened: Opened = { settings, system, session, tools, read: reader(session, system) };
    const { tables } = settings;
    const compared = Map.groupBy(tables.filter(comparesIds), ({ stream }) => stream);
    return {
        feeds:
            tables.length === 0
                ? [noTables(settings)]
                : [
                      ...tables.map((table) => tableFeed(table, opened)),
                      ...[...compared].map(([stream, own]) => idsFeed(stream, own, opened)),
                  ],
        test: () => testTables(opened),
        tables: () => openTables(session, system),
        close: session.close,
    };
}

function reader(session: Session, system: DatabaseSystem): Opened['read'] {
    let walk: { readonly own: Walk; readonly of: Reading; readonly in: number } | undefined;
    return (reading, place, { table }) => {
        const isOpen = walk?.in === session.number() && walk.of === reading;
        const ask = isOpen && walk?.own.isAt(place) ? session.readOn : session.ask;
        return ask(`reading ${table}`, async (db) => {
            // Of another transaction when the connection was lost, or given up for a question.
            if (walk?.in !== session.number() || walk.of !== reading || !walk.own.isAt(place)) {
                const own = openWalk(db, system, reading, place, table);
                walk = { own, of: reading, in: session.number() };
            }
            session.noteReading(true);
            const { text, next } = await walk.own.next();
            if (next === undefined) {
                walk = undefined;
                session.noteReading(false);
            }
            return { text, next: next as Json | undefined };
        });
    };
}

/** What a table has and what is read of it; asked once in a run. */
function findReading(table: TableSettings, opened: Opened): () => Promise<Reading> {
    const { settings, system, session } = opened;
    let known: Promise<Reading> | undefined;
    return () => {
        known ??= session.ask(`looking at ${table.table}`, async (db) => {
            const facts = await factsOf(db, table, opened);
            const reading = readingOf(table, mappingOf(table, settings), facts, system);
            const trouble = sharedId(table, facts);
            if (trouble) opened.tools.onNote(`${settings.name}: ${trouble}`);
            return reading;
        });
        return known;
    };
}

async function factsOf(
    db: Kysely<unknown>,
    { table }: TableSettings,
    { system, settings }: Opened,
): Promise<TableFacts> {
    const facts = await system.describe(db, tableName(table));
    if (facts && facts.columns.length > 0) return facts;
    const others = await system.tables(db);
    throw new ConfigError({
        what: `${settings.name}: there is no table or view ${table} that the user may read.`,
        why: others.length > 0 ? `it may read ${shortList(others)}` : 'it may read none at all',
        fix: 'correct table in the connection, or grant select on it',
    });
}

/** Rows that changed since the last run, or all of them where a table has no cursor. */
function tableFeed(table: TableSettings, opened: Opened): Feed {
    const { settings, session, system } = opened;
    const { tables: _, ...connection } = settings;
    const readingFor = findReading(table, opened);
    const name = feedName(table);
    return {
        name,
        streams: [table.stream],
        mapping: mappingOf(table, settings),
        scope: scopeOf(connection, table),
        plan: async (cursor): Promise<Plan> => {
            const reading = await readingFor();
            const from = fromOf(cursor, reading, table, settings);
            const place = { from, isWithoutCursor: false, after: null };
            const slices = [{ name: 'rows', place }];
            if (reading.cursor === undefined) return { slices };
            if (reading.cursor.mayBeNull) {
                const lost = { from: null, isWithoutCursor: true, after: null };
                slices.push({ name: 'rows without a cursor', place: lost });
            }
            const latest = await session.ask(`reading ${table.table}`, (db) =>
                latestOf(db, reading, system),
            );
            return { slices, ...(latest === null ? {} : { cursor: latest }) };
        },
        ask: async (json) => opened.read(await readingFor(), json as unknown as Place, table),
        read: (text) => ({
            rows: parsePage(page, text, `${settings.name}, ${table.table}`).map((cells) => ({
                stream: table.stream,
                cells: cells as Readonly<Record<string, Json>>,
            })),
        }),
    };
}

/** What decides which rows come and how they are read. */
function scopeOf(
    { host, port, database, timezone, since, id_prefix: prefix }: Omit<DatabaseSettings, 'tables'>,
    { overlap: _, ...table }: TableSettings,
): Json {
    return [host, port, database, timezone, since, prefix ?? null, table as unknown as Json];
}

/** Where a read begins: before the last value, or on the first day. */
function fromOf(
    last: string | null,
    { cursor }: Reading,
    { overlap }: TableSettings,
    { since, timezone }: DatabaseSettings,
): string | null {
    if (cursor === undefined) return null;
    const { kind } = cursor;
    const by = overlap ?? usualOverlap[kind];
    if (kind === 'number') return last === null ? null : String(BigInt(last) - BigInt(by));
    if (kind === 'day') {
        return last === null ? since : dateTime(Date.parse(last) - by * 86_400_000).slice(0, 10);
    }
    // A clock is compared as it stands, a point in time in UTC.
    const first =
        kind === 'instant' ? instantIn(timezone, `${since} 00:00:00`) : `${since}T00:00:00Z`;
    const at = last === null ? Date.parse(first) : Date.parse(asUtc(last)) - by * 60_000;
    return dateTime(at);
}

const asUtc = (text: string) => `${text.replace(' ', 'T').replace(/([+-]\d\d|Z)$/, '')}Z`;

const dateTime = (at: number) => new Date(at).toISOString().replace('T', ' ').replace('Z', '');

/** The greatest value of the cursor; one of the future counts as now, or nothing new would be found until then. */
async function latestOf(
    db: Kysely<unknown>,
    { table, cursor }: Reading,
    system: DatabaseSystem,
): Promise<string | null> {
    if (cursor === undefined) return null;
    const named = table.schema === undefined ? [table.name] : [table.schema, table.name];
    const column = sql`max(${sql.id(cursor.name)})`;
    const known =
        cursor.kind === 'number' ? column : sql`least(${column}, ${system.now(cursor.kind)})`;
    const { rows } = await sql<{ latest: string | null }>`
        select case when ${column} is null then null else ${known} end as latest
        from ${sql.id(...named)}`.execute(db);
    return rows[0]?.latest ?? null;
}

/** All ids of a stream, now and then: what was deleted leaves nothing behind. */
function idsFeed(stream: string, tables: readonly TableSettings[], opened: Opened): Feed {
    const { settings, tools } = opened;
    const readings = new Map(tables.map((table) => [feedName(table), findReading(table, opened)]));
    const ofFeed = new Map(tables.map((table) => [feedName(table), table]));
    const idReadings = new Map<string, Promise<Reading>>();
    const idsOnly = (name: string) => {
        const known = idReadings.get(name) ?? idReading(name);
        idReadings.set(name, known);
        return known;
    };
    const idReading = async (name: string): Promise<Reading> => {
        const reading = (await readings.get(name)?.()) as Reading;
        const id = idColumnOf(ofFeed.get(name) as TableSettings);
        const columns = reading.columns.filter((column) => column.name === id);
        return { ...reading, columns, cursor: undefined };
    };
    return {
        name: `${stream}_ids`,
        streams: [],
        census: stream,
        plan: censusPlan(settings.compare_ids_every_days, tools.clock, () =>
            tables.map((table) => ({
                name: feedName(table),
                place: {
                    table: feedName(table),
                    ...{ from: null, isWithoutCursor: false, after: null },
                },
            })),
        ),
        ask: async (json) => {
            const { table: name, ...place } = json as unknown as Place & { readonly table: string };
            const table = ofFeed.get(name) as TableSettings;
            const { text, next } = await opened.read(await idsOnly(name), place, table);
            const id = JSON.stringify(idColumnOf(table));
            return {
                text: `{"id":${id},"rows":${text}}`,
                next: next === undefined ? undefined : { table: name, ...(next as object) },
            };
        },
        read: (text) => {
            const own = z.object({ id: z.string(), rows: page });
            const { id, rows } = parsePage(own, text, `${settings.name}, ids of ${stream}`);
            // As a mapped id loses the spaces around it, so does this one.
            return { rows: [], ids: rows.map((row) => String(row[id]).trim()) };
        },
    };
}

/** Without tables there is nothing to read, which has to be said where it would be looked for. */
function noTables({ name }: DatabaseSettings): Feed {
    const refuse = () => {
        throw new ConfigError({
            what: `Connection ${name} names no tables.`,
            fix: `npx jointly sources test ${name} says which there are; name those to load under tables`,
        });
    };
    return { name: 'tables', streams: [], plan: refuse, ask: refuse, read: refuse };
}

async function testTables(opened: Opened): Promise<string> {
    const { session, settings, system, tools } = opened;
    if (settings.tables.length === 0) {
        const all = await session.ask('listing tables', system.tables);
        return `no tables are named yet; the user may read ${all.length === 0 ? 'none' : shortList(all)}`;
    }
    const found: string[] = [];
    for (const table of settings.tables) {
        const facts = await session.ask(`looking at ${table.table}`, (db) =>
            factsOf(db, table, opened),
        );
        const reading = readingOf(table, mappingOf(table, settings), facts, system);
        const place = { from: null, isWithoutCursor: false, after: null };
        await opened.read(reading, place, table);
        found.push(`${table.table}: ${reading.columns.length} columns for ${table.stream}`);
        if (facts.mayWrite) {
            tools.onNote(
                `${settings.name}: the user may change ${table.table}; it needs to read alone`,
            );
        }
    }
    return found.join('; ');
}

function shortList(names: readonly string[]): string {
    const rest = names.length > 20 ? ` and ${names.length - 20} more` : '';
    return `${names.slice(0, 20).join(', ')}${rest}`;
}
