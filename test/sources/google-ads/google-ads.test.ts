import { describe, expect, it } from 'vitest';
import { classifyGoogleAds } from '../../../pipelines/sources/google-ads/client.ts';
import { campaignDays } from '../../../pipelines/sources/google-ads/records.ts';
import { spendRows } from '../../../pipelines/sources/google-ads/rows.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body }: MockReply) =>
    classifyGoogleAds(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['rows', { body: [{ results: [] }] }, { kind: 'ok' }],
        [
            'too many questions',
            failure(
                429,
                'RESOURCE_EXHAUSTED',
                { quotaError: 'RESOURCE_EXHAUSTED' },
                {
                    quotaErrorDetails: {
                        rateScope: 'DEVELOPER',
                        rateName: 'Basic access',
                        retryDelay: '30s',
                    },
                },
            ),
            { kind: 'limit', until: now + 30_000 },
        ],
        [
            'too many in a short time, without a delay',
            failure(429, 'RESOURCE_EXHAUSTED', { quotaError: 'RESOURCE_TEMPORARILY_EXHAUSTED' }),
            { kind: 'limit', until: undefined },
        ],
        [
            'a token that is over',
            failure(401, 'UNAUTHENTICATED', { authenticationError: 'OAUTH_TOKEN_EXPIRED' }),
            { kind: 'dead token' },
        ],
        [
            'a project without the access level',
            failure(403, 'PERMISSION_DENIED', {
                authorizationError: 'CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION',
            }),
            { kind: 'our fault', fix: expect.stringContaining('access level') },
        ],
        [
            'an account that the user cannot see',
            failure(403, 'PERMISSION_DENIED', { authorizationError: 'USER_PERMISSION_DENIED' }),
            { kind: 'our fault', fix: expect.stringContaining('login_customer_id') },
        ],
        [
            'a manager account, which spends nothing itself',
            failure(400, 'INVALID_ARGUMENT', { queryError: 'REQUESTED_METRICS_FOR_MANAGER' }),
            { kind: 'our fault', fix: expect.stringContaining('customer_ids') },
        ],
        [
            'a server that fails',
            failure(500, 'INTERNAL', { internalError: 'INTERNAL_ERROR' }),
            { kind: 'retriable' },
        ],
        [
            'a stream that fails after its first part',
            { body: [{ results: [] }, (failure(503, 'UNAVAILABLE', {}).body as unknown[])[0]] },
            { kind: 'retriable' },
        ],
        [
            'a query that is wrong',
            failure(400, 'INVALID_ARGUMENT', { queryError: 'UNRECOGNIZED_FIELD' }),
            { kind: 'our fault' },
        ],
        ['a page of a proxy', { status: 502 }, { kind: 'retriable' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('rows of cost', () => {
    const day = (metrics: object) =>
        spendRows(
            campaignDays.parse([
                {
                    results: [
                        {
                            customer: { id: '1', currencyCode: 'JPY' },
                            campaign: { id: '9007199254740993', name: 'Größe' },
                            segments: { date: '2026-03-29' },
                            metrics,
                        },
                    ],
                },
            ]),
        )[0]?.cells;

    it.each([
        ['micros', { costMicros: '1234567' }, '1.234567'],
        ['a large amount', { costMicros: '9007199254740993000000' }, '9007199254740993.000000'],
        ['no cost', { impressions: '5' }, '0.000000'],
    ])('hold %s exactly', (_, metrics, spend) => {
        expect(day(metrics)).toMatchObject({
            platform: 'google_ads',
            campaign_id: '9007199254740993',
            campaign_name: 'Größe',
            spend_date: '2026-03-29',
            spend_amount: spend,
            currency_code: 'JPY',
        });
    });

    it('are none of a stream without results', () => {
        expect(spendRows(campaignDays.parse([{ fieldMask: 'x', requestId: 'y' }]))).toEqual([]);
    });
});
