import { createTestClock } from '../../sources/api/test-clock.ts';
import { startGoogleAds } from '../../sources/google-ads/mock.ts';
import { startSalesforce } from '../../sources/salesforce/mock.ts';
import { startYandexMetrica } from '../../sources/yandex-metrica/mock.ts';
import { countsByStream, createTestCompany, csv } from './company.ts';
import { xlsx, xlsxRow } from './pack.ts';

/** In the company's zone, Bucharest, these hours are none, or come twice. */
const local = ['2026-03-29 03:30:00', '2026-10-25 03:30:00', '2026-10-25 00:00:00'];
/** By the clock of St. John's, where Metrica's counter stands. */
const counted = ['2026-03-08 02:30:00', '2026-11-01 01:30:00', '2026-11-01 23:59:59'];

/** Rows of days on which clocks change, from files and systems, as a process of this zone loads them. */
export async function rowsOfChangingClocks(): Promise<Readonly<Record<string, unknown>>> {
    const company = createTestCompany();
    const google = await startGoogleAds();
    const metrica = await startYandexMetrica();
    const org = await startSalesforce();
    try {
        company.write(
            'leads.csv',
            csv('lead_id,created_at', ...local.map((at, place) => `f${place},${at}`)),
        );
        const spend = [
            'platform',
            'account_id',
            'campaign_id',
            'spend_date',
            'spend_amount',
            'currency_code',
        ];
        const day = (row: number, serial: number) =>
            xlsxRow(row, ['x', 'a', 'c', `<c s="1"><v>${serial}</v></c>`, 1, 'EUR']);
        const rows = [xlsxRow(1, spend), day(2, 46110), day(3, 46320)].join('');
        company.write('ads.xlsx', xlsx([{ name: 'Data', rows }]));
        company.write(
            'payments.csv',
            csv('payment_id,paid_at,kind,net_amount,currency_code', 'p1,29.03.2026,payment,1,EUR'),
        );
        company.write(
            'visits.ndjson',
            `${JSON.stringify({ session_id: 'n1', visitor_id: 'v', started_at: 1_792_888_200_000 })}\n`,
        );
        await company.query(`
            copy (select 'a1' as activity_id, 'call' as activity_type, timestamp '2026-11-01 01:30:00' as occurred_at)
            to '${company.directory}/calls.parquet'`);
        google.setDays([
            { campaign: '1', date: '2026-03-29', amount: '1.00' },
            { campaign: '1', date: '2026-10-25', amount: '2.00' },
            // In Bucharest it is the 3rd of November: this day is over.
            { campaign: '1', date: '2026-11-02', amount: '3.00' },
        ]);
        metrica.timezone = 'America/St_Johns';
        metrica.visits = counted.map((at, place) => ({ id: String(place + 1), at }));
        const id = (prefix: string) => `${prefix}000000000001AAA`;
        org.objects.Opportunity = [
            {
                Id: id('006'),
                CreatedDate: '2026-03-08T10:30:00.000+0000',
                SystemModstamp: '2026-03-08T10:30:00.000+0000',
                StageName: 'Closed Won',
                IsWon: true,
                IsClosed: true,
                CloseDate: '2026-11-01',
                IsDeleted: false,
            },
        ];
        company.write(
            '.env',
            [
                ...['METRICA_TOKEN=metrika-token'],
                ...[
                    'GOOGLE_CLIENT_ID=i',
                    'GOOGLE_CLIENT_SECRET=s',
                    'GOOGLE_REFRESH_TOKEN=refresh-me',
                ],
                ...['ORG_CLIENT_ID=consumer-key', 'ORG_CLIENT_SECRET=consumer-secret'],
            ].join('\n'),
        );
        const since = '2026-03-01';
        company.configure(
            [
                { name: 'leads', stream: 'leads', files: ['leads.csv'] },
                { name: 'ads', stream: 'ad_spend', files: ['ads.xlsx'] },
                {
                    name: 'payments',
                    stream: 'payments',
                    files: ['payments.csv'],
                    columns: { paid_at: { column: 'paid_at', format: '%d.%m.%Y' } },
                },
                {
                    name: 'visits',
                    stream: 'sessions',
                    files: ['visits.ndjson'],
                    columns: { started_at: { column: 'started_at', format: 'unix_ms' } },
                },
                {
                    name: 'calls',
                    stream: 'activities',
                    files: ['calls.parquet'],
                    timezone: 'America/New_York',
                },
            ],
            {
                connections: [
                    {
                        name: 'google',
                        system: 'google_ads',
                        customer_ids: ['123-456-7890'],
                        since,
                        address: google.address,
                    },
                    {
                        name: 'metrica',
                        system: 'yandex_metrica',
                        counter_id: '12345678',
                        since,
                        address: metrica.address,
                    },
                    {
                        name: 'org',
                        system: 'salesforce',
                        domain: 'example.my.salesforce.com',
                        currency: 'EUR',
                        since,
                        address: org.address,
                    },
                ],
            },
        );
        countsByStream(await company.load({ clock: createTestClock('2026-11-02T22:30:00Z') }));
        const loaded: Record<string, unknown> = {
            ahead: new Date(Date.UTC(2026, 0, 1)).getTimezoneOffset(),
        };
        for (const [stream, columns] of Object.entries({
            leads: 'lead_id, created_at',
            ad_spend: 'platform, spend_date, spend_amount',
            payments: 'payment_id, paid_at',
            sessions: 'session_id, started_at',
            activities: 'activity_id, occurred_at',
            deals: 'deal_id, created_at, closed_at',
        })) {
            loaded[stream] = (
                await company.query<Record<string, unknown>>(
                    `select ${columns} from raw_files.${stream} order by all`,
                )
            ).map((row) => Object.values(row).join(' '));
        }
        return loaded;
    } finally {
        company.close();
        for (const mock of [google, metrica, org]) await mock.close();
    }
}

if (import.meta.main) process.stdout.write(JSON.stringify(await rowsOfChangingClocks()));
