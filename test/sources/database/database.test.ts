import {
    DummyDriver,
    Kysely,
    MysqlAdapter,
    MysqlIntrospector,
    MysqlQueryCompiler,
    PostgresAdapter,
    PostgresIntrospector,
    PostgresQueryCompiler,
} from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../pipelines/sources/database/reading.ts';
import { selectRows } from '../../../pipelines/sources/database/walk.ts';
import { createMysql, judgeMysql } from '../../../pipelines/sources/mysql/client.ts';
import * as ofMysql from '../../../pipelines/sources/mysql/rows.ts';
import { createPostgres, judgePostgres } from '../../../pipelines/sources/postgres/client.ts';
import * as ofPostgres from '../../../pipelines/sources/postgres/rows.ts';
import { connectionSchema } from '../../../pipelines/sources/registry.ts';
import { createTestClock } from '../api/test-clock.ts';

const tools = {
    clock: createTestClock(),
    directory: '/nowhere',
    secret: (name: string) => name,
    onNote: () => {},
};
const settings = (system: 'postgres' | 'mysql', tables: readonly object[] = []) => ({
    ...{ name: 'shop', system, since: '2025-01-01', host: 'db.test', database: 'crm', tables },
});
const dialects = {
    postgres: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    mysql: {
        createAdapter: () => new MysqlAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db: Kysely<unknown>) => new MysqlIntrospector(db),
        createQueryCompiler: () => new MysqlQueryCompiler(),
    },
};
const systems = {
    postgres: createPostgres(connectionSchema.parse(settings('postgres')) as never, tools),
    mysql: createMysql(connectionSchema.parse(settings('mysql')) as never, tools),
};
const column = (name: string, type: string) => ({ name, type, mayBeNull: false });

function compiled(name: 'postgres' | 'mysql', reading: Reading, place: object) {
    const db = new Kysely<unknown>({ dialect: dialects[name] });
    const all = { from: null, isWithoutCursor: false, after: null, ...place };
    const { sql, parameters } = selectRows(db, systems[name], reading, all).compile();
    return { sql, parameters };
}

describe('the question for rows', () => {
    const reading: Reading = {
        table: { schema: 'crm', name: 'odd "name`; drop' },
        columns: [column('amount', 'numeric')],
        key: [column('shop', 'int'), column('id', 'bigint')],
        cursor: { ...column('changed', 'timestamp'), kind: 'instant' },
    };

    it('begins behind the last row, by cursor and key, with values apart from the text', () => {
        expect(compiled('postgres', reading, { after: ['t', '1', '2'] })).toEqual({
            sql:
                'select "source"."amount" as "amount", "source"."changed" as "changed", "source"."shop" as "shop", ' +
                '"source"."id" as "id" from "crm"."odd ""name`; drop" as "source" ' +
                'where "source"."changed" >= $1 and ("source"."changed" > $2 or ("source"."changed" = $3 and ' +
                '("source"."shop" > $4 or ("source"."shop" = $5 and "source"."id" > $6)))) ' +
                'order by "source"."changed", "source"."shop", "source"."id"',
            parameters: ['t', 't', 't', '1', '1', '2'],
        });
    });

    it('compares long ids of MySQL as whole numbers', () => {
        const { sql } = compiled('mysql', reading, { after: ['t', '1', '-2'] });
        expect(sql).toContain('from `crm`.`odd "name``; drop` as `source`');
        expect(sql).toContain('`source`.`id` > cast(? as signed)');
        expect(sql).toContain('`source`.`shop` > cast(? as unsigned)');
    });

    it('sorts words of MySQL as it compares them, and finds those behind the last one', () => {
        const key = [column('kind', 'enum'), column('id', 'int')];
        const { sql } = compiled('mysql', { ...reading, key }, { after: ['t', 'paid', '2'] });
        expect(sql).toContain('cast(`source`.`kind` as char) > ?');
        expect(sql).toContain('cast(`source`.`kind` as char) = ?');
        expect(sql).toMatch(/order by `source`.`changed`, cast\(`source`.`kind` as char\), /);
        expect(compiled('mysql', { ...reading, key }, {}).sql).toContain(
            '`source`.`kind` as `kind`',
        );
    });

    it('asks for rows without a cursor by their key alone', () => {
        const { sql } = compiled('postgres', reading, { isWithoutCursor: true });
        expect(sql).toMatch(
            /where "source"."changed" is null order by "source"."shop", "source"."id"$/,
        );
    });

    it('asks for everything in the order of the key where there is no cursor', () => {
        const { sql, parameters } = compiled('mysql', { ...reading, cursor: undefined }, {});
        expect(sql).not.toContain('where');
        expect(parameters).toEqual([]);
    });
});

describe('values', () => {
    it.each([
        ['jsonb', '{"a": 1.10}', '{"a": 1.10}'],
        ['json', '{"a":\n1}', '{"a": 1}'],
        ['bool', 't', '"true"'],
        ['numeric', '12345678901234567890.10', '"12345678901234567890.10"'],
        ['text', 'a "b"\n', '"a \\"b\\"\\n"'],
    ])('of Postgres: %s %s is %s', (type, text, json) => {
        expect(ofPostgres.jsonOfValue(column('x', type), text)).toBe(json);
    });

    it.each([
        ['timestamp', '2026-03-29 01:00:00', '"2026-03-29 01:00:00Z"'],
        ['datetime', '2026-03-29 01:00:00', '"2026-03-29 01:00:00"'],
        ['datetime', '0000-00-00 00:00:00', 'null'],
        ['varchar', '0000-00-00', '"0000-00-00"'],
        ['json', '{"a": 1}', '{"a": 1}'],
        ['tinyint', '1', '"1"'],
    ])('of MySQL: %s %s is %s', (type, text, json) => {
        expect(ofMysql.jsonOfValue(column('x', type), text)).toBe(json);
    });
});

describe('errors', () => {
    const failed = (message: string, code?: string) => Object.assign(new Error(message), { code });

    it.each([
        ['28P01', 'dead token'],
        ['42501', 'our fault'],
        ['57014', 'our fault'],
        ['53300', 'retriable'],
        ['57P01', 'retriable'],
        ['40001', 'retriable'],
        ['08006', 'retriable'],
        ['ECONNRESET', 'retriable'],
        ['ENOTFOUND', 'our fault'],
        ['SELF_SIGNED_CERT_IN_CHAIN', 'our fault'],
        [undefined, 'ok'],
    ])('of Postgres: %s is %s', (code, kind) => {
        expect(judgePostgres(failed('x', code)).kind).toBe(kind);
    });

    it.each([
        ['ER_ACCESS_DENIED_ERROR', 'dead token'],
        ['ER_TABLEACCESS_DENIED_ERROR', 'our fault'],
        ['ER_QUERY_TIMEOUT', 'our fault'],
        ['ER_STATEMENT_TIMEOUT', 'our fault'],
        ['ER_CON_COUNT_ERROR', 'retriable'],
        ['ER_SERVER_SHUTDOWN', 'retriable'],
        ['PROTOCOL_CONNECTION_LOST', 'retriable'],
        ['HANDSHAKE_SSL_ERROR', 'our fault'],
    ])('of MySQL: %s is %s', (code, kind) => {
        expect(judgeMysql(failed('x', code)).kind).toBe(kind);
    });

    it('a connection that ended without a code passes, and a bug does not', () => {
        expect(judgePostgres(failed('Connection terminated unexpectedly')).kind).toBe('retriable');
        expect(judgeMysql(new TypeError('x is not a function')).kind).toBe('ok');
    });
});

describe('settings of tables', () => {
    const refusal = (table: object, more: readonly object[] = []) =>
        connectionSchema.safeParse(settings('postgres', [table, ...more])).error?.issues[0]
            ?.message;
    const payments = { table: 'crm.payments', stream: 'payments', columns: { payment_id: 'id' } };

    it.each([
        [
            'a column the stream has not',
            { ...payments, columns: { amout: 'x' } },
            /no column amout/,
        ],
        [
            'a mark of something that is no mark',
            {
                ...payments,
                columns: { ...payments.columns, net_amount: { column: 'a', is_filled: true } },
            },
            /not true or false/,
        ],
        [
            'ids that stand in no column',
            { ...payments, columns: { payment_id: { column: ['a', 'b'], joined: true } } },
            /compare_ids: false/,
        ],
        [
            'a cursor of ad spend that is not its day',
            { table: 'spend', stream: 'ad_spend', cursor: 'updated_at' },
            /whole days/,
        ],
        ['a table of three parts', { ...payments, table: 'a.b.c' }, /such as crm.leads/],
    ])('refuse %s', (_, table, message) => {
        expect(refusal(table)).toMatch(message);
    });

    it('refuse tables of one stream of which only some say what was deleted', () => {
        const marked = {
            ...payments,
            table: 'b',
            columns: { ...payments.columns, is_deleted: 'gone' },
        };
        expect(refusal(payments, [marked])).toMatch(/either all or none/);
        expect(refusal(payments, [{ ...payments, table: 'b' }])).toBeUndefined();
    });

    it('refuse two tables whose folders would be one', () => {
        expect(refusal({ ...payments, table: 'a b' }, [{ ...payments, table: 'a_b' }])).toMatch(
            /make a view/,
        );
    });
});
