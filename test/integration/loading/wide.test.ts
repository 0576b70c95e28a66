import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    only,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
} from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const columns = 2000;
const rows = 6000;
const names = Array.from({ length: columns }, (_, at) => `Property ${at}`);
const cells = names.map((_, at) => `value ${at % 97}`).join(',');

/** 2,000 columns, as an export of a CRM with all its properties has them; one row is broken. */
function writeWide(day = '2026-01-01'): void {
    const lines = Array.from({ length: rows }, (_, at) =>
        [spend(at === 7 ? 'soon' : day, `${at}.5`, `c${at}`), cells].join(','),
    );
    company.write('ads/wide.csv', csv([spendHeader, ...names].join(','), ...lines));
}

const extras = () =>
    company.query(
        'select distinct cast(_extra as varchar) as extra from raw_files.ad_spend order by 1',
    );

describe('an export of 2,000 columns', () => {
    it('loads within the memory limit, first and again, without what nobody asked for', async () => {
        company.configure([spendInput]);
        writeWide();
        const outcome = only(await company.load());
        expect(countsOf([outcome])).toMatchObject({ inserted: rows - 1, rejected: 1 });
        expect('notes' in outcome && outcome.notes).toEqual([
            '2,000 columns of ads/wide.csv are not kept, as ad_spend reads nothing from them; name those that are wanted in keep_columns of input ads',
        ]);
        writeWide('2026-01-02');
        expect(countsOf(await company.load())).toMatchObject({ inserted: rows - 1, rejected: 1 });
        expect(await extras()).toEqual([{ extra: null }]);
        const [reject] = await company.query('select "row", line, got, raw from jointly.rejects');
        expect(reject).toMatchObject({ row: 8, line: 9, got: 'soon' });
        expect(JSON.parse(String(reject?.raw))).toMatchObject({ campaign_id: 'c7' });
    });

    it('keeps the columns that are asked for', async () => {
        company.configure([{ ...spendInput, keep_columns: ['Property 1990', 'Property 3'] }]);
        writeWide();
        await company.load();
        expect(await extras()).toEqual([
            { extra: '{"Property 3":"value 3","Property 1990":"value 50"}' },
        ]);
    });

    it('refuses one that it does not have', async () => {
        company.configure([{ ...spendInput, keep_columns: ['Propperty 3'] }]);
        writeWide();
        expect(failureOf(await company.load())).toMatchObject({
            exitCode: 1,
            what: 'ads/wide.csv has no column Propperty 3, which keep_columns of input ads names.',
        });
    });
});

describe('rows of NDJSON with 2,000 keys', () => {
    const count = 2500;
    const rest = names.map((name, at) => `"${name}":${at}`).join(',');
    const [platform, account_id] = spend('', '').split(',');

    /** One row is broken. */
    function writeRows(day: string, isWide: (row: number) => boolean): void {
        const lines = Array.from({ length: count }, (_, at) => {
            const own = {
                ...{ platform, account_id, campaign_id: `c${at}`, currency_code: 'EUR' },
                ...{ spend_date: at === 7 ? 'soon' : day, spend_amount: `${at}.5` },
            };
            return isWide(at)
                ? `${JSON.stringify(own).slice(0, -1)},${rest}}`
                : JSON.stringify(own);
        });
        company.write('ads/wide.ndjson', csv(...lines));
    }

    it.each([
        ['every row', () => true],
        ['every row but the first', (row: number) => row > 0],
    ])('in %s load within the memory limit, first and again', async (_, isWide) => {
        const input = { ...spendInput, files: ['ads/*.ndjson'] };
        company.configure([input]);
        writeRows('2026-01-01', isWide);
        const outcome = only(await company.load());
        expect(countsOf([outcome])).toMatchObject({ inserted: count - 1, rejected: 1 });
        expect('notes' in outcome && outcome.notes[0]).toContain(
            '2,000 columns of ads/wide.ndjson',
        );
        const [reject] = await company.query('select "row", line, got, raw from jointly.rejects');
        expect(reject).toMatchObject({ row: 8, line: 8, got: 'soon' });
        expect(JSON.parse(String(reject?.raw))).toMatchObject({ campaign_id: 'c7' });
        writeRows('2026-01-02', isWide);
        expect(countsOf(await company.load())).toMatchObject({ inserted: count - 1, rejected: 1 });
        const amounts =
            'select cast(sum(spend_amount) as double) as amount from raw_files.ad_spend';
        // The halves of all, and 0 to 2,499, without the row that is broken; on both days.
        const amount = 2 * (count / 2 + (count * (count - 1)) / 2 - 7.5);
        expect(await company.query(amounts)).toEqual([{ amount }]);
    });

    it('far below narrow ones load within the memory limit, packed and in a later file', async () => {
        const narrow = (at: number, account = 'a') =>
            JSON.stringify({
                ...{ platform, account_id: account, campaign_id: `n${at}`, currency_code: 'EUR' },
                ...{ spend_date: '2026-01-01', spend_amount: '1' },
            });
        const wide = (at: number) => `${narrow(at, 'b').slice(0, -1)},${rest}}`;
        const many = Array.from({ length: 4000 }, (_, at) => narrow(at));
        const below = Array.from({ length: count }, (_, at) => wide(many.length + at));
        const text = csv(...many, ...below);
        company.configure([{ ...spendInput, files: ['ads/*'] }]);
        company.write('ads/1.ndjson', text);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 6500 });
        company.remove('ads/1.ndjson');
        company.write('ads/2.ndjson', csv(...many));
        company.write('ads/3.ndjson.gz', gzipSync(csv(...below), { level: 1 }));
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            unchanged: 6500,
        });
    });

    it('are kept where they are asked for, and told apart from lines that are none', async () => {
        const input = { ...spendInput, files: ['ads/*.ndjson'], max_reject_share: 0.8 };
        company.configure([{ ...input, keep_columns: ['Property 5'] }]);
        const row = (campaign: string) =>
            `{"platform":"g","account_id":"a","campaign_id":"${campaign}","currency_code":"EUR",` +
            `"spend_date":"2026-01-01","spend_amount":1,${rest}}`;
        const lines = [row('a'), '', '[1]', `${row('b')} `, row('c').slice(0, -1), '', row('"')];
        company.write('ads/wide.ndjson', lines.join('\r\n'));
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 3 });
        expect(await extras()).toEqual([{ extra: '{"Property 5":5}' }]);
        expect(
            await company.query('select distinct "row", line from jointly.rejects order by 1'),
        ).toEqual([
            { row: 2, line: 3 },
            { row: 4, line: 5 },
            { row: 5, line: 7 },
        ]);
    });
});

describe('rows with long texts', () => {
    const amount = 'select cast(sum(spend_amount) as double) as amount from raw_files.ad_spend';
    const platform = { platform: 'g', account_id: 'a', currency_code: 'EUR' };

    it.each([
        ['7 kB in NDJSON', 'ndjson', 7_000, 4000],
        ['20 kB in NDJSON', 'ndjson', 20_000, 2500],
        ['7 kB in CSV', 'csv', 7_000, 4000],
    ])('of %s get the memory they need, first and again', async (_, format, length, count) => {
        company.configure([{ ...spendInput, files: ['ads/*'] }]);
        const text = 'long text '.repeat(length / 10);
        const write = (spent: number) => {
            const lines = Array.from({ length: count }, (_, at) =>
                format === 'csv'
                    ? [spend('2026-01-01', `${spent}`, `c${at}`), text].join(',')
                    : JSON.stringify({
                          ...{ ...platform, campaign_id: `c${at}` },
                          ...{ spend_date: '2026-01-01', spend_amount: spent, note: text },
                      }),
            );
            const header = format === 'csv' ? [`${spendHeader},note`] : [];
            company.write(`ads/long.${format}`, csv(...header, ...lines));
        };
        write(1);
        expect(countsOf(await company.load())).toMatchObject({ inserted: count, rejected: 0 });
        write(2);
        expect(countsOf(await company.load())).toMatchObject({ updated: count, rejected: 0 });
        expect(await company.query(amount)).toEqual([{ amount: 2 * count }]);
        expect(
            await company.query(
                'select distinct length(cast(_extra as varchar)) as n from raw_files.ad_spend',
            ),
        ).toEqual([{ n: length + '{"note":""}'.length }]);
    });
});

describe('rows that are added up', () => {
    it('are told apart by columns that are not kept', async () => {
        const line = (ad: string) => [spend('2026-01-01', '10'), cells, ad].join(',');
        company.write(
            'ads/a.csv',
            csv([spendHeader, ...names, 'Ad'].join(','), line('one'), line('two'), line('one')),
        );
        for (const keep of [{}, { keep_columns: ['Property 1'] }]) {
            company.configure([{ ...spendInput, ...keep, sum_to_key: true }]);
            await company.load({ isFullRefresh: true });
            // The third row is the first one again.
            expect(await company.query('select spend_amount from raw_files.ad_spend')).toEqual([
                { spend_amount: '20.000000' },
            ]);
        }
    });
});

describe('an export of a hundred columns', () => {
    it('is kept as a whole', async () => {
        company.configure([spendInput]);
        const few = names.slice(0, 100);
        const line = `${spend('2026-01-01', '1')},${few.map((_, at) => at).join(',')}`;
        company.write('ads/a.csv', csv([spendHeader, ...few].join(','), line));
        await company.load();
        const [row] = await extras();
        expect(Object.keys(JSON.parse(String(row?.extra)))).toEqual(few);
    });
});
