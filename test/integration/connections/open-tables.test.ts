import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectSystem } from '../../../pipelines/cli/connect.ts';
import { createContext } from '../../../pipelines/cli/context.ts';
import { writeStarter } from '../../../pipelines/cli/init.ts';
import { lookIntoTables } from '../../../pipelines/cli/look-into-tables.ts';
import { openPeekWarehouse } from '../../../pipelines/warehouse/peek.ts';
import { startPostgres, type TestServer } from '../../sources/postgres/server.ts';

/** Whoever connects a database is told which tables it may load, and doctor shows what is read. */

let server: TestServer;
let directory: string;
let config: string;
let said: string[];

beforeAll(async () => {
    server = await startPostgres();
    await server.run(`
        create role reader login password 'secret';
        create schema crm;
        create table crm.leads (
            id bigint primary key, "createdAt" timestamptz not null, email text, source text,
            deleted_at timestamptz, updated_at timestamptz not null);
        insert into crm.leads values
            (7, '2026-01-05 08:00+00', 'ann@example.com', 'google', null, '2026-01-05 09:00+00'),
            (8, '2026-01-06 08:00+00', 'bob@example.com', null, now(), '2026-01-07 09:00+00');
        create table crm.opportunities (
            opportunity_id uuid primary key, name text, amount numeric(18, 2), state text,
            contact_id bigint, owner text, opened timestamp, close_date date, modified timestamp);
        insert into crm.opportunities values
            ('11111111-0000-4000-8000-000000000001', 'Gate', 1200.50, 'W', 7, 'Ann', '2026-02-01 10:00',
             '2026-03-01', '2026-03-01 12:00');
        create table crm.receipts (id int primary key, paid_on date, total numeric(18, 2), order_id text);
        insert into crm.receipts values (1, '2026-03-05', 1200.50, 'D-1');
        create view crm.ad_spend as
        select
            'google_ads' as platform, '1' as account_id, '7' as campaign_id, date '2026-03-05' as spend_date,
            12.345678 as spend_amount, 'EUR' as currency_code;
        create table crm.campaign_stats (campaign text, day date, cost numeric(18, 2), clicks int);
        create table crm.users (id int primary key, email text, created_at timestamptz);
        create table crm.secret_leads (id int primary key, created_at timestamptz);
        grant usage on schema crm to reader;
        grant select on crm.leads, crm.opportunities, crm.receipts, crm.ad_spend, crm.campaign_stats, crm.users to reader`);
});
afterAll(() => server.close());

beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-tables-'));
    writeStarter(directory);
    config = join(directory, 'company.config.ts');
    writeFileSync(join(directory, '.env'), 'SHOP_USER=reader\nSHOP_PASSWORD=secret\n');
    said = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

let copies = 0;

/** A module is read once in a process, so each reading is of a copy, which is the config from then on. */
function contextOf() {
    const copy = join(directory, `company-${copies++}.config.ts`);
    copyFileSync(config, copy);
    config = copy;
    return createContext({ config, warehouse: join(directory, 'state', 'w.duckdb') });
}

async function connect(): Promise<string> {
    const set = ['host=127.0.0.1', `port=${server.port}`, 'database=postgres', 'tls=off'];
    const done = await connectSystem(
        await contextOf(),
        'postgres',
        { name: 'shop', since: '2026-01-01', set },
        { say: (text) => said.push(text), ask: undefined },
    );
    return done.join('\n');
}

/** Takes the // away from the entry of a table. */
function accept(table: string): void {
    const lines = readFileSync(config, 'utf8').split('\n');
    const from = lines.findIndex((line) => line.includes(`table: '${table}'`)) - 1;
    const to = lines.findIndex((line, index) => index > from && /\/\/ \},$/.test(line));
    const accepted = lines.map((line, index) =>
        index >= from && index <= to ? line.replace('// ', '') : line,
    );
    writeFileSync(config, accepted.join('\n'));
}

async function look(): Promise<string> {
    const context = await contextOf();
    const [connection] = context.config.connections;
    const warehouse = await openPeekWarehouse();
    try {
        return await lookIntoTables(warehouse, context, connection as never);
    } finally {
        await warehouse.close();
    }
}

describe('connect to a database', () => {
    it('tells which tables look like streams, and which do not', async () => {
        expect(await connect()).toContain('take the // away where they are right');
        const report = said.join('\n');
        expect(report).toContain('crm.leads: may be leads (6 columns)');
        expect(report).toContain('crm.opportunities: may be deals (');
        expect(report).toContain('crm.receipts: may be payments (');
        expect(report).toContain('none for kind, currency_code');
        expect(report).toContain('crm.ad_spend: ad_spend (6 columns)');
        expect(report).toContain(
            'crm.campaign_stats: may be ad_spend (4 columns, none for platform, account_id, currency_code)',
        );
        expect(report).toContain('of no stream that could be told: crm.users');
        expect(report).not.toContain('secret_leads');
    });

    it('writes how they would be read, which stays a comment where names are others', async () => {
        await connect();
        const text = readFileSync(config, 'utf8');
        expect(text).toContain(`// {
                //     table: 'crm.leads', stream: 'leads',
                //     cursor: 'updated_at',
                //     columns: {
                //         lead_id: 'id',
                //         created_at: 'createdAt',
                //         channel: 'source',
                //         is_deleted: { column: 'deleted_at', is_filled: true },
                //     },
                // },`);
        expect(text).toContain("//             values: { W: '?' },");
        expect(text).toContain("//     constants: { kind: 'payment', currency_code: 'EUR' },");
        const { connections } = (await contextOf()).config;
        expect(connections).toMatchObject([
            {
                name: 'shop',
                tables: [
                    {
                        table: 'crm.ad_spend',
                        stream: 'ad_spend',
                        cursor: 'spend_date',
                        key: ['platform', 'account_id', 'campaign_id', 'spend_date'],
                    },
                ],
            },
        ]);
    });

    it('lets doctor show the first values of each table as they are read', async () => {
        await connect();
        accept('crm.leads');
        accept('crm.receipts');
        const seen = await look();
        expect(seen).toContain('shop, crm.leads as leads: 2 rows looked at');
        expect(seen).toContain('lead_id              id: 7, 8');
        expect(seen).toContain('created_at           createdAt: 2026-01-05 08:00:00');
        expect(seen).toContain('is_deleted           deleted_at: true');
        expect(seen).toContain('not in the table: visitor_id');
        expect(seen).toContain("kind                 always 'payment'");
        expect(seen).toContain('spend_amount         spend_amount: 12.345678');
    });

    it('lets doctor say which column of a table is missing, and what there is', async () => {
        await connect();
        accept('crm.leads');
        writeFileSync(config, readFileSync(config, 'utf8').replace("'createdAt'", "'created'"));
        await expect(look()).rejects.toThrow(
            /crm\.leads has no column created, .*created_at is read from[\s\S]*createdAt/,
        );
    });

    it('lets doctor say which words of a table are none of the stream', async () => {
        await connect();
        accept('crm.opportunities');
        await expect(look()).rejects.toThrow(
            /1 of 1 row would be rejected:[\s\S]*status[\s\S]*expected one of open, won, lost, got 'W'/,
        );
    });
});
