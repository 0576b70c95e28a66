import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeStarter } from '../../pipelines/cli/init.ts';
import { inputsFrom } from '../../pipelines/cli/init-from.ts';
import { readConfig } from '../../pipelines/config.ts';
import { openScratchWarehouse } from '../../pipelines/warehouse/connection.ts';
import { zip } from '../integration/loading/pack.ts';

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jointly-from-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, ...lines: readonly string[]) {
    const path = join(folder, 'downloads', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
}

async function init() {
    const target = join(folder, 'acme');
    const found = await inputsFrom(join(folder, 'downloads'), target);
    writeStarter(target, found.inputs);
    const { inputs } = await readConfig(join(target, 'company.config.ts'));
    return { ...found, read: inputs };
}

it('writes an input that loads for what it knows, files of one header together', async () => {
    const header = 'Tag;Kampagnenname;Ausgegebener Betrag (EUR)';
    write('meta/juli.csv', header, '2026-07-01;Sale;1.234,50');
    write('meta/august.csv', header, '2026-08-01;Sale;2,50');
    const { read, report } = await init();
    expect(read).toMatchObject([
        {
            name: 'meta_ads_manager',
            stream: 'ad_spend',
            layout: 'meta-ads-manager',
            files: ['../downloads/meta/august.csv', '../downloads/meta/juli.csv'],
        },
    ]);
    expect(report[0]).toContain('meta/august.csv, meta/juli.csv: Meta Ads Manager');
});

it('says how days and numbers are written where that is not as usual', async () => {
    write(
        'linkedin.csv',
        'Start Date (in UTC),Campaign Name,Currency,Total Spent',
        '31/07/2026,Leads,EUR,"1.234,50"',
    );
    const { read } = await init();
    expect(read).toMatchObject([
        {
            format: { decimal_separator: ',', thousands_separator: '.' },
            columns: { spend_date: { column: 'Start Date (in UTC)', format: '%d/%m/%Y' } },
        },
    ]);
});

it('leaves a question mark for words that only a person can translate', async () => {
    write(
        'amo.csv',
        'ID;Название сделки;Бюджет;Этап сделки;Дата создания сделки',
        '1;Дверь;100;Успешно реализовано;01.07.2026 10:00:00',
        '2;Дверь;100;Замер;01.07.2026 10:00:00',
    );
    const { inputs, report, read } = await init();
    expect(read).toMatchObject([{ layout: 'amocrm-deals' }]);
    expect(inputs).toContain("values: { 'Успешно реализовано': 'won', 'Замер': '?' },");
    expect(report[0]).toContain('; words to translate');
    expect(report[1]).toContain('the file names no currency: EUR is a guess');
    expect(report[2]).toContain(
        "status has to be one of open, won, lost: write it for the ? of 'Замер'",
    );
});

it('asks nothing about rows that the layout leaves out', async () => {
    write(
        'stripe.csv',
        'balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category',
        't1,2026-07-01 10:00:00,eur,5.00,0.10,4.90,charge',
        't2,2026-07-02 10:00:00,eur,-4.90,0.00,-4.90,payout',
    );
    write(
        'google.csv',
        'Day;Campaign;Campaign status;Currency code;Cost',
        '13.07.2026;A;Enabled;EUR;1,50',
        'Total: Account;;;EUR;1,50',
    );
    const { report, read } = await init();
    expect(read).toMatchObject([
        { layout: 'google-ads-ui', columns: { spend_date: { format: '%d.%m.%Y' } } },
        { layout: 'stripe-balance', columns: {} },
    ]);
    expect(report.join('\n')).not.toContain('to do');
});

it('writes a second input for dates of events beside their record', async () => {
    write(
        'kontakte.csv',
        'Datensatz-ID;Vorname;E-Mail;Erstelldatum;Datum der Konversion zum Marketing Qualified Lead;Datum der Konversion zum Kunden',
        '17;Eva;eva@zaun.example;01.07.2026 10:00;02.07.2026 09:30;',
    );
    write(
        'deals.csv',
        'Record ID,Deal Name,Deal Stage,Pipeline,"Date entered ""Closed Won (Sales)""","Date entered ""Closed Won (Partners)""",Amount',
        '7,Gate,Closed Won,Sales,2026-07-20 12:00,,5',
    );
    write(
        'plain/contacts.csv',
        'Record ID,First Name,Email,Create Date,Became a Lead Date',
        '1,Al,a@b.example,,',
    );
    const { read, report } = await init();
    expect(read).toMatchObject([
        { name: 'hubspot_deals', layout: 'hubspot-deals' },
        {
            name: 'hubspot_deals_events',
            stream: 'deal_stage_history',
            files: ['../downloads/deals.csv'],
            columns: { deal_id: 'Record ID' },
            events_from: {
                columns: {
                    'Closed Won': [
                        'Date entered "Closed Won (Sales)"',
                        'Date entered "Closed Won (Partners)"',
                    ],
                },
            },
        },
        { name: 'hubspot_contacts', layout: 'hubspot-contacts' },
        {
            name: 'hubspot_contacts_events',
            stream: 'lead_events',
            files: ['../downloads/kontakte.csv'],
            columns: { lead_id: 'Datensatz-ID' },
            events_from: {
                columns: {
                    mql: 'Datum der Konversion zum Marketing Qualified Lead',
                    customer: 'Datum der Konversion zum Kunden',
                },
                format: '%d.%m.%Y %H:%M',
            },
        },
        { name: 'hubspot_contacts_2', layout: 'hubspot-contacts' },
    ]);
    expect(read).toHaveLength(5);
    expect(read[1]?.events_from?.format).toBeUndefined();
    expect(report).toContain(
        '    lead_events, one for each date in 2 columns: mql, customer (input hubspot_contacts_events)',
    );
});

it('shows header, values and the nearest stream of a file that nobody knows', async () => {
    write(
        'calls.csv',
        'Calls of July',
        'call id;lead id;occurred at;who',
        "1;l1;2026-07-01;O'Neil",
        '2;l2;2026-07-02;Ann',
    );
    const { inputs, report, read } = await init();
    expect(read).toEqual([]);
    expect(report).toEqual(['calls.csv: no known export, see calls in the config']);
    expect(inputs).toContain("//   who: 'O\\'Neil', 'Ann'");
    expect(inputs).toMatch(/stream: '\w+', \/\/ the nearest/);
    expect(inputs).toContain("lead_id: 'lead id',");
    expect(inputs).toContain("format: { type: 'csv', header_row: 2 },");
});

it('looks into archives', async () => {
    mkdirSync(join(folder, 'downloads'));
    const meta = 'Day,Campaign name,Amount spent (EUR)\n2026-07-01,Sale,1.50\n';
    writeFileSync(join(folder, 'downloads', 'all.zip'), zip({ 'a/meta.csv': meta }));
    writeFileSync(join(folder, 'downloads', 'empty.csv'), '');
    const { read, report } = await init();
    expect(read).toMatchObject([{ files: ['../downloads/all.zip'], inside: ['a/meta.csv'] }]);
    expect(report.join('\n')).toContain('all.zip/a/meta.csv: Meta Ads Manager');
    expect(report.join('\n')).toContain('empty.csv is empty, not even a header');
});

it('goes on after a file that cannot be read', async () => {
    write('broken.xlsx', 'no workbook');
    write('notes.pdf', 'words');
    write('meta.csv', 'Day,Campaign name,Amount spent (EUR)', '2026-07-01,Sale,1.50');
    const { read, report } = await init();
    expect(read).toMatchObject([{ layout: 'meta-ads-manager' }]);
    expect(report.join('\n')).toContain('broken.xlsx is not a workbook');
    expect(report).toContain('notes.pdf: not looked into');
});

it('takes a file whose columns have the names of a stream as it is', async () => {
    write(
        'visits.ndjson',
        '{"session_id":"a.1","visitor_id":"a","started_at":"2026-07-01 10:00:00","page_views":2}',
    );
    write('spend.csv', 'platform,account_id,campaign_id,spend_date,spend_amount,currency_code');
    const { read, report } = await init();
    expect(read).toMatchObject([
        { name: 'spend', stream: 'ad_spend' },
        { name: 'visits', stream: 'sessions' },
    ]);
    expect(report).toContain('visits.ndjson: its columns have the names of the stream sessions');
});

it('takes the events of GA4 for visits, and a folder of daily files for one that grows', async () => {
    const event = (day: string, more = '') =>
        `{"event_date":"202607${day}","event_timestamp":"1782900000000000","event_name":"session_start","event_params":[{"key":"ga_session_id","value":{"int_value":"17"}}],"device":{"category":"mobile"}${more}}`;
    write('ga4/events_20260709.json', event('09', ',"user_pseudo_id":"1.2"'));
    write('ga4/events_20260710.json', event('10'));
    write('ga4/events_20260711.json', event('11', ',"user_id":"u"'));
    const { read, report } = await init();
    expect(read).toMatchObject([
        {
            stream: 'sessions',
            layout: 'ga4-bigquery-events',
            files: ['../downloads/ga4/events_*.json'],
            columns: {},
        },
    ]);
    expect(report[0]).toContain('GA4, export to BigQuery (one row per event) (certain, visits of');
});

it('looks into Parquet, at events of GA4 and at rows in the names of a stream', async () => {
    mkdirSync(join(folder, 'downloads'), { recursive: true });
    const engine = await openScratchWarehouse();
    const copy = (select: string, name: string) =>
        engine.run(`copy (${select}) to '${join(folder, 'downloads', name)}' (format parquet)`);
    await copy(
        "select '1.2' as user_pseudo_id, 1782900000000000 as event_timestamp, 'x' as event_name, [{'key': 'k'}] as event_params",
        'events.parquet',
    );
    await copy("select 'l' as lead_id, timestamp '2026-07-01' as created_at", 'leads.parquet');
    await copy(
        "select 7 as nr, {'betrag': {'netto': 5}} as inhalt, cast(null as varchar) as leer",
        'other.parquet',
    );
    await engine.close();
    const { read, inputs } = await init();
    expect(read).toMatchObject([
        { stream: 'sessions', layout: 'ga4-bigquery-events' },
        { stream: 'leads', files: ['../downloads/leads.parquet'] },
    ]);
    expect(inputs).toContain("//   inhalt.betrag.netto: '5'");
    expect(inputs).toContain('//   leer: empty');
});

it('does not take the answer of an API, which has cents, for the export of the same system', async () => {
    write(
        'stripe.jsonl',
        '{"id":"txn_1","type":"charge","source":"ch_1","amount":500,"fee":10,"net":490,"currency":"eur","created":1782900000}',
    );
    const { read, report, inputs } = await init();
    expect(read).toEqual([]);
    expect(report[0]).toContain('no known export');
    expect(inputs).toContain("//   amount: '500'");
});

it('knows bank statements by what is in them, in whatever they are written', async () => {
    const of = (name: string) => readFileSync(`test/fixtures/statements/${name}`, 'utf8');
    write('kl_to_1c.txt', of('kl_to_1c.txt'));
    write('march.xml', of('camt053-02.xml'));
    mkdirSync(join(folder, 'downloads'), { recursive: true });
    const umlaut = of('german.sta').replace('ANNA', 'J\u00dcRGEN');
    writeFileSync(join(folder, 'downloads', 'umsaetze.txt'), Buffer.from(umlaut, 'latin1'));
    write('order.xml', of('camt053-02.xml').replaceAll('BkToCstmrStmt', 'CstmrCdtTrfInitn'));
    write('cut.sta', of('german.sta').slice(0, 900));
    const { read, report } = await init();
    expect(read).toMatchObject([
        { name: '1c_client_bank', layout: '1c-client-bank', stream: 'payments' },
        { name: 'camt_053', layout: 'camt-053', files: ['../downloads/march.xml'] },
        { name: 'mt940', layout: 'mt940', format: { type: 'mt940', encoding: 'windows-1252' } },
    ]);
    const text = report.join('\n');
    expect(text).toContain('march.xml: Bank statement, CAMT.053 (certain, 5 columns of payments)');
    expect(text).toContain('order.xml is an order of payments (pain.001)');
    expect(text).toContain('cut.sta: the statement that begins in line 21 has no closing balance');
});

it.each([
    [
        'Campaign name,Cost,Impressions,Clicks (destination)',
        'A,1.00,5,1',
        'looks like TikTok Ads Manager, campaigns by day, but has no column for spend_date (By Day, Date, Day); export it with that',
    ],
    [
        'Record ID,Company name,Company owner,Email',
        '1,Acme,Sam,a@b.example',
        'looks like HubSpot, companies (who looks after a client), but has no column for assigned_at (Owner assigned date, Owner Assigned Date, Datum der Zuweisung des zuständigen Mitarbeiters); export it with that',
    ],
    ['Day,Campaign,Cost', '2026-07-01,A,1.00', 'no known export'],
    [
        'Date;Type;Gross;Fee;TimeZone;Currency',
        '01.07.2026;Payment;5,00;0,10;CEST;EUR',
        'looks like PayPal, activity download, but has no column for payment_id (Transaction ID, Transaktionscode); export it with that',
    ],
])(
    'says of a file that lacks one column which export it looks like: %s',
    async (header, row, said) => {
        write('a.csv', header, row);
        const { read, report } = await init();
        expect(read).toEqual([]);
        expect(report).toEqual([`a.csv: ${said}, see a in the config`]);
    },
);

it.each([
    ['31/08/2026', '%d/%m/%Y'],
    ['08/31/2026', '%m/%d/%Y'],
])('takes the order of day and month from a column that tells: %s', async (told, order) => {
    write(
        'Deals.csv',
        'Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Stage,Created Time,Currency',
        `z1,u1,Ann,900.00,Gate,${told},Closed Won,01/08/2026 11:30 PM,EUR`,
        `z2,u1,Ann,900.00,Door,12/08/2026,Closed Lost,02/08/2026 12:10 AM,EUR`,
    );
    const { read, report } = await init();
    expect(read[0]?.columns.created_at).toMatchObject({ format: `${order} %I:%M %p` });
    expect(report.join('\n')).not.toContain('may be day/month');
});

it('says that dates no column tells are read as the layout has them', async () => {
    write(
        'microsoft.csv',
        'Gregorian date,Account name,Campaign name,Campaign ID,Currency code,Impressions,Clicks,Spend',
        '01/08/2026,Bay,Brand,55,EUR,1000,10,20.30',
        '02/08/2026,Bay,Brand,55,EUR,1000,10,20.30',
    );
    const { read, report } = await init();
    expect(read[0]?.columns.spend_date).toBeUndefined();
    expect(report.join('\n')).toContain(
        'Gregorian date may be day/month or month/day: 01/08/2026, 02/08/2026; read as month/day',
    );
});

it('asks for the code where a file has the name of a currency', async () => {
    write(
        'DEAL.csv',
        'ID;Deal name;Responsible person;Deal stage;Total;Currency;Created on;End date',
        '1;Gate;Ana;Deal lost;900.00;Euro;02.07.2026 10:00:00;21.07.2026',
        '2;Door;Ana;Deal lost;900.00;eur;02.07.2026 10:00:00;21.07.2026',
        '3;Fence;Ana;Deal lost;900.00;US Dollar;02.07.2026 10:00:00;21.07.2026',
    );
    const { report } = await init();
    expect(report.join('\n')).toContain(
        "to do: currency_code has to be a code of ISO 4217 such as EUR: write columns: { currency_code: { column: 'Currency', values: { Euro: '?', 'US Dollar': '?' } } }",
    );
});
