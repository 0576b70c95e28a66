import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

/** Errors are words; newer versions say 401 with them, older ones 200. */
export const failure = (status: number, message: string): MockReply => ({
    status,
    body: { result: 'error', message },
});

export const deadToken = failure(
    401,
    'Unable to authenticate with the provided token. It is either invalid, expired or is required to be sent as a POST parameter.',
);
export const noAccess = failure(
    401,
    "You can't access this resource as it requires 'view' access for the website id = 1.",
);

export interface MockVisit {
    readonly id: number;
    /** In UTC; the site is two hours ahead. */
    readonly at: string;
    readonly pages?: number;
}

export interface MockMatomo extends MockServer {
    visits: readonly MockVisit[];
    /** Days and offsets that were asked for. */
    readonly asked: () => readonly string[];
}

export async function startMatomo(): Promise<MockMatomo> {
    const answer = ({ path, method, query, form }: MockRequest): MockReply => {
        // A token in the address would stand in the logs of the server.
        if (query.has('token_auth')) return failure(401, 'the token is in the address');
        if (path !== '/stats/index.php' || method !== 'POST') return { status: 404, body: '' };
        if (form.get('token_auth') !== 'view-token') return deadToken;
        if (form.get('idSite') !== '1') return noAccess;
        if (form.get('method') === 'SitesManager.getSiteFromId') {
            return {
                body: { idsite: '1', name: 'Shop', timezone: 'Europe/Kyiv', currency: 'EUR' },
            };
        }
        const [limit, offset] = [
            Number(form.get('filter_limit')),
            Number(form.get('filter_offset')),
        ];
        const found = mock.visits
            .filter(({ at }) => {
                const local = new Date(Date.parse(at) + 2 * 3_600_000).toISOString().slice(0, 10);
                return local === form.get('date');
            })
            .sort((a, b) => b.id - a.id);
        return {
            body: found.slice(offset, offset + limit).map(({ id, at, pages = 2 }) => ({
                idSite: '1',
                idVisit: id,
                visitorId: `b${id}`.padEnd(16, '0'),
                firstActionTimestamp: Date.parse(at) / 1000,
                referrerType: 'search',
                referrerUrl: '',
                actionDetails: Array.from({ length: pages }, () => ({
                    type: 'action',
                    url: 'https://shop.test/',
                })),
            })),
        };
    };
    const server = await startMock(answer);
    const mock: MockMatomo = {
        ...server,
        visits: [],
        asked: () =>
            server.requests
                .filter(({ form }) => form.get('method') === 'Live.getLastVisitsDetails')
                .map(({ form }) => `${form.get('date')} ${form.get('filter_offset')}`),
    };
    return mock;
}
