import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export interface MockDocument {
    readonly Ref_Key: string;
    readonly Date: string;
    readonly DeletionMark: boolean;
    readonly Posted: boolean;
    readonly [field: string]: unknown;
}

export interface MockOneC extends MockServer {
    readonly resources: Record<string, MockDocument[]>;
    readonly asked: () => readonly string[];
    onRequest: (request: MockRequest) => void;
}

export const unknownEntity: MockReply = {
    status: 404,
    body: {
        'odata.error': {
            code: '8',
            message: { lang: 'ru', value: 'Сущность "Document_Нет" не найдена' },
        },
    },
};

export const ruble = '11111111-0000-4000-8000-000000000643';
export const euro = '11111111-0000-4000-8000-000000000978';

/** The standard OData interface of an infobase. */
export async function startOneC(): Promise<MockOneC> {
    const resources: Record<string, MockDocument[]> = {};
    const hooks: Pick<MockOneC, 'onRequest'> = { onRequest: () => {} };
    const basic = `Basic ${Buffer.from('Аналитик:пароль').toString('base64')}`;
    const server = await startMock((request): MockReply => {
        hooks.onRequest(request);
        const { path, query, headers } = request;
        if (headers.authorization !== basic) return { status: 401, body: 'Unauthorized' };
        const name = decodeURIComponent(path.replace('/base/odata/standard.odata/', ''));
        if (query.get('$format') !== 'json') return { body: '<feed/>' };
        if (name === 'Catalog_Валюты') {
            return {
                body: {
                    value: [
                        { Ref_Key: ruble, Code: '643', Description: 'руб.' },
                        { Ref_Key: euro, Code: '978', Description: 'EUR' },
                    ],
                },
            };
        }
        const all = resources[name];
        if (all === undefined) return unknownEntity;
        const since = /^Date ge datetime'(.+)'$/.exec(query.get('$filter') ?? '')?.[1] ?? '';
        const start = Number(query.get('$skip') ?? 0);
        const value = all
            .filter((one) => one.Date >= since)
            .toSorted((one, other) =>
                `${one.Date}${one.Ref_Key}` < `${other.Date}${other.Ref_Key}` ? -1 : 1,
            )
            .slice(start, start + Number(query.get('$top') ?? 1000));
        return { body: { 'odata.metadata': 'x', value } };
    });
    return Object.assign(hooks, server, {
        resources,
        asked: () =>
            server.requests.map(
                ({ path, query }) =>
                    `${decodeURIComponent(path.split('/').at(-1) ?? '')} ${query.get('$filter') ?? ''}`,
            ),
    });
}
