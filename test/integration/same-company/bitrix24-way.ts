import { secret, startBitrix24 } from '../../sources/bitrix24/mock.ts';
import { bitrix24Settings, sampleInBitrix24 } from '../../sources/bitrix24/sample.ts';
import { sampleDays } from '../../sources/sample-spend.ts';
import { startYandexDirect } from '../../sources/yandex-direct/mock.ts';
import { startYandexMetrica } from '../../sources/yandex-metrica/mock.ts';
import { sampleInMetrica } from '../../sources/yandex-metrica/sample.ts';
import type { Way } from './way.ts';

export const bitrix24Way: Way = {
    title: 'Bitrix24, Yandex Direct and Metrica',
    replaces: [
        ...['google_ads', 'web_sessions', 'crm_leads', 'crm_lead_events'],
        ...['crm_deals', 'crm_deal_stage_history', 'crm_activities'],
    ],
    open: async (rows, since) => {
        const bitrix = await startBitrix24();
        const direct = await startYandexDirect();
        const metrica = await startYandexMetrica(5000);
        Object.assign(bitrix, sampleInBitrix24(rows));
        // The company advertises there what the sample advertises at Google.
        const days = sampleDays(rows.ad_spend, 'google_ads', (claimed) =>
            claimed == null ? '--' : String(Math.round(Number(claimed))),
        );
        direct.setDays(days);
        metrica.visits = sampleInMetrica(rows.sessions);
        return {
            connections: [
                // Of records of the CRM all are asked for.
                {
                    name: 'portal',
                    system: 'bitrix24',
                    since: '2023-01-01',
                    ...bitrix24Settings,
                },
                { name: 'direct', system: 'yandex_direct', since, address: direct.address },
                {
                    name: 'metrica',
                    system: 'yandex_metrica',
                    counter_id: '12345678',
                    since,
                    address: metrica.address,
                },
            ],
            secrets: [
                `PORTAL_WEBHOOK=${bitrix.address}/rest/1/${secret}/`,
                'DIRECT_TOKEN=direct-token',
                'METRICA_TOKEN=metrika-token',
            ],
            files: {},
            inputs: [],
            close: async () => {
                for (const mock of [bitrix, direct, metrica]) await mock.close();
            },
        };
    },
    empty: {
        lead_touches: 'a campaign alone says no more than the lead does, so it is no touch',
    },
    carried: {
        leads: {
            columns: {
                email: [
                    'null',
                    'addresses of leads are lists of their own, which are not asked for',
                ],
                country_code: ['null', 'a lead has a country in words, if any'],
                landing_page: ['null', 'a lead has no first page'],
            },
        },
        lead_events: {
            rows: [
                `event_type not in ('assigned', 'verdict')`,
                'the history of statuses holds neither owners nor opinions',
            ],
            columns: {
                person_id: ['null', 'the history of statuses does not say who changed one'],
                reason: ['null', 'the history of statuses holds no reasons'],
            },
        },
        deals: {
            columns: {
                origin: ['null', 'Bitrix24 has no field for who opened the conversation'],
                disputed_side: ['null', 'Bitrix24 has no field for disputes'],
                dispute_note: ['null', 'Bitrix24 has no field for disputes'],
            },
        },
        deal_stage_history: {
            columns: { person_id: ['null', 'who moved a deal is not said'] },
        },
        activities: {
            rows: [`activity_type <> 'note'`, 'notes are comments of the time line, no activities'],
            columns: {
                lead_id: [
                    'case when deal_id is null then lead_id end',
                    'an activity belongs to the deal or to the lead',
                ],
                is_automated: ['null', 'the list does not say what a machine has sent'],
            },
        },
        sessions: {
            columns: {
                click_id: ['null', 'the log names no click'],
                campaign_id: [
                    `case when utm_medium = 'cpc' then campaign_id end`,
                    'the log names campaigns of Yandex Direct alone',
                ],
                channel: [
                    `case when utm_medium in ('cpc', 'paid_social') then 'paid_other'
                        when utm_medium = 'email' then 'email'
                        when referrer like '%google.%' then 'organic_search'
                        when referrer is not null then 'referral' else 'direct' end`,
                    'Metrica says where a visit came from; the web log of the files does not',
                ],
            },
        },
        ad_spend: {
            columns: {
                platform: [`'yandex_direct'`, 'the company advertises there'],
                account_id: [`'shop'`, 'the account has another name there'],
                claimed_conversions: [
                    'round(claimed_conversions, 0)',
                    'Direct counts conversions in whole numbers',
                ],
            },
        },
    },
};
