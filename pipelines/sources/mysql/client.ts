import { CompiledQuery, Kysely, MysqlDialect, sql } from 'kysely';
import { createPool, type PoolConnection } from 'mysql2';
import type { z } from 'zod';
import type { Verdict } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { codeOf, judgeNetwork } from '../database/network.ts';
import type { DatabaseSystem } from '../database/system.ts';
import { tlsOf } from '../database/tls.ts';
import { describedColumns, describedTables } from './records.ts';
import { boundValue, cursorKindOf, jsonOfValue, orderOfValue, readValue } from './rows.ts';
import type { mysql } from './settings.ts';

export type MysqlSettings = z.output<typeof mysql.schema>;

const connectMs = 30_000;
/** Rows land while the next ones wait; the server gives up on a reader that is slower. */
const writeSeconds = 600;

/** Asks a MySQL or MariaDB server. */
export function createMysql(settings: MysqlSettings, { secret }: Tools): DatabaseSystem {
    const { host, port, database, statement_timeout_minutes: minutes } = settings;
    const [user, password] = [secret('user'), secret('password')];
    const ssl = tlsOf(settings, secret);
    return {
        open: () => {
            const connections = new Set<PoolConnection>();
            const pool = createPool({
                ...{ host, port, database, user, password, connectionLimit: 1 },
                ...(ssl ? { ssl: { ...ssl, verifyIdentity: ssl.rejectUnauthorized } } : {}),
                connectTimeout: connectMs,
                // A float or a Date would not hold what the server says.
                typeCast: (field) => field.string(),
            });
            const { promise: broken, reject } = Promise.withResolvers<never>();
            // Whoever waits hears of it; when nobody does, nothing is lost.
            broken.catch(() => {});
            pool.on('connection', (connection) => {
                connections.add(connection);
                connection.on('error', reject);
            });
            return {
                broken,
                db: new Kysely({ dialect: new MysqlDialect({ pool, onCreateConnection }) }),
                end: async () => {
                    for (const connection of connections) connection.destroy();
                    pool.end(() => {});
                },
            };
        },
        settle: async (db) => {
            const { rows } = await sql<{ version: string }>`select version() as version`.execute(
                db,
            );
            const isMaria = /mariadb/i.test(rows[0]?.version ?? '');
            await (isMaria
                ? sql`set session max_statement_time = ${sql.lit(minutes * 60)}`
                : sql`set session max_execution_time = ${sql.lit(minutes * 60_000)}`
            ).execute(db);
        },
        describe: async (db, { schema, name }) => {
            const { rows } = await sql`
                select
                    c.column_name as name,
                    c.data_type as type,
                    c.is_nullable as mayBeNull,
                    k.ordinal_position as keyPlace
                from information_schema.columns as c
                left join information_schema.key_column_usage as k
                    on k.table_schema = c.table_schema and k.table_name = c.table_name
                    and k.column_name = c.column_name and k.constraint_name = 'PRIMARY'
                where c.table_schema = ${schema ?? database} and c.table_name = ${name}
                order by c.ordinal_position`.execute(db);
            return describedColumns(rows);
        },
        tables: async (db) => {
            const { rows } = await sql`
                select table_schema as \`schema\`, table_name as name
                from information_schema.tables
                where table_schema not in
                    ('information_schema', 'mysql', 'performance_schema', 'sys')
                order by 1, 2`.execute(db);
            return describedTables(rows);
        },
        cursorKind: cursorKindOf,
        read: readValue,
        order: orderOfValue,
        bound: boundValue,
        now: (kind) => (kind === 'day' ? sql`utc_date()` : sql`utc_timestamp(6)`),
        json: jsonOfValue,
        judge: judgeMysql,
    };
}

/** In a mode of its own a server would take a backslash in a value for itself. */
const onCreateConnection: NonNullable<
    ConstructorParameters<typeof MysqlDialect>[0]['onCreateConnection']
> = async (connection) => {
    await connection.executeQuery(
        CompiledQuery.raw(
            `set session time_zone = '+00:00', sql_mode = '', net_write_timeout = ${writeSeconds}`,
        ),
    );
};

const passing = new Set([
    ...['ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'],
    ...['ER_TOO_MANY_USER_CONNECTIONS', 'ER_CONNECTION_KILLED', 'ER_NET_READ_INTERRUPTED'],
    ...['ER_NEW_ABORTING_CONNECTION', 'ER_NORMAL_SHUTDOWN', 'ER_CLIENT_INTERACTION_TIMEOUT'],
]);

const tooLong =
    'make an index on the cursor and the key of the table, or raise statement_timeout_minutes; the next run goes on where this one stood';

const fixes: Readonly<Record<string, string>> = {
    ER_BAD_DB_ERROR: 'correct database in the connection',
    ER_DBACCESS_DENIED_ERROR: 'grant select on the tables to the user of the connection',
    ER_TABLEACCESS_DENIED_ERROR: 'grant select on the table to the user of the connection',
    ER_COLUMNACCESS_DENIED_ERROR: 'grant select on the column to the user of the connection',
    ER_NO_SUCH_TABLE: 'correct table in the connection',
    ER_QUERY_TIMEOUT: tooLong,
    ER_STATEMENT_TIMEOUT: tooLong,
};

/** What an error of the driver or the server means, by its name. */
export function judgeMysql(error: unknown): Verdict {
    const onTheWay = judgeNetwork(error);
    if (onTheWay) return onTheWay;
    const code = codeOf(error);
    if (!(error instanceof Error) || !code.startsWith('ER_')) return { kind: 'ok' };
    const why = `${error.message} (${code})`;
    if (code === 'ER_ACCESS_DENIED_ERROR') return { kind: 'dead token', why };
    if (passing.has(code)) return { kind: 'retriable', why };
    const fix = fixes[code];
    return { kind: 'our fault', why, ...(fix === undefined ? {} : { fix }) };
}
