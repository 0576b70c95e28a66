import { sampleInGa4 } from '../../sources/ga4/sample.ts';
import { startGoogleAds } from '../../sources/google-ads/mock.ts';
import { startHubspot } from '../../sources/hubspot/mock.ts';
import {
    analyticsSources,
    hubspotSettings,
    sampleInHubspot,
} from '../../sources/hubspot/sample.ts';
import { startMetaAds } from '../../sources/meta-ads/mock.ts';
import { sampleDays } from '../../sources/sample-spend.ts';
import type { Way } from './way.ts';

const pageRows = 1000;

const words = Object.entries(analyticsSources).map(
    ([ours, theirs]) => `when '${ours}' then '${theirs}'`,
);
const eventValue = `case event_type
    when 'mql' then 'marketingqualifiedlead' when 'sql' then 'salesqualifiedlead'
    when 'sal' then 'IN_PROGRESS' when 'rejected' then 'UNQUALIFIED'
    when 'recycled' then 'BAD_TIMING' when 'junk' then 'JUNK' else event_type end`;

export const hubspotWay: Way = {
    title: 'HubSpot, Google Ads, Meta and GA4',
    replaces: [
        ...['google_ads', 'meta_ads', 'web_sessions', 'crm_leads', 'crm_lead_events'],
        ...['crm_deals', 'crm_deal_stage_history', 'crm_activities'],
    ],
    open: async (rows, since) => {
        const hubspot = await startHubspot();
        const google = await startGoogleAds('4182207731', pageRows);
        const meta = await startMetaAds('7720114', pageRows);
        Object.assign(hubspot, sampleInHubspot(rows));
        google.setDays(sampleDays(rows.ad_spend, 'google_ads', (claimed) => claimed ?? '0'));
        meta.setDays(sampleDays(rows.ad_spend, 'meta_ads', (claimed) => claimed ?? '0'));
        return {
            connections: [
                {
                    name: 'hubspot',
                    system: 'hubspot',
                    // Of records of the CRM all are asked for.
                    since: '2023-01-01',
                    address: hubspot.address,
                    ...hubspotSettings,
                },
                {
                    name: 'google',
                    system: 'google_ads',
                    customer_ids: ['418-220-7731'],
                    since,
                    address: google.address,
                },
                {
                    name: 'meta',
                    system: 'meta_ads',
                    account_ids: ['act_7720114'],
                    conversion_action: 'lead',
                    since,
                    address: meta.address,
                },
            ],
            secrets: [
                'HUBSPOT_TOKEN=service-key',
                ...[
                    'GOOGLE_CLIENT_ID=id',
                    'GOOGLE_CLIENT_SECRET=s',
                    'GOOGLE_REFRESH_TOKEN=refresh-me',
                ],
                'META_TOKEN=system-user-token',
            ],
            files: { 'bigquery/events.ndjson': sampleInGa4(rows.sessions) },
            inputs: [
                {
                    name: 'ga4',
                    stream: 'sessions',
                    layout: 'ga4-bigquery-events',
                    files: ['bigquery/*.ndjson'],
                },
            ],
            close: async () => {
                for (const mock of [hubspot, google, meta]) await mock.close();
            },
        };
    },
    empty: {
        lead_touches:
            'a first page without tags says no more than the lead does, so it is no touch',
    },
    carried: {
        leads: {
            columns: {
                channel: [
                    `case channel ${words.join(' ')} end`,
                    'the original source is called as HubSpot calls it; channel rules know these words',
                ],
                record_url: [
                    `'https://app-eu1.hubspot.com/contacts/4711/record/0-1/' || lead_id`,
                    'a contact has a page, which no file names',
                ],
            },
        },
        lead_events: {
            rows: [
                `event_type <> 'verdict'`,
                'HubSpot has no field for what sales says a lead was worth',
            ],
            columns: {
                event_id: [
                    `lead_id || ':' || ${eventValue} || ':' || strftime(occurred_at, '%Y-%m-%dT%H:%M:%SZ')`,
                    'a value that a property had is no record and has no id',
                ],
                person_id: [
                    `case when event_type = 'assigned' then person_id end`,
                    'who changed a property is not said, only who owns the contact',
                ],
                reason: ['null', 'a value of a property comes without a reason'],
            },
        },
        deals: {
            columns: {
                origin: ['null', 'HubSpot has no field for who opened the conversation'],
                disputed_side: ['null', 'HubSpot has no field for disputes'],
                dispute_note: ['null', 'HubSpot has no field for disputes'],
            },
        },
        deal_stage_history: {
            columns: { person_id: ['null', 'who moved a deal is not said'] },
        },
        activities: {
            columns: {
                activity_id: [
                    `activity_type || ':' || activity_id`,
                    'calls, e-mails, meetings and notes are numbered each for themselves',
                ],
                direction: [
                    `case when activity_type in ('call', 'email') then direction end`,
                    'meetings and notes have none',
                ],
            },
        },
        sessions: {
            columns: {
                session_id: [
                    `visitor_id || '.' || epoch(started_at)::bigint`,
                    'GA4 numbers the visits of a visitor',
                ],
            },
        },
        ad_spend: {
            columns: {
                account_id: [
                    `case platform when 'google_ads' then replace(account_id, '-', '')
                        when 'meta_ads' then replace(account_id, 'act_', '') end`,
                    'the APIs name accounts by their numbers',
                ],
            },
        },
    },
};
