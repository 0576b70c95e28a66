import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

type MockItem = Record<string, unknown>;

export interface MockBitrix24 extends MockServer {
    /** Items by entity type: 1 leads, 2 deals. */
    readonly items: Record<number, MockItem[]>;
    /** Entries of the stage history by entity type. */
    readonly entries: Record<number, MockItem[]>;
    activities: MockItem[];
    users: readonly MockItem[];
    /** Words of lists: sources of leads, stages of deals. */
    statuses: readonly MockItem[];
    /** Seconds of work that each answer says its method has done. */
    operating: number;
    onRequest: (request: MockRequest) => void;
    /** Ends the tokens that were given out, as another program does that uses the refresh token. */
    readonly endAccess: () => void;
    /** Methods with their filters. */
    readonly asked: () => readonly string[];
}

export const secret = 'k3y0fth3h00k';
const usualUsers = [{ ID: '7', NAME: 'Анна', LAST_NAME: 'Попова', EMAIL: 'anna@x.test' }];
const usualStatuses = [
    { ENTITY_ID: 'SOURCE', STATUS_ID: 'WEB', NAME: 'Сайт', SEMANTICS: null },
    { ENTITY_ID: 'HONORIFIC', STATUS_ID: 'HNR_1', NAME: null },
    { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'NEW', NAME: 'Новая', SEMANTICS: null },
    { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'WON', NAME: 'Успешна', SEMANTICS: 'S' },
    { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'LOSE', NAME: 'Провал', SEMANTICS: 'F' },
];
const leadFields = {
    ufCrm_1: { title: 'GCLID' },
    title: { title: 'Название' },
    utmCampaign: { title: 'UTM Campaign', upperName: 'UTM_CAMPAIGN' },
};
const dealFields = {
    ufCrm_1640042314192: {
        type: 'enumeration',
        items: [
            { ID: '79', VALUE: 'Ворота' },
            { ID: '80', VALUE: 'Запчасти' },
        ],
        title: 'Линия',
        upperName: 'UF_CRM_1640042314192',
    },
};
const resetAt = Date.parse('2026-11-29T12:10:00Z') / 1000;

/** The answer to one who asks too much, as the portal writes it. */
export const failure = (status: number, error: string): MockReply => ({
    status,
    body: { error, error_description: 'What was wrong.' },
});

/** A portal with its fixed pages of fifty, read by filter and order alone. */
export async function startBitrix24(): Promise<MockBitrix24> {
    const state: Pick<
        MockBitrix24,
        'items' | 'entries' | 'activities' | 'users' | 'statuses' | 'operating' | 'onRequest'
    > = {
        items: {},
        entries: {},
        activities: [],
        users: usualUsers,
        statuses: usualStatuses,
        operating: 1,
        onRequest: () => {},
    };

    const select = (all: readonly MockItem[], body: Record<string, unknown>): MockItem[] => {
        const filters = Object.entries((body.filter ?? {}) as Record<string, string>);
        const [order = ['id', 'ASC']] = Object.entries(
            (body.order ?? {}) as Record<string, string>,
        );
        const sign = order[1] === 'DESC' ? -1 : 1;
        return all
            .filter((item) =>
                filters.every(([name, value]) => {
                    const [, operator, field = ''] = /^(>=|>)(\w+)$/.exec(name) ?? [];
                    const own = comparable(item[field]);
                    return operator === '>' ? own > comparable(value) : own >= comparable(value);
                }),
            )
            .sort((one, other) => sign * (comparable(one[order[0]]) - comparable(other[order[0]])))
            .slice(0, 50);
    };

    const resultOf = (method: string, body: Record<string, unknown>): unknown => {
        const type = Number(body.entityTypeId);
        switch (method) {
            case 'crm.item.list':
                return { items: select(state.items[type] ?? [], body) };
            case 'crm.stagehistory.list':
                return { items: select(state.entries[type] ?? [], body) };
            case 'crm.activity.list':
                return select(state.activities, body);
            case 'crm.item.fields':
                return { fields: type === 1 ? leadFields : dealFields };
            case 'user.get':
                return state.users;
            case 'crm.status.list':
                return state.statuses;
            default:
                return undefined;
        }
    };

    let refreshes = 0;
    /** Each use of a refresh token brings another one, and ends it. */
    const token = (form: URLSearchParams): MockReply => {
        const taken = refreshes === 0 ? 'granted-token' : `refresh-${refreshes}`;
        if (form.get('client_secret') !== 'app-secret') return failure(401, 'invalid_client');
        if (form.get('refresh_token') !== taken) return failure(400, 'invalid_grant');
        refreshes += 1;
        return {
            body: {
                access_token: `access-${refreshes}`,
                refresh_token: `refresh-${refreshes}`,
                expires_in: 3600,
                client_endpoint: 'https://example.bitrix24.com/rest/',
                server_endpoint: 'https://oauth.bitrix24.tech/rest/',
                domain: 'oauth.bitrix24.tech',
                member_id: 'a223c6b3710f85df22e9377d6c4f7553',
                scope: 'crm,user_brief',
                status: 'L',
            },
        };
    };

    const server = await startMock((request) => {
        state.onRequest(request);
        if (request.path === '/oauth/token/') return token(request.form);
        const [, key, method = ''] =
            /^\/rest\/(?:1\/(\w+)\/)?([a-z.]+)\.json$/.exec(request.path) ?? [];
        const body = (request.json ?? {}) as Record<string, unknown>;
        if (key === undefined && body.auth !== `access-${refreshes}`) {
            return failure(401, 'expired_token');
        }
        if (key !== undefined && key !== secret) return failure(401, 'INVALID_CREDENTIALS');
        const result = resultOf(method, body);
        if (result === undefined) return failure(404, 'ERROR_METHOD_NOT_FOUND');
        return {
            body: {
                result,
                time: {
                    start: 1,
                    finish: 2,
                    duration: 1,
                    operating: state.operating,
                    operating_reset_at: resetAt,
                },
            },
        };
    });
    return Object.assign(state, server, {
        endAccess: () => {
            refreshes += 1;
        },
        asked: () =>
            server.requests.map(({ path, json }) => {
                const { entityTypeId, filter } = (json ?? {}) as Record<string, unknown>;
                const method = path.split('/').at(-1)?.replace('.json', '');
                return [method, entityTypeId, filter && JSON.stringify(filter)]
                    .filter(Boolean)
                    .join(' ');
            }),
    });
}

function comparable(value: unknown): number {
    const text = String(value);
    return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
}
