import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

/** A record with its own times as texts of ISO 8601. */
export interface MockRecord {
    readonly UpdatedDateUTC: string;
    readonly Date?: string;
    readonly [field: string]: unknown;
}

export interface MockXero extends MockServer {
    readonly payments: MockRecord[];
    readonly invoices: MockRecord[];
    readonly creditNotes: MockRecord[];
    readonly asked: () => readonly string[];
    onRequest: (request: MockRequest) => void;
    /** Records of a page at most, whatever is asked for, and whether the answer says so. */
    largestPage: number;
    saysPage: boolean;
    /** Records that a page has at most, whatever it says. */
    mostGiven: number;
}

export const tenant = '70784a63-d24b-46a9-a4db-0e70a274b056';

/** Each of the four limits. */
export const limits: Readonly<Record<'minute' | 'day' | 'app' | 'concurrent', MockReply>> = {
    minute: {
        status: 429,
        headers: {
            'retry-after': '23',
            'x-rate-limit-problem': 'minute',
            'x-minlimit-remaining': '0',
        },
    },
    day: {
        status: 429,
        headers: {
            'retry-after': '43200',
            'x-rate-limit-problem': 'day',
            'x-daylimit-remaining': '0',
        },
    },
    app: {
        status: 429,
        headers: { 'retry-after': '41', 'x-rate-limit-problem': 'appminute' },
    },
    concurrent: { status: 429, headers: { 'x-rate-limit-problem': 'concurrent' } },
};

export const tokenExpired: MockReply = {
    status: 401,
    body: {
        Type: null,
        Title: 'Unauthorized',
        Status: 401,
        Detail: 'TokenExpired: token expired at 11/29/2026 11:30:00',
        Instance: '04115443-c574-4949-9cfa-102bdb03ca91',
        Extensions: {},
    },
};

const dated = (text: string) => `/Date(${Date.parse(text)}+0000)/`;

/** The accounting API of Xero: lists by time of change, with pages. */
export async function startXero(): Promise<MockXero> {
    const records = {
        payments: [] as MockRecord[],
        invoices: [] as MockRecord[],
        creditNotes: [] as MockRecord[],
    };
    const hooks: Pick<MockXero, 'onRequest' | 'largestPage' | 'mostGiven' | 'saysPage'> = {
        onRequest: () => {},
        largestPage: 1000,
        mostGiven: 1000,
        saysPage: true,
    };
    let refresh = 'first-refresh';
    let count = 0;

    const shown = (record: MockRecord): object => ({
        ...record,
        UpdatedDateUTC: dated(record.UpdatedDateUTC),
        ...(record.Date ? { Date: dated(`${record.Date}T00:00:00Z`) } : {}),
        ...(Array.isArray(record.Payments)
            ? {
                  Payments: record.Payments.map((one: { Date: string }) => ({
                      ...one,
                      Date: dated(`${one.Date}T00:00:00Z`),
                  })),
              }
            : {}),
    });

    const list = (name: string, all: readonly MockRecord[], { query, headers }: MockRequest) => {
        const since = Date.parse(`${headers['if-modified-since'] ?? '1970-01-01T00:00:00'}Z`);
        const ids = query.get('IDs')?.split(',');
        const [, ...date] =
            /Date>=DateTime\((\d+),(\d+),(\d+)\)/.exec(query.get('where') ?? '') ?? [];
        const type = /Type=="(\w+)"/.exec(query.get('where') ?? '')?.[1];
        const size = Math.min(hooks.largestPage, Number(query.get('pageSize') ?? 100));
        const page = Number(query.get('page') ?? 1);
        const start = (page - 1) * size;
        const sign = query.get('order')?.endsWith('DESC') ? -1 : 1;
        const found = all
            .filter((one) => Date.parse(one.UpdatedDateUTC) >= since)
            .filter((one) => ids === undefined || ids.includes(String(one.InvoiceID)))
            .filter((one) => date.length === 0 || String(one.Date) >= date.join('-'))
            .filter((one) => type === undefined || one.Type === type)
            .toSorted(
                (one, other) =>
                    sign * (Date.parse(one.UpdatedDateUTC) - Date.parse(other.UpdatedDateUTC)),
            );
        const pageCount = Math.ceil(found.length / size);
        const pagination = { page, pageSize: size, pageCount, itemCount: found.length };
        return {
            body: {
                Id: 'x',
                Status: 'OK',
                ...(hooks.saysPage ? { pagination } : {}),
                [name]: found.slice(start, start + Math.min(size, hooks.mostGiven)).map(shown),
            },
        };
    };

    const token = ({ form, headers }: MockRequest): MockReply => {
        const basic = `Basic ${Buffer.from('app:app-secret').toString('base64')}`;
        if (headers.authorization !== basic)
            return { status: 401, body: { error: 'invalid_client' } };
        if (form.get('refresh_token') !== refresh) {
            return { status: 400, body: { error: 'invalid_grant' } };
        }
        count += 1;
        refresh = `refresh-${count}`;
        return {
            body: {
                access_token: `access-${count}`,
                refresh_token: refresh,
                expires_in: 1800,
                token_type: 'Bearer',
            },
        };
    };

    const server = await startMock((request): MockReply => {
        hooks.onRequest(request);
        const { path, headers } = request;
        if (path === '/connect/token') return token(request);
        if (headers.authorization !== `Bearer access-${count}`) return tokenExpired;
        if (headers['xero-tenant-id'] !== tenant) {
            return {
                status: 403,
                body: { Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' },
            };
        }
        // Without it, answers are XML.
        if (headers.accept !== 'application/json') return { body: '<Response/>' };
        const [, kind, id] = /^\/api\.xro\/2\.0\/(\w+)(?:\/(.+))?$/.exec(path) ?? [];
        if (kind === 'Organisation') {
            return { body: { Organisations: [{ Name: 'Demo', BaseCurrency: 'GBP' }] } };
        }
        if (kind === 'Payments') return list('Payments', records.payments, request);
        if (kind === 'Invoices') return list('Invoices', records.invoices, request);
        if (kind === 'CreditNotes' && id) {
            const found = records.creditNotes.filter(({ CreditNoteID }) => CreditNoteID === id);
            return { body: { CreditNotes: found.map(shown) } };
        }
        return { status: 404 };
    });
    return Object.assign(hooks, server, records, {
        asked: () =>
            server.requests
                .filter(({ path }) => path.startsWith('/api'))
                .map(({ path, headers }) =>
                    `${path.slice(13)} ${headers['if-modified-since'] ?? ''}`.trim(),
                ),
    });
}
