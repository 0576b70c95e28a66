import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Client, Pool } from 'pg';
import Cursor from 'pg-cursor';
import type { z } from 'zod';
import type { Verdict } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { codeOf, judgeNetwork } from '../database/network.ts';
import type { DatabaseSystem, TableName } from '../database/system.ts';
import { tlsOf } from '../database/tls.ts';
import { describedColumns, describedTables } from './records.ts';
import { boundValue, cursorKindOf, jsonOfValue, readValue } from './rows.ts';
import type { postgres } from './settings.ts';

export type PostgresSettings = z.output<typeof postgres.schema>;

const connectMs = 30_000;

/** Asks a Postgres server. */
export function createPostgres(settings: PostgresSettings, { secret }: Tools): DatabaseSystem {
    const { host, port, database, statement_timeout_minutes: minutes } = settings;
    const [user, password] = [secret('user'), secret('password')];
    const ssl = tlsOf(settings, secret);
    return {
        open: () => {
            const clients = new Set<Client>();
            const pool = new Pool({
                ...{ host, port, database, user, password, ssl: ssl ?? false, max: 1 },
                application_name: 'jointly',
                connectionTimeoutMillis: connectMs,
                keepAlive: true,
                // A float or a Date would not hold what the server says.
                types: { getTypeParser: () => (text: unknown) => text },
            });
            const { promise: broken, reject } = Promise.withResolvers<never>();
            // Whoever waits hears of it; when nobody does, nothing is lost.
            broken.catch(() => {});
            pool.on('connect', (client) => {
                clients.add(client as unknown as Client);
                client.on('error', reject);
            });
            pool.on('error', reject);
            return {
                broken,
                db: new Kysely({ dialect: new PostgresDialect({ pool, cursor: Cursor }) }),
                end: async () => {
                    await Promise.allSettled([...clients].map((client) => client.end()));
                },
            };
        },
        settle: async (db) => {
            const local = {
                TimeZone: 'UTC',
                DateStyle: 'ISO, YMD',
                IntervalStyle: 'iso_8601',
                bytea_output: 'hex',
                extra_float_digits: '1',
                statement_timeout: `${minutes}min`,
                // Rows land while the next ones wait.
                idle_in_transaction_session_timeout: '0',
            };
            const set = Object.entries(local).map(
                ([name, value]) => sql`set_config(${name}, ${value}, true)`,
            );
            await sql`select ${sql.join(set)}`.execute(db);
        },
        // A domain is read as the type it stands for; what an index merely includes is no key.
        describe: async (db, table) => {
            const name = quoted(table);
            const { rows } = await sql`
                select
                    a.attname as name,
                    t.type,
                    not a.attnotnull as "mayBeNull",
                    array_position(
                        (i.indkey::int[])[0:i.indnkeyatts - 1], a.attnum::int) as "keyPlace",
                    has_table_privilege(a.attrelid, 'insert, update, delete, truncate') as "mayWrite"
                from pg_attribute as a
                cross join lateral (
                    with recursive types as (
                        select oid, typname, typtype, typcategory, typelem, typbasetype
                        from pg_type where oid = a.atttypid
                        union all
                        select b.oid, b.typname, b.typtype, b.typcategory, b.typelem, b.typbasetype
                        from types as d inner join pg_type as b on b.oid = d.typbasetype
                        where d.typtype = 'd')
                    select
                        case when own.typcategory = 'A' then e.typname || '[]' else own.typname end
                            as type
                    from types as own left join pg_type as e on e.oid = own.typelem
                    where own.typtype <> 'd') as t
                left join pg_index as i on i.indrelid = a.attrelid and i.indisprimary
                where a.attrelid = to_regclass(${name})
                    and a.attnum > 0 and not a.attisdropped
                    and has_column_privilege(a.attrelid, a.attnum, 'select')
                order by a.attnum`.execute(db);
            return describedColumns(rows);
        },
        tables: async (db) => {
            const { rows } = await sql`
                select n.nspname as schema, c.relname as name
                from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm', 'f')
                    and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
                    and has_schema_privilege(n.oid, 'usage')
                    and has_any_column_privilege(c.oid, 'select')
                order by 1, 2`.execute(db);
            return describedTables(rows);
        },
        cursorKind: cursorKindOf,
        read: readValue,
        order: (_column, reference) => reference,
        bound: boundValue,
        now: (kind) =>
            ({ instant: sql`now()`, clock: sql`localtimestamp`, day: sql`current_date` })[kind],
        json: jsonOfValue,
        judge: judgePostgres,
    };
}

function quoted({ schema, name }: TableName): string {
    const parts = schema === undefined ? [name] : [schema, name];
    return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
}

/** Errors of the server that pass: lost or refused connections, restarts, conflicts on a replica. */
const passing = /^(08|53|57P0|40|25P03|55P03|58)/;

/** What an error of the driver or the server means, by its SQLSTATE. */
export function judgePostgres(error: unknown): Verdict {
    const onTheWay = judgeNetwork(error);
    if (onTheWay) return onTheWay;
    const code = codeOf(error);
    if (!(error instanceof Error) || !/^[0-9A-Z]{5}$/.test(code)) return { kind: 'ok' };
    const why = `${error.message} (${code})`;
    if (code === '28P01') return { kind: 'dead token', why };
    if (passing.test(code)) return { kind: 'retriable', why };
    const fix = fixes[code];
    return { kind: 'our fault', why, ...(fix === undefined ? {} : { fix }) };
}

const fixes: Readonly<Record<string, string>> = {
    '28000':
        'let pg_hba.conf allow this user from this machine, and tls of the connection be as it wants',
    '3D000': 'correct database in the connection',
    '42501': 'grant select on the table, and usage on its schema, to the user of the connection',
    '42P01': 'correct table in the connection',
    '57014':
        'let whoever holds the table locked end, make an index on the cursor and the key of the table, or raise statement_timeout_minutes; the next run goes on where this one stood',
};
