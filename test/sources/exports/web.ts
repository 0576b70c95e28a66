import { lines, type RealExport } from './real-export.ts';

const counts = 'site, visit_date, channel, visits';

/** An event as BigQuery writes it: whole numbers as text, what is null left out. */
function event(
    name: string,
    at: string,
    visit: Readonly<Record<string, string>>,
    rest: object = {},
): string {
    const { user_pseudo_id, ga_session_id, ...texts } = visit;
    const params = [
        ...(ga_session_id ? [{ key: 'ga_session_id', value: { int_value: ga_session_id } }] : []),
        ...Object.entries(texts).map(([key, text]) => ({ key, value: { string_value: text } })),
    ];
    return JSON.stringify({
        event_date: '20260701',
        event_timestamp: at,
        event_name: name,
        event_params: params,
        user_pseudo_id,
        ...rest,
    });
}

const shop = 'https://acme.example';

export const webExports: readonly RealExport[] = [
    {
        layout: 'ga4-bigquery-events',
        variant: 'last click of the session; no consent',
        stream: 'sessions',
        file: 'events_20260701_000000000000.json',
        text: lines(
            ...['session_start', 'page_view'].map((name) =>
                event(
                    name,
                    '1782900000000000',
                    {
                        user_pseudo_id: '11.22',
                        ga_session_id: '1782900000',
                        page_location: `${shop}/gates?gclid=Cj0K`,
                        page_referrer: 'https://www.google.com/',
                    },
                    {
                        batch_event_index: '1',
                        collected_traffic_source: {
                            manual_source: 'google',
                            manual_medium: 'organic',
                            gclid: 'Cj0K',
                        },
                        session_traffic_source_last_click: {
                            manual_campaign: { source: 'newsletter', medium: 'email' },
                            google_ads_campaign: { campaign_id: '77', campaign_name: 'Gates' },
                            cross_channel_campaign: {
                                campaign_id: '77',
                                campaign_name: 'Gates',
                                source: 'google',
                                medium: 'cpc',
                                default_channel_group: 'Paid Search',
                            },
                        },
                    },
                ),
            ),
            event('page_view', '1782900060000000', {
                user_pseudo_id: '11.22',
                ga_session_id: '1782900000',
                page_location: `${shop}/prices`,
                page_referrer: `${shop}/gates?gclid=Cj0K`,
            }),
            event('page_view', '1782900090000000', { page_location: `${shop}/secret` }),
        ),
        columns:
            'session_id, visitor_id, started_at, landing_page, referrer, utm_source, utm_medium, utm_campaign, click_id, campaign_id, channel, page_views',
        rows: [
            [
                ...['11.22.1782900000', '11.22', '2026-07-01 10:00:00', `${shop}/gates?gclid=Cj0K`],
                ...['https://www.google.com/', 'google', 'cpc', 'Gates', 'gclid.Cj0K', '77'],
                ...['Paid Search', 2],
            ],
        ],
        leftOut: 1,
    },
    {
        layout: 'ga4-bigquery-events',
        variant: 'of 2022, parameters alone',
        stream: 'sessions',
        file: 'events.jsonl',
        text: lines(
            event('session_start', '1656669600000000', {
                user_pseudo_id: '5.6',
                ga_session_id: '1656669600',
                page_location: `${shop}/`,
            }),
            event('page_view', '1656669600000000', {
                user_pseudo_id: '5.6',
                ga_session_id: '1656669600',
                page_location: `${shop}/`,
                source: 'newsletter',
                medium: 'email',
                campaign: 'july',
                content: 'button',
                term: 'gates',
            }),
        ),
        columns:
            'session_id, started_at, landing_page, utm_source, utm_medium, utm_campaign, utm_content, utm_term, click_id, channel, page_views',
        rows: [
            [
                ...['5.6.1656669600', '2022-07-01 10:00:00', `${shop}/`, 'newsletter', 'email'],
                ...['july', 'button', 'gates', null, null, 1],
            ],
        ],
    },
    {
        layout: 'matomo-visits',
        variant: 'all columns of the visits log',
        stream: 'sessions',
        file: 'Live.getLastVisitsDetails.csv',
        text: lines(
            'idSite,idVisit,visitIp,visitorId,url (actionDetails 0),serverTimestamp,firstActionTimestamp,referrerType,referrerName,referrerUrl,campaignSource,campaignMedium,campaignName',
            '1,901,10.0.0.1,c0ffee,https://acme.example/gates,1782900300,1782900000,search,Google,https://www.google.com/,,,',
            '1,902,10.0.0.2,decade,https://acme.example/?mtm_campaign=july,1782903600,1782903600,campaign,july,,newsletter,email,july',
        ),
        columns: 'session_id, visitor_id, started_at, channel, landing_page, utm_medium',
        rows: [
            [
                '901',
                'c0ffee',
                '2026-07-01 10:00:00',
                'organic_search',
                'https://acme.example/gates',
                null,
            ],
            [
                '902',
                'decade',
                '2026-07-01 11:00:00',
                'unknown',
                'https://acme.example/?mtm_campaign=july',
                'email',
            ],
        ],
    },
    {
        layout: 'matomo-visits',
        variant: 'few columns, tabs, UTF-16 as Matomo writes it',
        stream: 'sessions',
        file: 'visits.tsv',
        encoding: 'utf16le',
        text: '\ufeffidVisit\tvisitorId\tfirstActionTimestamp\treferrerType\tvisitorType\n7\tab\t1782900000\tdirect\tnew\n',
        columns: 'session_id, visitor_id, started_at, channel',
        rows: [['7', 'ab', '2026-07-01 10:00:00', 'direct']],
    },
    {
        layout: 'yandex-metrica-visits',
        variant: 'times in UTC, last source, a campaign of Direct',
        stream: 'sessions',
        file: 'visits.tsv',
        text: lines(
            'ym:s:visitID\tym:s:clientID\tym:s:dateTime\tym:s:dateTimeUTC\tym:s:startURL\tym:s:pageViews\tym:s:lastTrafficSource\tym:s:lastUTMSource\tym:s:lastDirectClickOrder',
            '8001\t55\t2026-07-01 13:00:00\t2026-07-01 10:00:00\thttps://acme.example/?a="b"\t3\tad\tyandex\t714796268',
            '8002\t56\t2026-07-01 14:30:00\t2026-07-01 11:30:00\thttps://acme.example/\t1\torganic\t\t0',
        ),
        columns: 'session_id, started_at, channel, campaign_id, page_views',
        rows: [
            ['8001', '2026-07-01 10:00:00', 'paid_other', '714796268', 3],
            ['8002', '2026-07-01 11:30:00', 'organic_search', null, 1],
        ],
    },
    {
        layout: 'yandex-metrica-visits',
        variant: 'times of the counter, significant source',
        stream: 'sessions',
        file: 'visits.csv',
        text: lines(
            '"ym:s:visitID","ym:s:dateTime","ym:s:clientID","ym:s:lastsignTrafficSource","ym:s:lastsignUTMMedium"',
            '"9","2026-07-01 13:00:00","57","internal","cpc"',
        ),
        input: { timezone: 'Europe/Moscow' },
        columns: 'session_id, started_at, channel, utm_medium',
        rows: [['9', '2026-07-01 10:00:00', 'unknown', 'cpc']],
    },
    {
        layout: 'ga4-traffic',
        variant: 'an exploration: comments above, a total below, days without dashes',
        stream: 'visit_counts',
        file: 'Traffic_acquisition.csv',
        text: lines(
            '# ----------------------------------------',
            '# Free form 1',
            '# Acme - GA4',
            '# 20260701-20260702',
            '# ----------------------------------------',
            '',
            'Date,Session default channel group,Sessions,Engaged sessions',
            ',,180,90',
            '20260701,Organic Search,100,60',
            '20260701,Paid Social,30,12',
            '20260702,Organic Search,50,18',
        ),
        columns: counts,
        rows: [
            ['main', '2026-07-01', 'Organic Search', 100],
            ['main', '2026-07-01', 'Paid Social', 30],
            ['main', '2026-07-02', 'Organic Search', 50],
        ],
        leftOut: 1,
    },
    {
        layout: 'ga4-traffic',
        variant: 'German, a row for each device',
        stream: 'visit_counts',
        file: 'Neu_generierte_Zugriffe.csv',
        text: lines(
            'Datum,Standard-Channelgruppe der Sitzung,Gerätekategorie,Sitzungen,Aufrufe',
            '20260701,Direct,desktop,"1,200",3000',
            '20260701,Direct,mobile,34,50',
        ),
        input: { format: { type: 'csv', thousands_separator: ',' }, constants: { site: 'shop' } },
        columns: `${counts}, page_views`,
        rows: [['shop', '2026-07-01', 'Direct', 1234, 3050]],
    },
    {
        layout: 'matomo-referrers',
        variant: 'the names of the interface',
        stream: 'visit_counts',
        file: 'Export _ Channel Type.csv',
        encoding: 'utf16le',
        text: `\ufeff${lines(
            'Date,Label,Unique visitors,Visits,Actions,Maximum actions in one visit,Total time spent by visitors (in seconds),Bounces',
            '2026-07-01,Search Engines,90,100,300,9,5000,40',
            '2026-07-01,Campaigns,9,10,30,9,500,4',
            '2026-07-02,Direct Entry,20,21,30,9,500,4',
        )}`,
        columns: counts,
        rows: [
            ['main', '2026-07-01', 'organic_search', 100],
            ['main', '2026-07-01', 'unknown', 10],
            ['main', '2026-07-02', 'direct', 21],
        ],
    },
    {
        layout: 'matomo-referrers',
        variant: 'the names of the API, referrers themselves',
        stream: 'visit_counts',
        file: 'referrers.tsv',
        text: lines(
            'date\tlabel\tnb_uniq_visitors\tnb_visits\tnb_actions\tbounce_count',
            '2026-07-01\tpartner.example\t3\t4\t9\t1',
        ),
        columns: counts,
        rows: [['main', '2026-07-01', 'partner.example', 4]],
    },
    {
        layout: 'plausible-sources',
        variant: 'sources and their tags, added up to the source',
        stream: 'visit_counts',
        file: 'imported_sources_20260701_20260702.csv',
        text: lines(
            'date,source,referrer,utm_source,utm_medium,utm_campaign,utm_content,utm_term,pageviews,visitors,visits,visit_duration,bounces',
            '2026-07-01,Google,google.com,,,,,,12,6,7,120,2',
            '2026-07-01,Twitter,t.co,twitter,social,launch,,,4,2,2,30,1',
            '2026-07-01,X (Twitter),t.co,,,,,,4,2,3,30,1',
            '2026-07-02,Direct / None,,,,,,,5,5,5,10,5',
            '2026-07-02,,,,,,,,1,1,1,10,1',
        ),
        columns: `${counts}, page_views`,
        rows: [
            ['main', '2026-07-01', 'organic_search', 7, 12],
            ['main', '2026-07-01', 'social', 5, 8],
            ['main', '2026-07-02', 'direct', 6, 6],
        ],
    },
    {
        layout: 'plausible-sources',
        variant: 'by channel, an answer of the API as CSV',
        stream: 'visit_counts',
        file: 'channels.csv',
        text: lines(
            'date;channel;visitors;visits;bounce_rate',
            '2026-07-01;Organic Search;6;7;40',
            '2026-07-01;Direct;10;12;50',
        ),
        columns: counts,
        rows: [
            ['main', '2026-07-01', 'Organic Search', 7],
            ['main', '2026-07-01', 'direct', 12],
        ],
    },
    {
        layout: 'yandex-metrica-report',
        variant: 'Russian, the totals in the first row',
        stream: 'visit_counts',
        file: 'Источники, сводка-2026-07-01-2026-07-02.csv',
        text: lines(
            '"Дата визита","Источник трафика","Визиты","Посетители","Отказы","Глубина просмотра","Время на сайте"',
            '"Итого и средние","","130","120","0.17","2.74","00:03:45"',
            '"2026-07-01","Переходы из поисковых систем","100","95","0.15","2.82","00:03:52"',
            '"2026-07-02","Переходы по рекламе","30","25","0.11","2.17","00:03:22"',
        ),
        columns: counts,
        rows: [
            ['main', '2026-07-01', 'organic_search', 100],
            ['main', '2026-07-02', 'paid_other', 30],
        ],
        leftOut: 1,
    },
    {
        layout: 'yandex-metrica-report',
        variant: 'English, days with points, by page',
        stream: 'visit_counts',
        file: 'sources.csv',
        text: lines(
            'Date of visit;Traffic source;Landing page;Sessions;Users;Pageviews',
            'Total and averages;;;7;6;20',
            '01.07.2026;Direct traffic;/;4;4;11',
            '01.07.2026;Direct traffic;/gates;3;2;9',
        ),
        columns: `${counts}, page_views`,
        rows: [['main', '2026-07-01', 'direct', 7, 20]],
        leftOut: 1,
    },
];
