import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tableEntries } from '../../../pipelines/cli/table-entry.ts';
import { connectionSchema, openConnection } from '../../../pipelines/sources/registry.ts';
import { createTestClock } from '../../sources/api/test-clock.ts';
import { type MockMysql, startMysql } from '../../sources/mysql/mock.ts';
import { createTestCompany, type TestCompany } from '../loading/company.ts';

const clock = createTestClock('2026-11-29T12:00:00Z');
let mock: MockMysql;
let company: TestCompany;

const columns = {
    payment_id: 'id',
    paid_at: 'paid',
    net_amount: 'total',
    currency_code: 'currency',
    deal_id: 'more.deal',
};

beforeEach(async () => {
    mock = await startMysql();
    company = createTestCompany();
    company.write('.env', 'SHOP_USER=reader\nSHOP_PASSWORD=secret\n');
    company.configure([], {
        connections: [
            {
                name: 'shop',
                system: 'mysql',
                since: '2020-01-01',
                host: '127.0.0.1',
                port: mock.port,
                database: 'shop',
                tls: 'off',
                timezone: 'Europe/Bucharest',
                tables: [
                    {
                        table: 'orders',
                        stream: 'payments',
                        cursor: 'changed',
                        columns,
                        constants: { kind: 'payment' },
                    },
                ],
            },
        ],
    });
    mock.tables.orders = {
        columns: {
            id: 'bigint',
            paid: 'datetime',
            total: 'decimal',
            currency: 'varchar',
            more: 'json',
            changed: 'timestamp',
        },
        key: ['id'],
    };
    await mock.run(`
        create table orders as
        select
            9007199254740992 + i as id, timestamp '2026-07-01 12:00:00' as paid,
            cast(i / 100 as decimal(18, 2)) as total, 'EUR' as currency, '{"deal": "D-1"}' as more,
            timestamp '2026-07-01 12:00:00' + i * interval '1 minute' as changed
        from range(1, 5001) as rows(i)`);
});
afterEach(async () => {
    company.close();
    await mock.close();
});

async function load() {
    const outcomes = await company.load({ clock });
    return outcomes.map((outcome) => {
        if (outcome.status === 'failed') throw outcome.error;
        return outcome.status === 'loaded' ? outcome.counts : undefined;
    });
}

const stored = () =>
    company.query(`
        select
            cast(count(*) as integer) as rows, cast(count(distinct payment_id) as integer) as ids,
            cast(sum(net_amount) as varchar) as net, min(paid_at) as paid, min(deal_id) as deal
        from raw_files.payments`);
const whole = {
    rows: 5000,
    ids: 5000,
    net: '125025.00',
    paid: '2026-07-01 09:00:00',
    deal: 'D-1',
};

describe('MySQL', () => {
    it('loads amounts, times of its zone and parts of json, in a transaction that can but read', async () => {
        await load();
        expect(await stored()).toEqual([whole]);
        expect(mock.asked.slice(0, 5)).toEqual([
            `set session time_zone = '+00:00', sql_mode = '', net_write_timeout = 600`,
            'set transaction isolation level repeatable read, read only',
            'begin',
            'select version() as version',
            'set session max_execution_time = 3600000',
        ]);
    });

    it('asks the second time for what changed', async () => {
        await load();
        await mock.run(`update orders set total = 0, changed = '2026-07-10' where total = 1`);
        const [counts] = await load();
        expect(counts).toMatchObject({ read: 17, updated: 1 });
    });

    it('goes on behind the last page when the connection breaks in the middle of an answer', async () => {
        mock.breakAfter = 3100;
        await load();
        expect(await stored()).toEqual([whole]);
        const again = mock.asked.filter((one) => one.includes('`id` > cast('));
        expect(again).toHaveLength(1);
    });

    it('tells of which stream a table may be, and how it would be read', async () => {
        await mock.run('create schema shop; create table shop.orders as from orders');
        const connection = connectionSchema.parse({
            ...{ name: 'shop', system: 'mysql', since: '2020-01-01', tls: 'off' },
            ...{ host: '127.0.0.1', port: mock.port, database: 'shop' },
        });
        const connector = await openConnection(connection, {
            ...{ clock, directory: company.directory, onNote: () => {} },
            secret: (name) => ({ user: 'reader', password: 'secret' })[name] ?? '',
        });
        const { report, lines } = await tableEntries((await connector.tables?.()) ?? [], 'EUR');
        await connector.close?.();
        expect(report[0]).toBe('shop.orders: may be payments (4 columns, none for kind)');
        expect(lines.slice(2)).toEqual(
            [
                '{',
                `    table: 'shop.orders', stream: 'payments',`,
                `    cursor: 'changed',`,
                '    columns: {',
                `        payment_id: 'id',`,
                `        paid_at: 'paid',`,
                `        net_amount: 'total',`,
                `        currency_code: 'currency',`,
                '    },',
                `    constants: { kind: 'payment' },`,
                '},',
            ].map((line) => `// ${line}`),
        );
    });
});
