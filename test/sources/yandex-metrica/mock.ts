import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export const failure = (status: number, type: string): MockReply => ({
    status,
    body: {
        errors: [{ error_type: type, message: 'What was wrong' }],
        code: status,
        message: 'What was wrong',
    },
});

export const header =
    'ym:s:visitID\tym:s:clientID\tym:s:dateTime\tym:s:startURL\tym:s:referer\tym:s:pageViews\tym:s:lastTrafficSource\t' +
    'ym:s:lastUTMSource\tym:s:lastUTMMedium\tym:s:lastUTMCampaign\tym:s:lastUTMContent\tym:s:lastUTMTerm\tym:s:lastDirectClickOrder';

export interface MockVisit {
    readonly id: string;
    /** By the clock of the counter. */
    readonly at: string;
    readonly pageViews?: number;
    /** What else the log says, by the names of its columns. */
    readonly said?: Readonly<Record<string, string>>;
}

const usual: Readonly<Record<string, string>> = {
    'ym:s:startURL': 'https://shop.test/?a=1',
    'ym:s:lastTrafficSource': 'ad',
    'ym:s:lastUTMSource': 'yandex',
    'ym:s:lastUTMMedium': 'cpc',
    'ym:s:lastDirectClickOrder': '77',
};

export const lineOf = ({ id, at, pageViews = 2, said = usual }: MockVisit) => {
    const cells: Readonly<Record<string, string>> = {
        'ym:s:visitID': id,
        'ym:s:clientID': `client-${id}`,
        'ym:s:dateTime': at,
        'ym:s:pageViews': String(pageViews),
        ...said,
    };
    return header
        .split('\t')
        .map((column) => cells[column] ?? '')
        .join('\t');
};

export interface MockYandexMetrica extends MockServer {
    visits: readonly MockVisit[];
    /** Days that fit into the quota. */
    quotaDays: number;
    /** Of the counter. */
    timezone: string;
    /** Days that were ordered: `2026-11-01 2026-11-28`. */
    readonly ordered: () => readonly string[];
    /** Logs that take up space. */
    readonly prepared: () => number;
}

/** The Logs API: logs are made at the second poll, and come in parts. */
export async function startYandexMetrica(partSize = 2): Promise<MockYandexMetrica> {
    const orders: {
        readonly from: string;
        readonly to: string;
        polls: number;
        isClean: boolean;
    }[] = [];
    const partsOf = (order: { readonly from: string; readonly to: string }) => {
        const found = mock.visits.filter(({ at }) => {
            const day = at.slice(0, 10);
            return day >= order.from && day <= order.to;
        });
        const parts: MockVisit[][] = [];
        for (let at = 0; at < found.length; at += partSize)
            parts.push(found.slice(at, at + partSize));
        return parts;
    };
    const answer = ({ path, method, query, headers }: MockRequest): MockReply => {
        if (headers.authorization !== 'OAuth metrika-token') return failure(403, 'invalid_token');
        const root = '/management/v1/counter/12345678';
        if (path === root) {
            const counter = { id: 12345678, name: 'Shop', time_zone_name: mock.timezone };
            return { body: { counter } };
        }
        const [from, to] = [query.get('date1') ?? '', query.get('date2') ?? ''];
        if (path === `${root}/logrequests/evaluate`) {
            const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
            const evaluation = {
                possible: days <= mock.quotaDays,
                max_possible_day_quantity: mock.quotaDays,
            };
            return { body: { log_request_evaluation: evaluation } };
        }
        if (path === `${root}/logrequests` && method === 'POST') {
            orders.push({ from, to, polls: 0, isClean: false });
            const request = { request_id: orders.length, counter_id: 12345678, status: 'created' };
            return { body: { log_request: request } };
        }
        const [, id, rest = ''] = /\/logrequest\/(\d+)(\/.+)?$/.exec(path) ?? [];
        const order = orders[Number(id) - 1];
        if (order === undefined) return failure(404, 'not_found');
        const [, part] = /^\/part\/(\d+)\/download$/.exec(rest) ?? [];
        if (part !== undefined) {
            const visits = partsOf(order)[Number(part)];
            if (order.isClean || visits === undefined) return failure(400, 'invalid_parameter');
            return { body: `${[header, ...visits.map(lineOf)].join('\n')}\n` };
        }
        if (rest === '/clean') order.isClean = true;
        const isReady = rest === '' && order.polls++ > 0;
        const parts = partsOf(order).map((_, part_number) => ({ part_number, size: 1 }));
        const status = order.isClean ? 'cleaned_by_user' : isReady ? 'processed' : 'created';
        return {
            body: {
                log_request: { request_id: Number(id), status, ...(isReady ? { parts } : {}) },
            },
        };
    };
    const server = await startMock(answer);
    const mock: MockYandexMetrica = {
        ...server,
        visits: [],
        quotaDays: 365,
        timezone: 'Asia/Yekaterinburg',
        ordered: () =>
            server.requests
                .filter(({ path, method }) => path.endsWith('/logrequests') && method === 'POST')
                .map(({ query }) => `${query.get('date1')} ${query.get('date2')}`),
        prepared: () => orders.filter(({ isClean }) => !isClean).length,
    };
    return mock;
}
