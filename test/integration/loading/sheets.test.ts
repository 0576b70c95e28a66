import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
    countsOf,
    createTestCompany,
    failureOf,
    spendHeader,
    spendInput,
    type TestCompany,
} from './company.ts';
import { ods, xlsx, xlsxRow } from './pack.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const header = spendHeader.split(',');

/** A row of spend: the day is a number in the style of days. */
const spendRow = (number: number, day: number, amount: number | string, campaign = 'c') =>
    xlsxRow(number, [
        'google',
        'a',
        campaign,
        `<c s="1"><v>${day}</v></c>`,
        typeof amount === 'number' ? amount : `<c><v>${amount}</v></c>`,
        'EUR',
    ]);

function configure(format?: object, name = 'ads/a.xlsx', rest: object = {}) {
    company.configure([
        { ...spendInput, files: [name], ...(format && { format }), ...rest },
    ] as never);
}

async function load(content: Uint8Array, format?: object, name = 'ads/a.xlsx') {
    company.write(name, content);
    configure(format, name);
    return company.load();
}

const amounts = () =>
    company.query('select spend_date, spend_amount from raw_files.ad_spend order by all');

const spendRows = (...rows: readonly string[]) => [xlsxRow(1, header), ...rows].join('');

describe('XLSX', () => {
    it('is read by its ending, days as days and amounts to the last of 15 digits', async () => {
        const rows = spendRows(
            spendRow(2, 46023, 0.1 + 0.2),
            spendRow(3, 46024, '1234567.1'),
            spendRow(4, 46025, '1.5E-3'),
            spendRow(5, 46026, 1.234),
            spendRow(6, 46027, 100),
        );
        expect(countsOf(await load(xlsx([{ name: 'Data', rows }])))).toMatchObject({ inserted: 5 });
        expect(await amounts()).toEqual([
            { spend_date: '2026-01-01', spend_amount: '0.300000' },
            { spend_date: '2026-01-02', spend_amount: '1234567.100000' },
            { spend_date: '2026-01-03', spend_amount: '0.001500' },
            { spend_date: '2026-01-04', spend_amount: '1.234000' },
            { spend_date: '2026-01-05', spend_amount: '100.000000' },
        ]);
    });

    it('counts days from 1904 where the workbook does', async () => {
        const rows = spendRows(spendRow(2, 46023 - 1462, 1));
        await load(xlsx([{ name: 'Data', rows }], { is1904: true }));
        expect(await amounts()).toMatchObject([{ spend_date: '2026-01-01' }]);
    });

    it('reads shared, rich and escaped texts, empty cells and line breaks', async () => {
        const strings = [
            '<r><t>Spring </t></r><r><t xml:space="preserve">sale &amp; "more"</t></r><rPh><t>x</t></rPh>',
            '<t>one_x000D_\ntwo, three</t>',
        ];
        const row = (number: number, text: number) =>
            `<row>${['google', 'a', `c${number}`].map((one) => `<c t="str"><v>${one}</v></c>`).join('')}` +
            `<c s="1"><v>46023</v></c><c><v>1</v></c><c t="str"><v>EUR</v></c><c/><c r="H${number}" t="s"><v>${text}</v></c></row>`;
        const rows = xlsxRow(1, [...header, 'clicks', 'campaign_name']) + row(2, 0) + row(3, 1);
        await load(xlsx([{ name: 'Data', rows }], { strings }));
        const read = await company.query(
            'select clicks, campaign_name from raw_files.ad_spend order by campaign_id',
        );
        expect(read).toEqual([
            { clicks: null, campaign_name: 'Spring sale & "more"' },
            { clicks: null, campaign_name: 'one\r\ntwo, three' },
        ]);
    });

    it('takes the instants of a sheet by the clock of the time zone', async () => {
        const rows =
            xlsxRow(1, ['lead_id', 'created_at']) +
            xlsxRow(2, ['l1', '<c s="2"><v>46204.5868171296</v></c>']) +
            xlsxRow(3, ['l2', '2026-07-01 14:05:01']);
        company.write('leads.xlsx', xlsx([{ name: 'Leads', rows }]));
        company.configure([{ name: 'leads', stream: 'leads', files: ['leads.xlsx'] }]);
        countsOf(await company.load());
        const read = await company.query('select created_at from raw_files.leads order by lead_id');
        expect(read).toEqual([
            { created_at: '2026-07-01 11:05:01' },
            { created_at: '2026-07-01 11:05:01' },
        ]);
    });

    it('never takes a hidden or an empty sheet by chance', async () => {
        const rows = spendRows(spendRow(2, 46023, 1));
        const other = spendRows(spendRow(2, 46023, 99));
        const book = xlsx([
            { name: 'Old', rows: other, state: 'hidden' },
            { name: 'Older', rows: other, state: 'veryHidden' },
            { name: 'Sheet1', rows: '' },
            { name: 'Data', rows },
        ]);
        await load(book);
        expect(await amounts()).toMatchObject([{ spend_amount: '1.000000' }]);
        expect(countsOf(await load(book, { type: 'xlsx', sheet: 'Old' }))).toMatchObject({
            read: 1,
        });
        expect(await amounts()).toMatchObject([{ spend_amount: '99.000000' }]);
    });

    it('asks which sheet when there are several, and guesses a name that is misspelt', async () => {
        const rows = spendRows(spendRow(2, 46023, 1));
        const book = xlsx([
            { name: 'January', rows },
            { name: 'February', rows },
        ]);
        expect(failureOf(await load(book))).toMatchObject({
            exitCode: 2,
            what: "ads/a.xlsx has 2 sheets: 'January', 'February'.",
            fix: "name the sheet in the input: format: { type: 'xlsx', sheet: 'January' }",
        });
        expect(failureOf(await load(book, { type: 'xlsx', sheet: 'Febuary' })).what).toBe(
            'ads/a.xlsx has no sheet Febuary; did you mean February?',
        );
    });

    it('skips a merged title, and a name merged over rows holds for each of them', async () => {
        const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
        const rows =
            xlsxRow(1, ['Report of January', cell(''), cell('')]) +
            xlsxRow(3, header) +
            spendRow(4, 46023, 1, 'spring') +
            spendRow(5, 46024, 2, cell('')) +
            spendRow(6, 46025, 3, cell('')) +
            spendRow(7, 46026, 4, 'summer');
        const tail = '<mergeCells><mergeCell ref="A1:F1"/><mergeCell ref="C4:C6"/></mergeCells>';
        await load(xlsx([{ name: 'Data', rows, tail }]), { type: 'xlsx', header_row: 3 });
        const read = await company.query(
            'select campaign_id, sum(spend_amount) as amount from raw_files.ad_spend group by all order by all',
        );
        expect(read).toEqual([
            { campaign_id: 'spring', amount: '6.000000' },
            { campaign_id: 'summer', amount: '4.000000' },
        ]);
    });

    it('does not count an amount that is merged over rows once for each', async () => {
        const rows =
            spendRows(spendRow(2, 46023, 30)) +
            xlsxRow(3, ['google', 'a', 'c', '<c s="1"><v>46024</v></c>', '<c/>', 'EUR']);
        const tail = '<mergeCells><mergeCell ref="E2:E3"/></mergeCells>';
        const failure = failureOf(await load(xlsx([{ name: 'Data', rows, tail }])));
        expect(failure.what).toContain('got an empty cell');
    });

    it('names file, sheet, row and letters of what it refuses', async () => {
        const rows =
            xlsxRow(1, ['January']) +
            xlsxRow(2, [...header.slice(0, 4), 'Cost', 'currency_code']) +
            spendRow(3, 46023, 1) +
            xlsxRow(7, ['google', 'a', 'c', '<c s="1"><v>46024</v></c>', 'much', 'EUR']) +
            xlsxRow(8, [
                'google',
                'a',
                'c',
                '<c s="1"><v>46025</v></c>',
                '<c t="e"><v>#N/A</v></c>',
                'EUR',
            ]) +
            xlsxRow(9, ['google', 'a', 'c', 'soon', 2, 'EUR']) +
            xlsxRow(10, [
                'google',
                'a',
                'c',
                '<c s="1"><v>46027</v></c>',
                '<c><f>SUM(E3:E9)</f></c>',
                'EUR',
            ]);
        company.write('ads/a.xlsx', xlsx([{ name: 'Data', rows }]));
        configure({ type: 'xlsx', header_row: 2 }, 'ads/a.xlsx', {
            columns: { spend_amount: 'Cost' },
        });
        const { what } = failureOf(await company.load());
        const start = 'ads/a.xlsx, sheet Data, row';
        expect(what).toContain(
            `${start} 2 (line 7), column spend_amount (Cost, column E): expected a number`,
        );
        expect(what).toContain(`got 'much'`);
        expect(what).toContain(`got '#N/A'`);
        expect(what).toContain(`${start} 4 (line 9), column spend_date (column D)`);
        expect(what).toContain(`got '=SUM(E3:E9)'`);
    });

    it('reads numbers that are texts as the input says, and numbers as they are', async () => {
        const rows = spendRows(
            xlsxRow(2, ['google', 'a', 'c', '<c s="1"><v>46023</v></c>', '1.234,50', 'EUR']),
            spendRow(3, 46024, 1234.5),
            spendRow(4, 46025, 1.234),
        );
        await load(xlsx([{ name: 'Data', rows }]), {
            type: 'xlsx',
            decimal_separator: ',',
            thousands_separator: '.',
        });
        expect(await amounts()).toMatchObject([
            { spend_amount: '1234.500000' },
            { spend_amount: '1234.500000' },
            { spend_amount: '1.234000' },
        ]);
    });

    it.each([
        ['an old workbook', '\xd0\xcf\x11\xe0 and more', 'the old format XLS'],
        ['a web page', '<html><table></table></html>', 'HTML or XML'],
        ['a text', 'Day,Cost', 'not a workbook'],
    ])('says what %s is', async (_, content, words) => {
        const failure = failureOf(await load(Buffer.from(content, 'latin1')));
        expect(failure).toMatchObject({ exitCode: 3, what: expect.stringContaining(words) });
    });

    it.each([[0.4], [0.7], [0.95]])('says that it is damaged when cut at %d', async (share) => {
        const rows = spendRows(
            ...Array.from({ length: 500 }, (_, at) => spendRow(at + 2, 46023, at)),
        );
        const whole = xlsx([{ name: 'Data', rows }]);
        const failure = failureOf(await load(whole.subarray(0, whole.length * share)));
        expect(failure).toMatchObject({ exitCode: 3, file: 'ads/a.xlsx' });
        expect(failure.what).toContain('is no XLSX workbook, or is damaged');
    });

    it('says that a byte of it has changed', async () => {
        const rows = spendRows(
            ...Array.from({ length: 500 }, (_, at) => spendRow(at + 2, 46023, at)),
        );
        const whole = xlsx([{ name: 'Data', rows }]);
        const place = whole.indexOf('sheet1.xml') + 400;
        whole[place] = (whole[place] ?? 0) ^ 0xff;
        expect(failureOf(await load(whole)).what).toContain('is no XLSX workbook, or is damaged');
    });

    it('says that a sheet is longer than the workbook claims', async () => {
        const whole = xlsx([{ name: 'Data', rows: spendRows(spendRow(2, 46023, 1)) }]);
        const sizeInList = whole.lastIndexOf('xl/worksheets/sheet1.xml') - 22;
        whole.writeUInt32LE(whole.readUInt32LE(sizeInList) - 1, sizeInList);
        expect(failureOf(await load(whole)).what).toContain('is no XLSX workbook, or is damaged');
    });
});

describe('ODS', () => {
    const text = (value: string) =>
        `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
    const day = (value: string) =>
        `<table:table-cell office:value-type="date" office:date-value="${value}"><text:p>shown</text:p></table:table-cell>`;
    const number = (value: string) =>
        `<table:table-cell office:value-type="currency" office:value="${value}"><text:p>0.30 €</text:p></table:table-cell>`;
    const row = (...cells: readonly string[]) =>
        `<table:table-row>${cells.join('')}</table:table-row>`;
    const table = (name: string, rows: string, style = 'ta1') =>
        `<table:table table:name="${name}" table:style-name="${style}">${rows}` +
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>';
    const top = row(...header.map(text));

    it('is read like XLSX', async () => {
        const rows =
            top +
            row(
                text('google'),
                text('a'),
                text('c'),
                day('2026-01-01'),
                number('0.30000000000000004'),
                text('EUR'),
            ) +
            '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>' +
            row(
                text('google'),
                text('a'),
                text('c'),
                day('2026-01-02T00:00:00'),
                number('1234.5'),
                text('EUR'),
            );
        const hidden = table('Old', top + row(text('x')), 'ta2');
        await load(ods(hidden + table('Data', rows) + table('Empty', '')), undefined, 'ads/a.ods');
        expect(await amounts()).toEqual([
            { spend_date: '2026-01-01', spend_amount: '0.300000' },
            { spend_date: '2026-01-02', spend_amount: '1234.500000' },
        ]);
    });

    it('leaves notes out, keeps spaces, and repeats what is repeated', async () => {
        const named =
            '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>' +
            '<text:p>two<text:s text:c="2"/><text:span>words</text:span></text:p></table:table-cell>';
        const same =
            '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>same</text:p></table:table-cell>';
        const rows =
            row(...[...header, 'campaign_name'].map(text)) +
            row(same, text('c'), day('2026-01-01'), number('1'), text('EUR'), named);
        await load(ods(table('Data', rows)), undefined, 'ads/a.ods');
        const read = await company.query(
            'select platform, account_id, campaign_name from raw_files.ad_spend',
        );
        expect(read).toEqual([
            { platform: 'same', account_id: 'same', campaign_name: 'two  words' },
        ]);
    });

    it('names the row of the sheet, and fills a cell that spans rows', async () => {
        const tall =
            '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>spring</text:p></table:table-cell>';
        const rows =
            top +
            row(text('google'), text('a'), tall, day('2026-01-01'), number('1'), text('EUR')) +
            row(
                text('google'),
                text('a'),
                '<table:covered-table-cell/>',
                day('2026-01-02'),
                text('much'),
                text('EUR'),
            );
        const { what } = failureOf(await load(ods(table('Data', rows)), undefined, 'ads/a.ods'));
        expect(what).toContain(
            'ads/a.ods, sheet Data, row 2 (line 3), column spend_amount (column E)',
        );
        expect(what).not.toContain('campaign_id');
    });
});
