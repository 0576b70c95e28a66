import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { glob } from 'tinyglobby';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../pipelines/config-schema.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { startPostgres, type TestServer } from '../../sources/postgres/server.ts';
import { createTestCompany, type TestCompany } from '../loading/company.ts';

type Connection = NonNullable<ConfigInput['connections']>[number];
type Tables = Extract<Connection, { system: 'postgres' }>['tables'];

let server: TestServer;
let company: TestCompany;
let clock: TestClock;

beforeAll(async () => {
    server = await startPostgres();
    await server.run(`create role reader login password 'secret'`);
});
afterAll(() => server.close());

beforeEach(async () => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', 'SHOP_USER=reader\nSHOP_PASSWORD=secret\n');
    await server.run(`
        drop schema if exists crm cascade;
        create schema crm;
        alter default privileges in schema crm grant select on tables to reader;
        grant usage on schema crm to reader`);
});
afterEach(() => company.close());

const configure = (tables: Tables, more: object = {}) =>
    company.configure([], {
        connections: [
            {
                name: 'shop',
                system: 'postgres',
                since: '2020-01-01',
                host: '127.0.0.1',
                port: server.port,
                database: 'postgres',
                tls: 'off',
                tables,
                ...more,
            },
        ],
    });

async function load(options = {}) {
    const outcomes = await company.load({ clock, ...options });
    return outcomes.map((outcome) => {
        if (outcome.status === 'failed') throw outcome.error;
        return outcome.status === 'loaded' ? outcome.counts : undefined;
    });
}

const payments: Tables = [
    {
        table: 'crm.payments',
        stream: 'payments',
        cursor: 'changed',
        columns: {
            payment_id: 'id',
            deal_id: 'deal',
            paid_at: 'paid',
            kind: { column: 'kind', values: { in: 'payment' } },
            net_amount: 'amount',
            currency_code: 'currency',
        },
    },
];

const createPayments = (rows: number, note = 'x') =>
    server.run(`
        create table crm.payments (
            id bigint primary key, deal text, paid timestamptz not null, kind text not null,
            amount numeric(18, 2) not null, currency char(5) not null, note text,
            changed timestamptz not null);
        insert into crm.payments
        select
            9007199254740992 + i, 'D-' || i % 100, timestamptz '2026-01-01 00:00+00' + i * interval '1 minute',
            'in', i / 100.0, 'EUR', '${note}', timestamptz '2026-01-01 00:00+00' + i * interval '1 minute'
        from generate_series(1, ${rows}) as i`);

const stored = () =>
    company.query<{ rows: number; net: string; ids: number }>(`
        select
            cast(count(*) filter (is_deleted is null) as integer) as rows,
            cast(sum(net_amount) as varchar) as net,
            cast(count(distinct payment_id) as integer) as ids
        from raw_files.payments`);

describe('PostgreSQL', () => {
    it('loads values of every type as they are', async () => {
        await server.run(`
            create table crm.deals (
                code uuid primary key, contacts text[], price money, won boolean, state text,
                opened timestamptz, closed timestamp, updated timestamptz, gone_at timestamptz,
                more jsonb, raw json);
            insert into crm.deals values
                ('11111111-0000-4000-8000-000000000001', '{a,b}', '1234567.89', true, 'W',
                 '2026-03-29 03:30:00.123456+03', '2026-03-29 12:00:00', '2026-04-01 00:00+00', null,
                 '{"line": "gates", "big": 12345678901234567890.12}', E'{"stage":\n "won"}'),
                ('11111111-0000-4000-8000-000000000002', null, '0.10', false, 'L', null,
                 '2026-03-30 12:00:00', null, '2026-04-02 00:00+00', null, null)`);
        configure(
            [
                {
                    table: 'crm.deals',
                    stream: 'deals',
                    cursor: 'updated',
                    columns: {
                        deal_id: 'code',
                        lead_id: 'contacts',
                        amount: 'price',
                        status: { column: 'state', values: { W: 'won', L: 'lost' } },
                        created_at: 'opened',
                        closed_at: 'closed',
                        updated_at: 'updated',
                        product_line: 'more.line',
                        stage: 'raw.stage',
                        is_deleted: { column: 'gone_at', is_filled: true },
                    },
                    constants: { currency_code: 'EUR' },
                },
            ],
            { timezone: 'Europe/Bucharest' },
        );
        await load();
        expect(
            await company.query(
                `select * exclude (_file_id) from raw_files.deals order by deal_id`,
            ),
        ).toMatchObject([
            {
                deal_id: '11111111-0000-4000-8000-000000000001',
                lead_id: 'a;b',
                amount: '1234567.89',
                status: 'won',
                stage: 'won',
                product_line: 'gates',
                created_at: '2026-03-29 00:30:00.123456',
                closed_at: '2026-03-29 09:00:00',
                is_deleted: null,
            },
            {
                deal_id: '11111111-0000-4000-8000-000000000002',
                lead_id: null,
                amount: '0.10',
                status: 'lost',
                updated_at: null,
                is_deleted: true,
            },
        ]);
    });

    it('reads a domain as the type it stands for, and a list by what it is, not by its name', async () => {
        await server.run(`
            create domain crm.yes_or_no as boolean;
            create domain crm.flag as crm.yes_or_no;
            create domain crm.codes as text[];
            create domain crm.extra as jsonb;
            create domain crm.changed_at as timestamptz not null;
            create type crm._state as enum ('won', 'lost');
            create table crm.deals (
                code int, name text, contacts crm.codes, gone crm.flag, more crm.extra, state crm._state,
                price numeric, twice numeric generated always as (price * 2) stored,
                created_at date, updated crm.changed_at, primary key (code) include (name));
            grant usage on schema crm to reader;
            insert into crm.deals values
                (1, null, '{a,b}', true, '{"line": "gates"}', 'won', 2.50, default, '2026-03-01', '2026-04-01 00:00+00'),
                (2, 'x', null, false, null, 'lost', 1, default, '2026-03-01', '2026-04-02 00:00+00')`);
        configure([
            {
                table: 'crm.deals',
                stream: 'deals',
                cursor: 'updated',
                columns: {
                    deal_id: 'code',
                    lead_id: 'contacts',
                    amount: 'twice',
                    status: 'state',
                    closed_at: 'created_at',
                    updated_at: 'updated',
                    product_line: 'more.line',
                    is_deleted: 'gone',
                },
                constants: { currency_code: 'EUR' },
            },
        ]);
        await load();
        expect(
            await company.query(
                `select deal_id, lead_id, cast(amount as double) as amount, status, product_line, is_deleted from raw_files.deals order by deal_id`,
            ),
        ).toMatchObject([
            {
                deal_id: '1',
                lead_id: 'a;b',
                amount: 5,
                status: 'won',
                product_line: 'gates',
                is_deleted: true,
            },
            {
                deal_id: '2',
                lead_id: null,
                amount: 2,
                status: 'lost',
                product_line: null,
                is_deleted: false,
            },
        ]);
    });

    it('says when rows of a key of two columns would share an id, and loads them all when it is joined', async () => {
        await server.run(`
            create table crm.payments (
                shop int, id int, deal text, paid timestamptz, kind text, amount numeric, currency text,
                changed timestamptz, primary key (shop, id));
            insert into crm.payments
            select s, i, 'D', '2026-01-01', 'in', s * 100 + i, 'EUR', '2026-01-01'
            from generate_series(1, 2) as s, generate_series(1, 3) as i`);
        const notes = async () =>
            (await company.load({ clock })).flatMap((one) =>
                one.status === 'loaded' ? one.notes : [],
            );
        const [table] = payments as NonNullable<Tables>;
        const columns = {
            ...table?.columns,
            payment_id: { column: ['shop', 'id'], joined: true },
        };
        configure([{ ...table, columns, compare_ids: false } as never]);
        expect(await notes()).toEqual([]);
        expect(await stored()).toEqual([{ rows: 6, net: '912.00', ids: 6 }]);
        configure(payments);
        expect(await notes()).toContainEqual(
            expect.stringMatching(/by shop and id, but payment_id is made without shop/),
        );
        configure([{ ...table, key: ['shop', 'id'] } as never]);
        expect(await notes()).not.toContainEqual(expect.stringMatching(/made without/));
    });

    it('reads the second time what changed, also what was committed late or has no cursor', async () => {
        await createPayments(5000);
        await server.run('alter table crm.payments alter changed drop not null');
        configure(payments);
        await load();
        expect(await stored()).toEqual([{ rows: 5000, net: '125025.00', ids: 5000 }]);
        await server.run(`
            update crm.payments set amount = 500, changed = '2026-01-10 00:00+00' where amount = 1;
            insert into crm.payments values
                (1, 'D-1', '2026-01-04 11:00+00', 'in', 7, 'EUR', '', '2026-01-04 11:10+00'),
                (2, 'D-1', '2026-01-04 11:00+00', 'in', 8, 'EUR', '', null)`);
        const [counts] = await load();
        // Of the last 15 minutes, the last row among them; and the three.
        expect(counts).toMatchObject({ read: 16 + 3, inserted: 2, updated: 1 });
        expect(await stored()).toEqual([{ rows: 5002, net: '125539.00', ids: 5002 }]);
    });

    it('finds what is new although a row claims to be of the future', async () => {
        await createPayments(10);
        await server.run(`update crm.payments set changed = '2999-01-01' where amount = 0.01`);
        configure(payments);
        await load();
        await server.run(
            `insert into crm.payments values (1, 'D-1', now(), 'in', 7, 'EUR', '', now())`,
        );
        await load();
        expect(await stored()).toMatchObject([{ rows: 11 }]);
    });

    it('marks what was deleted by comparing ids, and asks for them once a week', async () => {
        await createPayments(100);
        configure(payments);
        await load();
        await server.run('delete from crm.payments where amount = 1');
        clock.advance(86_400_000);
        await load();
        expect(await stored()).toMatchObject([{ rows: 100 }]);
        clock.advance(7 * 86_400_000);
        await load();
        expect(await stored()).toMatchObject([{ rows: 99, ids: 100 }]);
    });

    it('reads several tables into one stream, each mapped in its own way', async () => {
        await createPayments(3);
        await server.run(`
            create table crm.refunds (no int primary key, back numeric, day date);
            insert into crm.refunds values (1, 5, '2026-02-01')`);
        configure([
            ...(payments ?? []),
            {
                table: 'crm.refunds',
                stream: 'payments',
                columns: {
                    payment_id: 'no',
                    net_amount: { column: 'back', multiply_by: '-1' },
                    paid_at: 'day',
                },
                constants: { kind: 'refund', currency_code: 'EUR' },
            },
        ]);
        await load();
        clock.advance(8 * 86_400_000);
        await load();
        expect(await stored()).toEqual([{ rows: 4, net: '-4.94', ids: 4 }]);
    });

    it('replaces whole days of ad spend', async () => {
        await server.run(`
            create view crm.spend as
            select * from (values (1, date '2026-01-01', 10.5), (2, '2026-01-02', 20), (3, '2026-01-02', 5))
                as rows(campaign, day, cost)`);
        const spend: Tables = [
            {
                table: 'crm.spend',
                stream: 'ad_spend',
                cursor: 'day',
                key: ['campaign'],
                columns: { spend_date: 'day', campaign_id: 'campaign', spend_amount: 'cost' },
                constants: { platform: 'x', account_id: 'a', currency_code: 'EUR' },
            },
        ];
        configure(spend, { since: '2026-01-01' });
        await load();
        await server.run(`
            create or replace view crm.spend as
            select * from (values (1, date '2026-01-01', 10.5), (2, '2026-01-02', 30.0))
                as rows(campaign, day, cost)`);
        await load({ isConfirmed: true });
        expect(
            await company.query(
                'select campaign_id, cast(spend_amount as varchar) as cost from raw_files.ad_spend order by all',
            ),
        ).toEqual([
            { campaign_id: '1', cost: '10.500000' },
            { campaign_id: '2', cost: '30.000000' },
        ]);
    });

    it('goes on within the run when the server ends its connection', async () => {
        await createPayments(9000);
        configure(payments);
        let isOver = false;
        const loading = load().finally(() => {
            isOver = true;
        });
        let ended = 0;
        while (ended === 0 && !isOver) {
            const gone = await server.run(`
                select pg_terminate_backend(pid) from pg_stat_activity
                where usename = 'reader' and query like '%order by%'`);
            ended = gone.length;
        }
        await loading;
        expect(ended).toBe(1);
        expect(await stored()).toMatchObject([{ rows: 9000, ids: 9000 }]);
    });

    it('goes on behind the last page that landed when it was killed', async () => {
        await createPayments(8000, 'x'.repeat(1500));
        const [table] = payments as NonNullable<Tables>;
        configure([{ ...table, keep_columns: ['note'] } as typeof table & object]);
        const cli = fileURLToPath(new URL('../../../pipelines/cli.ts', import.meta.url));
        const options = ['--config', company.configPath, '--warehouse', company.warehousePath];
        const start = () => spawn(process.execPath, [cli, 'load', ...options], { stdio: 'ignore' });
        const child = start();
        const closed = once(child, 'close');
        const landed = () =>
            glob(`${company.directory}/state/**/payments_crm_payments/*/*.gz`, {
                dot: true,
            });
        while ((await landed()).length === 0 && child.exitCode === null) await wait(50);
        child.kill('SIGKILL');
        const [, signal] = await closed;
        expect(signal).toBe('SIGKILL');
        // What has landed is not read again: a row behind it that is gone is no longer there to read.
        const last = Number(9007199254740992n + 2n);
        await server.run(`delete from crm.payments where id = ${last}`);
        const [code] = await once(start(), 'close');
        expect(code).toBe(0);
        expect(await stored()).toMatchObject([{ rows: 7999, ids: 8000 }]);
    });

    it.each<[string, string, Tables, RegExp]>([
        [
            'a table that is not there',
            'create table crm.paid (id int)',
            payments,
            /no table or view crm.payments.*[\s\S]*crm\.paid/,
        ],
        [
            'a column that is not there',
            'create table crm.payments (id int primary key, changed timestamptz)',
            payments,
            /has no column deal/,
        ],
        [
            'a view without a key',
            'create view crm.payments as select 1 as id, now() as changed, 1 as deal, 1 as paid, 1 as kind, 1 as amount, 1 as currency',
            payments,
            /key: \['id'\]/,
        ],
        [
            'a key that does not tell rows apart',
            `create table crm.payments as select 1 as id, now() as changed, 1 as deal, now() as paid, 'in' as kind, 1 as amount, 'EUR' as currency
                from generate_series(1, 2)`,
            [{ ...payments?.[0], key: ['id'] } as never],
            /Two rows of crm.payments have the same changed, id/,
        ],
        [
            'a key that is empty',
            `create table crm.payments as select null as id, now() as changed, 1 as deal, now() as paid, 'in' as kind, 1 as amount, 'EUR' as currency`,
            [{ ...payments?.[0], key: ['id'] } as never],
            /has no id, which is part of its key/,
        ],
        [
            'a cursor of another type',
            'create table crm.payments (id int primary key, changed text, deal text, paid date, kind text, amount int, currency text)',
            payments,
            /changed is text, which cannot be a cursor/,
        ],
    ])('refuses %s and says what to write', async (_, statements, tables, message) => {
        await server.run(statements);
        configure(tables);
        await expect(load()).rejects.toThrow(message);
    });

    it('refuses a wrong password without showing it', async () => {
        company.write('.env', 'SHOP_USER=reader\nSHOP_PASSWORD=not-the-word\n');
        configure(payments);
        const refused = load();
        await expect(refused).rejects.toThrow(/28P01[\s\S]*SHOP_USER and SHOP_PASSWORD/);
        await expect(refused).rejects.not.toThrow(/not-the-word/);
    });

    it('says how to reach a server without TLS, and one without the database', async () => {
        configure(payments, { tls: 'verified' });
        await expect(load()).rejects.toThrow(/does not support SSL[\s\S]*tls: 'off'/);
        configure(payments, { database: 'nowhere' });
        await expect(load()).rejects.toThrow(/correct database in the connection/);
    });

    it('can but read, whatever its user might do', async () => {
        await createPayments(1);
        await server.run(`
            create function crm.spoil() returns int language plpgsql as
                $$ begin delete from crm.payments; return 1; end $$;
            create view crm.trap as select id, crm.spoil() as deal, paid, kind, amount, currency, changed from crm.payments;
            grant all on crm.payments to reader;
            alter view crm.trap owner to reader;
            grant create on schema crm to reader`);
        configure([{ ...payments?.[0], table: 'crm.trap', key: ['id'] } as never]);
        await expect(load()).rejects.toThrow(/read-only transaction/);
        expect(await server.run('select count(*) as rows from crm.payments')).toEqual([
            { rows: '1' },
        ]);
    });
});
