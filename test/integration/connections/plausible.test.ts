import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    hourly,
    type MockPlausible,
    noAccess,
    startPlausible,
} from '../../sources/plausible/mock.ts';
import { countsOf, createTestCompany, failureOf, type TestCompany } from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockPlausible;
let company: TestCompany;
let clock: TestClock;

const load = (options = {}) => company.load({ clock, ...options });
const visits = () =>
    company.query(`
        select cast(visit_date as varchar) as day, channel, cast(visits as integer) as visits
        from raw_files.visit_counts order by all`);
const cursor = () => company.query('select cursor from jointly.cursors');
const begin = () => {
    company = createTestCompany();
    // The day is over in Auckland, and not yet in UTC.
    clock = createTestClock('2026-11-28T12:00:00Z');
    company.write('.env', 'WEB_TOKEN=stats-key\n');
    company.configure([], {
        connections: [
            {
                name: 'web',
                system: 'plausible',
                site_id: 'shop.test',
                timezone: 'Pacific/Auckland',
                since: '2026-11-01',
                address: mock.address,
            },
        ],
    });
};

beforeEach(async () => {
    mock = await startPlausible();
    mock.counts = [
        { date: '2026-11-10', channel: 'Direct', visits: 5 },
        { date: '2026-11-28', channel: 'Direct', visits: 7 },
        { date: '2026-11-28', channel: 'Organic Search', visits: 2 },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const passingFaults: readonly PassingFault[] = [
    ['the limit of an hour', /2026-11-01/, hourly],
    ['an answer that is cut', /2026-11-01/, 'cut'],
    ['a connection that is reset', /2026-11-01/, 'reset'],
    ['a page of a proxy', /2026-11-01/, 'html'],
    ['a server that fails', /2026-11-01/, { status: 502 }],
];

describe('Plausible', () => {
    it('loads visits by day and channel, up to the day that is over at the site', async () => {
        expect(countsOf(await load())).toMatchObject({ inserted: 3 });
        expect(await visits()).toEqual([
            { day: '2026-11-10', channel: 'Direct', visits: 5 },
            { day: '2026-11-28', channel: 'Direct', visits: 7 },
            { day: '2026-11-28', channel: 'Organic Search', visits: 2 },
        ]);
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('asks the second time for the days that are new, and takes away what is gone', async () => {
        await load();
        mock.forget();
        mock.counts = mock.counts.filter(({ channel }) => channel === 'Direct');
        expect(countsOf(await load({ isConfirmed: true }))).toMatchObject({ deleted: 1 });
        // The first is the question whether the site can be read.
        expect(mock.asked()).toEqual(['2026-11-28 2026-11-28 0', '2026-11-28 2026-11-28 0']);
    });

    it('asks for all rows, page by page', async () => {
        mock.limit = 2;
        expect(countsOf(await load())).toMatchObject({ inserted: 3 });
        expect(mock.asked().slice(1)).toEqual([
            '2026-11-01 2026-11-28 0',
            '2026-11-01 2026-11-28 2',
        ]);
    });

    it('does not take fewer rows than announced for all', async () => {
        mock.fail(/2026-11-01/, { body: { results: [], meta: { total_rows: 3 } } });
        expect(failureOf(await load()).message).toContain('3 rows');
        expect(countsOf(await load())).toMatchObject({ inserted: 3 });
    });

    it('covers days without a visit, once the site has answered', async () => {
        mock.counts = [];
        expect(countsOf(await load())).toMatchObject({ read: 0 });
        const windows = await company.query(
            `select account, cast(first_at as varchar) as first, cast(last_at as varchar) as last from jointly.file_windows`,
        );
        expect(windows).toEqual([
            { account: 'shop.test', first: '2026-11-01 00:00:00', last: '2026-11-28 00:00:00' },
        ]);
    });

    it('does not take a site that it cannot read for one without visits', async () => {
        await load();
        mock.fail(/./, noAccess);
        const { message, exitCode } = failureOf(await load());
        expect(exitCode).toBe(3);
        expect(message).toContain('a new key');
        expect(message).not.toContain('stats-key');
        expect(await visits()).toHaveLength(3);
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('loads the same whatever fails and passes', async () => {
        const unmet = failInTurn(mock, passingFaults);
        countsOf(await load());
        expect(await visits()).toHaveLength(3);
        expect(unmet()).toEqual([]);
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        const loaded = await visits();
        company.remove('state/warehouse.duckdb');
        mock.forget();
        countsOf(await load({ isReplay: true }));
        expect(await visits()).toEqual(loaded);
        expect(mock.requests).toEqual([]);
    });
});
