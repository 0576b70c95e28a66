import type { AdDay, MockAdPlatform } from '../../integration/connections/ad-platform.ts';
import { type MockReply, type MockRequest, startMock } from '../api/mock-server.ts';

/** A failure as the REST interface writes it: a stream that fails is an array. */
export const failure = (
    status: number,
    name: string,
    errorCode: Record<string, string>,
    details?: object,
): MockReply => ({
    status,
    body: [
        {
            error: {
                code: status,
                message: 'The request failed.',
                status: name,
                details: [
                    {
                        '@type':
                            'type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure',
                        errors: [
                            {
                                errorCode,
                                message: 'What was wrong.',
                                ...(details ? { details } : {}),
                            },
                        ],
                        requestId: 'request-1',
                    },
                ],
            },
        },
    ],
});

/**
 * Google Ads as it answers over REST: rows in parts, zero metrics left out, days without cost absent.
 * @param account its id without dashes
 */
export async function startGoogleAds(
    account = '1234567890',
    partSize = 2,
): Promise<MockAdPlatform> {
    let days: readonly AdDay[] = [];
    let tokens = 0;
    const answer = (request: MockRequest): MockReply => {
        if (request.path === '/token') {
            if (request.form.get('refresh_token') !== 'refresh-me') {
                return {
                    status: 400,
                    body: {
                        error: 'invalid_grant',
                        error_description: 'Token has been expired or revoked.',
                    },
                };
            }
            tokens += 1;
            return {
                body: { access_token: `token-${tokens}`, expires_in: 3599, token_type: 'Bearer' },
            };
        }
        if (request.headers.authorization !== `Bearer token-${tokens}`) {
            return failure(401, 'UNAUTHENTICATED', { authenticationError: 'OAUTH_TOKEN_EXPIRED' });
        }
        const [, id = ''] =
            /^\/v26\/customers\/(\d+)\/googleAds:searchStream$/.exec(request.path) ?? [];
        if (id !== account) {
            return failure(403, 'PERMISSION_DENIED', {
                authorizationError: 'USER_PERMISSION_DENIED',
            });
        }
        const [currencyCode, timeZone] = ['EUR', 'Europe/Bucharest'];
        const query = (request.json as { query: string }).query;
        const customer = { resourceName: `customers/${id}`, id, currencyCode };
        if (query.includes('FROM customer')) {
            return {
                body: [{ results: [{ customer: { ...customer, timeZone } }], requestId: 'r' }],
            };
        }
        const [, from = '', to = ''] = /BETWEEN '(.+)' AND '(.+)'/.exec(query) ?? [];
        const rows = days
            .filter(({ date }) => date >= from && date <= to)
            .map(({ campaign, date, amount, ...said }) => ({
                customer,
                campaign: {
                    resourceName: `customers/${id}/campaigns/${campaign}`,
                    id: campaign,
                    name: said.name ?? `Campaign ${campaign}`,
                },
                metrics: {
                    costMicros: `${amount.replace('.', '')}0000`,
                    ...(isZero(said.impressions) ? {} : { impressions: said.impressions }),
                    ...(isZero(said.clicks) ? {} : { clicks: said.clicks }),
                    conversions: Number(said.conversions ?? 1.5),
                },
                segments: { date },
            }));
        const parts = [];
        for (let start = 0; start < rows.length; start += partSize) {
            parts.push({
                results: rows.slice(start, start + partSize),
                fieldMask: 'customer.id',
                requestId: 'r',
            });
        }
        return { body: parts.length > 0 ? parts : [{ fieldMask: 'customer.id', requestId: 'r' }] };
    };
    const server = await startMock(answer);
    return {
        ...server,
        setDays: (some) => {
            days = some;
        },
        asked: () =>
            server.requests.flatMap(({ text }) => {
                const [, from, to] = /BETWEEN '(.+)' AND '(.+)'/.exec(text) ?? [];
                return from ? [`${from} ${to}`] : [];
            }),
    };
}

const isZero = (metric: string | undefined) => metric === undefined || metric === '0';
