import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { readAudiences, requireAudiences } from '../../dashboards/building/audiences.ts';
import { partOf, partOfPage } from '../../dashboards/components/audience.js';
import { searchPath } from '../../dashboards/query-layer/src/engine-settings.js';

const audiences = readAudiences();
const routes = Object.keys(audiences.pages);

describe('who sees what', () => {
    it('is said of every page, and of no other', () => {
        expect(() => requireAudiences(audiences, routes)).not.toThrow();
        expect(() => requireAudiences(audiences, [...routes, '/bonus'])).toThrow(
            'does not say who may open /bonus',
        );
        expect(() => requireAudiences(audiences, routes.slice(1))).toThrow(
            `names ${routes[0]}, and there is no such page`,
        );
        const pages = { '/pay': 'payee' };
        expect(() => requireAudiences({ ...audiences, pages }, ['/pay'])).toThrow(
            'expected [payee] in it',
        );
    });

    it('is one of the audiences there are, of pages and tables', () => {
        const pages = { '/': 'evryone' };
        expect(() => requireAudiences({ ...audiences, pages }, ['/'])).toThrow(
            "/: expected one of everyone, finance, department, payee, got 'evryone'",
        );
        const tables = { ...audiences.tables, rpt_cards: { finanze: true as const } };
        expect(() => requireAudiences({ ...audiences, tables }, routes)).toThrow(
            "rpt_cards: expected one of everyone, finance, department, payee, got 'finanze'",
        );
    });

    it('gives pages of everyone no table of pay', () => {
        const tablesOf = (...readers: string[]) =>
            Object.entries(audiences.tables)
                .filter(([, rows]) => readers.some((one) => one in rows))
                .map(([table]) => table);
        const shared = tablesOf('everyone');
        expect(shared).toContain('rpt_cards');
        for (const table of ['rpt_payouts', 'rpt_statements', 'rpt_pay_cards', 'rpt_payees']) {
            expect(shared).not.toContain(table);
        }
        expect(tablesOf('payee', 'everyone')).not.toContain('rpt_payouts');
    });
});

describe('the part of a page', () => {
    it.each([
        ['/', {}, 'everyone'],
        ['/finance', {}, 'finance'],
        ['/finance/statement/[payee]', { payee: 'ana' }, 'payee-ana'],
        ['/team/[department]', { department: 'sales' }, 'department-sales'],
        ['/nowhere', {}, undefined],
    ])('%s with %o is %s', (route, params, expected) => {
        expect(partOfPage(audiences.pages, route, params)).toBe(expected);
    });

    it('is another one for every id, also where capitals make no difference', () => {
        // As `address_part` writes them: codes in capitals, and `~` is one itself.
        const addresses = ['ana', 'ANA', 'Ana', 'a~2Fb', 'a2fb', 'aNb', 'a~7E4eb', '~7E41na'];
        const parts = addresses.map((address) => partOf('payee', address).toLowerCase());
        expect(parts[3]).toBe('payee-a~2fb');
        expect(new Set(parts).size).toBe(parts.length);
        for (const part of parts) expect(part).toMatch(/^payee-[a-z0-9~_-]+$/);
    });
});

describe('a page', () => {
    it('cannot name a table of another part, whatever its queries say', async () => {
        const instance = await DuckDBInstance.create(':memory:');
        const connect = async (part: string) => {
            const connection = await instance.connect();
            for (const statement of searchPath(part)) await connection.run(statement);
            return connection;
        };
        const shared = await connect('everyone');
        const ana = await connect('payee-o~27ana');
        const boris = await connect('payee-boris');
        await shared.run('create table everyone.kpis as select 1 as value');
        await ana.run(
            'create table "payee-o~27ana".rpt_statements as select 5.5 as payable_amount',
        );
        const read = async (connection: typeof ana, table: string) =>
            (await connection.runAndReadAll(`from ${table}`)).getRows();
        expect(await read(ana, 'rpt_statements')).toHaveLength(1);
        expect(await read(ana, 'kpis')).toEqual([[1]]);
        await expect(read(shared, 'rpt_statements')).rejects.toThrow('does not exist');
        await expect(read(boris, 'rpt_statements')).rejects.toThrow('does not exist');
    });
});
