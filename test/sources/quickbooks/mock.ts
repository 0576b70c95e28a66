import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export interface MockDocument {
    readonly Id: string;
    readonly TxnDate: string;
    readonly TotalAmt: number;
    readonly changed: string;
    readonly [field: string]: unknown;
}

export interface MockQuickbooks extends MockServer {
    readonly entities: Record<string, MockDocument[]>;
    /** What was deleted: kind, id and when. */
    readonly deleted: { readonly entity: string; readonly id: string; readonly at: string }[];
    readonly refreshTokens: string[];
    readonly asked: () => readonly string[];
    onRequest: (request: MockRequest) => void;
    now: () => number;
}

const mostChanges = 1000;

export const throttled: MockReply = {
    status: 429,
    body: {
        Fault: {
            Error: [
                {
                    Message: 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
                    Detail: 'The request limit was reached.',
                    code: '3001',
                },
            ],
            type: 'SERVICE',
        },
    },
};

export const authenticationFailed: MockReply = {
    status: 401,
    body: {
        fault: {
            error: [
                {
                    message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
                    code: '3200',
                },
            ],
            type: 'AUTHENTICATION',
        },
    },
};

/** The accounting API of QuickBooks Online: its query language as far as it is used, and changes. */
export async function startQuickbooks(): Promise<MockQuickbooks> {
    const entities: Record<string, MockDocument[]> = {};
    const deleted: MockQuickbooks['deleted'] = [];
    const refreshTokens = ['first-refresh'];
    const hooks: Pick<MockQuickbooks, 'onRequest' | 'now'> = {
        onRequest: () => {},
        now: () => Date.now(),
    };
    let access = '';

    const shown = ({ changed, ...document }: MockDocument) => ({
        domain: 'QBO',
        sparse: false,
        SyncToken: '0',
        ...document,
        MetaData: { CreateTime: changed, LastUpdatedTime: changed },
    });

    const query = (text: string): MockReply => {
        const [, entity = '', where = '', order = 'Id', sign = '', most = '100'] =
            /^select .+? from (\w+)(?: where (.+?))?(?: orderby (\S+) (asc|desc))?(?: maxresults (\d+))?$/.exec(
                text,
            ) ?? [];
        if (Number(most) > 1000) return fault('MaxResults is at most 1000');
        if (entity === 'Preferences') {
            const prefs = { MultiCurrencyEnabled: true, HomeCurrency: { value: 'USD' } };
            return { body: { QueryResponse: { Preferences: [{ CurrencyPrefs: prefs }] } } };
        }
        if (entity === '') return fault(`QueryParserError: ${text}`);
        const found = (entities[entity] ?? [])
            .filter((one) => where === '' || where.split(' and ').every((part) => holds(one, part)))
            .sort((one, other) => {
                const byId = Number(one.Id) - Number(other.Id);
                const byChange = Date.parse(one.changed) - Date.parse(other.changed) || byId;
                return (order === 'Id' ? byId : byChange) * (sign === 'desc' ? -1 : 1);
            })
            .slice(0, Number(most));
        return {
            body: {
                QueryResponse:
                    found.length === 0
                        ? {}
                        : {
                              [entity]: found.map(shown),
                              startPosition: 1,
                              maxResults: found.length,
                          },
                time: '2026-11-29T04:00:00.000-08:00',
            },
        };
    };

    const changes = ({ query: asked }: MockRequest): MockReply => {
        const since = Date.parse(asked.get('changedSince') ?? '');
        const lists = (asked.get('entities') ?? '').split(',').map((entity) => {
            const gone = deleted
                .filter((one) => one.entity === entity && Date.parse(one.at) >= since)
                .map(({ id, at }) => ({
                    domain: 'QBO',
                    status: 'Deleted',
                    Id: id,
                    MetaData: { LastUpdatedTime: at },
                }));
            const alive = (entities[entity] ?? []).filter(
                (one) => Date.parse(one.changed) >= since,
            );
            const records = [...alive.map(shown), ...gone].slice(0, mostChanges);
            return records.length === 0
                ? {}
                : { [entity]: records, startPosition: 1, maxResults: records.length };
        });
        return {
            body: {
                CDCResponse: [{ QueryResponse: lists }],
                time: new Date(hooks.now()).toISOString(),
            },
        };
    };

    const token = ({ headers, form }: MockRequest): MockReply => {
        const basic = `Basic ${Buffer.from('app:app-secret').toString('base64')}`;
        if (headers.authorization !== basic) {
            return { status: 401, body: { error: 'invalid_client' } };
        }
        if (form.get('refresh_token') !== refreshTokens.at(-1)) {
            return {
                status: 400,
                body: {
                    error: 'invalid_grant',
                    error_description: 'Incorrect Token type or clientID',
                },
            };
        }
        refreshTokens.push(`refresh-${refreshTokens.length}`);
        access = `access-${refreshTokens.length}`;
        return {
            body: {
                token_type: 'bearer',
                access_token: access,
                refresh_token: refreshTokens.at(-1),
                expires_in: 3600,
                x_refresh_token_expires_in: 8_726_400,
            },
        };
    };

    const server = await startMock((request): MockReply => {
        hooks.onRequest(request);
        const { path, headers, query: asked } = request;
        if (path === '/oauth2/v1/tokens/bearer') return token(request);
        if (headers.authorization !== `Bearer ${access}`) return authenticationFailed;
        if (!path.startsWith('/v3/company/4620/') || asked.get('minorversion') !== '75') {
            return fault('wrong company or version');
        }
        return path.endsWith('/cdc') ? changes(request) : query(asked.get('query') ?? '');
    });
    return Object.assign(hooks, server, {
        entities,
        deleted,
        refreshTokens,
        asked: () =>
            server.requests
                .filter(({ path }) => path.startsWith('/v3'))
                .map(({ path, query: asked }) =>
                    path.endsWith('/cdc')
                        ? `cdc ${asked.get('entities')} ${asked.get('changedSince')}`
                        : (asked.get('query') ?? ''),
                ),
    });
}

function fault(Detail: string): MockReply {
    return {
        status: 400,
        body: {
            Fault: {
                Error: [{ Message: 'Error parsing query', Detail, code: '4000' }],
                type: 'ValidationFault',
            },
        },
    };
}

function holds(document: MockDocument, condition: string): boolean {
    const [, field, sign, value = ''] = /^(\S+) (>=|>|=|in) (.+)$/.exec(condition) ?? [];
    const words = [...value.matchAll(/'([^']*)'/g)].map(([, word = '']) => word);
    if (field === 'Id' && sign === 'in') return words.includes(document.Id);
    const time = field === 'TxnDate' ? document.TxnDate : document.changed;
    const [own, wanted] =
        field === 'Id'
            ? [Number(document.Id), Number(words[0])]
            : [Date.parse(time), Date.parse(words[0] ?? '')];
    if (sign === '=') return own === wanted;
    return sign === '>' ? own > wanted : own >= wanted;
}
