import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { failure, type MockGoogleAds, startGoogleAds } from '../../sources/google-ads/mock.ts';
import {
    countsOf,
    createTestCompany,
    failureOf,
    type TestCompany,
    type TestInput,
} from '../loading/company.ts';

let mock: MockGoogleAds;
let company: TestCompany;
let clock: TestClock;

beforeEach(async () => {
    mock = await startGoogleAds();
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    writeSecrets();
    configure();
    account().days = [
        { campaign: '1', date: '2026-10-05', micros: '1000000', clicks: '3' },
        { campaign: '1', date: '2026-11-27', micros: '2500000' },
        { campaign: '2', date: '2026-11-27', micros: '333333' },
        { campaign: '1', date: '2026-11-28', micros: '4000000' },
        // Of today, which is not over.
        { campaign: '1', date: '2026-11-29', micros: '1' },
    ];
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const account = () => mock.accounts['1234567890'] as MockGoogleAds['accounts'][string];

function writeSecrets(refreshToken = 'refresh-me'): void {
    const secrets = ['CLIENT_ID=id', 'CLIENT_SECRET=hush-hush', `REFRESH_TOKEN=${refreshToken}`];
    company.write('.env', secrets.map((line) => `GOOGLE_${line}\n`).join(''));
}

function configure(inputs: readonly TestInput[] = []): void {
    company.configure(inputs, {
        connections: [
            {
                name: 'google',
                system: 'google_ads',
                customer_ids: ['123-456-7890'],
                since: '2026-10-01',
                address: mock.address,
            },
        ],
    });
}

const load = (options = {}) => company.load({ clock, ...options });
const spend = () =>
    company.query(`
        select campaign_id, cast(spend_date as varchar) as day, cast(spend_amount as varchar) as amount
        from raw_files.ad_spend order by all`);
const cursor = () => company.query('select cursor from jointly.cursors');

describe('Google Ads', () => {
    it('loads cost by day, in months, up to yesterday', async () => {
        expect(countsOf(await load())).toMatchObject({ read: 4, inserted: 4, rejected: 0 });
        expect(mock.asked()).toEqual([
            '1234567890 2026-10-01 2026-10-31',
            '1234567890 2026-11-01 2026-11-28',
        ]);
        expect(await spend()).toEqual([
            { campaign_id: '1', day: '2026-10-05', amount: '1.000000' },
            { campaign_id: '1', day: '2026-11-27', amount: '2.500000' },
            { campaign_id: '1', day: '2026-11-28', amount: '4.000000' },
            { campaign_id: '2', day: '2026-11-27', amount: '0.333333' },
        ]);
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('asks the second time for what may be restated, and takes what changed', async () => {
        await load();
        mock.forget();
        account().days = account().days.map((day) =>
            day.date === '2026-11-27' && day.campaign === '1' ? { ...day, micros: '2000000' } : day,
        );
        clock.advance(24 * 3_600_000);
        expect(countsOf(await load())).toMatchObject({ inserted: 1, updated: 1, unchanged: 2 });
        expect(mock.asked()).toEqual([
            '1234567890 2026-10-31 2026-10-31',
            '1234567890 2026-11-01 2026-11-29',
        ]);
    });

    it('takes away a day that the platform no longer has, at the edge and when nothing is left', async () => {
        await load();
        account().days = [];
        clock.advance(24 * 3_600_000);
        expect(countsOf(await load())).toMatchObject({ read: 0, deleted: 3 });
        // Of October nothing was asked again.
        expect(await spend()).toEqual([
            { campaign_id: '1', day: '2026-10-05', amount: '1.000000' },
        ]);
    });

    it('does not take an account that it cannot read for one without cost', async () => {
        await load();
        mock.fail(
            /customers/,
            failure(403, 'PERMISSION_DENIED', { authorizationError: 'USER_PERMISSION_DENIED' }),
        );
        clock.advance(24 * 3_600_000);
        const { exitCode, message } = failureOf(await load());
        expect(exitCode).toBe(3);
        expect(message).toContain('login_customer_id');
        expect(await spend()).toHaveLength(4);
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('goes on where a run that failed stood', async () => {
        mock.fail(/2026-11-28/, ...Array.from({ length: 7 }, () => ({ status: 500 })));
        failureOf(await load());
        expect(await cursor()).toEqual([]);
        mock.forget();
        expect(countsOf(await load())).toMatchObject({ inserted: 4 });
        expect(mock.asked()).toEqual(['1234567890 2026-11-01 2026-11-28']);
    });

    it.each([
        ['a stream that is cut', 'cut' as const],
        ['a connection that is reset', 'reset' as const],
        ['a page of a proxy', 'html' as const],
        ['a limit', failure(429, 'RESOURCE_EXHAUSTED', { quotaError: 'RESOURCE_EXHAUSTED' })],
        ['a token that ends between pages', failure(401, 'UNAUTHENTICATED', {})],
        ['a server that fails', failure(500, 'INTERNAL', {})],
    ])('%s changes nothing of what is loaded', async (_, fault) => {
        mock.fail(/FROM customer/, fault);
        mock.fail(/BETWEEN/, fault);
        countsOf(await load());
        const faulty = await spend();
        company.close();
        mock.forget();
        company = createTestCompany();
        writeSecrets();
        configure();
        await load();
        expect(faulty).toEqual(await spend());
    });

    it('says whom to ask when the grant is over, and leaves the cursor', async () => {
        await load();
        writeSecrets('dead');
        const { message, exitCode } = failureOf(await load());
        expect(exitCode).toBe(3);
        expect(message).toContain('grant access anew');
        expect(message).not.toContain('hush-hush');
        expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
    });

    it('names the variable of a secret that is not set', async () => {
        company.write('.env', 'GOOGLE_CLIENT_ID=id\n');
        const { message, exitCode } = failureOf(await load());
        expect(exitCode).toBe(2);
        expect(message).toContain('GOOGLE_CLIENT_SECRET is not set');
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        clock.advance(24 * 3_600_000);
        account().days = account().days.filter(({ date }) => date !== '2026-11-27');
        await load();
        const rows = await spend();
        company.remove('state/warehouse.duckdb');
        mock.forget();
        countsOf(await load({ isReplay: true }));
        expect(await spend()).toEqual(rows);
        expect(mock.requests).toEqual([]);
        expect(await cursor()).toEqual([{ cursor: '2026-11-29' }]);
    });

    it('leaves files of the same stream alone', async () => {
        company.write(
            'ads.csv',
            'platform,account_id,campaign_id,spend_date,spend_amount,currency_code\nx,a,c,2026-11-01,1,EUR\n',
        );
        configure([{ name: 'ads', stream: 'ad_spend', files: ['ads.csv'] }]);
        expect((await load()).map(({ status }) => status)).toEqual(['loaded', 'loaded']);
        expect((await load()).map(({ status }) => status)).toEqual(['unchanged', 'loaded']);
        expect(await spend()).toHaveLength(5);
    });
});
