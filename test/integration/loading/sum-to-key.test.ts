import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../pipelines/config.ts';
import { caseFile } from './cases.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    spend,
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

const summed: TestInput = { ...spendInput, sum_to_key: true };
const stored = () =>
    company.query<{ day: string; campaign: string; amount: string }>(
        `select cast(spend_date as varchar) as day, campaign_id as campaign,
            spend_amount as amount, impressions, clicks from raw_files.ad_spend order by 1, 2`,
    );

const meta: TestInput = {
    name: 'meta',
    stream: 'ad_spend',
    files: ['ads.csv'],
    format: { type: 'csv', decimal_separator: ',' },
    columns: {
        spend_date: 'Tag',
        campaign_id: 'Kampagnenname',
        spend_amount: 'Ausgegebener Betrag (EUR)',
        currency_code: 'Währung',
        impressions: 'Impressionen',
        clicks: 'Link-Klicks',
    },
    constants: { platform: 'meta_ads', account_id: 'main' },
};

describe('rows finer than campaign and day', () => {
    it('of a Meta report by age are added up', async () => {
        company.write('ads.csv', caseFile('05-meta-breakdown/ads.csv'));
        company.configure([meta]);
        expect(failureOf(await company.load()).fix).toContain('sum_to_key: true');
        company.configure([{ ...meta, sum_to_key: true }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, summed: 2 });
        expect(await stored()).toMatchObject([
            { day: '2026-03-01', amount: '20.000000', impressions: 1000, clicks: 14 },
            { day: '2026-03-02', amount: '20.000000', impressions: 910, clicks: 13 },
        ]);
        expect(await company.query('select summed_rows from jointly.loads')).toEqual([
            { summed_rows: 2 },
        ]);
    });

    it('that are equal in every column of the file are one', async () => {
        company.write('ads.csv', caseFile('05-meta-breakdown/ads-nocol.csv'));
        company.configure([{ ...meta, sum_to_key: true }]);
        const counts = countsOf(await company.load());
        expect(counts).toMatchObject({ inserted: 2, summed: 1, duplicate: 1 });
        expect((await stored()).map(({ amount }) => amount)).toEqual(['10.000000', '20.000000']);
    });

    it('of a LinkedIn report by ad are added up', async () => {
        company.write('ads/700.csv', caseFile('03b-linkedin-ads/campaign_700.csv'));
        company.configure([
            {
                ...summed,
                format: { type: 'csv', header_row: 6, thousands_separator: ',' },
                columns: {
                    spend_date: { column: 'Start Date (in UTC)', format: '%m/%d/%Y' },
                    campaign_id: 'Campaign ID',
                    spend_amount: 'Total Spent',
                    currency_code: 'Currency',
                },
                constants: { platform: 'linkedin_ads', account_id: 'acme' },
            },
        ]);
        countsOf(await company.load());
        expect(await stored()).toMatchObject([{ day: '2026-05-21', amount: '60.670000' }]);
    });

    it('are refused though there is one pair among many rows', async () => {
        const days = Array.from({ length: 250 }, (_, index) =>
            spend(new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10), '20'),
        );
        company.write('ads/a.csv', csv(spendHeader, ...days, spend('2026-02-10', '35')));
        company.configure([spendInput]);
        expect(failureOf(await company.load()).fix).toContain('sum_to_key: true');
        company.configure([summed]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 250, summed: 1 });
        const [row] = await company.query(
            'select sum(spend_amount) as sum from raw_files.ad_spend',
        );
        expect(row).toEqual({ sum: '5035.000000' });
    });

    it('in two currencies have no sum', async () => {
        company.write(
            'ads/a.csv',
            csv(spendHeader, spend('2026-01-01', '1'), 'google,a,c,2026-01-01,2,USD'),
        );
        company.configure([summed]);
        expect(failureOf(await company.load()).got).toBe('different values in rows 1, 2');
    });

    it.each([
        ['few to a key', ['1', '2'], undefined],
        ['many to a key, far below the first', ['1', '2', '4', '8'], undefined],
        ['of which one is a copy', ['1', '2', '1'], 'parts of a key that may be equal'],
    ])('are added up on the way to the table: %s', async (_, parts, reason) => {
        const days = Array.from({ length: 2500 }, (_, at) => spend('2026-01-01', '3', `c${at}`));
        const ads = parts.map((amount) => `${spend('2026-01-02', amount)},${amount}`);
        company.write(
            'ads/a.csv',
            csv(`${spendHeader},Ad`, ...days.map((line) => `${line},all`), 'Total,,,,,,', ...ads),
        );
        company.configure([{ ...summed, skip_rows: [{ column: 'platform', values: ['Total'] }] }]);
        const said: string[] = [];
        const counts = countsOf(await company.load({ onDetail: (text) => said.push(text) }));
        expect(said.join()).toContain(reason ?? '');
        expect(said).toHaveLength(reason ? 1 : 0);
        const different = new Set(parts).size;
        expect(counts).toMatchObject({
            read: 2501 + parts.length,
            inserted: 2501,
            leftOut: 1,
            summed: different - 1,
            duplicate: parts.length - different,
        });
        const [sum] = await company.query<{ amount: number; rows: number }>(`
            select cast(sum(spend_amount) as double) as amount,
                (select row_count from jointly.files) as rows,
            from raw_files.ad_spend where spend_date = '2026-01-02'`);
        expect(sum).toEqual({
            amount: [...new Set(parts)].reduce((all, one) => all + Number(one), 0),
            rows: 2501 + parts.length,
        });
        // What nothing is read from is kept beside a row that is no sum.
        expect(
            await company.query(
                'select cast(_extra as varchar) as extra, count(*) as rows from raw_files.ad_spend group by 1 order by 2',
            ),
        ).toEqual([
            { extra: null, rows: 1 },
            { extra: '{"Ad":"all"}', rows: 2500 },
        ]);
    });

    it('stay as they are when they are read again', async () => {
        company.write(
            'ads/a.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2026-01-01', '2')),
        );
        company.configure([summed]);
        await company.load();
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            unchanged: 1,
            summed: 1,
            updated: 0,
        });
    });

    it('are added up within a file, not with those of an earlier one', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '50')));
        company.write(
            'ads/2.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2026-01-01', '2')),
        );
        company.configure([summed]);
        countsOf(await company.load());
        expect(await stored()).toMatchObject([{ amount: '3.000000' }]);
    });

    it('sum to what the file holds, to the last decimal', async () => {
        const part = fc.record({
            campaign: fc.constantFrom('c', 'd'),
            day: fc.integer({ min: 1, max: 3 }),
            micros: fc.integer({ min: 0, max: 10 ** 9 }),
        });
        await fc.assert(
            fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 30 }), async (parts) => {
                const one = createTestCompany();
                try {
                    const lines = parts.map(
                        ({ campaign, day, micros }, ad) =>
                            `${spend(`2026-01-0${day}`, (micros / 1e6).toFixed(6), campaign)},${ad}`,
                    );
                    one.write('ads/a.csv', csv(`${spendHeader},ad`, ...lines));
                    one.configure([summed]);
                    const counts = countsOf(await one.load());
                    const [row] = await one.query<{ micros: number }>(
                        'select cast(sum(spend_amount) * 1000000 as bigint) as micros from raw_files.ad_spend',
                    );
                    expect(row?.micros).toBe(parts.reduce((sum, { micros }) => sum + micros, 0));
                    expect(counts.inserted + counts.summed).toBe(parts.length);
                } finally {
                    one.close();
                }
            }),
            { numRuns: 6 },
        );
    });

    it('are no setting for a stream without amounts that add up', async () => {
        company.configure([{ name: 'crm', stream: 'leads', files: ['l.csv'], sum_to_key: true }]);
        await expect(readConfig(company.configPath)).rejects.toThrow(
            'stream leads has no amounts that add up',
        );
    });
});
