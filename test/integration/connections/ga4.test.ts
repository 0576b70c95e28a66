import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { failure, type MockGa4, startGa4 } from '../../sources/ga4/mock.ts';
import { countsOf, createTestCompany, failureOf, type TestCompany } from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockGa4;
let company: TestCompany;
let clock: TestClock;

const begin = (more = {}) => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    const secrets = ['CLIENT_ID=id', 'CLIENT_SECRET=hush-hush', 'REFRESH_TOKEN=refresh-me'];
    company.write('.env', secrets.map((line) => `WEB_${line}\n`).join(''));
    company.configure([], {
        connections: [
            {
                name: 'web',
                system: 'ga4',
                property_id: '77',
                site: 'x.test',
                since: '2026-11-01',
                address: mock.address,
                ...more,
            },
        ],
    });
};

beforeEach(async () => {
    mock = await startGa4();
    mock.visits = [
        { date: '2026-11-10', channel: 'Direct', sessions: 5 },
        { date: '2026-11-28', channel: 'Direct', sessions: 7 },
        { date: '2026-11-28', channel: 'AI Assistant', sessions: 2 },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const load = (options = {}) => company.load({ clock, ...options });
const visits = () =>
    company.query(`
        select cast(visit_date as varchar) as day, channel, cast(visits as integer) as visits
        from raw_files.visit_counts order by all`);

const direct = {
    dimensionValues: [{ value: '20261128' }, { value: 'Direct' }],
    metricValues: [{ value: '7' }, { value: '21' }],
};

const passingFaults: readonly PassingFault[] = [
    ['no rows, where some are announced', /2026-11-01/, { body: { rows: [], rowCount: 3 } }],
    ['fewer rows than announced', /2026-11-01/, { body: { rows: [direct], rowCount: 3 } }],
    [
        'too many questions at once',
        /2026-11-01/,
        failure(429, 'RESOURCE_EXHAUSTED', 'concurrent requests'),
    ],
    ['an answer that is cut', /2026-11-01/, 'cut'],
    ['a connection that is reset', /2026-11-01/, 'reset'],
    ['a page of a proxy', /2026-11-01/, 'html'],
    ['a server that fails', /2026-11-01/, { status: 502 }],
];

describe('GA4', () => {
    it('loads visits by channel, and asks the second time for three days', async () => {
        expect(countsOf(await load())).toMatchObject({ inserted: 3 });
        expect(await visits()).toEqual([
            { day: '2026-11-10', channel: 'Direct', visits: 5 },
            { day: '2026-11-28', channel: 'AI Assistant', visits: 2 },
            { day: '2026-11-28', channel: 'Direct', visits: 7 },
        ]);
        mock.forget();
        mock.visits = mock.visits.map((one) =>
            one.sessions === 7 ? { ...one, sessions: 8 } : one,
        );
        expect(countsOf(await load())).toMatchObject({ updated: 1, unchanged: 1 });
        expect(mock.asked()).toEqual(['2026-11-28 2026-11-28', '2026-11-26 2026-11-28']);
    });

    it('goes on with the rows that an answer does not hold', async () => {
        mock.pageSize = 2;
        expect(countsOf(await load())).toMatchObject({ inserted: 3 });
        expect(await visits()).toHaveLength(3);
    });

    it('does not count rows twice that come again', async () => {
        const body = { rows: [direct], rowCount: 2 };
        mock.fail(/2026-11-01/, { body }, { body }, { body });
        expect(failureOf(await load()).message).toContain('counted twice');
        expect(await company.query('select * from jointly.cursors')).toEqual([]);
    });

    it('ends the run when rows that are announced do not come', async () => {
        const body = { rowCount: 3, metadata: {} };
        mock.fail(/2026-11-01/, ...Array.from({ length: 5 }, () => ({ body })));
        expect(failureOf(await load()).message).toContain('says 3 rows and gives 0');
    });

    it('covers days without a visit, once the property has answered', async () => {
        mock.visits = [];
        expect(countsOf(await load())).toMatchObject({ read: 0 });
        const windows = await company.query(
            `select account, cast(first_at as varchar) as first, cast(last_at as varchar) as last from jointly.file_windows`,
        );
        expect(windows).toEqual([
            { account: 'x.test', first: '2026-11-01 00:00:00', last: '2026-11-28 00:00:00' },
        ]);
    });

    it('does not take a property that it cannot read for one without visits', async () => {
        await load();
        mock.fail(/runReport/, failure(403, 'PERMISSION_DENIED'));
        expect(failureOf(await load()).message).toContain('Viewer');
        expect(await visits()).toHaveLength(3);
    });

    it('loads the same whatever fails and passes', async () => {
        const unmet = failInTurn(mock, passingFaults);
        countsOf(await load());
        expect(await visits()).toHaveLength(3);
        expect(unmet()).toEqual([]);
    });

    it('ends the run when the tokens of the hour are used up, and says until when', async () => {
        mock.fail(/2026-11-01/, failure(429, 'RESOURCE_EXHAUSTED', 'property tokens per hour'));
        expect(failureOf(await load()).message).toContain('2026-11-29T13:00:0');
        expect(countsOf(await load())).toMatchObject({ inserted: 3 });
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

    it('asks on behalf of a service account, whose key no message shows', async () => {
        const { publicKey, privateKey } = generateKeyPairSync('rsa', {
            modulusLength: 2048,
            publicKeyEncoding: { type: 'spki', format: 'pem' },
            privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        });
        mock.publicKey = publicKey;
        company.close();
        begin({ grant: 'service_account' });
        const key = {
            type: 'service_account',
            client_email: 'reader@project.iam.gserviceaccount.com',
            private_key: privateKey,
        };
        const write = (text: string) =>
            company.write('.env', `WEB_SERVICE_ACCOUNT_KEY='${text}'\n`);
        write(JSON.stringify(key));
        await load();
        expect(await visits()).toHaveLength(3);
        write(JSON.stringify({ ...key, private_key: 'no key at all' }));
        clock.advance(2 * 3_600_000);
        expect(failureOf(await load()).message).toContain('the private key cannot be read');
        write(JSON.stringify({ ...key, type: 'authorized_user' }));
        const { message } = failureOf(await load());
        expect(message).toContain('the key of the service account cannot be read');
        expect(message).not.toContain('PRIVATE KEY');
    });
});
