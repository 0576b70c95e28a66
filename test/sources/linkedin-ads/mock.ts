import type { AdDay, MockAdPlatform } from '../../integration/connections/ad-platform.ts';
import { type MockReply, type MockRequest, startMock } from '../api/mock-server.ts';

/** An error as the versioned API writes it. */
export const failure = (status: number, code: string, message = 'What was wrong'): MockReply => ({
    status,
    body: { status, serviceErrorCode: 100, code, message },
});

export const daily = failure(
    429,
    'TOO_MANY_REQUESTS',
    'Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached.',
);

const dateIn = (text: string) => {
    const [, year, month = '', day = ''] = /year:(\d+),month:(\d+),day:(\d+)/.exec(text) ?? [];
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

/** Question of an adAnalytics finder, in the address or, tunnelled, in the body. */
function rangeOf({ query, form }: MockRequest): readonly [string, string] | undefined {
    const range = query.get('dateRange') ?? form.get('dateRange');
    const [, start, end] = /^\(start:(.+),end:(.+)\)$/.exec(range ?? '') ?? [];
    return start && end ? [dateIn(start), dateIn(end)] : undefined;
}

/** LinkedIn: days without activity are absent, and an account without rights is empty. */
export async function startLinkedinAds(): Promise<MockAdPlatform> {
    let days: readonly AdDay[] = [];
    let tokens = 0;
    const answer = (request: MockRequest): MockReply => {
        const { path, query, form, headers, method } = request;
        if (path === '/oauth/v2/accessToken') {
            if (form.get('refresh_token') !== 'refresh-me') {
                return {
                    status: 400,
                    body: {
                        error: 'invalid_grant',
                        error_description: 'The provided authorization grant has expired.',
                    },
                };
            }
            tokens += 1;
            return { body: { access_token: `token-${tokens}`, expires_in: 5_184_000 } };
        }
        if (headers.authorization !== `Bearer token-${tokens}`) {
            return failure(
                401,
                'EXPIRED_ACCESS_TOKEN',
                'The token used in the request has expired',
            );
        }
        if (headers['x-restli-protocol-version'] !== '2.0.0') return failure(400, 'BAD_REQUEST');
        if (headers['linkedin-version'] !== '202607') return failure(426, 'NONEXISTENT_VERSION');
        if (path === '/rest/adAccounts/77') {
            return { body: { id: 77, name: 'Shop', currency: 'EUR', status: 'ACTIVE' } };
        }
        if (path === '/rest/adAccounts/77/adCampaigns') {
            const isFirst = query.get('pageToken') === null;
            const id = isFirst ? 1 : 2;
            return {
                body: {
                    elements: [
                        { id, name: `Campaign ${id}`, account: 'urn:li:sponsoredAccount:77' },
                    ],
                    metadata: isFirst ? { nextPageToken: 'DgGerr1iVQreCJVjZDOW+' } : {},
                },
            };
        }
        const isTunnelled = method === 'POST' && headers['x-http-method-override'] === 'GET';
        const range = rangeOf(request);
        if (path !== '/rest/adAnalytics' || !(method === 'GET' || isTunnelled) || !range) {
            return failure(404, 'RESOURCE_NOT_FOUND');
        }
        const accounts = (isTunnelled ? form : query).get('accounts');
        if (accounts !== 'List(urn:li:sponsoredAccount:77)') return { body: { elements: [] } };
        const elements = days
            .filter(({ date }) => date >= range[0] && date <= range[1])
            .map(({ campaign, date, amount }) => {
                const [year, month, day] = date.split('-').map(Number);
                return {
                    dateRange: { start: { year, month, day }, end: { year, month, day } },
                    pivotValues: [`urn:li:sponsoredCampaign:${campaign}`],
                    costInLocalCurrency: `${amount}00000000000335346`,
                    impressions: 100,
                    clicks: 3,
                };
            });
        return {
            body: {
                paging: { start: 0, count: 10, links: [] },
                elements: elements,
            },
        };
    };
    const server = await startMock(answer);
    return {
        ...server,
        setDays: (some) => {
            days = some;
        },
        asked: () => server.requests.flatMap((request) => rangeOf(request)?.join(' ') ?? []),
    };
}
