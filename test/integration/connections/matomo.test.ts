import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    deadToken,
    failure,
    type MockMatomo,
    noAccess,
    startMatomo,
} from '../../sources/matomo/mock.ts';
import { countsOf, createTestCompany, failureOf, type TestCompany } from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockMatomo;
let company: TestCompany;
let clock: TestClock;

const day = 24 * 3_600_000;
const load = (options = {}) => company.load({ clock, ...options });
const visits = () =>
    company.query(`
        select session_id, cast(started_at as varchar) as started_at, page_views
        from raw_files.sessions order by session_id`);
const cursor = () => company.query('select cursor from jointly.cursors');
const begin = () => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', 'WEB_TOKEN=view-token\n');
    company.configure([], {
        connections: [
            {
                name: 'web',
                system: 'matomo',
                site_id: '1',
                page_size: 2,
                since: '2026-11-26',
                address: `${mock.address}/stats/`,
            },
        ],
    });
};

beforeEach(async () => {
    mock = await startMatomo();
    mock.visits = [
        { id: 1, at: '2026-11-26T10:00:00Z' },
        { id: 2, at: '2026-11-28T09:00:00Z' },
        { id: 3, at: '2026-11-28T10:00:00Z' },
        { id: 4, at: '2026-11-28T11:00:00Z' },
        // Of today, by the clock of the site.
        { id: 5, at: '2026-11-28T22:30:00Z' },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const passingFaults: readonly PassingFault[] = [
    ['an answer that is cut', /getLastVisitsDetails/, 'cut'],
    ['a connection that is reset', /getLastVisitsDetails/, 'reset'],
    ['a page of a proxy', /getLastVisitsDetails/, 'html'],
    ['a server that fails', /getLastVisitsDetails/, failure(500, 'Allowed memory size exhausted')],
    ['too many questions', /getLastVisitsDetails/, { status: 429 }],
];

describe('Matomo', () => {
    it('loads visits day by day, page by page', async () => {
        expect(countsOf(await load())).toMatchObject({ read: 4, inserted: 4, rejected: 0 });
        expect(mock.asked()).toEqual([
            '2026-11-26 0',
            '2026-11-27 0',
            '2026-11-28 0',
            '2026-11-28 2',
        ]);
        expect(await visits()).toMatchObject([
            { session_id: '1', started_at: '2026-11-26 10:00:00', page_views: 2 },
            { session_id: '2' },
            { session_id: '3' },
            { session_id: '4' },
        ]);
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('asks the second time for the days of which visits may go on', async () => {
        await load();
        mock.forget();
        mock.visits = mock.visits.map((one) => (one.id === 4 ? { ...one, pages: 9 } : one));
        clock.advance(day);
        expect(countsOf(await load())).toMatchObject({ inserted: 1, updated: 1, unchanged: 2 });
        expect(mock.asked()).toEqual(['2026-11-28 0', '2026-11-28 2', '2026-11-29 0']);
    });

    it('goes on at the page at which a run failed', async () => {
        mock.fail(/filter_offset=2/, ...Array.from({ length: 7 }, (): Fault => 'reset'));
        failureOf(await load());
        mock.forget();
        expect(countsOf(await load())).toMatchObject({ inserted: 4 });
        expect(mock.asked()).toEqual(['2026-11-28 2']);
    });

    it('loads the same whatever fails and passes', async () => {
        await load();
        const undisturbed = await visits();
        company.close();
        begin();
        const unmet = failInTurn(mock, passingFaults);
        countsOf(await load());
        expect(await visits()).toEqual(undisturbed);
        expect(unmet()).toEqual([]);
    });

    it.each<[string, Fault, string]>([
        ['the token is dead', deadToken, 'a new token'],
        ['the site may not be viewed', noAccess, 'the permission View'],
    ])('leaves the cursor when %s, and says what to do', async (_, fault, words) => {
        await load();
        clock.advance(day);
        mock.fail(/./, fault);
        const { message, exitCode } = failureOf(await load());
        expect(exitCode).toBe(3);
        expect(message).toContain(words);
        expect(message).not.toContain('view-token');
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('covers days without visits', async () => {
        mock.visits = [];
        expect(countsOf(await load())).toMatchObject({ read: 0 });
        const windows = await company.query(`
            select cast(first_at as varchar) as first, cast(last_at as varchar) as last
            from jointly.file_windows`);
        expect(windows).toEqual([{ first: '2026-11-26 00:00:00', last: '2026-11-28 00:00:00' }]);
    });
});
