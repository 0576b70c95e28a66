import { describe, expect, it } from 'vitest';
import { classifyMetaAds } from '../../../pipelines/sources/meta-ads/client.ts';
import { insights } from '../../../pipelines/sources/meta-ads/records.ts';
import { spendRows } from '../../../pipelines/sources/meta-ads/rows.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body }: MockReply) =>
    classifyMetaAds(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );
const usage = (values: object) => ({
    'x-business-use-case-usage': JSON.stringify({
        '77': [{ type: 'ads_insights', call_count: 1, total_cputime: 1, total_time: 1, ...values }],
    }),
});

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['rows', { body: { data: [] }, headers: usage({}) }, { kind: 'ok' }],
        [
            'rows, with the budget at 95 %',
            { body: { data: [] }, headers: usage({ total_time: 95 }) },
            { kind: 'ok', waitUntil: now + 60_000 },
        ],
        [
            'rows, with the insights budget of the account used up',
            {
                body: { data: [] },
                headers: {
                    'x-fb-ads-insights-throttle':
                        '{"app_id_util_pct":1.2,"acc_id_util_pct":100,"ads_api_access_tier":"standard_access"}',
                },
            },
            { kind: 'ok', waitUntil: now + 60_000 },
        ],
        [
            'rows, with the budget of the account used up',
            {
                body: { data: [] },
                headers: {
                    'x-ad-account-usage':
                        '{"acc_id_util_pct":96.5,"reset_time_duration":140,"ads_api_access_tier":"development_access"}',
                },
            },
            { kind: 'ok', waitUntil: now + 140_000 },
        ],
        [
            'rows that are too many at once',
            failure(500, {
                code: 1,
                message:
                    "Please reduce the amount of data you're asking for, then retry your request",
                is_transient: true,
            }),
            { kind: 'our fault' },
        ],
        ...[4, 17, 32, 613, 80_000, 80_004, 80_014].map((code): [string, MockReply, object] => [
            `limit ${code} under status 400`,
            failure(400, { code }),
            { kind: 'limit' },
        ]),
        [
            'a limit with the minutes until there is a budget again',
            failure(
                400,
                { code: 80_000 },
                usage({ call_count: 110, estimated_time_to_regain_access: 7 }),
            ),
            { kind: 'limit', until: now + 7 * 60_000 },
        ],
        ['a dead token', failure(400, { code: 190 }), { kind: 'dead token' }],
        [
            'a report that is done but not yet readable',
            failure(400, { code: 2637, error_subcode: 1815107, is_transient: true }),
            { kind: 'retriable' },
        ],
        [
            'a fault that passes',
            failure(500, { code: 2, is_transient: true }),
            { kind: 'retriable' },
        ],
        ['a fault without a body', { status: 503, body: '' }, { kind: 'retriable' }],
        [
            'a missing right',
            failure(403, { code: 200 }),
            { kind: 'our fault', fix: expect.stringContaining('ads_read') },
        ],
        [
            'a missing right, by its other number',
            failure(403, { code: 10 }),
            { kind: 'our fault', fix: expect.stringContaining('ads_read') },
        ],
        [
            'days that are no longer kept',
            failure(400, { code: 3018 }),
            { kind: 'our fault', fix: expect.stringContaining('37 months') },
        ],
        ['a question that is wrong', failure(400, { code: 100 }), { kind: 'our fault' }],
        [
            'a header that is no JSON',
            { body: {}, headers: { 'x-business-use-case-usage': '{' } },
            { kind: 'ok' },
        ],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('rows of cost', () => {
    const page = insights.parse({
        data: [
            {
                account_id: '77',
                account_currency: 'HUF',
                campaign_id: '23851234567890123',
                date_start: '2026-10-25',
                date_stop: '2026-10-25',
                spend: '1234567.89',
                impressions: '5',
                actions: [
                    { action_type: 'lead', value: '2' },
                    { action_type: 'purchase', value: '1' },
                ],
            },
        ],
    });

    it('hold the amount as it came', () => {
        expect(spendRows(page, undefined)[0]?.cells).toMatchObject({
            spend_amount: '1234567.89',
            currency_code: 'HUF',
            campaign_name: null,
            clicks: '0',
            claimed_conversions: null,
        });
    });

    it.each([
        ['lead', '2'],
        ['purchase', '1'],
        ['call', '0'],
    ])('count the action %s', (action, conversions) => {
        expect(spendRows(page, action)[0]?.cells.claimed_conversions).toBe(conversions);
    });
});
