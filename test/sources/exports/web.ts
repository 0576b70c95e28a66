import { lines, type RealExport } from './real-export.ts';

export const webExports: readonly RealExport[] = [
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
];
