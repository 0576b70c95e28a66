import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    failure,
    type MockYandexMetrica,
    startYandexMetrica,
} from '../../sources/yandex-metrica/mock.ts';
import { countsOf, createTestCompany, failureOf, type TestCompany } from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockYandexMetrica;
let company: TestCompany;
let clock: TestClock;

const day = 24 * 3_600_000;
const load = (options = {}) => company.load({ clock, ...options });
const visits = () =>
    company.query(`
        select session_id, cast(started_at as varchar) as started_at, page_views
        from raw_files.sessions order by session_id`);
const cursor = () => company.query('select cursor from jointly.cursors');
const begin = (token = 'metrika-token') => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', `METRICA_TOKEN=${token}\n`);
    company.configure([], {
        connections: [
            {
                name: 'metrica',
                system: 'yandex_metrica',
                counter_id: '12345678',
                since: '2026-10-15',
                address: mock.address,
            },
        ],
    });
};

beforeEach(async () => {
    mock = await startYandexMetrica();
    mock.visits = [
        { id: '1', at: '2026-10-20 10:00:00' },
        { id: '2', at: '2026-11-27 10:00:00' },
        { id: '3', at: '2026-11-28 03:00:00' },
        { id: '4', at: '2026-11-28 23:59:59' },
        // Of today, which is not over.
        { id: '5', at: '2026-11-29 01:00:00' },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const passingFaults: readonly PassingFault[] = [
    ['a part that is cut', /part/, 'cut'],
    ['a part that is reset', /part/, 'reset'],
    ['a page of a proxy', /part/, 'html'],
    [
        'logs that failed',
        /logrequest\/1 /,
        {
            body: { log_request: { request_id: 1, status: 'processing_failed' } },
        },
    ],
    [
        'a list that lacks a part',
        /logrequest\/2 /,
        {
            body: {
                log_request: {
                    request_id: 2,
                    status: 'processed',
                    parts: [{ part_number: 1 }],
                },
            },
        },
    ],
    [
        'logs without a list of parts',
        /logrequest\/3 /,
        {
            body: { log_request: { request_id: 3, status: 'processed' } },
        },
    ],
    ['too many questions at once', /evaluate/, failure(429, 'quota_parallel_requests')],
    ['a server that fails', /logrequests/, { status: 500 }],
];

describe('Yandex Metrica', () => {
    it('loads visits part by part, and gives the space back', async () => {
        expect(countsOf(await load())).toMatchObject({ read: 4, inserted: 4, rejected: 0 });
        expect(mock.ordered()).toEqual(['2026-10-15 2026-10-31', '2026-11-01 2026-11-28']);
        expect(mock.prepared()).toBe(0);
        expect(await visits()).toEqual([
            { session_id: '1', started_at: '2026-10-20 05:00:00', page_views: 2 },
            { session_id: '2', started_at: '2026-11-27 05:00:00', page_views: 2 },
            { session_id: '3', started_at: '2026-11-27 22:00:00', page_views: 2 },
            { session_id: '4', started_at: '2026-11-28 18:59:59', page_views: 2 },
        ]);
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('asks the second time for the days of which visits may go on', async () => {
        await load();
        mock.forget();
        mock.visits = mock.visits.map((one) => (one.id === '4' ? { ...one, pageViews: 9 } : one));
        clock.advance(day);
        expect(countsOf(await load())).toMatchObject({ inserted: 1, updated: 1 });
        expect(mock.ordered()).toEqual(['2026-11-27 2026-11-29']);
    });

    it('orders fewer days when the quota allows no more', async () => {
        mock.quotaDays = 20;
        expect(countsOf(await load())).toMatchObject({ inserted: 4 });
        expect(mock.ordered()).toEqual([
            '2026-10-15 2026-10-31',
            '2026-11-01 2026-11-20',
            '2026-11-21 2026-11-28',
        ]);
    });

    it('says what to do when the quota is used up', async () => {
        mock.quotaDays = 0;
        const { message, exitCode } = failureOf(await load());
        expect(exitCode).toBe(3);
        expect(message).toContain('clean the logs');
        expect(mock.ordered()).toEqual([]);
    });

    it('comes back to logs that take for ever, and to those of a run that was killed', async () => {
        const created = { body: { log_request: { request_id: 1, status: 'created' } } };
        mock.fail(/logrequest\/1 /, ...Array.from({ length: 400 }, () => created));
        expect(failureOf(await load()).message).toContain('still not ready');
        mock.forget();
        expect(countsOf(await load())).toMatchObject({ inserted: 4 });
        expect(mock.ordered()).toEqual(['2026-11-01 2026-11-28']);
        expect(mock.prepared()).toBe(0);
    });

    it('goes on at the part at which a run failed', async () => {
        mock.fail(/part\/1/, ...Array.from({ length: 7 }, (): Fault => 'reset'));
        failureOf(await load());
        mock.forget();
        expect(countsOf(await load())).toMatchObject({ inserted: 4 });
        expect(mock.ordered()).toEqual([]);
        expect(mock.requests.filter(({ path }) => path.includes('part/0'))).toEqual([]);
    });

    it('loads the same whatever fails and passes', async () => {
        await load();
        const undisturbed = await visits();
        company.close();
        await mock.close();
        const { visits: same } = mock;
        mock = await startYandexMetrica();
        mock.visits = same;
        begin();
        const unmet = failInTurn(mock, passingFaults);
        countsOf(await load());
        expect(await visits()).toEqual(undisturbed);
        expect(unmet()).toEqual([]);
    });

    it.each<[string, string, string]>([
        ['the token is dead', 'dead-token', 'a new token'],
        ['there is none', '', 'METRICA_TOKEN is not set'],
    ])('says what to do when %s', async (_, token, words) => {
        company.close();
        begin(token);
        expect(failureOf(await load()).message).toContain(words);
    });

    it('does not take a counter that it cannot read for one without visits', async () => {
        await load();
        clock.advance(day);
        mock.fail(/./, failure(403, 'access_denied'));
        expect(failureOf(await load()).message).toContain('guest access');
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('covers days without visits', async () => {
        mock.visits = [];
        expect(countsOf(await load())).toMatchObject({ read: 0 });
        const windows = await company.query(`
            select cast(first_at as varchar) as first, cast(last_at as varchar) as last
            from jointly.file_windows`);
        expect(windows).toEqual([{ first: '2026-10-15 00:00:00', last: '2026-11-28 00:00:00' }]);
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        const rows = await visits();
        company.remove('state/warehouse.duckdb');
        mock.forget();
        countsOf(await load({ isReplay: true }));
        expect(await visits()).toEqual(rows);
        expect(mock.requests).toEqual([]);
    });
});
