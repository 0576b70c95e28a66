import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export interface MockRecord {
    readonly id: string;
    readonly properties: Record<string, string | null>;
    readonly history?: Readonly<Record<string, readonly { value: string; timestamp: string }[]>>;
    /** Ids of records on the other side. */
    readonly links?: Readonly<Record<string, readonly string[]>>;
    readonly archivedAt?: string;
}

export interface MockStage {
    readonly id: string;
    readonly label: string;
    readonly metadata: Readonly<Record<string, string | boolean>>;
}

export interface MockOwner {
    readonly id: string;
    readonly email: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly archived: boolean;
}

export interface MockHubspot extends MockServer {
    readonly objects: Record<string, MockRecord[]>;
    owners: readonly MockOwner[];
    /** Ids of records that a search counts and does not show: its pages are short, or empty. */
    hidden: ReadonlySet<string>;
    /** Of the pipeline of deals. */
    stages: readonly MockStage[];
    /** Path and, of a search, its filters. */
    readonly asked: () => readonly string[];
    /** Called before each answer. */
    onRequest: (request: MockRequest) => void;
}

const companyCurrency = 'PLN';
const ceiling = 10_000;

interface SearchBody {
    readonly filterGroups?: readonly {
        readonly filters: readonly { propertyName: string; operator: string; value: string }[];
    }[];
    readonly sorts: readonly { propertyName: string; direction: string }[];
    readonly limit: number;
    readonly after?: string;
}

const error = (status: number, category: string, message: string): MockReply => ({
    status,
    body: { status: 'error', message, correlationId: 'x', category },
});

/** The CRM of HubSpot in its dated version. */
export async function startHubspot(): Promise<MockHubspot> {
    const state: Pick<MockHubspot, 'hidden' | 'objects' | 'onRequest' | 'owners' | 'stages'> = {
        objects: {},
        hidden: new Set(),
        onRequest: () => {},
        owners: usualOwners,
        stages: usualStages,
    };

    const shown = (
        record: MockRecord,
        wanted: readonly string[],
        history: readonly string[] = [],
    ) => ({
        id: record.id,
        properties: Object.fromEntries([
            ['hs_object_id', record.id],
            ...wanted.map((name) => [name, record.properties[name] ?? null]),
        ]),
        ...(history.length === 0
            ? {}
            : {
                  propertiesWithHistory: Object.fromEntries(
                      history.map((name) => [name, record.history?.[name] ?? []]),
                  ),
              }),
        createdAt: record.properties.createdate ?? '2026-01-01T00:00:00Z',
        updatedAt: changeOf(record),
        archived: record.archivedAt !== undefined,
        ...(record.archivedAt === undefined ? {} : { archivedAt: record.archivedAt }),
    });

    const list = (type: string, query: URLSearchParams): MockReply => {
        const words = (name: string) => query.get(name)?.split(',') ?? [];
        const limit = Number(query.get('limit') ?? 10);
        const most = query.has('propertiesWithHistory') ? 50 : 100;
        if (limit > most) return error(400, 'VALIDATION_ERROR', `limit must be at most ${most}`);
        const isArchived = query.get('archived') === 'true';
        const all = (state.objects[type] ?? [])
            .filter((record) => (record.archivedAt !== undefined) === isArchived)
            .filter(({ id }) => Number(id) > Number(query.get('after') ?? 0))
            .sort((one, other) => Number(one.id) - Number(other.id));
        const some = all.slice(0, limit);
        const results = some.map((record) => ({
            ...shown(record, words('properties'), words('propertiesWithHistory')),
            ...(query.has('associations')
                ? {
                      associations: Object.fromEntries(
                          words('associations')
                              .filter((other) => record.links?.[other]?.length)
                              .map((other) => [
                                  other,
                                  { results: listed(type, other, record.links?.[other] ?? []) },
                              ]),
                      ),
                  }
                : {}),
        }));
        const after = some.at(-1)?.id;
        const hasMore = all.length > some.length;
        return {
            body: { results, ...(hasMore ? { paging: { next: { after, link: 'x' } } } : {}) },
        };
    };

    const search = (type: string, body: SearchBody & { properties: string[] }): MockReply => {
        if (body.limit > 200) return error(400, 'VALIDATION_ERROR', 'limit must be at most 200');
        const filters = body.filterGroups?.[0]?.filters ?? [];
        const numberOf = (record: MockRecord, name: string) =>
            name === 'hs_object_id' ? Number(record.id) : Date.parse(record.properties[name] ?? '');
        const matches = (record: MockRecord) =>
            filters.every(({ propertyName, operator, value }) => {
                const own = numberOf(record, propertyName);
                if (operator === 'GTE') return own >= Number(value);
                return operator === 'GT' ? own > Number(value) : own === Number(value);
            });
        const [sort] = body.sorts;
        const sign = sort?.direction === 'DESCENDING' ? -1 : 1;
        const found = (state.objects[type] ?? [])
            .filter((record) => record.archivedAt === undefined && matches(record))
            .sort(
                (one, other) =>
                    sign *
                    (numberOf(one, sort?.propertyName ?? '') -
                        numberOf(other, sort?.propertyName ?? '')),
            );
        const start = Number(body.after ?? 0);
        if (start + body.limit > ceiling) {
            return error(400, 'VALIDATION_ERROR', 'paging through more than 10,000 results');
        }
        const results = found
            .slice(start, start + body.limit)
            .filter(({ id }) => !state.hidden.has(id))
            .map((record) => shown(record, body.properties));
        const next = start + body.limit;
        return {
            body: {
                total: found.length,
                results,
                ...(next < found.length ? { paging: { next: { after: String(next) } } } : {}),
            },
        };
    };

    const batch = (type: string, body: Record<string, unknown>): MockReply => {
        const ids = (body.inputs as { id: string }[]).map(({ id }) => id);
        if (ids.length > 50) return error(400, 'VALIDATION_ERROR', 'at most 50 with history');
        const found = (state.objects[type] ?? []).filter(
            ({ id, archivedAt }) => archivedAt === undefined && ids.includes(id),
        );
        const missing = ids.filter((id) => found.every((record) => record.id !== id));
        const errors = [
            {
                status: 'error',
                category: 'OBJECT_NOT_FOUND',
                message: `Could not get some ${type} objects, they may be deleted or not exist.`,
                context: { ids: missing },
            },
        ];
        return {
            status: missing.length > 0 ? 207 : 200,
            body: {
                status: 'COMPLETE',
                results: found.map((record) =>
                    shown(
                        record,
                        body.properties as string[],
                        body.propertiesWithHistory as string[],
                    ),
                ),
                ...(missing.length > 0 ? { numErrors: 1, errors } : {}),
            },
        };
    };

    const associations = (
        type: string,
        other: string,
        body: Record<string, unknown>,
    ): MockReply => {
        const ids = (body.inputs as { id: string }[]).map(({ id }) => id);
        const linksOf = (id: string) =>
            state.objects[type]?.find((record) => record.id === id)?.links?.[other] ?? [];
        const none = ids.filter((id) => linksOf(id).length === 0);
        const results = ids
            .filter((id) => linksOf(id).length > 0)
            .map((id) => ({
                from: { id },
                to: linksOf(id).map((one, place) => ({
                    toObjectId: Number(one),
                    associationTypes: [
                        { category: 'HUBSPOT_DEFINED', typeId: 3, label: null },
                        ...(other === 'companies' && place === 0
                            ? [{ category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' }]
                            : []),
                    ],
                })),
            }));
        const errors = none.map((id) => ({
            status: 'error',
            category: 'OBJECT_NOT_FOUND',
            subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
            message: `No contact is associated with deal ${id}.`,
            context: { fromObjectId: [id] },
        }));
        return {
            status: none.length > 0 ? 207 : 200,
            body: {
                status: 'COMPLETE',
                results,
                ...(none.length > 0 ? { numErrors: none.length, errors } : {}),
            },
        };
    };

    const answer = (request: MockRequest): MockReply => {
        state.onRequest(request);
        const { path, query, headers } = request;
        if (headers.authorization !== 'Bearer service-key') {
            return error(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
        }
        const body = (request.json ?? {}) as Record<string, unknown>;
        if (path === '/account-info/2026-09/details') {
            const uiDomain = 'app-eu1.hubspot.com';
            return { body: { portalId: 4711, uiDomain, timeZone: 'UTC', companyCurrency } };
        }
        if (path === '/crm/owners/2026-09') {
            const isArchived = query.get('archived') === 'true';
            return {
                body: { results: state.owners.filter(({ archived }) => archived === isArchived) },
            };
        }
        if (path === '/crm/pipelines/2026-09/deals') {
            const pipeline = { id: 'default', label: 'Sales', stages: state.stages };
            return { body: { results: [pipeline] } };
        }
        const [, kind, type = '', rest = ''] =
            /^\/crm\/(objects|associations)\/2026-09\/(\w+)(.*)$/.exec(path) ?? [];
        if (kind === 'associations') return associations(type, rest.split('/')[1] ?? '', body);
        if (kind !== 'objects') return error(404, 'OBJECT_NOT_FOUND', 'no such path');
        if (rest === '/search') return search(type, body as never);
        return rest === '/batch/read' ? batch(type, body) : list(type, query);
    };
    const server = await startMock(answer);
    return Object.assign(state, server, {
        asked: () =>
            server.requests.map(({ method, path, query, json }) => {
                const filters = (json as SearchBody | undefined)?.filterGroups?.[0]?.filters ?? [];
                const said = filters.map(({ operator, value }) => ` ${operator} ${value}`).join('');
                const archived = query.get('archived') === 'true' ? ' archived' : '';
                return `${method} ${path.replace('/crm/', '').replace('/2026-09', '')}${archived}${said}`;
            }),
    });
}

/** Of several companies the first is the primary one; lists name the others before it, and it twice. */
const listed = (type: string, other: string, ids: readonly string[]) => {
    const kind = `${type}_to_${other}`.replaceAll(/s\b|s(?=_)/g, '').replace('companie', 'company');
    if (other !== 'companies') return ids.map((id) => ({ id, type: kind }));
    const all = ids.map((id) => ({ id, type: `${kind}_unlabeled` }));
    return [...all.toReversed(), ...ids.slice(0, 1).map((id) => ({ id, type: kind }))];
};

const changeOf = ({ properties }: MockRecord) =>
    properties.hs_lastmodifieddate ?? properties.lastmodifieddate ?? '2026-01-01T00:00:00Z';

const usualOwners: readonly MockOwner[] = [
    { id: '7', email: 'ana@x.test', firstName: 'Ana', lastName: 'Pop', archived: false },
    { id: '8', email: 'left@x.test', firstName: '', lastName: '', archived: true },
];

const usualStages: readonly MockStage[] = [
    {
        id: 'appointmentscheduled',
        label: 'Appointment',
        metadata: { isClosed: 'false', probability: '0.2' },
    },
    { id: 'closedwon', label: 'Won', metadata: { isClosed: 'true', probability: '1.0' } },
    { id: 'closedlost', label: 'Lost', metadata: { isClosed: 'true', probability: '0.0' } },
];
