import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export const failure = (status: number, error: string): MockReply => ({ status, body: { error } });

export const noAccess = failure(
    401,
    "Invalid API key or site ID. Please make sure you're using a valid API key with access to the site you've requested.",
);
export const hourly = failure(
    429,
    'Too many API requests. The limit is 600 per hour. Please contact us to request more capacity.',
);

export interface MockCount {
    readonly date: string;
    readonly channel: string;
    readonly visits: number;
}

export interface MockPlausible extends MockServer {
    counts: readonly MockCount[];
    /** Answers hold no more rows than this. */
    limit: number;
    /** Days and offsets that were asked for. */
    readonly asked: () => readonly string[];
}

interface MockQuery {
    readonly site_id: string;
    readonly metrics: readonly string[];
    readonly dimensions: readonly string[];
    readonly date_range: readonly [string, string];
    readonly pagination: { readonly limit: number; readonly offset: number };
}

export async function startPlausible(): Promise<MockPlausible> {
    const answer = ({ path, method, headers, json }: MockRequest): MockReply => {
        if (path !== '/api/v2/query' || method !== 'POST') return { status: 404, body: '' };
        const { site_id: site, dimensions, metrics, date_range, pagination } = json as MockQuery;
        if (headers.authorization !== 'Bearer stats-key' || site !== 'shop.test') return noAccess;
        if (`${dimensions}` !== 'time:day,visit:channel' || `${metrics}` !== 'visits,pageviews') {
            return failure(400, 'Invalid query');
        }
        const [from, to] = date_range;
        const found = mock.counts
            .filter(({ date }) => date >= from && date <= to)
            .map(({ date, channel, visits }) => ({
                dimensions: [date, channel],
                metrics: [visits, visits * 2],
            }))
            .sort((a, b) => `${a.dimensions}`.localeCompare(`${b.dimensions}`));
        const { offset, limit } = pagination;
        return {
            body: {
                results: found.slice(offset, offset + Math.min(limit, mock.limit)),
                meta: { total_rows: found.length },
                query: { site_id: site, metrics, dimensions, date_range },
            },
        };
    };
    const server = await startMock(answer);
    const mock: MockPlausible = {
        ...server,
        counts: [],
        limit: 10_000,
        asked: () =>
            server.requests.map(({ json }) => {
                const { date_range, pagination } = json as MockQuery;
                return `${date_range.join(' ')} ${pagination.offset}`;
            }),
    };
    return mock;
}
