import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../../pipelines/sources/api/connector.ts';
import type { Json } from '../../../pipelines/sources/api/json.ts';
import { classifyLinkedinAds } from '../../../pipelines/sources/linkedin-ads/client.ts';
import { analytics } from '../../../pipelines/sources/linkedin-ads/records.ts';
import { spendRows } from '../../../pipelines/sources/linkedin-ads/rows.ts';
import { linkedinAds } from '../../../pipelines/sources/linkedin-ads/settings.ts';
import { openLinkedinAds } from '../../../pipelines/sources/linkedin-ads/source.ts';
import type { MockAdPlatform } from '../../integration/connections/ad-platform.ts';
import type { MockReply } from '../api/mock-server.ts';
import { createTestClock } from '../api/test-clock.ts';
import { daily, failure, startLinkedinAds } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = '' }: MockReply) => {
    const isText = typeof body === 'string';
    const text = isText ? body : JSON.stringify(body);
    const data = isText ? undefined : body;
    return classifyLinkedinAds({ status, headers: new Headers(headers), text, data }, now);
};

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['rows', { body: { elements: [] } }, { kind: 'ok' }],
        ['rows that are cut', { body: '{"elements": [' }, { kind: 'retriable' }],
        ['an address that is too long', { status: 414 }, { kind: 'ok' }],
        ['the limit of a day', daily, { kind: 'limit', until: Date.parse('2026-11-30T00:00:00Z') }],
        [
            'a limit of some minutes',
            { ...failure(429, 'TOO_MANY_REQUESTS'), headers: { 'retry-after': '300' } },
            { kind: 'limit', until: now + 300_000 },
        ],
        ['a dead token', failure(401, 'REVOKED_ACCESS_TOKEN'), { kind: 'dead token' }],
        [
            'a version that is gone',
            failure(426, 'NONEXISTENT_VERSION'),
            { kind: 'our fault', fix: expect.stringContaining('version') },
        ],
        [
            'a missing right',
            failure(403, 'ACCESS_DENIED'),
            { kind: 'our fault', fix: expect.stringContaining('r_ads_reporting') },
        ],
        [
            'an account that is not there',
            failure(404, 'RESOURCE_NOT_FOUND'),
            { kind: 'our fault', fix: expect.stringContaining('Viewer') },
        ],
        ['a question that is wrong', failure(400, 'PARAM_INVALID'), { kind: 'our fault' }],
        ['a server that is away', failure(503, ''), { kind: 'retriable' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('rows of cost', () => {
    const element = {
        dateRange: {
            start: { day: 5, month: 6, year: 2026 },
            end: { day: 5, month: 6, year: 2026 },
        },
        pivotValues: ['urn:li:sponsoredCampaign:612345001'],
    };
    const rowsOf = (...elements: readonly object[]) =>
        spendRows('77', analytics.parse({ elements }), {
            currencies: { 77: 'SEK' },
            campaigns: { 612345001: 'Autumn launch' },
        }).map(({ cells }) => cells);

    it('hold amounts without the noise of doubles', () => {
        expect(
            rowsOf({
                ...element,
                costInLocalCurrency: '107.5300000000000335346',
                impressions: 13468,
                clicks: 242,
                externalWebsiteConversions: 3,
            }),
        ).toEqual([
            {
                platform: 'linkedin_ads',
                account_id: '77',
                campaign_id: '612345001',
                campaign_name: 'Autumn launch',
                spend_date: '2026-06-05',
                spend_amount: '107.530000',
                currency_code: 'SEK',
                impressions: '13468',
                clicks: '242',
                claimed_conversions: '3',
            },
        ]);
    });

    it('have no name for a campaign that is no longer listed', () => {
        const [row] = rowsOf({ ...element, pivotValues: ['urn:li:sponsoredCampaign:9'] });
        expect(row).toMatchObject({
            campaign_id: '9',
            campaign_name: null,
            spend_amount: '0.000000',
        });
    });
});

describe('the source', () => {
    let mock: MockAdPlatform;
    let directory: string;
    beforeEach(async () => {
        mock = await startLinkedinAds();
        directory = mkdtempSync(join(tmpdir(), 'jointly-linkedin-'));
    });
    afterEach(async () => {
        rmSync(directory, { recursive: true });
        await mock.close();
    });
    const open = () =>
        openLinkedinAds(
            linkedinAds.schema.parse({
                name: 'linkedin',
                system: 'linkedin_ads',
                account_ids: ['77'],
                since: '2026-11-01',
                address: mock.address,
            }),
            {
                clock: createTestClock(),
                directory,
                secret: (name) => (name === 'refresh_token' ? 'refresh-me' : name),
                onNote: () => {},
            },
            60,
        );
    const ask = async (first: Json) => {
        const days: string[] = [];
        const feed = open().feeds[0];
        const plan = await feed?.plan(null);
        for (let place: Json | undefined = first; place !== undefined; ) {
            const page: Page | undefined = await feed?.ask(place);
            const rows = feed?.read(page?.text ?? '', plan?.lookups).rows ?? [];
            days.push(...rows.map(({ cells }) => String(cells.spend_date)));
            place = page?.next;
        }
        return days;
    };
    const campaigns = (count: number, date: string) =>
        Array.from({ length: count }, (_, at) => ({ campaign: `${at}`, date, amount: '1.00' }));
    const everyDay = Array.from(
        { length: 28 },
        (_, day) => `2026-11-${String(day + 1).padStart(2, '0')}`,
    );

    it('halves the days of an answer that is as long as answers get', async () => {
        const many = everyDay.flatMap((date) => campaigns(3, date));
        mock.setDays(many);
        const days = await ask({ account: '77', from: '2026-11-01', to: '2026-11-28' });
        expect(days).toHaveLength(many.length);
        expect([...new Set(days)]).toEqual(everyDay);
        expect(mock.asked()).toEqual([
            '2026-11-01 2026-11-28',
            '2026-11-01 2026-11-14',
            '2026-11-15 2026-11-28',
        ]);
    });

    it('says so when one day is too long', async () => {
        mock.setDays(campaigns(60, '2026-11-01'));
        const place = { account: '77', from: '2026-11-01', to: '2026-11-28' };
        await expect(ask(place)).rejects.toThrow('60 campaigns');
    });

    it('reads the names of campaigns from all pages, and the currency of the account', async () => {
        const plan = await open().feeds[0]?.plan(null);
        expect(plan?.lookups).toEqual({
            currencies: { 77: 'EUR' },
            campaigns: { 1: 'Campaign 1', 2: 'Campaign 2' },
        });
    });

    it('says which account it reaches', async () => {
        expect(await open().test()).toBe('account 77, EUR');
    });
});
