import { type MockReply, type MockServer, startMock } from '../api/mock-server.ts';

export interface MockTransaction {
    readonly id: string;
    readonly amount: number;
    readonly currency: string;
    readonly created: number;
    readonly reporting_category: string;
    readonly source: {
        readonly id: string;
        readonly object: string;
        readonly [key: string]: unknown;
    } | null;
}

export interface MockStripe extends MockServer {
    transactions: MockTransaction[];
    onRequest: () => void;
    /** Windows that were asked for: `from to after`. */
    readonly asked: () => readonly string[];
}

export const failure = (status: number, error: object, headers = {}): MockReply => ({
    status,
    headers,
    body: { error: { message: 'What was wrong.', type: 'invalid_request_error', ...error } },
});

/** The ledger, the latest first; the page after a transaction begins behind it. */
export async function startStripe(): Promise<MockStripe> {
    const state: Pick<MockStripe, 'transactions' | 'onRequest'> = {
        transactions: [],
        onRequest: () => {},
    };
    const server = await startMock(({ path, query, headers }) => {
        state.onRequest();
        if (headers.authorization !== 'Bearer rk_test_key') {
            return failure(401, { message: 'Invalid API Key provided: rk_****' });
        }
        if (path !== '/v1/balance_transactions') return failure(404, {});
        const from = Number(query.get('created[gte]') ?? 0);
        const to = Number(query.get('created[lt]') ?? Number.MAX_SAFE_INTEGER);
        // The order of one second is that in which they were written, the latest first.
        const all = state.transactions
            .map((one, index) => ({ one, index }))
            .sort((left, right) => right.one.created - left.one.created || right.index - left.index)
            .map(({ one }) => one)
            .filter(({ created }) => created >= from && created < to);
        const after = query.get('starting_after');
        const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
        const limit = Number(query.get('limit') ?? 10);
        const data = all.slice(start, start + limit).map((one) => ({
            object: 'balance_transaction',
            ...one,
            source: query.get('expand[]') === 'data.source' ? one.source : one.source?.id,
        }));
        return {
            body: { object: 'list', url: path, has_more: start + limit < all.length, data },
        };
    });
    return Object.assign(state, server, {
        asked: () =>
            server.requests
                .filter(({ query }) => query.has('created[gte]'))
                .map(({ query }) =>
                    ['created[gte]', 'created[lt]', 'starting_after']
                        .map((name) => query.get(name) ?? '')
                        .join(' ')
                        .trim(),
                ),
    });
}
