import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseFile } from './cases.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    spendHeader,
    spendInput,
    type TestCompany,
    type TestInput,
} from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const spreadInput: TestInput = {
    ...spendInput,
    columns: { spend_date: { column: 'spend_date', until: { column: 'last_day' } } },
};
const header = `${spendHeader},last_day,clicks`;
const row = (first: string, last: string, amount: string, clicks = '') =>
    `google,a,c,${first},${amount},EUR,${last},${clicks}`;
const stored = async () =>
    (
        await company.query<{ day: string; amount: string; clicks: number }>(
            `select right(cast(spend_date as varchar), 5) as day, spend_amount as amount, clicks
            from raw_files.ad_spend order by 1`,
        )
    ).map(({ day, amount, clicks }) => `${day}=${Number(amount)}/${clicks}`);

describe('a row over several days', () => {
    it('is spread evenly to the cent, the rest on the first days', async () => {
        company.write('ads/a.csv', csv(header, row('2026-02-27', '2026-03-01', '10.00', '5')));
        company.configure([spreadInput]);
        const counts = countsOf(await company.load());
        expect(counts).toMatchObject({ read: 1, inserted: 3, spread: 2 });
        expect(await stored()).toEqual(['02-27=3.34/2', '02-28=3.33/2', '03-01=3.33/1']);
        expect(await company.query('select spread_rows from jointly.loads')).toEqual([
            { spread_rows: 2 },
        ]);
    });

    it('of a LinkedIn report ends on the day of its title', async () => {
        company.write('campaign_700.csv', caseFile('03-linkedin-aggregated/campaign_700.csv'));
        company.configure([
            {
                name: 'linkedin',
                stream: 'ad_spend',
                files: ['campaign_*.csv'],
                format: { type: 'csv', header_row: 6, thousands_separator: ',' },
                columns: {
                    spend_date: {
                        column: 'Start Date (in UTC)',
                        format: '%m/%d/%Y',
                        until: { column: 'Report End', format: '%b %d, %Y, %I:%M %p' },
                    },
                    campaign_id: 'Campaign ID',
                    spend_amount: 'Total Spent',
                    currency_code: 'Currency',
                    clicks: 'Clicks',
                },
                constants: { platform: 'linkedin_ads', account_id: 'acme' },
            },
        ]);
        countsOf(await company.load());
        expect(await stored()).toEqual(['05-21=351.8/4', '05-22=351.8/4', '05-23=351.79/3']);
    });

    it('may be one of a day, and is read again without a change', async () => {
        company.write(
            'ads/a.csv',
            csv(header, row('2026-01-01', '2026-01-01', '7'), row('2026-01-02', '2026-01-03', '1')),
        );
        company.configure([spreadInput]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3, spread: 1 });
        const again = countsOf(await company.load({ isFullRefresh: true }));
        expect(again).toMatchObject({ unchanged: 3, spread: 1, inserted: 0 });
    });

    it('restates all of its days', async () => {
        company.write('ads/1.csv', csv(header, row('2026-01-01', '2026-01-03', '3')));
        company.write('ads/2.csv', csv(header, row('2026-01-02', '2026-01-02', '9')));
        company.configure([spreadInput]);
        countsOf(await company.load());
        expect(await stored()).toEqual(['01-01=1/null', '01-02=9/null', '01-03=1/null']);
    });

    it.each(['2025-12-31', '2027-06-01', 'soon', ''])(
        'is set aside when its last day is %j',
        async (last) => {
            company.write(
                'ads/a.csv',
                csv(header, row('2026-01-01', last, '1'), row('2026-02-01', '2026-02-01', '1')),
            );
            company.configure([spreadInput], { max_reject_share: 0.5 });
            expect(countsOf(await company.load())).toMatchObject({ inserted: 1, rejected: 1 });
            const [reject] = await company.query('select "column", got from jointly.rejects');
            expect(reject).toEqual({ column: 'spend_date', got: last || null });
        },
    );

    it.each([
        'Reporting ends',
        'Berichtsende',
        'Auswertungsende',
        'Дата окончания отчетности',
        'End Date (in UTC)',
    ])('is refused with the way out where %s is not said to be its last day', async (name) => {
        const headed = `${spendHeader},${name},clicks`;
        company.write('ads/a.csv', csv(headed, row('2026-01-01', '2026-01-03', '3')));
        company.configure([spendInput]);
        expect(failureOf(await company.load()).message).toContain(
            `until: { column: '${name}' } beside the column of spend_date`,
        );
        company.write('ads/a.csv', csv(headed, row('2026-01-01', '2026-01-01', '3')));
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1 });
    });

    it.each([
        ['Reporting starts', 'Reporting ends'],
        ['Start date', 'End date'],
    ])('is none where it has a day of its own beside %s and %s', async (first, last) => {
        company.write(
            'ads/a.csv',
            csv(
                `Day,platform,account_id,campaign_id,spend_amount,currency_code,${first},${last}`,
                '2026-01-01,google,a,c,3,EUR,2026-01-01,2026-01-31',
                '2026-01-02,google,a,c,4,EUR,2026-01-01,2026-01-31',
            ),
        );
        company.configure([{ ...spendInput, columns: { spend_date: 'Day' } }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 0 });
        expect(await stored()).toEqual(['01-01=3/null', '01-02=4/null']);
    });

    it('names neither a column nor a title of the file: refused', async () => {
        company.write('ads/a.csv', csv(spendHeader, 'google,a,c,2026-01-01,1,EUR'));
        company.configure([spreadInput]);
        expect(failureOf(await company.load()).message).toContain('has no column last_day');
    });

    it('adds up to itself, however many days and decimals', async () => {
        const long = fc.record({
            micros: fc.oneof(
                fc.integer({ min: 0, max: 10 ** 10 }),
                fc.integer({ min: 0, max: 10 ** 6 }).map((cents) => cents * 10_000),
            ),
            days: fc.integer({ min: 1, max: 45 }),
            clicks: fc.integer({ min: 0, max: 100 }),
        });
        await fc.assert(
            fc.asyncProperty(long, async ({ micros, days, clicks }) => {
                const one = createTestCompany();
                try {
                    const last = new Date(Date.UTC(2026, 0, days)).toISOString().slice(0, 10);
                    const amount = (micros / 1e6).toFixed(6);
                    one.write(
                        'ads/a.csv',
                        csv(header, row('2026-01-01', last, amount, `${clicks}`)),
                    );
                    one.configure([spreadInput]);
                    expect(countsOf(await one.load()).inserted).toBe(days);
                    const sums = await one.query(
                        `select cast(sum(spend_amount) * 1000000 as bigint) as micros, sum(clicks) as clicks,
                            cast(max(spend_amount) - min(spend_amount) as double) <= 0.01 as is_even
                        from raw_files.ad_spend`,
                    );
                    expect(sums).toMatchObject([{ micros, is_even: true }]);
                    expect(Number(sums[0]?.clicks)).toBe(clicks);
                } finally {
                    one.close();
                }
            }),
            { numRuns: 6 },
        );
    });
});
