import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export type MockEntity = Record<string, unknown> & { readonly id: number };

export interface MockAmocrm extends MockServer {
    leads: MockEntity[];
    contacts: MockEntity[];
    events: (Record<string, unknown> & { readonly created_at: number })[];
    notes: MockEntity[];
    tasks: MockEntity[];
    /** Whether the account has bought API filtering. */
    isFiltering: boolean;
    /** The clock of the system. */
    now: string;
    /** How many records a page holds at most, whatever is asked for. */
    pageSize: number;
    /** Called before each answer. */
    onRequest: (request: MockRequest) => void;
    /** Refresh token that is taken at the moment. */
    readonly refreshToken: () => string;
    /** Lists that were asked for, with what was asked of them. */
    readonly asked: () => readonly string[];
}

/** A refusal as the system writes it. */
export const problem = (status: number, title: string, more = {}): MockReply => ({
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { title, type: `https://httpstatus.es/${status}`, status, ...more },
});

const revoked = problem(401, 'Некорректный запрос', {
    hint: 'Token has been revoked',
    detail: 'В запросе отсутствует ряд параметров или параметры невалидны',
});

const stage = (id: number, name: string) => ({ id, name, pipeline_id: 77 });

const pipelines = [
    {
        id: 77,
        name: 'Воронка',
        _embedded: {
            statuses: [
                stage(501, 'Первичный контакт'),
                stage(142, 'Успешно реализовано'),
                stage(143, 'Закрыто и не реализовано'),
            ],
        },
    },
];

/** An account with one pipeline, its lists with numbered pages, and 204 where there is nothing. */
export async function startAmocrm(): Promise<MockAmocrm> {
    const state: Omit<MockAmocrm, keyof MockServer | 'refreshToken' | 'asked'> = {
        leads: [],
        contacts: [],
        events: [],
        notes: [],
        tasks: [],
        isFiltering: true,
        now: '2026-11-29T12:00:00Z',
        pageSize: 250,
        onRequest: () => {},
    };
    let refreshes = 0;
    const refreshToken = () => (refreshes === 0 ? 'granted-token' : `refresh-${refreshes}`);

    const list = (
        name: string,
        all: readonly Record<string, unknown>[],
        query: URLSearchParams,
        isFiltering = true,
    ): MockReply => {
        const number = (key: string, otherwise: number) => Number(query.get(key) ?? otherwise);
        const among = (key: string) =>
            [...query].flatMap(([found, value]) =>
                found.startsWith(`filter[${key}][`) ? [value] : [],
            );
        const changed = isFiltering ? number('filter[updated_at][from]', 0) : 0;
        const ids = isFiltering ? among('id') : [];
        const types = among('type');
        const matching = all.filter(
            (one) =>
                Number(one.updated_at ?? one.created_at) >= changed &&
                Number(one.created_at) >= number('filter[created_at][from]', 0) &&
                Number(one.created_at) <= number('filter[created_at][to]', 1e12) &&
                (ids.length === 0 || ids.includes(String(one.id))) &&
                (types.length === 0 || types.includes(String(one.type))),
        );
        const isByChange = query.has('order[updated_at]');
        matching.sort((one, other) =>
            isByChange
                ? Number(other.updated_at) - Number(one.updated_at)
                : Number(one.id) - Number(other.id) || 0,
        );
        const limit = Math.min(number('limit', 50), state.pageSize);
        const page = number('page', 1);
        const some = matching.slice((page - 1) * limit, page * limit);
        if (some.length === 0) return { status: 204 };
        const href = `https://example.amocrm.ru/api/v4/${name}?page=${page + 1}`;
        const links = page * limit < matching.length ? { next: { href } } : {};
        return { body: { _page: page, _links: links, _embedded: { [name]: some } } };
    };

    const token = (form: URLSearchParams): MockReply => {
        if (form.get('refresh_token') !== refreshToken()) return revoked;
        refreshes += 1;
        return {
            body: {
                token_type: 'Bearer',
                expires_in: 86_400,
                access_token: `access-${refreshes}`,
                refresh_token: `refresh-${refreshes}`,
            },
        };
    };

    const reply = ({ path, query, headers, form }: MockRequest): MockReply => {
        if (path === '/oauth2/access_token') return token(form);
        const taken = refreshes === 0 ? 'long-lived-token' : `access-${refreshes}`;
        if (headers.authorization !== `Bearer ${taken}`) {
            return problem(401, 'Unauthorized', { detail: 'Неверный логин или пароль' });
        }
        const { isFiltering } = state;
        switch (path.replace('/api/v4/', '')) {
            case 'account':
                return {
                    body: { id: 1, currency: 'RUB', is_api_filter_enabled: isFiltering },
                };
            case 'users':
                return list('users', [{ id: 7, name: 'Анна Попова', created_at: 1 }], query);
            case 'leads/pipelines':
                return { body: { _embedded: { pipelines } } };
            case 'leads':
                return list('leads', state.leads, query, isFiltering);
            case 'contacts':
                return list('contacts', state.contacts, query, isFiltering);
            case 'events':
                return list('events', state.events, query);
            case 'leads/notes':
                return list('notes', state.notes, query);
            case 'tasks':
                return list('tasks', state.tasks, query);
            default:
                return problem(404, 'Not Found');
        }
    };

    const server = await startMock((request) => {
        state.onRequest(request);
        const answer = reply(request);
        const date = new Date(state.now).toUTCString();
        return { ...answer, headers: { ...answer.headers, date } };
    });
    return Object.assign(state, server, {
        refreshToken,
        asked: () =>
            server.requests.map(({ path, query }) => {
                const since = query.get('filter[updated_at][from]');
                const from = query.get('filter[created_at][from]');
                const order = query.get('order[updated_at]');
                const said = [since && `changed ${since}`, from && `created ${from}`, order];
                return [path.replace('/api/v4/', ''), ...said].filter(Boolean).join(' ');
            }),
    });
}
