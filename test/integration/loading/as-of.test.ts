import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../pipelines/errors.ts';
import { copyKnown, findKnown } from '../../../pipelines/warehouse/as-of.ts';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';
import { countsOf, createTestCompany, csv, type TestCompany, type TestInput } from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const crm: TestInput = { name: 'crm', stream: 'leads', files: ['leads/*.csv'] };
const leads = (...lines: string[]) => csv('lead_id,created_at,channel,updated_at', ...lines);

/** Loads on three evenings of March, so that instants between them can be named. */
async function loadThrice(): Promise<void> {
    company.configure([crm], { max_reject_share: 1 });
    const files = [
        leads('1,2026-02-01,a,2026-02-01', '2,2026-02-02,b,2026-02-01', '3,never,c,'),
        leads('1,2026-02-01,A,2026-03-02', '4,2026-03-03,d,2026-03-03'),
        leads('2,2026-02-02,B,2026-03-09', '3,2026-03-01,c,2026-03-01'),
    ];
    for (const [index, text] of files.entries()) {
        // What was broken is mended in place by the last export.
        if (index === 2) company.write('leads/0.csv', leads('1,2026-02-01,a,2026-02-01'));
        company.write(`leads/${index}.csv`, text);
        countsOf(await company.load());
        await company.query(`
            update jointly.loads set finished_at = timestamp '2026-03-1${index} 22:30:00'
            where finished_at = (select max(finished_at) from jointly.loads)`);
    }
}

async function known(written: string) {
    const warehouse = await openWarehouse(company.warehousePath);
    return findKnown(warehouse, written, 'Europe/Bucharest').finally(() => warehouse.close());
}

async function copied<Row>(written: string, sql: string): Promise<Row[]> {
    const path = join(company.directory, 'as-of', `${randomUUID()}.duckdb`);
    await copyKnown(company.warehousePath, path, await known(written));
    const warehouse = await openWarehouse(path);
    return warehouse.query<Row>(sql).finally(() => warehouse.close());
}

const channels = 'select lead_id, channel from raw_files.leads order by lead_id';

describe('what was known at an instant', () => {
    it('is the rows as they stood, with the state of the stream', async () => {
        await loadThrice();
        expect(await copied('2026-03-10T23:00Z', channels)).toEqual([
            { lead_id: '1', channel: 'a' },
            { lead_id: '2', channel: 'b' },
        ]);
        expect(await copied('2026-03-11T22:30Z', channels)).toEqual([
            { lead_id: '1', channel: 'A' },
            { lead_id: '2', channel: 'b' },
            { lead_id: '4', channel: 'd' },
        ]);
        const state = `select row_count, last_event_at, loaded_at, is_connected
            from jointly.stream_state where stream = 'leads'`;
        expect(await copied('2026-03-11T22:30:00.5Z', state)).toEqual([
            {
                row_count: 3,
                last_event_at: '2026-03-02 22:00:00',
                loaded_at: '2026-03-11 22:30:00',
                is_connected: true,
            },
        ]);
    });

    it('has the rejects and the history of then', async () => {
        await loadThrice();
        const rejects = 'select "row", got from jointly.rejects';
        expect(await copied('2026-03-10T22:30Z', rejects)).toEqual([{ row: 3, got: 'never' }]);
        expect(await copied('2026-03-11T23:00Z', rejects)).toEqual([{ row: 3, got: 'never' }]);
        expect(await copied('2026-03-12T23:00Z', rejects)).toEqual([]);
        const history = 'select channel from raw_history.leads';
        expect(await copied('2026-03-10T23:00Z', history)).toEqual([]);
        expect(await copied('2026-03-11T23:30Z', history)).toEqual([{ channel: 'a' }]);
    });

    it('of a day is what was known at its end in the time zone of the company', async () => {
        await loadThrice();
        // Half past ten in UTC is half past midnight in Bucharest.
        expect(await known('2026-03-11')).toMatchObject({
            asOf: '2026-03-11 21:59:59.999999',
            loads: 1,
            lastLoadAt: '2026-03-10 22:30:00',
        });
        expect(await known('2026-03-11T23:30:00+01:00')).toMatchObject({ loads: 2 });
    });

    it('follows the order of the loads where the clock went wrong', async () => {
        await loadThrice();
        await company.query(`
            update jointly.loads set finished_at = timestamp '2019-01-01 10:00:00'
            where finished_at = timestamp '2026-03-11 22:30:00'`);
        expect(await copied('2026-03-11T23:00Z', channels)).toHaveLength(3);
    });

    it('is refused where there is none, or nobody can tell which is meant', async () => {
        await loadThrice();
        for (const [written, message] of [
            ['2026-02-30', /is no date and no instant[\s\S]*got 2026-02-30/],
            ['last quarter', /is no date and no instant/],
            ['2026-03-10T10:00', /an instant with its offset/],
            [
                '2026-03-10T22:29Z',
                /Nothing was known .*: the first load ended 2026-03-10 22:30:00 UTC/,
            ],
            ['2126-01-01', /has not come yet/],
        ] as const) {
            const error = await known(written).catch((one) => one);
            expect(error, written).toBeInstanceOf(ConfigError);
            expect(error.message).toMatch(message);
        }
    });

    it('is refused where an earlier version forgot what it replaced', async () => {
        await loadThrice();
        await company.query(`
            update jointly.loads set history_rows = null where finished_at < timestamp '2026-03-12'`);
        await expect(known('2026-03-11')).rejects.toThrow(
            /was not kept: up to 2026-03-11 22:30:00 UTC/,
        );
        expect(await known('2026-03-12T00:00Z')).toMatchObject({ loads: 2 });
    });

    it('is not loaded into', async () => {
        await loadThrice();
        await copyKnown(
            company.warehousePath,
            join(company.directory, 'then.duckdb'),
            await known('2026-03-12'),
        );
        const then = { ...company, warehousePath: join(company.directory, 'then.duckdb') };
        const { runCli } = await import('../cli/start-cli.ts');
        const { code, stderr } = await runCli(then, 'load');
        expect(code).toBe(2);
        expect(stderr).toContain('The warehouse holds what was known at 2026-03-12 21:59:59');
    });
});

describe('what an input brought that is no longer in the config', () => {
    it('was known while it was there', async () => {
        const other: TestInput = { name: 'other', stream: 'leads', files: ['other/*.csv'] };
        company.write('leads/0.csv', leads('1,2026-02-01,a,'));
        company.write('other/0.csv', leads('2,2026-02-01,b,'));
        company.configure([crm, other]);
        countsOf(await company.load());
        const [{ at: before } = { at: '' }] = await company.query<{ at: string }>(
            `select strftime(max(finished_at), '%Y-%m-%dT%H:%M:%S.%fZ') as at from jointly.loads`,
        );
        company.configure([crm]);
        countsOf(await company.load());
        const [{ at: after } = { at: '' }] = await company.query<{ at: string }>(
            `select strftime(max(finished_at), '%Y-%m-%dT%H:%M:%S.%fZ') as at from jointly.loads`,
        );
        expect(await copied(before, channels)).toHaveLength(2);
        expect(await copied(after, channels)).toEqual([{ lead_id: '1', channel: 'a' }]);
        company.configure([crm, other]);
        countsOf(await company.load());
        expect(await copied(before, channels)).toHaveLength(2);
    });
});

describe('money that was rejected', () => {
    it('is lacking as of then, and no longer when it was corrected', async () => {
        const header = 'payment_id,paid_at,kind,net_amount,currency_code';
        company.write(
            'bank/1.csv',
            csv(header, 'p1,2026-01-01,payment,?,EUR', 'p2,2026-01-01,payment,2,EUR'),
        );
        company.configure([{ name: 'bank', stream: 'payments', files: ['bank/*.csv'] }], {
            max_reject_share: 0.9,
        });
        const instants: string[] = [];
        for (const file of [
            undefined,
            'p3,2026-01-02,payment,3,EUR',
            'p1,2026-01-01,payment,1,EUR',
        ]) {
            if (file) company.write(`bank/${instants.length + 1}.csv`, csv(header, file));
            countsOf(await company.load());
            const [{ at } = { at: '' }] = await company.query<{ at: string }>(
                `select strftime(max(finished_at), '%Y-%m-%dT%H:%M:%S.%fZ') as at from jointly.loads`,
            );
            instants.push(at);
        }
        const lacking = [];
        for (const instant of instants) {
            lacking.push(await copied(instant, 'select row_key from jointly.rejected_rows'));
        }
        expect(lacking).toEqual([[{ row_key: 'p1' }], [{ row_key: 'p1' }], []]);
        // Read three times, it is one row.
        expect(await company.query('from jointly.past_rejected_rows')).toHaveLength(1);
    });
});
