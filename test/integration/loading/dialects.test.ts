import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseFile } from './cases.ts';
import { countsOf, createTestCompany, csv, failureOf, type TestCompany } from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const input = { name: 'crm', stream: 'deals', files: ['d.csv'] };

describe('a delimiter', () => {
    it.each([
        ['12-trailing-delimiter/a.csv', 2],
        ['12-trailing-delimiter/b.csv', 2],
        ['12-trailing-delimiter/d.csv', 1],
    ])('that ends every row or is said in the first line is read: %s', async (name, rows) => {
        company.write('d.csv', caseFile(name));
        company.configure([{ ...input, format: { type: 'csv', decimal_separator: ',' } }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: rows });
    });

    it('is said with quotes and Windows line ends, too', async () => {
        company.write('d.csv', '"sep=|"\r\ndeal_id|status\r\nd1|open\r\n');
        company.configure([input]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1 });
    });
});

describe('a quote inside a name', () => {
    it('does not move the lines of broken rows', async () => {
        company.write('d.csv', caseFile('13-quotes-in-names/e.csv'));
        company.configure([input]);
        const { message } = failureOf(await company.load());
        for (const [row, line] of [
            [3, 4],
            [4, 5],
            [5, 6],
        ]) {
            expect(message).toContain(`row ${row} (line ${line}), column amount`);
        }
    });

    it('at its beginning is refused with row, line and a way out, which loads', async () => {
        const direct = {
            name: 'direct',
            stream: 'ad_spend',
            files: ['a.tsv'],
            columns: { spend_date: 'Date', campaign_id: 'CampaignId', spend_amount: 'Cost' },
            constants: { platform: 'yandex_direct', account_id: 'main', currency_code: 'RUB' },
        };
        company.write('a.tsv', caseFile('13-quotes-in-names/a.tsv'));
        company.configure([direct]);
        const failure = failureOf(await company.load());
        expect(failure).toMatchObject({ row: 1, line: 2 });
        expect(failure.fix).toContain("for example '~'");
        company.configure([{ ...direct, format: { type: 'csv', quote: '~' } }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3 });
    });

    it('is told from a line break without quotes, which is no footer', async () => {
        company.write('d.csv', caseFile('13-quotes-in-names/c.csv'));
        company.configure([input]);
        const failure = failureOf(await company.load());
        expect(failure).toMatchObject({ row: 2, line: 3 });
        expect(failure.fix).not.toContain('footer');
    });
});

describe('lines that end in different ways', () => {
    it.each([
        ['\r\n', '\n', 3, 4],
        ['\n', '\r\n', 2, 3],
    ])(
        'are refused with the first that ends otherwise: %j, then %j',
        async (first, other, row, line) => {
            const lines = [
                'deal_id;status;amount',
                'd1;open;1',
                'd2;open;2',
                'd3;open;3',
                'd4;open;4',
            ];
            const text = lines.map((one, at) => `${one}${at >= line - 1 ? other : first}`).join('');
            company.write('d.csv', text);
            company.configure([{ name: 'crm', stream: 'deals', files: ['d.csv'] }]);
            const outcomes = await company.load();
            const [outcome] = outcomes;
            // What the engine reads all the same is read.
            if (outcome?.status === 'loaded') return expect(countsOf(outcomes).inserted).toBe(4);
            expect(failureOf(outcomes)).toMatchObject({
                what: 'd.csv has lines that end in different ways, as files put together of two have.',
                row,
                line,
            });
        },
    );
});

describe('short rows', () => {
    const format = (rest: object) => ({ ...input, format: { type: 'csv' as const, ...rest } });
    const lines = ['deal_id,status,note,owner', 'd1,open', 'd2,open,"a\nb"', 'd3,open,n,o', 'd4'];

    it('are refused with the setting that reads them, and read with it', async () => {
        company.write('d.csv', csv(...lines.slice(0, -1)));
        company.configure([format({})]);
        const failure = failureOf(await company.load());
        expect(failure).toMatchObject({ row: 1, line: 2, expected: '4 columns' });
        expect(failure.fix).toContain('short_rows: true');
        company.configure([format({ short_rows: true })]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3 });
        expect(
            await company.query(
                "select deal_id, _extra->>'note' as note, _extra->>'owner' as owner from raw_files.deals order by 1",
            ),
        ).toEqual([
            { deal_id: 'd1', note: null, owner: null },
            { deal_id: 'd2', note: 'a\nb', owner: null },
            { deal_id: 'd3', note: 'n', owner: 'o' },
        ]);
    });

    it('that lack what is needed are rejected in their place, longer ones refused', async () => {
        company.write('d.csv', csv(...lines));
        company.configure([{ ...format({ short_rows: true }), max_reject_share: 0.5 }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3, rejected: 1 });
        expect(await company.query('select "row", line, "column" from jointly.rejects')).toEqual([
            { row: 4, line: 6, column: 'status' },
        ]);
        company.write('d.csv', csv(...lines, 'd5,open,n,o,more'));
        expect(failureOf(await company.load())).toMatchObject({ row: 5, line: 7 });
    });
});

describe('a huge cell', () => {
    const deals = (note: string) =>
        csv('deal_id,status,note', 'd1,open,short', `d2,open,"${note}"`, 'd3,open,short');

    it('of some megabytes loads', async () => {
        company.write('d.csv', deals('x'.repeat(2_500_000)));
        company.configure([input]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3 });
    });

    it('beyond the limit is refused with the limit, its row and its column', async () => {
        company.write('d.csv', deals('x'.repeat(20_000_000)));
        company.configure([input]);
        const failure = failureOf(await company.load());
        expect(failure).toMatchObject({ row: 2, line: 3, column: 'note', exitCode: 1 });
        expect(failure.expected).toBe('rows of less than 8 MB');
    });

    it('beyond the limit of NDJSON is refused with the limit and its row', async () => {
        const deal = (id: string, note: string) =>
            JSON.stringify({ deal_id: id, status: 'open', note });
        company.configure([{ ...input, files: ['d.ndjson'] }]);
        company.write('d.ndjson', csv(deal('d1', 'x'.repeat(2_500_000)), deal('d2', 'short')));
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2 });
        company.write('d.ndjson', csv(deal('d1', 'short'), '', deal('d2', 'x'.repeat(20_000_000))));
        expect(failureOf(await company.load())).toMatchObject({
            row: 2,
            line: 3,
            expected: 'rows of less than 4 MB, one JSON object a line',
            exitCode: 1,
        });
    });
});
