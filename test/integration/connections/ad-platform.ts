import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../pipelines/config-schema.ts';
import type { Fault, MockServer } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    countsOf,
    createTestCompany,
    failureOf,
    type TestCompany,
    type TestInput,
} from '../loading/company.ts';
import { failInTurn } from './passing-faults.ts';

type Connection = NonNullable<ConfigInput['connections']>[number];

export interface AdDay {
    readonly campaign: string;
    readonly date: string;
    /** In the currency of the account, with two decimals. */
    readonly amount: string;
    /** What else the platform says of the day; a number of its own when left out. */
    readonly name?: string;
    readonly impressions?: string;
    readonly clicks?: string;
    readonly conversions?: string;
    /** The campaign was deleted since. */
    readonly isDeleted?: true;
}

export interface MockAdPlatform extends MockServer {
    readonly setDays: (days: readonly AdDay[]) => void;
    /** Days that were asked for: `2026-10-01 2026-10-31`. */
    readonly asked: () => readonly string[];
}

export interface AdPlatform {
    readonly title: string;
    readonly start: () => Promise<MockAdPlatform>;
    readonly connection: (address: string) => Connection;
    /** Lines of `.env`. */
    readonly secrets: readonly string[];
    readonly deadSecrets: readonly string[];
    /** What the message for a dead token says. */
    readonly whomToAsk: string;
    /** The answer to one who may not read the account, and what the message says. */
    readonly unreadable: Fault;
    readonly unreadableFix: string;
    /** Matches the question for the days of November. */
    readonly november: RegExp;
    /** Matches a question for days, and what may go wrong with it and passes. */
    readonly question: RegExp;
    readonly faults: readonly (readonly [string, Fault])[];
}

const usual: readonly AdDay[] = [
    { campaign: '1', date: '2026-10-05', amount: '1.00' },
    { campaign: '1', date: '2026-11-27', amount: '2.50' },
    { campaign: '2', date: '2026-11-27', amount: '0.33' },
    { campaign: '1', date: '2026-11-28', amount: '4.00' },
    // Of today, which is not over.
    { campaign: '1', date: '2026-11-29', amount: '0.01' },
];

const day = 24 * 3_600_000;
const commonFaults: readonly (readonly [string, Fault])[] = [
    ['an answer that is cut', 'cut'],
    ['a connection that is reset', 'reset'],
    ['a server that fails', { status: 500 }],
];

/** What holds of every ad platform, through the real loader. */
export function describeAdPlatform(platform: AdPlatform): void {
    let mock: MockAdPlatform;
    let company: TestCompany;
    let clock: TestClock;

    const writeSecrets = (lines: readonly string[] = platform.secrets) =>
        company.write('.env', `${lines.join('\n')}\n`);
    const configure = (inputs: readonly TestInput[] = []) =>
        company.configure(inputs, { connections: [platform.connection(mock.address)] });
    const load = (options = {}) => company.load({ clock, ...options });
    const spend = () =>
        company.query(`
            select campaign_id, cast(spend_date as varchar) as day, cast(spend_amount as varchar) as amount
            from raw_files.ad_spend order by all`);
    const cursor = () => company.query('select cursor from jointly.cursors');

    const begin = () => {
        company = createTestCompany();
        clock = createTestClock('2026-11-29T12:00:00Z');
        writeSecrets();
        configure();
    };

    beforeEach(async () => {
        mock = await platform.start();
        mock.setDays(usual);
        begin();
    });
    afterEach(async () => {
        company.close();
        await mock.close();
    });

    describe(platform.title, () => {
        it('loads cost by day, in months, up to yesterday', async () => {
            expect(countsOf(await load())).toMatchObject({ read: 4, inserted: 4, rejected: 0 });
            expect(mock.asked()).toEqual(['2026-10-01 2026-10-31', '2026-11-01 2026-11-28']);
            expect(await spend()).toEqual([
                { campaign_id: '1', day: '2026-10-05', amount: '1.000000' },
                { campaign_id: '1', day: '2026-11-27', amount: '2.500000' },
                { campaign_id: '1', day: '2026-11-28', amount: '4.000000' },
                { campaign_id: '2', day: '2026-11-27', amount: '0.330000' },
            ]);
            expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
        });

        it('asks the second time for what may be restated, and takes what changed', async () => {
            await load();
            mock.forget();
            mock.setDays(
                usual.map((one) => (one.amount === '2.50' ? { ...one, amount: '2.00' } : one)),
            );
            clock.advance(day);
            expect(countsOf(await load())).toMatchObject({ inserted: 1, updated: 1, unchanged: 2 });
            expect(mock.asked()).toEqual(['2026-10-31 2026-10-31', '2026-11-01 2026-11-29']);
        });

        it('covers the days it answered for, and takes away what is no longer there', async () => {
            await load();
            mock.setDays([]);
            clock.advance(day);
            // So much at once is for a person to confirm, and is not asked for again.
            expect(failureOf(await load()).message).toContain('--yes');
            const asked = mock.asked().length;
            expect(countsOf(await load({ isConfirmed: true }))).toMatchObject({ deleted: 3 });
            expect(mock.asked()).toHaveLength(asked);
            // Of October nothing was asked again.
            expect(await spend()).toHaveLength(1);
            const windows = await company.query(`
                select cast(first_at as varchar) as first, cast(last_at as varchar) as last
                from jointly.file_windows order by file_id`);
            expect(windows).toEqual([
                { first: '2026-10-01 00:00:00', last: '2026-11-28 00:00:00' },
                { first: '2026-10-31 00:00:00', last: '2026-11-29 00:00:00' },
            ]);
        });

        it('keeps what a campaign cost that was deleted since', async () => {
            await load();
            const before = await spend();
            mock.setDays(usual.map((one) => ({ ...one, isDeleted: true })));
            clock.advance(day);
            expect(countsOf(await load())).toMatchObject({ deleted: 0 });
            expect(await spend()).toEqual(expect.arrayContaining([...before]));
        });

        it('does not take an account that it cannot read for one without cost', async () => {
            await load();
            // The token still comes.
            mock.fail(/^(?!\S*token)/i, platform.unreadable);
            clock.advance(day);
            const { exitCode, message } = failureOf(await load());
            expect(exitCode).toBe(3);
            expect(message).toContain(platform.unreadableFix);
            expect(await spend()).toHaveLength(4);
            expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
        });

        it('is asked again for days of the past, which leaves the cursor', async () => {
            await load();
            mock.forget();
            mock.setDays([
                ...usual.map((one) => (one.amount === '1.00' ? { ...one, amount: '0.90' } : one)),
                { campaign: '3', date: '2026-09-30', amount: '7.00' },
            ]);
            const days = { from: '2026-09-30', to: '2026-10-31' };
            expect(countsOf(await load({ days }))).toMatchObject({ inserted: 1, updated: 1 });
            expect(mock.asked()).toEqual(['2026-09-30 2026-09-30', '2026-10-01 2026-10-31']);
            expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
            const past = async () => (await spend()).filter((row) => String(row.day) < '2026-11');
            expect(await past()).toEqual([
                { campaign_id: '1', day: '2026-10-05', amount: '0.900000' },
                { campaign_id: '3', day: '2026-09-30', amount: '7.000000' },
            ]);
            mock.forget();
            clock.advance(day);
            await load();
            // What the next run asks for does not depend on it.
            expect(mock.asked()[0]).toBe('2026-10-31 2026-10-31');
            expect(await past()).toHaveLength(2);
        });

        it('is not asked for today by a backfill', async () => {
            const days = { from: '2026-11-28', to: '2026-12-31' };
            expect(countsOf(await load({ days }))).toMatchObject({ inserted: 1 });
            expect(mock.asked()).toEqual(['2026-11-28 2026-11-28']);
            // The first load still asks for everything.
            mock.forget();
            await load();
            expect(mock.asked()).toEqual(['2026-10-01 2026-10-31', '2026-11-01 2026-11-28']);
        });

        it('goes on where a run that failed stood', async () => {
            mock.fail(platform.november, ...Array.from({ length: 7 }, () => ({ status: 500 })));
            failureOf(await load());
            expect(await cursor()).toEqual([]);
            mock.forget();
            expect(countsOf(await load())).toMatchObject({ inserted: 4 });
            expect(mock.asked()).toEqual(['2026-11-01 2026-11-28']);
        });

        it('loads the same whatever fails and passes', async () => {
            await load();
            const undisturbed = await spend();
            company.close();
            begin();
            mock.forget();
            const faults = [...commonFaults, ...platform.faults];
            const unmet = failInTurn(
                mock,
                faults.map(([name, fault]) => [name, platform.question, fault]),
            );
            countsOf(await load());
            expect(await spend()).toEqual(undisturbed);
            expect(unmet()).toEqual([]);
        });

        it('says whom to ask when the token is dead, and leaves the cursor', async () => {
            await load();
            writeSecrets(platform.deadSecrets);
            const { message, exitCode } = failureOf(await load());
            expect(exitCode).toBe(3);
            expect(message).toContain(platform.whomToAsk);
            for (const line of platform.deadSecrets) {
                expect(message).not.toContain(line.split('=')[1]);
            }
            expect(await cursor()).toEqual([{ cursor: '2026-11-28' }]);
        });

        it('names the variable of a secret that is not set', async () => {
            company.write('.env', '');
            const { message, exitCode } = failureOf(await load());
            expect(exitCode).toBe(2);
            expect(message).toMatch(/ [A-Z]+(_[A-Z]+)+ is not set/);
        });

        it('is replayed from what has landed, without a question', async () => {
            await load();
            clock.advance(day);
            mock.setDays(usual.filter(({ date }) => date !== '2026-11-27'));
            await load({ isConfirmed: true });
            const rows = await spend();
            company.remove('state/warehouse.duckdb');
            mock.forget();
            countsOf(await load({ isReplay: true }));
            expect(await spend()).toEqual(rows);
            expect(mock.requests).toEqual([]);
            expect(await cursor()).toEqual([{ cursor: '2026-11-29' }]);
        });

        it('leaves files of the same stream alone, and they it', async () => {
            const header = 'platform,account_id,campaign_id,spend_date,spend_amount,currency_code';
            company.write('ads.csv', `${header}\nx,a,c,2026-11-01,1,EUR\n`);
            configure([{ name: 'ads', stream: 'ad_spend', files: ['ads.csv'] }]);
            expect((await load()).map(({ status }) => status)).toEqual(['loaded', 'loaded']);
            expect((await load()).map(({ status }) => status)).toEqual(['unchanged', 'loaded']);
            await load({ isFullRefresh: true });
            expect(await spend()).toHaveLength(5);
        });
    });
}
