import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
} from './company.ts';

const run = Warehouse.prototype.run;
let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => {
    vi.restoreAllMocks();
    company.close();
});

/** Loads, and says whether rows were copied before they landed, and why. */
async function loadWatched(isDirectStopped = false) {
    let stops = 0;
    const watched = vi.spyOn(Warehouse.prototype, 'run').mockImplementation(function (
        this: Warehouse,
        sql,
    ) {
        const isDirect = sql.includes('insert into raw_files.') && !sql.includes('temp.staged');
        const isStopped = isDirectStopped && isDirect;
        if (isStopped) stops += 1;
        return isStopped ? Promise.reject(new Error('stopped by the test')) : run.call(this, sql);
    });
    const details: string[] = [];
    const outcomes = await company.load({ onDetail: (text) => details.push(text) });
    expect(stops > 0).toBe(isDirectStopped);
    const isCopied = watched.mock.calls.some(([sql]) =>
        sql.includes('create temp table temp.staged as'),
    );
    return { outcomes, isCopied, details };
}

/** Ad spend of a hundred days in as many campaigns, with a column the contract lacks. */
const rows = `
    select
        'google' as platform, 'a' as account_id, 'c' || i as campaign_id,
        cast(date '2026-01-01' + cast(i as integer) as date) as spend_date,
        cast(i * 0.25 as decimal(18, 2)) as spend_amount, 'EUR' as currency_code,
        case when i % 7 = 0 then null else i end as clicks, 'mobile' as device
    from range(100) as numbers(i)`;

async function writeRows(name: string, options: string, select = rows): Promise<void> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`copy (${select}) to '${company.directory}/${name}' (${options})`);
    connection.closeSync();
    instance.closeSync();
}

const landed = () =>
    company.query(`
        select spend.* exclude (_file_id), input, file, row_count
        from raw_files.ad_spend as spend inner join jointly.files on file_id = _file_id
        order by spend_date`);
const records = () =>
    company.query('select * exclude (load_id, started_at, finished_at) from jointly.loads');

describe('a first load of rows that keep the contract', () => {
    it.each([
        ['CSV', 'rows.csv', 'header'],
        ['NDJSON', 'rows.ndjson', 'format json'],
        ['Parquet', 'rows.parquet', 'format parquet'],
    ])('copies no row of %s, and ends as a load that does', async (_, name, options) => {
        await writeRows(name, options);
        company.configure([{ name: 'ads', stream: 'ad_spend', files: [name] }]);
        const { outcomes, isCopied } = await loadWatched();
        expect(isCopied).toBe(false);
        expect(countsOf(outcomes)).toMatchObject({ read: 100, inserted: 100, rejected: 0 });
        const [firstRows, firstRecords] = [await landed(), await records()];
        expect(firstRows).toHaveLength(100);
        expect(firstRows[1]).toMatchObject({
            clicks: 1,
            _extra: '{"device":"mobile"}',
            file: name,
        });

        const first = company;
        company = createTestCompany();
        first.close();
        await writeRows(name, options);
        company.configure([{ name: 'ads', stream: 'ad_spend', files: [name] }]);
        expect((await loadWatched(true)).isCopied).toBe(true);
        expect(await landed()).toEqual(firstRows);
        expect(await records()).toEqual(firstRecords);
    });

    it.each([
        ['lacks a key', '{"spend_date":"2026-01-03","spend_amount":3}'],
        ['has a key more', '{"spend_date":"2026-01-03","spend_amount":3,"clicks":4,"note":"new"}'],
        [
            'has its keys in another order',
            '{"clicks":4,"spend_amount":3,"spend_date":"2026-01-03"}',
        ],
        [
            'holds an object',
            '{"spend_date":"2026-01-03","spend_amount":3,"clicks":null,"ad":{"id":[1]}}',
        ],
        ['is blank', ' \t\r'],
        ['ends as on Windows', '{"spend_date":"2026-01-03","spend_amount":3.10,"clicks":4}\r'],
    ])('copies no row of NDJSON of which one %s', async (trait, other) => {
        const usual = (day: number) =>
            `{"spend_date":"2026-01-0${day}","spend_amount":${day}.5,"clicks":${day}}`;
        const text = `${usual(1)}\n${usual(2)}\n${other}\n${usual(4)}\n`;
        // So that the odd row is none of the first ones.
        const many = [...new Array(2000)].map((_, index) => {
            const day = new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10);
            return usual(1).replace('2026-01-01', day);
        });
        const load = async (isOff: boolean) => {
            company.write('rows.ndjson', `${many.join('\n')}\n${text}`);
            const constants = {
                platform: 'google',
                account_id: 'a',
                campaign_id: 'c',
                currency_code: 'EUR',
            };
            company.configure([
                { name: 'ads', stream: 'ad_spend', files: ['rows.ndjson'], constants },
            ]);
            const { outcomes, isCopied } = await loadWatched(isOff);
            expect(isCopied).toBe(isOff);
            return { counts: countsOf(outcomes), rows: await landed() };
        };
        const direct = await load(false);
        const first = company;
        company = createTestCompany();
        first.close();
        expect(await load(true)).toEqual(direct);
        expect(direct.rows).toHaveLength(trait === 'is blank' ? 2003 : 2004);
    });

    it.each([
        ['CSV', 'csv', 'header'],
        ['NDJSON', 'ndjson', 'format json'],
        ['Parquet', 'parquet', 'format parquet'],
    ])(
        'leaves rows of %s out as they pass, and counts them by file',
        async (_, ending, options) => {
            // Longer than one thread reads at once; the second file has nothing else.
            const files = [
                { name: `1.${ending}`, from: 0, to: 200_000, every: 7 },
                { name: `2.${ending}`, from: 200_000, to: 200_005, every: 1 },
                { name: `3.${ending}`, from: 200_005, to: 200_105, every: 1000 },
            ];
            const load = async (isOff: boolean) => {
                for (const { name, from, to, every } of files) {
                    await writeRows(
                        name,
                        options,
                        `select 'google' as platform, 'a' as account_id, 'c' || i as campaign_id,
                        case when i % ${every} = 0 then 'Total' else '2026-01-0' || (1 + i // 200_000) end as spend_date,
                        1 as spend_amount, 'EUR' as currency_code
                    from range(${from}, ${to}) as numbers(i)`,
                    );
                }
                company.configure([
                    {
                        name: 'ads',
                        stream: 'ad_spend',
                        files: [`*.${ending}`],
                        skip_rows: [{ column: 'spend_date', values: ['Total'] }],
                    },
                ]);
                const { outcomes, isCopied } = await loadWatched(isOff);
                expect(isCopied).toBe(isOff);
                const rows = 'select sum(hash(spend)) as rows from raw_files.ad_spend as spend';
                return {
                    counts: countsOf(outcomes),
                    records: await records(),
                    rows: await company.query(rows),
                    files: await company.query(
                        'select file, row_count from jointly.files order by 1',
                    ),
                };
            };
            const first = await load(false);
            const leftOut = Math.ceil(200_000 / 7) + 5;
            expect(first.counts).toMatchObject({
                read: 200_105,
                inserted: 200_105 - leftOut,
                leftOut,
                rejected: 0,
            });
            expect(first.files.map((file) => file.row_count)).toEqual([200_000, 5, 100]);
            company.close();
            company = createTestCompany();
            expect(await load(true)).toEqual(first);
        },
    );

    it('tells a broken row from one that is left out', async () => {
        company.write(
            'ads/a.csv',
            csv(spendHeader, spend('Total', 'x'), spend('2026-01-01', '1'), spend('never', '1')),
        );
        const skip = [{ column: 'spend_date', values: ['Total'] }];
        company.configure([{ ...spendInput, skip_rows: skip, max_reject_share: 0.5 }]);
        const { outcomes, isCopied } = await loadWatched();
        expect(isCopied).toBe(true);
        expect(countsOf(outcomes)).toMatchObject({ inserted: 1, leftOut: 1, rejected: 1 });
    });

    it('numbers the rows of several files and inputs', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.write('ads/2.csv', csv(spendHeader));
        company.write('ads/3.csv', csv(spendHeader, spend('2026-01-02', '2')));
        company.write('more.csv', csv(spendHeader, spend('2026-01-01', '3', 'c', 'b')));
        company.configure([spendInput, { name: 'more', stream: 'ad_spend', files: ['more.csv'] }]);
        expect((await loadWatched()).isCopied).toBe(false);
        expect(
            await company.query(
                'select file_id, input, file, row_count from jointly.files order by 1',
            ),
        ).toEqual([
            { file_id: 1, input: 'ads', file: 'ads/1.csv', row_count: 1 },
            { file_id: 2, input: 'ads', file: 'ads/2.csv', row_count: 0 },
            { file_id: 3, input: 'ads', file: 'ads/3.csv', row_count: 1 },
            { file_id: 4, input: 'more', file: 'more.csv', row_count: 1 },
        ]);
        expect((await landed()).map(({ file }) => file).toSorted()).toEqual([
            'ads/1.csv',
            'ads/3.csv',
            'more.csv',
        ]);
    });
});

it('a first load of several streams copies rows of none', async () => {
    company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
    company.write('leads.csv', csv('lead_id,created_at', 'l1,2026-01-01 10:00:00'));
    company.configure([spendInput, { name: 'crm', stream: 'leads', files: ['leads.csv'] }]);
    const { outcomes, isCopied } = await loadWatched();
    expect(outcomes.map(({ status }) => status)).toEqual(['loaded', 'loaded']);
    expect(isCopied).toBe(false);
});

describe('a first load looks closer at', () => {
    it('a broken row', async () => {
        const good = Array.from({ length: 200 }, (_, index) =>
            spend('2026-01-01', '1', `c${index}`),
        );
        company.write('ads/a.csv', csv(spendHeader, ...good, spend('2026-01-01', 'x')));
        company.configure([spendInput]);
        const { outcomes, isCopied, details } = await loadWatched();
        expect(isCopied).toBe(true);
        expect(details).toEqual([
            expect.stringMatching(/^ad_spend is loaded by way of a copy: .*a broken row/),
        ]);
        expect(countsOf(outcomes)).toMatchObject({ inserted: 200, rejected: 1 });
    });

    it('broken rows of a large file, and counts its rows as they stand', async () => {
        const broken = [1, 100_000, 200_000, 300_000, 400_000];
        const lines = Array.from({ length: 400_000 }, (_, index) =>
            spend('2026-01-01', broken.includes(index + 1) ? `x${index + 1}` : '1', `c${index}`),
        );
        company.write('ads/a.csv', `${spendHeader}\n${lines.join('\n')}\n`);
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 399_995, rejected: 5 });
        const rejects = await company.query(
            'select "row", line, got from jointly.rejects order by 1',
        );
        expect(rejects).toEqual(broken.map((row) => ({ row, line: row + 1, got: `x${row}` })));
    });

    it('a key that comes twice', async () => {
        const twice = spend('2026-01-01', '1');
        company.write('ads/a.csv', csv(spendHeader, twice, spend('2026-01-02', '1'), twice));
        company.configure([spendInput]);
        const { outcomes, isCopied, details } = await loadWatched();
        expect(isCopied).toBe(true);
        expect(details).toEqual([
            'ad_spend is loaded by way of a copy: rows of it meet each other',
        ]);
        expect(countsOf(outcomes)).toMatchObject({ inserted: 2, duplicate: 1 });
    });

    it('a file that restates days of another, though no key comes twice', async () => {
        const [old, other] = [spend('2026-01-02', '1', 'gone'), spend('2026-01-01', '1')];
        company.write('ads/1.csv', csv(spendHeader, other, old));
        company.write(
            'ads/2.csv',
            csv(spendHeader, spend('2026-01-02', '2'), spend('2026-01-03', '2')),
        );
        company.configure([spendInput], { max_loss_share: 1 });
        const { outcomes, isCopied } = await loadWatched();
        expect(isCopied).toBe(true);
        expect(countsOf(outcomes)).toMatchObject({ inserted: 3, superseded: 1 });
        expect((await landed()).map(({ campaign_id: campaign }) => campaign)).toEqual([
            'c',
            'c',
            'c',
        ]);
    });
});

it('a first load of a damaged file keeps no row of it', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) =>
        spend('2026-01-01', '1', `c${index}`),
    );
    const whole = gzipSync(csv(spendHeader, ...lines));
    // Every row can be read: only the checksum at the end is wrong.
    whole.writeUInt32LE(0, whole.length - 8);
    company.write('ads.csv.gz', whole);
    company.configure([{ name: 'ads', stream: 'ad_spend', files: ['ads.csv.gz'] }]);
    const { outcomes, isCopied } = await loadWatched();
    expect(failureOf(outcomes)).toMatchObject({ exitCode: 3, file: 'ads.csv.gz' });
    expect(isCopied).toBe(false);
    for (const table of ['raw_files.ad_spend', 'jointly.files', 'jointly.loads']) {
        expect(await company.query(`select count(*) as n from ${table}`)).toEqual([{ n: 0 }]);
    }
});
