import { runInNewContext } from 'node:vm';
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

const amounts = () =>
    company.query<{ spend_date: string; spend_amount: string }>(
        'select spend_date, spend_amount from raw_files.ad_spend order by spend_date, campaign_id',
    );

async function loadText(content: string | Uint8Array, input: object = {}, name = 'ads/a.csv') {
    company.write(name, content);
    company.configure([{ ...spendInput, files: [name], ...input }]);
    return countsOf(await company.load());
}

describe('CSV as tools export it', () => {
    it('reads a decimal comma with a thousands point', async () => {
        const header = spendHeader.replaceAll(',', ';');
        await loadText(`${header}\ngoogle;a;c;2026-01-01;1.234.567,25;EUR\n`, {
            format: { type: 'csv', decimal_separator: ',', thousands_separator: '.' },
        });
        expect(await amounts()).toEqual([
            { spend_date: '2026-01-01', spend_amount: '1234567.250000' },
        ]);
    });

    it.each([
        ['12.345678', undefined, '12.345678'],
        ['1234.500', undefined, '1234.500000'],
        ['0.500', undefined, '0.500000'],
        ['500', undefined, '500.000000'],
        ['1.500', { decimal_separator: '.' }, '1.500000'],
        ['1.500', { thousands_separator: ',' }, '1.500000'],
        ['"1,500"', { thousands_separator: ',' }, '1500.000000'],
        ['"1,500"', { decimal_separator: ',' }, '1.500000'],
        ['1.500', { decimal_separator: ',', thousands_separator: '.' }, '1500.000000'],
    ] as const)('reads %s with separators %j as %s', async (written, separators, amount) => {
        await loadText(csv(spendHeader, spend('2026-01-01', written)), {
            format: { type: 'csv', delimiter: ',', ...separators },
        });
        expect(await amounts()).toEqual([{ spend_date: '2026-01-01', spend_amount: amount }]);
    });

    it('skips a byte order mark and titles above the header, and reads CRLF', async () => {
        const lines = [
            '\uFEFFCampaign "report',
            '"1 Jan 2026 - 2 Jan 2026"',
            spendHeader,
            spend('2026-01-01', '1'),
        ];
        await loadText(`${lines.join('\r\n')}\r\n`, { format: { type: 'csv', header_row: 3 } });
        expect(await amounts()).toEqual([{ spend_date: '2026-01-01', spend_amount: '1.000000' }]);
    });

    it('keeps a line break inside quotes', async () => {
        const counts = await loadText(
            csv(`${spendHeader},campaign_name`, `${spend('2026-01-01', '1')},"first\nsecond"`),
        );
        expect(counts.read).toBe(1);
        const rows = await company.query('select campaign_name from raw_files.ad_spend');
        expect(rows).toEqual([{ campaign_name: 'first\nsecond' }]);
    });

    it.each([
        ['windows-1252', '\r\n', '\n', 'last'],
        ['windows-1252', '\r\n', '\n', 'first'],
        ['windows-1252', '\n', '\r\n', 'last'],
        ['utf-8', '\r\n', '\n', 'first'],
        ['utf-8', '\n', '\r\n', 'last'],
        ['utf-8', '\r', ' ', 'last'],
    ])(
        'keeps a line break in a %s file of lines ended by %j with %j in the %s cell',
        async (encoding, end, lineBreak, place) => {
            const cell = `"Prêt${lineBreak}à"`;
            const [one, two] = [spend('2026-01-01', '1'), spend('2026-01-02', '2')];
            const lines =
                place === 'last'
                    ? [`${spendHeader},campaign_name`, `${one},${cell}`, `${two},x`]
                    : [`campaign_name,${spendHeader}`, `${cell},${one}`, `x,${two}`];
            const text = lines.map((line) => line + end).join('');
            const bytes = Buffer.from(text, encoding === 'utf-8' ? 'utf-8' : 'latin1');
            expect(await loadText(bytes, { format: { type: 'csv', encoding } })).toMatchObject({
                inserted: 2,
            });
            const rows = await company.query(
                'select campaign_name from raw_files.ad_spend order by spend_date',
            );
            expect(rows).toEqual([{ campaign_name: `Prêt${lineBreak}à` }, { campaign_name: 'x' }]);
        },
    );

    it('reads files of one input that end their lines differently', async () => {
        company.write('ads/1.csv', `${[spendHeader, spend('2026-01-01', '1')].join('\r\n')}\r\n`);
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-02', '2')));
        company.write('ads/3.csv', spendHeader);
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2 });
    });

    it.each([
        ['utf-16le', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-8'],
        [
            'utf-16be',
            (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
            'utf-16be',
        ],
        ['latin-1', (text: string) => Buffer.from(text, 'latin1'), 'windows-1252'],
        ['windows-1251', toWindows1251, 'windows-1251'],
    ])('reads %s', async (name, encode, encoding) => {
        const word = name === 'windows-1251' ? 'Привет' : 'Prêt';
        const text = csv(`${spendHeader},campaign_name`, `${spend('2026-01-01', '1')},${word}`);
        await loadText(encode(text), { format: { type: 'csv', encoding } });
        const rows = await company.query('select campaign_name from raw_files.ad_spend');
        expect(rows).toEqual([{ campaign_name: word }]);
    });

    it('reads gzip', async () => {
        const bytes = gzipSync(csv(spendHeader, spend('2026-01-01', '1.5')));
        expect(await loadText(bytes, {}, 'ads/a.csv.gz')).toMatchObject({ read: 1, inserted: 1 });
    });

    it('reads a path with glob characters as it is written', async () => {
        company.write('ads/[old]*.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.write('ads/o1.csv', csv(spendHeader, spend('2026-01-02', '1')));
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({ read: 2 });
    });

    it('maps, scales and fixes columns, and keeps the others as JSON', async () => {
        await loadText(csv('Day,Campaign ID,Cost,Device', '31.12.2025,17,12345678,mobile'), {
            columns: {
                spend_date: { column: 'Day', format: '%d.%m.%Y' },
                campaign_id: 'Campaign ID',
                spend_amount: { column: 'Cost', multiply_by: '0.000001' },
            },
            constants: { platform: 'google', account_id: 'a', currency_code: 'EUR' },
        });
        const rows = await company.query(
            'select campaign_id, spend_date, spend_amount, _extra, input, file from raw_files.ad_spend join jointly.files on file_id = _file_id',
        );
        expect(rows).toEqual([
            {
                campaign_id: '17',
                spend_date: '2025-12-31',
                spend_amount: '12.345678',
                _extra: '{"Device":"mobile"}',
                input: 'ads',
                file: 'ads/a.csv',
            },
        ]);
    });

    it('keeps several ids of a cell with semicolons between them', async () => {
        company.write('deals.csv', csv('id,contacts', 'd1,501|502', 'd2,'));
        company.configure([
            {
                name: 'deals',
                stream: 'deals',
                files: ['deals.csv'],
                columns: { deal_id: 'id', lead_id: { column: 'contacts', separator: '|' } },
                constants: { status: 'open' },
            },
        ]);
        await company.load();
        const rows = await company.query('select lead_id from raw_files.deals order by deal_id');
        expect(rows).toEqual([{ lead_id: '501;502' }, { lead_id: null }]);
    });

    it('treats declared words and empty cells as null', async () => {
        await loadText(
            csv(`${spendHeader},clicks,impressions`, `${spend('2026-01-01', '1')},--,`),
            { format: { type: 'csv', null_values: ['--'] } },
        );
        const rows = await company.query('select clicks, impressions from raw_files.ad_spend');
        expect(rows).toEqual([{ clicks: null, impressions: null }]);
    });

    it('reads files whose columns are in another order', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.write(
            'ads/2.csv',
            csv(
                'spend_amount,spend_date,campaign_id,account_id,platform,currency_code',
                '2,2026-01-02,c,a,google,EUR',
            ),
        );
        company.configure([spendInput]);
        await company.load();
        expect(await amounts()).toEqual([
            { spend_date: '2026-01-01', spend_amount: '1.000000' },
            { spend_date: '2026-01-02', spend_amount: '2.000000' },
        ]);
    });
});

describe('a date that needs a format', () => {
    it.each([
        ['31.12.2025', '%d.%m.%Y'],
        ['12/31/2025', '%m/%d/%Y'],
        ['31/12/25', '%d/%m/%y'],
        ['"Dec 31, 2025"', '%b %d, %Y'],
        ['31 December 2025', '%d %B %Y'],
        ['31-Dec-25', '%d-%b-%y'],
        ['12/31/2025 11:59 PM', '%m/%d/%Y %I:%M %p'],
        ['46022', 'excel'],
    ])('%s is refused with the setting that reads it', async (written, format) => {
        const text = csv(spendHeader, spend(written, '1'));
        company.write('ads/a.csv', text);
        company.configure([{ ...spendInput, files: ['ads/a.csv'] }]);
        const column = { column: 'spend_date', format };
        expect(failureOf(await company.load()).fix).toContain(
            `in input ads write columns: { spend_date: { column: 'spend_date', format: '${format}' } }`,
        );
        await loadText(text, { columns: { spend_date: column } });
        expect(await amounts()).toEqual([{ spend_date: '2025-12-31', spend_amount: '1.000000' }]);
    });

    it('says so where it can be read in two ways', async () => {
        company.write('ads/a.csv', csv(spendHeader, spend('03/04/2025', '1')));
        company.configure([{ ...spendInput, files: ['ads/a.csv'] }]);
        expect(failureOf(await company.load()).fix).toContain(
            "in input ads write columns: { spend_date: { column: 'spend_date', format: '%m/%d/%Y' } }, or '%d/%m/%Y' where the day comes before the month",
        );
    });
});

describe('a number that needs separators', () => {
    it.each([
        ['12,30', {}, '12.300000'],
        ['1\u00a0234\u00a0567,50', { thousands_separator: '\u00a0' }, '1234567.500000'],
        ['1\u202f234,5', { thousands_separator: '\u202f' }, '1234.500000'],
        ['1.234,50 lei', { thousands_separator: '.' }, '1234.500000'],
    ])('%s is refused with the settings that read it', async (written, more, amount) => {
        const text =
            csv(`${spendHeader};`, '').replaceAll(',', ';') +
            `google;a;c;2026-01-01;${written};RON;\n`;
        company.write('ads/a.csv', text);
        company.configure([{ ...spendInput, files: ['ads/a.csv'] }]);
        const { fix = '' } = failureOf(await company.load());
        const [, setting = ''] = /format: (\{.*?\})/.exec(fix) ?? [];
        const format = runInNewContext(`(${setting})`);
        expect(format).toEqual({ type: 'csv', decimal_separator: ',', ...more });
        await loadText(text, { format });
        expect((await amounts()).map((one) => one.spend_amount)).toEqual([amount]);
    });

    it('is told in both ways where it may be either', async () => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '1.500 lei')));
        company.configure([{ ...spendInput, files: ['ads/a.csv'] }]);
        expect(failureOf(await company.load()).fix).toContain(
            "decimal_separator: '.' } when 1.500 lei is 1.5, or decimal_separator: ',', thousands_separator: '.' when it is 1500",
        );
    });
});

describe('other formats', () => {
    const object = (campaign: string, amount: string) =>
        `{"platform": "g", "account_id": "a", "campaign_id": "${campaign}", "spend_date": "2026-01-01",` +
        `\n "spend_amount": ${amount}, "currency_code": "EUR",\r\n "note": {"text": "a\\nb", "id": 90071992547409930001}}`;
    const three = [object('a', '0.10'), object('b', '1234567.123456'), object('c', '"soon"')];

    it.each([
        ['an array', `\uFEFF [\n${three.join(',\n')}\n]\n`],
        ['an array in UTF-16', Buffer.from(`\uFEFF[${three.join()}]`, 'utf16le')],
        ['objects of several lines', three.join('\n').replaceAll('{"platform"', '{\n"platform"')],
    ])('reads JSON that is %s, to the digit', async (_, content) => {
        const counts = await loadText(content, { max_reject_share: 1 }, 'ads/a.json');
        expect(counts).toMatchObject({ inserted: 2, rejected: 1 });
        expect((await amounts()).map((one) => one.spend_amount)).toEqual([
            '0.100000',
            '1234567.123456',
        ]);
        const [extra] = await company.query(
            'select cast(_extra as varchar) as extra from raw_files.ad_spend limit 1',
        );
        expect(extra).toEqual({
            extra: '{"note":{"text":"a\\nb","id":90071992547409930001}}',
        });
        // A line of the file is no row of it.
        expect(await company.query('select "row", line, got from jointly.rejects')).toEqual([
            { row: 3, line: null, got: 'soon' },
        ]);
    });

    it('reads a packed array', async () => {
        const packed = gzipSync(`[${three.slice(0, 2).join()}]`);
        expect(await loadText(packed, {}, 'ads/a.json.gz')).toMatchObject({ inserted: 2 });
    });

    const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
    const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    it.each([
        ['a.json', `[${three[0]}, {"platform"`, 'a.json is not JSON as it can be read.'],
        [
            'a.json',
            `{"data": [${three[0]}]}`,
            'a.json is one JSON document, and its rows are in data.',
        ],
        ['a.csv', page, 'a.csv is a web page, not text.'],
        ['a.xls', `\uFEFF\n<table><tr><td>`, 'a.xls is a web page, not text.'],
        ['a.csv.gz', gzipSync(page), 'a.csv.gz is a web page, not text.'],
        ['a.xls', old, 'a.xls is a workbook in the old format of Excel, or one with a password.'],
        ['a.csv', gzipSync('platform'), 'a.csv is packed with gzip, which its name does not say.'],
        [
            'a.csv.gz',
            'platform',
            'a.csv.gz is a broken gzip file: it ends too early or its bytes are damaged.',
        ],
        ['a.txt', 'PK\u0003\u0004', 'a.txt is a workbook or a zip archive, not text.'],
        ['a.json', 'PAR1', 'a.json is a Parquet file, not text.'],
        ['a.csv', '%PDF-1.7', 'a.csv is a PDF, which holds no rows.'],
    ])('says what %s is where it holds no rows (%#)', async (name, content, what) => {
        company.write(name, content);
        company.configure([{ ...spendInput, files: [name] }]);
        expect(failureOf(await company.load())).toMatchObject({ what });
    });

    it('reads NDJSON, exact ids above 2^53 and unknown keys included', async () => {
        company.write(
            's.ndjson',
            '{"session_id":9007199254740993,"visitor_id":"v","started_at":"2026-07-01T10:00:00+03:00","ab":{"x":1}}\n\n{"session_id":"s2","visitor_id":"v","started_at":"2026-07-01 10:00:00"}\n',
        );
        company.configure([{ name: 'web', stream: 'sessions', files: ['s.ndjson'] }]);
        await company.load();
        const rows = await company.query(
            'select session_id, started_at, _extra from raw_files.sessions order by session_id',
        );
        expect(rows).toEqual([
            {
                session_id: '9007199254740993',
                started_at: '2026-07-01 07:00:00',
                _extra: '{"ab":{"x":1}}',
            },
            { session_id: 's2', started_at: '2026-07-01 07:00:00', _extra: null },
        ]);
    });

    it('reads two columns from one key of NDJSON, as from one column of CSV', async () => {
        const row = { session_id: 's', visitor_id: 'v', started_at: '2026-01-01', utm: 'spring' };
        company.write('s.ndjson', `${JSON.stringify(row)}\n${JSON.stringify({ ...row, x: 1 })}\n`);
        company.write(
            's.csv',
            csv('session_id,visitor_id,started_at,utm', 't,v,2026-01-01,spring'),
        );
        company.configure(
            ['s.ndjson', 's.csv'].map((name) => ({
                name: name.replace('.', '_'),
                stream: 'sessions',
                files: [name],
                columns: { utm_campaign: 'utm', campaign_id: 'utm' },
            })),
        );
        expect(countsOf(await company.load())).toMatchObject({ read: 3, inserted: 2 });
        const rows = await company.query(
            'select utm_campaign, campaign_id, _extra from raw_files.sessions order by session_id',
        );
        expect(rows).toEqual([
            { utm_campaign: 'spring', campaign_id: 'spring', _extra: '{"x":1}' },
            { utm_campaign: 'spring', campaign_id: 'spring', _extra: null },
        ]);
    });

    it('reads NDJSON whose keys differ from row to row, in case and by path', async () => {
        const rows = [
            { session_id: 'a', visitor_id: 'v', started_at: '2026-01-01T00:00:00Z' },
            {
                visitor_id: 'v',
                session_id: 'b',
                started_at: '2026-01-01T00:00:00Z',
                Channel: 'x',
                channel: 'y',
                geo: { city: 'Iasi' },
            },
            { session_id: 'c', visitor_id: 'v', started_at: '2026-01-01T00:00:00Z', later: [1] },
        ];
        company.write('s.ndjson', rows.map((row) => JSON.stringify(row)).join('\n'));
        company.configure([
            {
                name: 'web',
                stream: 'sessions',
                files: ['s.ndjson'],
                columns: { referrer: '$.geo.city', utm_source: 'Channel' },
            },
        ]);
        countsOf(await company.load());
        expect(
            await company.query(
                'select session_id, channel, utm_source, referrer, _extra from raw_files.sessions order by 1',
            ),
        ).toEqual([
            { session_id: 'a', channel: null, utm_source: null, referrer: null, _extra: null },
            {
                session_id: 'b',
                channel: 'y',
                utm_source: 'x',
                referrer: 'Iasi',
                _extra: '{"geo":{"city":"Iasi"}}',
            },
            {
                session_id: 'c',
                channel: null,
                utm_source: null,
                referrer: null,
                _extra: '{"later":[1]}',
            },
        ]);
    });

    it('refuses a JSON number whose digits a float cannot hold, and takes it as text', async () => {
        const line = (id: number, amount: string) =>
            `{"platform":"g","account_id":"a","campaign_id":"${id}","spend_date":"2026-01-01","spend_amount":${amount},"currency_code":"EUR"}`;
        company.write(
            'a.ndjson',
            [
                line(1, '123456789012.123456'),
                line(2, '"123456789012.123456"'),
                line(3, '12.50'),
            ].join('\n'),
        );
        company.configure([{ ...spendInput, files: ['a.ndjson'] }], { max_reject_share: 0.5 });
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 1 });
        const rows = await company.query(
            'select campaign_id, spend_amount from raw_files.ad_spend order by 1',
        );
        expect(rows).toEqual([
            { campaign_id: '2', spend_amount: '123456789012.123456' },
            { campaign_id: '3', spend_amount: '12.500000' },
        ]);
    });

    it('reads Parquet with its own types', async () => {
        company.write('keep', '');
        await company.query(
            `copy (select 'google' as platform, 'a' as account_id, 7 as campaign_id, date '2026-01-01' as spend_date, 12.34::double as spend_amount, 'EUR' as currency_code, timestamptz '2026-01-01 00:00:00+00' as seen_at) to '${company.directory}/a.parquet'`,
        );
        company.configure([{ ...spendInput, files: ['a.parquet'] }]);
        await company.load();
        const rows = await company.query(
            'select campaign_id, spend_date, spend_amount from raw_files.ad_spend',
        );
        expect(rows).toEqual([
            { campaign_id: '7', spend_date: '2026-01-01', spend_amount: '12.340000' },
        ]);
    });

    it.each(['timestamp', 'timestamp_s', 'timestamp_ms', 'timestamp_ns'])(
        'reads a %s of Parquet by the clock of the input and rejects one of another age',
        async (type) => {
            company.write('keep', '');
            const lead = (id: string, at: string) =>
                `select '${id}' as lead_id, ${type} '${at}' as created_at, timestamptz '2026-02-02 09:00:00+00' as updated_at`;
            await company.query(
                `copy (${lead('l1', '2026-02-02 09:00:00')} union all ${lead('l2', '1726-01-01 09:00:00')}) to '${company.directory}/a.parquet'`,
            );
            const input = { name: 'crm', stream: 'leads', files: ['a.parquet'] };
            company.configure([input], { max_reject_share: 0.5 });
            expect(countsOf(await company.load())).toMatchObject({ inserted: 1, rejected: 1 });
            expect(
                await company.query('select lead_id, created_at, updated_at from raw_files.leads'),
            ).toEqual([
                {
                    lead_id: 'l1',
                    created_at: '2026-02-02 07:00:00',
                    updated_at: '2026-02-02 09:00:00',
                },
            ]);
        },
    );

    it('reads a file whose name looks like a pattern', async () => {
        company.write('ads (1).csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([{ ...spendInput, files: ['ads (1).csv'] }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1 });
    });

    it('takes narrower numbers of Parquet as they are and rejects one that is too large', async () => {
        company.write('keep', '');
        const row = (campaign: string, amount: string, clicks: string) =>
            `select 'google' as platform, 'a' as account_id, '${campaign}' as campaign_id, date '2026-01-01' as spend_date, ${amount}::decimal(30,2) as spend_amount, 'EUR' as currency_code, ${clicks}::uinteger as clicks`;
        const rows = [
            row('fits', '999999999999.99', '4294967295'),
            row('large', '1000000000000.00', '1'),
            row('empty', '5', 'null'),
        ];
        await company.query(
            `copy (${rows.join(' union all ')}) to '${company.directory}/a.parquet'`,
        );
        company.configure([{ ...spendInput, files: ['a.parquet'] }], { max_reject_share: 0.5 });
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 1 });
        expect(
            await company.query(
                'select campaign_id, spend_amount, clicks from raw_files.ad_spend order by campaign_id',
            ),
        ).toEqual([
            { campaign_id: 'empty', spend_amount: '5.000000', clicks: null },
            { campaign_id: 'fits', spend_amount: '999999999999.990000', clicks: 4294967295 },
        ]);
        expect(await company.query('select "column", got from jointly.rejects')).toEqual([
            { column: 'spend_amount', got: '1000000000000.00' },
        ]);
    });
});

describe('instants', () => {
    it.each([
        ['an offset', '2026-01-15T10:00:00+02:00', {}, '2026-01-15 08:00:00'],
        ['a Z', '2026-01-15T10:00:00Z', {}, '2026-01-15 10:00:00'],
        ['no offset: the zone of the company', '2026-01-15 10:00:00', {}, '2026-01-15 08:00:00'],
        ['no offset, in summer time', '2026-07-15 10:00', {}, '2026-07-15 07:00:00'],
        [
            'no offset: the zone of the input',
            '2026-01-15 10:00:00',
            { timezone: 'America/New_York' },
            '2026-01-15 15:00:00',
        ],
        ['a date alone: local midnight', '2026-01-15', {}, '2026-01-14 22:00:00'],
        [
            'Unix seconds',
            '1768471200',
            { columns: { started_at: { column: 'started_at', format: 'unix_s' } } },
            '2026-01-15 10:00:00',
        ],
        [
            'an Excel serial',
            '46037.416666667',
            { timezone: 'UTC', columns: { started_at: { column: 'started_at', format: 'excel' } } },
            '2026-01-15 10:00:00',
        ],
    ])('reads %s', async (_, written, input, expected) => {
        company.write('s.csv', csv('session_id,visitor_id,started_at', `s,v,${written}`));
        company.configure([{ name: 'web', stream: 'sessions', files: ['s.csv'], ...input }]);
        countsOf(await company.load());
        expect(await company.query('select started_at from raw_files.sessions')).toEqual([
            { started_at: expected },
        ]);
    });
});

function toWindows1251(text: string): Uint8Array {
    return Uint8Array.from(text, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
    });
}
