import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../../pipelines/config.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { type BuiltCompany, buildCompany } from '../quality/company.ts';

/*
 * One id and one name on two platforms, web analytics' words for nothing, an assistant before and
 * after it became a channel, and deals that name several contacts, none, or one nobody knows
 * (test/fixtures/identity). Two deals of 1,300 together have no lead: they are not marketing's.
 */

let company: BuiltCompany;

beforeAll(async () => {
    company = await buildCompany(
        resolve(projectRoot, 'test/fixtures/identity/identity.config.json'),
        [
            'fct_kpi_values',
            'bridge_deal_leads',
            'bridge_deal_histories',
            'rpt_dangling_ids',
            'rpt_match_rates',
            'fct_deal_clicks',
        ],
    );
});

afterAll(() => company?.remove());

const rows = (sql: string) => readRows(company.warehouse, sql);

const may = (kpi: string, scope: string) =>
    rows(
        `select cast(value as decimal(18, 2)) from marts.fct_kpi_values
        where kpi = '${kpi}' and period_type = 'month' and period_start = '2026-05-01'
            and scope_type || ' ' || scope_id = '${scope}'`,
    );

describe('a deal', () => {
    test('is marketing’s only where its lead exists', async () => {
        expect(await may('collected_revenue', 'department marketing')).toEqual([['850.00']]);
        expect(await may('collected_revenue', 'department sales')).toEqual([['1300.00']]);
        expect(await may('collected_revenue', 'company company')).toEqual([['2157.00']]);
    });

    test('of several contacts counts for the first that exists, and keeps the others', async () => {
        expect(
            await rows(
                `select lead_id, is_lead_known, is_counted from marts.bridge_deal_leads
                where deal_id = 'd2' order by lead_number`,
            ),
        ).toEqual([
            ['999', 'false', 'false'],
            ['l2', 'true', 'true'],
            ['l3', 'true', 'false'],
        ]);
    });

    test('is found by an ad platform by the click of its visit, else by that of the CRM', async () => {
        expect(
            await rows(
                `select deal_id, platform, click_id, cast(clicked_at as varchar) from marts.fct_deal_clicks
                where deal_id in ('d1', 'd6') and platform in ('google_ads', 'meta_ads') order by all`,
            ),
        ).toEqual([
            ['d1', 'google_ads', 'gclid.1', '2026-05-10 07:00:00'],
            ['d6', 'google_ads', 'gclid.T2', '2026-05-12 07:00:00'],
            ['d6', 'meta_ads', 'fbclid.T1', '2026-05-01 07:00:00'],
        ]);
    });

    test('of client 0 is on no stranger’s card', async () => {
        expect(
            await rows(`select deal_id, lead_id from marts.bridge_deal_histories order by 1`),
        ).toEqual([
            ['d1', 'l1'],
            ['d2', 'l2'],
            ['d5', 'l4'],
            ['d6', 'l10'],
        ]);
    });
});

describe('data health', () => {
    test('counts the ids that name nothing', async () => {
        expect(
            await rows(
                `select distinct stream, column_name, named_row_count, dangling_row_count, dangling_id_count
                from marts.rpt_dangling_ids order by all`,
            ),
        ).toEqual([
            ['deals', 'lead_id', '8', '3', '3'],
            ['lead_touches', 'lead_id', '5', '1', '1'],
            ['leads', 'visitor_id', '7', '2', '1'],
            ['payments', 'deal_id', '5', '1', '1'],
        ]);
        expect(
            await rows(
                `select named_id from marts.rpt_dangling_ids
                where stream = 'deals' order by sample_number`,
            ),
        ).toEqual([['0'], ['888'], ['999']]);
    });

    test('says how much of the ad cost reaches leads', async () => {
        expect(
            await rows(
                `select matched, total from marts.rpt_match_rates
                where link = 'spend_with_leads'`,
            ),
        ).toEqual([['520.00', '600.00']]);
    });
});

describe('a lead', () => {
    test('has the channel and campaign that brought it', async () => {
        expect(
            await rows(
                `select lead_id, channel_id, campaign_id, cost_amount from marts.dim_leads order by 1`,
            ),
        ).toEqual([
            ['l1', 'paid_search', '900', '50.00'],
            // The CRM recorded two touches before it, which say more than its own word (e-mail).
            ['l10', 'paid_search', null, null],
            ['l2', 'paid_social', '901', '70.00'],
            ['l3', 'ai_assistant', null, null],
            ['l4', 'referral', null, null],
            ['l5', 'referral', null, null],
            ['l6', 'paid_social', 'meta_ads:main:brand', '300.00'],
            ['l7', 'paid_search', 'google_ads:main:brand', '100.00'],
            // An e-mail tells no platform, and two campaigns bore the name.
            ['l8', 'email', 'Spring', null],
            ['l9', 'email', null, null],
        ]);
    });

    test('has the touches that the CRM recorded where no visit is known', async () => {
        expect(
            await rows(
                `select touch_id, channel_id, touch_source, landing_page from marts.fct_touches
                where lead_id in ('l1', 'l10') order by touched_at`,
            ),
        ).toEqual([
            ['l10:crm:t1', 'paid_social', 'crm', '/a'],
            ['l1:s1', 'paid_search', 'session', null],
            ['l1:s2', 'direct', 'session', null],
            ['l10:crm:t2', 'paid_search', 'crm', null],
            ['l10:crm:t3', 'referral', 'crm', null],
        ]);
    });

    test('has the page of its record, with its id encoded', async () => {
        expect(await rows(`select record_url from marts.dim_leads where lead_id = 'l10'`)).toEqual([
            ['https://crm.example.com/leads/l10/card'],
        ]);
    });

    test('that came back without a tag leaves its deal to the ad', async () => {
        expect(await may('roas', 'channel paid_search')).toEqual([['5.00']]);
    });
});

test('one id on two platforms is two campaigns', async () => {
    expect(
        await rows(
            `select campaign_id, campaign_name, channel_id, cast(sum(spend_amount) as decimal(18, 2))
            from marts.fct_ad_spend_daily
            inner join marts.dim_campaigns using (campaign_id, channel_id)
            where platform_campaign_id = 'brand'
            group by all order by all`,
        ),
    ).toEqual([
        ['google_ads:main:brand', 'Brand', 'paid_search', '100.00'],
        ['meta_ads:main:brand', 'Reach', 'paid_social', '300.00'],
    ]);
});
