import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export interface MockDeal {
    readonly id: number;
    readonly update_time: string;
    readonly status: string;
    readonly is_archived?: boolean;
    readonly is_deleted?: boolean;
    readonly [field: string]: unknown;
}

export interface MockPipedrive extends MockServer {
    deals: MockDeal[];
    leads: Record<string, unknown>[];
    activities: (Record<string, unknown> & { readonly id: number; readonly update_time: string })[];
    /** Changes of a deal by its id. */
    readonly changes: Record<string, readonly object[]>;
    /** The clock of the system. */
    now: string;
    /** How many records a page holds at most, whatever is asked for. */
    pageSize: number;
    onRequest: (request: MockRequest) => void;
    /** Paths that were asked for, with the change from which. */
    readonly asked: () => readonly string[];
}

/** A refusal as the system writes it. */
export const failure = (status: number, error: string, headers = {}): MockReply => ({
    status,
    headers,
    body: { success: false, error, error_info: 'Please check developers.pipedrive.com' },
});

/** Deals in three lists by cursor, leads by number, and the rest. */
export async function startPipedrive(): Promise<MockPipedrive> {
    const state: Omit<MockPipedrive, keyof MockServer | 'asked'> = {
        deals: [],
        leads: [],
        activities: [],
        changes: {},
        now: '2026-11-29T12:00:00Z',
        pageSize: 500,
        onRequest: () => {},
    };

    /** A cursor stands behind a record: it holds its change and its id. */
    const byCursor = (
        all: readonly { readonly id: number; readonly update_time?: string }[],
        query: URLSearchParams,
    ): MockReply => {
        const isByChange = query.get('sort_by') === 'update_time';
        const placeOf = ({ id, update_time: changed }: (typeof all)[number]) =>
            `${isByChange ? changed : ''} ${String(id).padStart(9, '0')}`;
        const after = Buffer.from(query.get('cursor') ?? '', 'base64').toString();
        const since = query.get('updated_since');
        const rest = all
            .filter((one) => since === null || String(one.update_time) >= since)
            .filter((one) => placeOf(one) > after)
            .sort((one, other) => placeOf(one).localeCompare(placeOf(other)));
        const some = rest.slice(0, Math.min(Number(query.get('limit') ?? 100), state.pageSize));
        const last = some.at(-1);
        const next =
            rest.length > some.length && last
                ? Buffer.from(placeOf(last)).toString('base64')
                : null;
        return { body: { success: true, data: some, additional_data: { next_cursor: next } } };
    };

    const byNumber = (all: readonly object[], query: URLSearchParams): MockReply => {
        const start = Number(query.get('start') ?? 0);
        const limit = Number(query.get('limit') ?? 100);
        const some = all.slice(start, start + limit);
        const pagination = {
            start,
            limit,
            more_items_in_collection: start + limit < all.length,
        };
        return { body: { success: true, data: some, additional_data: { pagination } } };
    };

    const reply = ({ path, query, headers }: MockRequest): MockReply => {
        if (headers['x-api-token'] !== 'user-token') return failure(401, 'unauthorized access');
        const [, changed] = /^\/v1\/deals\/(\d+)\/changelog$/.exec(path) ?? [];
        if (changed) {
            const data = state.changes[changed] ?? [];
            return { body: { success: true, data, additional_data: { next_cursor: null } } };
        }
        const isAmong = (one: MockDeal) =>
            path.endsWith('/archived')
                ? one.is_archived === true && !one.is_deleted
                : one.is_archived !== true &&
                  (one.is_deleted === true) === (query.get('status') === 'deleted');
        switch (path) {
            case '/api/v2/deals':
            case '/api/v2/deals/archived':
                return byCursor(state.deals.filter(isAmong), query);
            case '/api/v2/activities':
                return byCursor(state.activities, query);
            case '/api/v2/stages':
                return byCursor(
                    [
                        { id: 1, name: 'Qualified' },
                        { id: 2, name: 'Proposal' },
                    ] as never,
                    query,
                );
            case '/api/v2/dealFields':
                return {
                    body: {
                        success: true,
                        data: [
                            {
                                field_code: 'a1b2',
                                field_name: 'Product',
                                options: [{ id: 27, label: 'gates' }],
                            },
                            { field_code: 'c3d4', field_name: 'Google Click ID', options: null },
                        ],
                        additional_data: { next_cursor: null },
                    },
                };
            case '/api/v2/persons':
                return {
                    body: {
                        success: true,
                        data: [
                            {
                                id: 5,
                                name: 'Ion Popa',
                                emails: [{ value: 'ion@x.test', primary: true, label: 'work' }],
                            },
                        ],
                        additional_data: { next_cursor: null },
                    },
                };
            case '/v1/users':
                return { body: { success: true, data: [{ id: 7, name: 'Ana Pop' }] } };
            case '/v1/users/me':
                return { body: { success: true, data: { id: 7, company_domain: 'acme' } } };
            case '/v1/leads':
                return byNumber(state.leads, query);
            case '/v1/leads/archived':
                return byNumber([], query);
            default:
                return failure(404, 'Not found');
        }
    };

    const server = await startMock((request) => {
        state.onRequest(request);
        const answer = reply(request);
        const date = new Date(state.now).toUTCString();
        return { ...answer, headers: { ...answer.headers, date } };
    });
    return Object.assign(state, server, {
        asked: () =>
            server.requests.map(({ path, query }) => {
                const said = [query.get('status'), query.get('updated_since')];
                return [path.slice(1), ...said].filter(Boolean).join(' ');
            }),
    });
}
