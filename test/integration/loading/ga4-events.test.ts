import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookIntoInput } from '../../../pipelines/cli/look-into-input.ts';
import { readConfig } from '../../../pipelines/config.ts';
import { openPeekWarehouse } from '../../../pipelines/warehouse/peek.ts';
import { countsOf, createTestCompany, failureOf, type TestCompany } from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const input = { name: 'web', stream: 'sessions', layout: 'ga4-bigquery-events' };

interface Event {
    readonly name?: string;
    readonly visitor?: string;
    readonly visit?: string;
    /** Seconds after 10:00 UTC of 1 July 2026. */
    readonly at: number;
    readonly page?: string;
    readonly params?: Readonly<Record<string, string>>;
    readonly rest?: object;
}

function event({ name = 'page_view', visitor = 'v.1', visit = '100', ...one }: Event) {
    const { at, page, params = {}, rest = {} } = one;
    const texts = { ...(page ? { page_location: page } : {}), ...params };
    return {
        event_name: name,
        event_timestamp: String(1782900000000000 + at * 1_000_000),
        ...(visitor ? { user_pseudo_id: visitor } : {}),
        event_params: [
            ...(visit ? [{ key: 'ga_session_id', value: { int_value: visit } }] : []),
            ...Object.entries(texts).map(([key, text]) => ({ key, value: { string_value: text } })),
        ],
        ...rest,
    };
}

type Format = 'ndjson' | 'parquet';

/** Writes events as BigQuery exports them, in either format. */
async function write(name: string, events: readonly object[], format: Format) {
    const text = events.map((one) => JSON.stringify(one)).join('\n');
    company.write(`${name}.ndjson`, `${text}\n`);
    if (format === 'ndjson') return;
    // Parquet keeps whole numbers as such, and the types of the schema whatever is in the rows.
    await company.query(`
        copy (
            select * replace (cast(event_timestamp as bigint) as event_timestamp,
                list_transform(event_params, lambda one: {
                    'key': one.key,
                    'value': {
                        'string_value': json_extract_string(to_json(one.value), '$.string_value'),
                        'int_value': cast(json_extract_string(to_json(one.value), '$.int_value') as bigint),
                        'float_value': cast(null as double),
                        'double_value': cast(null as double)
                    }
                }) as event_params)
            from read_ndjson('${company.directory}/${name}.ndjson')
        ) to '${company.directory}/${name}.parquet'`);
    company.remove(`${name}.ndjson`);
}

const visits = (columns: string) =>
    company.query(`select ${columns} from raw_files.sessions order by session_id`);

describe.each<Format>(['ndjson', 'parquet'])('events of GA4 in %s', (format) => {
    const files = [`events_*.${format}`];

    it('are folded to one visit where it goes past midnight, whatever the order of files and rows', async () => {
        const evening = [
            event({ at: 50, page: 'https://a.example/second' }),
            event({
                at: 0,
                page: 'https://a.example/first',
                params: { page_referrer: 'https://b.example/' },
            }),
        ];
        await write('events_20260701', evening, format);
        company.configure([{ ...input, files }]);
        await company.load();
        await write(
            'events_20260702',
            [event({ at: 90, page: 'https://a.example/third' })],
            format,
        );
        const counts = countsOf(await company.load());
        expect(counts).toMatchObject({ read: 1, updated: 1, rejected: 0 });
        expect(await visits('session_id, started_at, landing_page, referrer, page_views')).toEqual([
            {
                session_id: 'v.1.100',
                started_at: '2026-07-01 10:00:00',
                landing_page: 'https://a.example/first',
                referrer: 'https://b.example/',
                page_views: 3,
            },
        ]);
    });

    it('that are in two files count once, and visits of one visitor are told apart', async () => {
        const first = event({ at: 0, page: 'https://a.example/' });
        await write('events_20260701', [first, event({ at: 4000, visit: '200' })], format);
        await write('events_intraday_20260701', [first], format);
        company.configure([{ ...input, files }]);
        await company.load();
        expect(await visits('session_id, page_views')).toEqual([
            { session_id: 'v.1.100', page_views: 1 },
            { session_id: 'v.1.200', page_views: 1 },
        ]);
    });

    it.each([
        [
            'what the session recorded, of a day that an older schema recorded, too',
            {
                collected_traffic_source: { manual_source: 'other', manual_medium: 'referral' },
                session_traffic_source_last_click: {
                    manual_campaign: {
                        source: 'fb',
                        medium: 'paid',
                        campaign_name: 'July',
                        term: 't',
                    },
                },
            },
            { utm_source: 'fb', utm_medium: 'paid', utm_campaign: 'July', utm_term: 't' },
        ],
        [
            'Google Ads, where an auto-tagged click has no tags of its own',
            {
                session_traffic_source_last_click: {
                    google_ads_campaign: { campaign_id: '7', campaign_name: 'Gates' },
                },
            },
            { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'Gates', utm_term: null },
        ],
        [
            'what was collected, as a whole, and a click of Google Ads whatever stands beside it',
            {
                collected_traffic_source: {
                    manual_source: 'google',
                    manual_medium: 'organic',
                    gclid: 'abc',
                },
            },
            { utm_source: 'google', utm_medium: 'cpc', utm_campaign: null, utm_term: null },
        ],
    ])('come from %s', async (_, rest, expected) => {
        const params = { source: 'params', medium: 'params', campaign: 'params' };
        await write('events_1', [event({ at: 0, rest, params })], format);
        company.configure([{ ...input, files }]);
        await company.load();
        const columns = 'utm_source, utm_medium, utm_campaign, utm_term';
        expect(await visits(columns)).toEqual([expected]);
    });

    it('name the click of any advertiser that the landing page names', async () => {
        const page = (visit: string, query: string) =>
            event({ at: 0, visit, page: `https://a.example/?x=1&${query}#top` });
        await write(
            'events_1',
            [page('100', 'yclid=77'), page('200', 'fbclid=IwAR1&y=2'), page('300', 'notgclid=1')],
            format,
        );
        company.configure([{ ...input, files }]);
        await company.load();
        expect((await visits('click_id')).map((row) => row.click_id)).toEqual([
            'yclid.77',
            'fbclid.IwAR1',
            null,
        ]);
    });

    it('are looked into by doctor, and without a visitor are left out and counted', async () => {
        const unknown = [event({ at: 1, visitor: '' }), event({ at: 2, visit: '' })];
        await write('events_1', [event({ at: 0 }), ...unknown], format);
        company.configure([{ ...input, files }]);
        const [outcome] = await company.load();
        expect(outcome).toMatchObject({ counts: { read: 3, inserted: 1, leftOut: 2 } });
        expect(outcome).toMatchObject({
            notes: [expect.stringContaining('2 of 3 events name no visitor or no visit')],
        });
        const warehouse = await openPeekWarehouse();
        const config = await readConfig(company.configPath);
        const text = await lookIntoInput(warehouse, config, config.inputs[0] as never);
        await warehouse.close();
        expect(text).toMatch(/visitor_id +visitor_id: v\.1/);
    });
});

it('refuses a file that is cut, with file, line and what stands there', async () => {
    const rows = [event({ at: 0 }), event({ at: 1 })].map((one) => JSON.stringify(one));
    company.write('events_1.ndjson', `${rows[0]}\n\n${rows[1]?.slice(0, 60)}`);
    company.configure([{ ...input, files: ['events_1.ndjson'] }]);
    const trouble = failureOf(await company.load());
    expect(trouble).toMatchObject({ file: 'events_1.ndjson', line: 3 });
    expect(trouble.got).toContain('{"event_name":"page_view"');
});

it('refuses Parquet of another export, and an event without its time', async () => {
    await company.query(
        `copy (select 'x' as event_name, 5 as amount) to '${company.directory}/events_1.parquet'`,
    );
    company.configure([{ ...input, files: ['events_*.parquet'] }]);
    expect(failureOf(await company.load()).what).toContain(
        'is no export of events from GA4: it has no event_timestamp, event_params',
    );
    await write(
        'events_1',
        [event({ at: 0 }), { ...event({ at: 1 }), event_timestamp: null }],
        'parquet',
    );
    expect(failureOf(await company.load())).toMatchObject({ file: 'events_1.parquet', line: 2 });
});

it('reads fields of objects in Parquet, and tells of one that is not there', async () => {
    await company.query(`copy (
        select 'd1' as id, {'stage': 'New', 'money': {'value': 12.34::decimal(18,2)}} as properties
    ) to '${company.directory}/deals.parquet'`);
    const deals = (amount: string) => ({
        name: 'crm',
        stream: 'deals',
        files: ['deals.parquet'],
        columns: {
            deal_id: 'id',
            status: { column: 'properties.stage', values: { New: 'open' } },
            amount,
        },
        constants: { currency_code: 'EUR' },
    });
    company.configure([deals('properties.money.value')]);
    countsOf(await company.load());
    expect(
        await company.query(
            'select deal_id, status, cast(amount as varchar) as amount from raw_files.deals',
        ),
    ).toEqual([{ deal_id: 'd1', status: 'open', amount: '12.34' }]);
    company.configure([deals('properties.money.amount')]);
    expect(failureOf(await company.load()).what).toContain(
        'deals.parquet has no column properties.money.amount',
    );
});
