import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseFile } from './cases.ts';
import { countsOf, createTestCompany, failureOf, type TestCompany } from './company.ts';
import { xlsx, xlsxRow } from './pack.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

function configure(rest: object = {}) {
    company.configure([
        {
            name: 'meta',
            stream: 'ad_spend',
            files: ['meta/*'],
            layout: 'meta-ads-manager',
            ...rest,
        },
    ] as never);
}

const rows = () =>
    company.query(
        'select platform, account_id, campaign_id, spend_date, spend_amount, currency_code, clicks ' +
            'from raw_files.ad_spend order by all',
    );

const english = [
    'Campaign name,Reporting starts,Reporting ends,Impressions,Amount spent (USD),Link clicks',
    'Sale,2026-07-01,2026-07-01,100,1.50,3',
].join('\n');

it('is read with one setting, title lines or none, in any language', async () => {
    const german = [
        'Tag;Kampagnenname;Ausgegebener Betrag (EUR);Link-Klicks',
        '2026-07-02;Sale;1.5;4',
    ];
    company.write('meta/1.csv', english);
    company.write('meta/2.csv', `Kampagnen "Bericht\n\n${german.join('\n')}`);
    configure();
    expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 0 });
    const always = { platform: 'meta_ads', account_id: 'main', campaign_id: 'Sale' };
    expect(await rows()).toEqual([
        {
            ...always,
            spend_date: '2026-07-01',
            spend_amount: '1.500000',
            currency_code: 'USD',
            clicks: 3,
        },
        {
            ...always,
            spend_date: '2026-07-02',
            spend_amount: '1.500000',
            currency_code: 'EUR',
            clicks: 4,
        },
    ]);
});

it('gives way to what the input says itself', async () => {
    company.write('meta/1.csv', english.replace('1.50', '"1,50"'));
    configure({
        format: { type: 'csv', decimal_separator: ',' },
        columns: { clicks: 'Impressions' },
        constants: { account_id: 'mine', currency_code: 'RON' },
    });
    countsOf(await company.load());
    expect(await rows()).toMatchObject([
        { account_id: 'mine', spend_amount: '1.500000', currency_code: 'RON', clicks: 100 },
    ]);
});

it('has its thousands sign taken back by a decimal comma of the input', async () => {
    company.write(
        'linkedin.csv',
        'Start Date (in UTC);Campaign ID;Currency;Total Spent\n5/21/2026;7;EUR;12,5\n',
    );
    company.configure([
        {
            name: 'linkedin',
            stream: 'ad_spend',
            files: ['linkedin.csv'],
            layout: 'linkedin-campaign-manager',
            format: { type: 'csv', decimal_separator: ',' },
        },
    ]);
    countsOf(await company.load());
    expect(await rows()).toMatchObject([{ spend_amount: '12.500000' }]);
});

it('is found in a sheet below its titles', async () => {
    const sheet =
        xlsxRow(1, ['Report of July']) +
        xlsxRow(4, ['Campaign name', 'Reporting starts', 'Amount spent (EUR)']) +
        xlsxRow(5, ['Sale', '<c s="1"><v>46204</v></c>', 12.5]);
    company.write('meta/1.xlsx', xlsx([{ name: 'Data', rows: sheet }]));
    configure();
    countsOf(await company.load());
    expect(await rows()).toMatchObject([{ spend_date: '2026-07-01', spend_amount: '12.500000' }]);
});

it('leaves out what the input says beside what it leaves out itself', async () => {
    const totals = 'Test,2026-07-01,2026-07-01,100,9.00,1\n,2026-07-01,2026-07-01,200,10.50,4';
    company.write('meta/1.csv', `${english}\n${totals}\n`);
    configure({ skip_rows: [{ column: 'Campaign name', values: ['Test'] }] });
    expect(countsOf(await company.load())).toMatchObject({ inserted: 1, leftOut: 2 });
});

it('reads rows again that the input takes back with unless', async () => {
    company.write('meta/1.csv', `${english}\n,2026-07-02,2026-07-02,200,10.50,4\n`);
    const unless = { column: 'Impressions', values: ['200'] };
    configure({
        columns: { campaign_id: ['Campaign name', 'Reporting starts'] },
        skip_rows: [{ column: 'Campaign name', is_empty: true, unless }],
    });
    expect(countsOf(await company.load())).toMatchObject({ inserted: 2, leftOut: 0 });
});

it('refuses a file in another layout with the columns it looked for', async () => {
    company.write('meta/1.csv', 'Day,Cost\n2026-07-01,1\n');
    configure();
    expect(failureOf(await company.load())).toMatchObject({
        exitCode: 1,
        what: 'meta/1.csv is not in the layout meta-ads-manager (Meta Ads Manager, campaigns by day).',
        expected: expect.stringContaining('spend_amount (Amount spent (*)'),
        got: "'Day', 'Cost'",
    });
});

it.each([
    [{ layout: 'meta-ads' }, 'did you mean meta-ads-manager?'],
    [
        { layout: 'pipedrive-deals' },
        'pipedrive-deals is a layout of the stream deals, not of ad_spend',
    ],
])('refuses %j in the config', async (rest, message) => {
    company.write('meta/1.csv', english);
    configure(rest);
    await expect(company.load()).rejects.toThrow(message);
});

describe('the cases, with a layout and nothing else', () => {
    async function loadCase(file: string, input: object) {
        company.write('export.csv', caseFile(file));
        company.configure([{ name: 'one', files: ['export.csv'], ...input }] as never);
        return countsOf(await company.load());
    }

    it('01: three totals of Google Ads are left out', async () => {
        const counts = await loadCase('01-google-total-rows/report.csv', {
            stream: 'ad_spend',
            layout: 'google-ads-ui',
            format: { type: 'csv', decimal_separator: '.', thousands_separator: ',' },
        });
        expect(counts).toMatchObject({ inserted: 3, rejected: 0 });
        const sum = 'select sum(spend_amount) as amount from raw_files.ad_spend';
        expect(await company.query(sum)).toEqual([{ amount: '1210.750000' }]);
    });

    it('04: Yandex Direct, master of reports', async () => {
        await loadCase('04-yandex-footer/master.csv', {
            stream: 'ad_spend',
            layout: 'yandex-direct-report',
            format: {
                type: 'csv',
                encoding: 'windows-1251',
                decimal_separator: ',',
                thousands_separator: ' ',
            },
        });
        expect(await rows()).toMatchObject([
            { campaign_id: '100', spend_amount: '1500.500000', currency_code: 'RUB' },
            { campaign_id: '200', spend_amount: '80.000000' },
        ]);
    });

    it('04: Yandex Direct, report of the API, in millionths', async () => {
        await loadCase('04-yandex-footer/api.tsv', {
            stream: 'ad_spend',
            layout: 'yandex-direct-api',
        });
        expect(await rows()).toMatchObject([
            { campaign_id: '100', spend_amount: '1500.500000' },
            { campaign_id: '200', spend_amount: '80.000000' },
        ]);
    });

    it('06: a report of Salesforce and what stands below it', async () => {
        await loadCase('06-salesforce-report/report.csv', {
            stream: 'deals',
            layout: 'salesforce-opportunities',
            format: {
                type: 'csv',
                encoding: 'windows-1252',
                decimal_separator: '.',
                thousands_separator: ',',
            },
            columns: {
                status: {
                    column: 'Stage',
                    values: { 'Closed Won': 'won', 'Closed Lost': 'lost', Negotiation: 'open' },
                },
            },
        });
        const deals = 'select deal_id, person_id, amount, status from raw_files.deals order by all';
        expect(await company.query(deals)).toMatchObject([
            { person_id: 'José', amount: '1200.50', status: 'won' },
            { person_id: 'Ana', amount: '900.00', status: 'lost' },
            { person_id: 'Ana', amount: null, status: 'open' },
        ]);
    });

    it('07b: payouts and fees of Stripe are left out', async () => {
        await loadCase('07b-balance-types/balance.csv', {
            stream: 'payments',
            layout: 'stripe-balance',
        });
        const paid =
            'select paid_at, kind, net_amount, currency_code from raw_files.payments order by paid_at';
        expect(await company.query(paid)).toEqual([
            {
                paid_at: '2026-03-01 10:00:00',
                kind: 'payment',
                net_amount: '1500.00',
                currency_code: 'EUR',
            },
            {
                paid_at: '2026-03-05 10:00:00',
                kind: 'refund',
                net_amount: '-500.00',
                currency_code: 'EUR',
            },
            {
                paid_at: '2026-03-07 10:00:00',
                kind: 'refund',
                net_amount: '-300.00',
                currency_code: 'EUR',
            },
        ]);
    });

    it('03b: the ads of a campaign on LinkedIn are added up to its day', async () => {
        await loadCase('03b-linkedin-ads/campaign_700.csv', {
            stream: 'ad_spend',
            layout: 'linkedin-campaign-manager',
        });
        expect(await rows()).toMatchObject([
            { campaign_id: '700', spend_date: '2026-05-21', spend_amount: '60.670000' },
        ]);
    });

    it('03: a report of LinkedIn that sums up its days is refused, with both ways out', async () => {
        const load = (file: string, rest: object = {}) => {
            company.configure([
                {
                    name: 'one',
                    files: [file],
                    stream: 'ad_spend',
                    layout: 'linkedin-campaign-manager',
                    ...rest,
                },
            ] as never);
            return company.load();
        };
        company.write('case.csv', caseFile('03-linkedin-aggregated/campaign_700.csv'));
        const failure = failureOf(await load('case.csv'));
        expect(failure.message).toContain('covers May 21, 2026 to May 23, 2026');
        const fix = /columns: (\{.*\}) to spread/.exec(failure.fix ?? '')?.[1];
        const columns = new Function(`return ${fix}`)();
        countsOf(await load('case.csv', { columns }));
        expect(await rows()).toMatchObject([
            { spend_date: '2026-05-21', spend_amount: '351.800000' },
            { spend_date: '2026-05-22', spend_amount: '351.800000' },
            { spend_date: '2026-05-23', spend_amount: '351.790000' },
        ]);
    });

    it.each([
        [
            'the last day is said',
            {
                column: 'Start Date (in UTC)',
                format: '%m/%d/%Y',
                until: { column: 'Report End', format: '%b %d, %Y, %I:%M %p' },
            },
            3,
        ],
        ['nothing is said', { column: 'Start Date (in UTC)', format: '%m/%d/%Y' }, 1],
    ])(
        '03: read without a layout, it is spread, or the load says so: %s',
        async (_, day, inserted) => {
            company.write('case.csv', caseFile('03-linkedin-aggregated/campaign_700.csv'));
            company.configure([
                {
                    name: 'one',
                    files: ['case.csv'],
                    stream: 'ad_spend',
                    format: { type: 'csv', header_row: 6, thousands_separator: ',' },
                    columns: {
                        spend_date: day,
                        campaign_id: 'Campaign ID',
                        spend_amount: 'Total Spent',
                        currency_code: 'Currency',
                    },
                    constants: { platform: 'linkedin_ads', account_id: 'a' },
                },
            ] as never);
            const outcomes = await company.load();
            expect(countsOf(outcomes).inserted).toBe(inserted);
            const [outcome] = outcomes;
            expect(outcome?.status === 'loaded' && outcome.notes.join()).toMatch(
                inserted === 1 ? /covers May 21, 2026 to May 23, 2026.*until: \{/ : /^$/,
            );
        },
    );

    it.each([
        ['two campaigns, a month', 'June 1, 2026', 'June 30, 2026', ['6/1/2026', '6/1/2026'], true],
        ['a month by day', 'June 1, 2026', 'June 30, 2026', ['6/1/2026', '6/2/2026'], false],
        ['one day', 'June 1, 2026', 'June 1, 2026', ['6/1/2026', '6/1/2026'], false],
    ])('03, another: %s', async (_, from, to, days, isRefused) => {
        company.write(
            'report.csv',
            [
                'Campaign Performance Report (in UTC)',
                `"Report Start: ${from}, 12:00 AM"`,
                `"Report End: ${to}, 11:59 PM"`,
                '',
                'Start Date (in UTC),Campaign ID,Currency,Total Spent',
                ...days.map((day, at) => `${day},${at},EUR,1.00`),
                '',
            ].join('\n'),
        );
        company.configure([
            {
                name: 'one',
                files: ['report.csv'],
                stream: 'ad_spend',
                layout: 'linkedin-campaign-manager',
            },
        ]);
        const [outcome] = await company.load();
        expect(outcome?.status).toBe(isRefused ? 'failed' : 'loaded');
    });

    it('03c: the report of a time without ads does not stop the good one', async () => {
        for (const name of ['campaign_700.csv', 'campaign_701.csv']) {
            company.write(`ads/${name}`, caseFile(`03c-linkedin-empty/${name}`));
        }
        company.configure([
            {
                name: 'linkedin',
                stream: 'ad_spend',
                files: ['ads/*'],
                layout: 'linkedin-campaign-manager',
                columns: {
                    campaign_id: 'Campaign Name',
                    spend_date: {
                        column: 'Start Date (in UTC)',
                        format: '%m/%d/%Y',
                        until: { column: 'Report End', format: '%B %d, %Y, %I:%M %p' },
                    },
                },
            },
        ]);
        const [outcome] = await company.load();
        expect(outcome).toMatchObject({
            status: 'loaded',
            notes: ['ads/campaign_701.csv has no header: taken for a report without rows'],
        });
    });

    it('05: a breakdown of Meta by age is added up to campaign and day', async () => {
        await loadCase('05-meta-breakdown/ads.csv', {
            stream: 'ad_spend',
            layout: 'meta-ads-manager',
            format: { type: 'csv', decimal_separator: ',' },
        });
        expect(await rows()).toMatchObject([
            { spend_date: '2026-03-01', spend_amount: '20.000000', clicks: 14 },
            { spend_date: '2026-03-02', spend_amount: '20.000000', clicks: 13 },
        ]);
    });
});
