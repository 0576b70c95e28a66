import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const days = (count: number) =>
    Array.from({ length: count }, (_, index) =>
        spend(new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10), '1'),
    );

async function failedLoad(content: string | Uint8Array, input: object = {}, name = 'ads/a.csv') {
    company.write(name, content);
    company.configure([{ ...spendInput, files: [name], ...input }]);
    return failureOf(await company.load());
}

describe('a broken file leaves the stream as it was and says what to do', () => {
    it('names row and line of a wrong type in row 7', async () => {
        const lines = days(9);
        lines[6] = spend('2026-01-07', 'n/a');
        const { message, exitCode } = await failedLoad(csv(spendHeader, ...lines));
        expect(exitCode).toBe(1);
        expect(message).toContain(
            'ads/a.csv, row 7 (line 8), column spend_amount: expected a number',
        );
        expect(message).toContain("got 'n/a'");
        expect(message).toContain('fix: ');
        expect(await company.query('from raw_files.ad_spend')).toEqual([]);
        expect(await company.query('from jointly.rejects')).toEqual([]);
        expect(await company.query('from jointly.loads')).toEqual([]);
    });

    it('counts lines past quoted line breaks, titles and blank lines', async () => {
        const lines = [
            '"a title',
            spendHeader + ',campaign_name',
            `${spend('2026-01-01', '1')},"one\ntwo"`,
            '',
            `${spend('2026-01-02', 'x')},b`,
        ];
        const { message } = await failedLoad(csv(...lines), {
            format: { type: 'csv', header_row: 2, delimiter: ',' },
        });
        expect(message).toContain('row 2 (line 6), column spend_amount');
    });

    it('names the column of the file and the setting that translates its words', async () => {
        company.write('d.csv', csv('Nr,Phase', '1,Gewonnen'));
        company.configure([
            {
                name: 'crm',
                stream: 'deals',
                files: ['d.csv'],
                columns: { deal_id: 'Nr', status: 'Phase' },
            },
        ]);
        const { message, fix } = failureOf(await company.load());
        expect(message).toContain(
            "row 1 (line 2), column status (Phase): expected one of open, won, lost, got 'Gewonnen'",
        );
        expect(fix).toContain(
            "in input crm write columns: { status: { column: 'Phase', values: { 'Gewonnen': '?' } } } with one of open, won, lost for ?",
        );
    });

    it('names the setting for words of true and false', async () => {
        company.write(
            'a.csv',
            csv('activity_id,activity_type,occurred_at,is_automated', "1,call,2026-01-01,it's"),
        );
        company.configure([{ name: 'calls', stream: 'activities', files: ['a.csv'] }]);
        const { message, fix } = failureOf(await company.load());
        expect(message).toContain('column is_automated: expected true or false');
        expect(fix).toContain("values: { 'it\\'s': '?' } } } with one of true, false for ?");
    });

    it('names the nearest column and the line to add when a required column is missing', async () => {
        const failure = await failedLoad(
            csv(spendHeader.replace('spend_amount', 'Spend Amount (EUR)'), ...days(1)),
        );
        expect(failure.exitCode).toBe(1);
        expect(failure.message).toContain('ads/a.csv has no column spend_amount');
        expect(failure.fix).toContain("columns: { spend_amount: 'Spend Amount (EUR)' }");
    });

    it('refuses a mapping to a column the file lacks, even of an optional column', async () => {
        const failure = await failedLoad(csv(spendHeader, ...days(1)), {
            columns: { clicks: 'Clicks' },
        });
        expect(failure.message).toContain('has no column Clicks');
    });

    it('names pattern and folder when no file is there', async () => {
        company.configure([spendInput]);
        const failure = failureOf(await company.load());
        expect(failure.exitCode).toBe(3);
        expect(failure.message).toContain('ads/*.csv matches no file');
        expect(failure.message).toContain(company.directory);
    });

    it('refuses an empty file', async () => {
        const failure = await failedLoad('');
        expect(failure).toMatchObject({ exitCode: 3, file: 'ads/a.csv' });
    });

    it('refuses a gzip file that was cut off', async () => {
        const lines = Array.from({ length: 5000 }, (_, index) =>
            spend('2026-01-01', String(Math.sqrt(index).toFixed(6)), `c${index}`),
        );
        const bytes = gzipSync(csv(spendHeader, ...lines));
        const failure = await failedLoad(bytes.subarray(0, bytes.length / 2), {}, 'ads/a.csv.gz');
        expect(failure).toMatchObject({ exitCode: 3, file: 'ads/a.csv.gz' });
        expect(failure.message).toContain('broken gzip');
        expect(await company.query('from raw_files.ad_spend')).toEqual([]);
    });

    it('refuses a cut-off gzip that already replaced a good one', async () => {
        const lines = Array.from({ length: 5000 }, (_, index) =>
            spend('2026-01-01', '1', `c${Math.sqrt(index)}`),
        );
        const bytes = gzipSync(csv(spendHeader, ...lines));
        company.write('ads/a.csv.gz', bytes);
        company.configure([{ ...spendInput, files: ['ads/a.csv.gz'] }]);
        await company.load();
        const before = await company.query('from jointly.stream_state order by stream');
        company.write('ads/a.csv.gz', bytes.subarray(0, bytes.length - 4));
        expect(failureOf(await company.load()).exitCode).toBe(3);
        expect(await company.query('from jointly.stream_state order by stream')).toEqual(before);
        expect(await company.query('select count(*) as n from raw_files.ad_spend')).toEqual([
            { n: 5000 },
        ]);
    });

    it('says which encoding a file is not written in', async () => {
        const text = csv(`${spendHeader},campaign_name`, `${spend('2026-01-01', '1')},Prêt`);
        const failure = await failedLoad(Buffer.from(text, 'latin1'));
        expect(failure.exitCode).toBe(3);
        expect(failure.message).toContain('not written in utf-8');
        expect(failure.fix).toContain('format.encoding');
    });

    it.each([
        ['too few', 'google,a,c,2026-01-02', '4'],
        ['too many', `${spend('2026-01-02', '1')},extra`, '7'],
    ])('names a row with %s cells', async (_, line, found) => {
        const failure = await failedLoad(
            csv(spendHeader, spend('2026-01-01', '1'), line, spend('2026-01-03', '1')),
        );
        expect(failure).toMatchObject({
            exitCode: 1,
            file: 'ads/a.csv',
            row: 2,
            line: 3,
            expected: '6 columns',
        });
        expect(failure.got).toContain(found);
    });

    it.each([
        ['opens and never closes', `${spend('2026-01-02', '1')},"open`],
        ['closes in the middle of a cell', `${spend('2026-01-02', '1')},"a"b`],
    ])('refuses a quote that %s', async (_, line) => {
        const rest = days(400).map((one) => `${one},x`);
        const text = csv(
            `${spendHeader},campaign_name`,
            `${spend('2026-01-01', '1')},x`,
            line,
            ...rest,
        );
        const failure = await failedLoad(text);
        expect(failure).toMatchObject({ exitCode: 1, file: 'ads/a.csv', row: 2, line: 3 });
    });

    it('leaves the other streams alone', async () => {
        company.write('ads/a.csv', csv('nothing', '1'));
        company.write('s.csv', csv('session_id,visitor_id,started_at', 's,v,2026-01-01'));
        company.configure([spendInput, { name: 'web', stream: 'sessions', files: ['s.csv'] }]);
        const outcomes = await company.load();
        expect(outcomes.map((one) => [one.stream, one.status])).toEqual([
            ['ad_spend', 'failed'],
            ['sessions', 'loaded'],
        ]);
    });

    it('leaves the other streams alone, even where the fault is none of the file', async () => {
        company.write('ads/a.csv', csv(spendHeader, ...days(2)));
        company.write('s.csv', csv('session_id,visitor_id,started_at', 's,v,2026-01-01'));
        company.configure([spendInput, { name: 'web', stream: 'sessions', files: ['s.csv'] }]);
        await company.query('create unique index one_row on raw_files.ad_spend (currency_code)');
        const outcomes = await company.load();
        expect(outcomes.map((one) => [one.stream, one.status])).toEqual([
            ['ad_spend', 'failed'],
            ['sessions', 'loaded'],
        ]);
        expect(await company.query('from raw_files.ad_spend')).toEqual([]);
    });

    it('says that lines end in different ways', async () => {
        const [one, two] = days(2);
        const { message, exitCode } = await failedLoad(`${spendHeader}\r\n${one}\n${two}\r\n`);
        expect(exitCode).toBe(1);
        expect(message).toContain('ads/a.csv has lines that end in different ways');
    });
});

describe('a few broken rows are set aside', () => {
    it('loads the rest and keeps every broken cell with its row as it came', async () => {
        const lines = days(300);
        lines[9] = 'google,a,c,2026-02-30,-5,EUR';
        company.write('ads/a.csv', csv(spendHeader, ...lines));
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({
            read: 300,
            inserted: 299,
            rejected: 1,
        });
        const rejects = await company.query(
            'select input, file, "row", line, "column", expected, got, raw from jointly.rejects order by "column"',
        );
        expect(rejects).toMatchObject([
            {
                input: 'ads',
                file: 'ads/a.csv',
                row: 10,
                line: 11,
                column: 'spend_amount',
                got: '-5.000000',
            },
            {
                row: 10,
                line: 11,
                column: 'spend_date',
                expected: 'a date like 2026-06-30',
                got: '2026-02-30',
            },
        ]);
        expect(JSON.parse(String(rejects[0]?.raw))).toMatchObject({
            spend_date: '2026-02-30',
            spend_amount: '-5',
        });
        const rows = await company.query(
            'select count(*) as n, count(distinct spend_date) as days from raw_files.ad_spend',
        );
        expect(rows).toEqual([{ n: 299, days: 299 }]);
    });

    it('clears a reject when the file is corrected', async () => {
        const lines = days(200);
        company.write('ads/a.csv', csv(spendHeader, ...lines.with(0, spend('2026-01-01', 'x'))));
        company.configure([spendInput]);
        await company.load();
        company.write('ads/a.csv', csv(spendHeader, ...lines));
        expect(countsOf(await company.load())).toMatchObject({
            inserted: 1,
            unchanged: 199,
            rejected: 0,
        });
        expect(await company.query('from jointly.rejects')).toEqual([]);
    });

    it('lets exactly the stated share through and no row more', async () => {
        const lines = days(100);
        const broken = (count: number) =>
            csv(
                spendHeader,
                ...lines
                    .map((line, index) => (index < count ? `${line}X` : line))
                    .map((line, index) =>
                        index < count ? line.replace(/2026-\d\d-\d\d/, 'never') : line,
                    ),
            );
        company.configure([spendInput], { max_reject_share: 0.05 });
        company.write('ads/a.csv', broken(5));
        expect(countsOf(await company.load())).toMatchObject({ inserted: 95, rejected: 5 });
        company.write('ads/a.csv', broken(6));
        expect(failureOf(await company.load()).message).toContain('6 of 100 rows');
        expect(await company.query('select count(*) as n from raw_files.ad_spend')).toEqual([
            { n: 95 },
        ]);
    });

    it.each([
        ['a fraction of a click', 'clicks', '1.5'],
        ['an exponent', 'clicks', '1e3'],
        ['a hexadecimal number', 'clicks', '0x10'],
        ['an underscore', 'clicks', '1_000'],
        ['a number that overflows', 'clicks', '99999999999999999999'],
        ['more decimals than money has', 'spend_amount', '0.0000001'],
        ['a decimal comma that is not declared', 'spend_amount', '"1,5"'],
        ['infinity', 'spend_amount', 'inf'],
        ['a year of two digits', 'spend_date', '26-01-01'],
        ['an instant in a date', 'spend_date', '2026-01-01T22:30:00'],
    ])('never guesses: %s', async (_, column, written) => {
        const lines = days(150).map((line) => `${line},5`);
        const cells = ['google', 'a', 'c', '2026-01-01', '1', 'EUR', '5'];
        cells[[...spendHeader.split(','), 'clicks'].indexOf(column)] = written;
        lines[0] = cells.join(',');
        company.write('ads/a.csv', csv(`${spendHeader},clicks`, ...lines));
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 149, rejected: 1 });
        expect(await company.query('select "row", "column", got from jointly.rejects')).toEqual([
            { row: 1, column, got: written.replaceAll('"', '') },
        ]);
    });

    it.each([
        ['1.500', 'spend_amount'],
        ['-12.500', 'spend_amount'],
        ['123.000', 'clicks'],
    ])('does not read %s as %s when it may be in thousands', async (written, column) => {
        const lines = days(150).map((line) => `${line},5`);
        const cells = ['google', 'a', 'c', '2026-01-01', '1', 'EUR', '5'];
        cells[[...spendHeader.split(','), 'clicks'].indexOf(column)] = written;
        company.write('ads/a.csv', csv(`${spendHeader},clicks`, ...lines.with(0, cells.join(','))));
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 149, rejected: 1 });
        const [reject] = await company.query('select expected, got from jointly.rejects');
        expect(reject?.expected).toContain('format.decimal_separator');
        expect(reject?.got).toBe(written);
    });

    it('names the separators to write when amounts may be in thousands', async () => {
        const { message, fix } = await failedLoad(
            csv(spendHeader, spend('2026-01-01', '1.500'), spend('2026-01-02', '2.000')),
        );
        expect(message).toMatch(/spend_amount: expected a number that can be .*, got '1.500'/);
        expect(fix).toContain("decimal_separator: '.' } when 1.500 is 1.5");
        expect(fix).toContain("decimal_separator: ',', thousands_separator: '.' when it is 1500");
    });

    it('names the thousands separator where only the decimal comma is said', async () => {
        const { fix } = await failedLoad(csv(spendHeader, spend('2026-01-01', '1.500')), {
            format: { type: 'csv', delimiter: ',', decimal_separator: ',' },
        });
        expect(fix).toContain("in input ads write thousands_separator: '.'");
    });

    it('does not read a decimal point as a thousands point', async () => {
        const lines = days(150).with(0, spend('2026-01-01', '1.5'));
        company.write('ads/a.csv', csv(spendHeader, ...lines));
        company.configure([
            {
                ...spendInput,
                format: {
                    type: 'csv',
                    delimiter: ',',
                    decimal_separator: ',',
                    thousands_separator: '.',
                },
            },
        ]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 149, rejected: 1 });
    });

    it('rejects a JSON line that is no object', async () => {
        const rows = Array.from(
            { length: 120 },
            (_, index) => `{"session_id":"s${index}","visitor_id":"v","started_at":"2026-01-01"}`,
        );
        company.write(
            's.ndjson',
            `${[...rows.slice(0, 50), '{"session_id":', ...rows.slice(50)].join('\n')}\n`,
        );
        company.configure([{ name: 'web', stream: 'sessions', files: ['s.ndjson'] }]);
        expect(countsOf(await company.load())).toMatchObject({
            read: 121,
            inserted: 120,
            rejected: 1,
        });
        const [reject] = await company.query(
            'select "row", line, expected from jointly.rejects order by expected limit 1',
        );
        expect(reject).toMatchObject({ row: 51, line: 51 });
    });

    it('checks rules between columns', async () => {
        const rows = Array.from({ length: 100 }, (_, index) => `d${index},open,`);
        company.write('d.csv', csv('deal_id,status,closed_at', ...rows, 'd-won,won,'));
        company.configure([{ name: 'crm', stream: 'deals', files: ['d.csv'] }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 100, rejected: 1 });
        expect(await company.query('select "column", got from jointly.rejects')).toEqual([
            { column: 'closed_at', got: null },
        ]);
    });
});

it('a record whose owner or product line has the name of a total is rejected, with the way out', async () => {
    company.write(
        'deals.csv',
        csv('deal_id,status,person_id,product_line', 'd1,open,All,gates', 'd2,open,ana,parts'),
    );
    const deals = { name: 'crm', stream: 'deals', files: ['deals.csv'] };
    company.configure([deals]);
    const { message } = failureOf(await company.load());
    expect(message).toContain('expected a name other than all and unattributed');
    expect(message).toContain("got 'All'");
    const person = { column: 'person_id', values: { All: '' } };
    company.configure([{ ...deals, columns: { person_id: person } }]);
    expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 0 });
});
