import { createVerify } from 'node:crypto';
import {
    type MockReply,
    type MockRequest,
    type MockServer,
    startMock,
} from '../api/mock-server.ts';

export type MockRecord = Record<string, unknown> & { readonly Id: string };

export interface MockSalesforce extends MockServer {
    /** Records by the name of their object. */
    readonly objects: Record<string, MockRecord[]>;
    /** Whether the org has several currencies. */
    hasCurrencies: boolean;
    /** The clock of the system. */
    now: string;
    /** How many records an answer holds at most, whatever is asked for. */
    batchSize: number;
    /** Key that a signed request has to fit. */
    publicKey: string;
    onRequest: (request: MockRequest) => void;
    /** Ends the present session. */
    readonly endSession: () => void;
    /** Queries that were asked, without what they select. */
    readonly asked: () => readonly string[];
}

/** A refusal as the system writes it: a list of errors. */
export const failure = (
    status: number,
    errorCode: string,
    message = 'What was wrong',
): MockReply => ({
    status,
    body: [{ errorCode, message }],
});

/** An org that answers the queries that are asked of it here, and no others. */
export async function startSalesforce(): Promise<MockSalesforce> {
    const state: Omit<MockSalesforce, keyof MockServer | 'endSession' | 'asked'> = {
        objects: {
            User: [{ Id: '005000000000001AAA', Name: 'Ana Pop' }],
            Organization: [{ Id: '00D000000000001AAA', TimeZoneSidKey: 'America/Los_Angeles' }],
        },
        hasCurrencies: false,
        now: '2026-11-29T12:00:00Z',
        batchSize: 2000,
        publicKey: '',
        onRequest: () => {},
    };
    let session = 0;
    const rests = new Map<string, readonly object[]>();

    const timeOf = (value: unknown) => Date.parse(String(value));
    const matches = (record: MockRecord, where: string): boolean => {
        const [, field = '', list] = /^(\w+) IN \((.*)\)$/.exec(where) ?? [];
        if (list !== undefined) return list.includes(`'${record[field]}'`);
        const behind = /^\((\w+) > (\S+) OR \(\w+ = \S+ AND Id > '(\w+)'\)\)$/.exec(where);
        if (behind) {
            const [, name = '', since, id = ''] = behind;
            const [own, other] = [timeOf(record[name]), timeOf(since)];
            return own > other || (own === other && record.Id > id);
        }
        const from = /^(\w+) >= (\S+)$/.exec(where);
        if (from) return timeOf(record[from[1] as string]) >= timeOf(from[2]);
        const after = /^Id > '(\w+)'$/.exec(where);
        if (after) return record.Id > (after[1] as string);
        throw new TypeError(`the mock does not know ${where}`);
    };

    const page = (records: readonly object[], totalSize: number): MockReply => {
        const some = records.slice(0, state.batchSize);
        const rest = records.slice(some.length);
        if (rest.length === 0) return { body: { totalSize, done: true, records: some } };
        const nextRecordsUrl = `/services/data/v67.0/query/01g${rests.size}-${some.length}`;
        rests.set(nextRecordsUrl, rest);
        return { body: { totalSize, done: false, nextRecordsUrl, records: some } };
    };

    const query = (soql: string, isAll: boolean): MockReply => {
        const parts =
            /^SELECT (.+) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (\w+) ASC(?:, Id ASC)?)?(?: LIMIT (\d+))?$/.exec(
                soql,
            );
        if (!parts) return failure(400, 'MALFORMED_QUERY', `unexpected token in ${soql}`);
        const [, fields = '', object = '', where, order, limit] = parts;
        const names = fields.split(', ');
        if (names.includes('CurrencyIsoCode') && !state.hasCurrencies) {
            return failure(400, 'INVALID_FIELD', "No such column 'CurrencyIsoCode'");
        }
        const found = (state.objects[object] ?? [])
            .filter((one) => isAll || one.IsDeleted !== true)
            .filter((one) => where === undefined || matches(one, where));
        const placeOf = (one: MockRecord) =>
            `${order && order !== 'Id' ? new Date(timeOf(one[order])).toISOString() : ''} ${one.Id}`;
        if (order) found.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
        const some = limit ? found.slice(0, Number(limit)) : found;
        const records = some.map((one) => ({
            attributes: { type: object },
            ...Object.fromEntries(names.map((name) => [name, one[name] ?? null])),
        }));
        return page(records, records.length);
    };

    const token = (form: URLSearchParams): MockReply => {
        const refuse = (error: string, why: string): MockReply => ({
            status: 400,
            body: { error, error_description: why },
        });
        if (form.get('grant_type') === 'client_credentials') {
            if (form.get('client_secret') !== 'consumer-secret') {
                return refuse('invalid_client', 'invalid client credentials');
            }
        } else {
            const [head, claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
            const verify = createVerify('RSA-SHA256').update(`${head}.${claims}`);
            const said = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}');
            const isSigned = verify.verify(state.publicKey, signature, 'base64url');
            if (!isSigned || said.sub !== 'reports@example.com' || !said.exp) {
                return refuse('invalid_grant', "user hasn't approved this consumer");
            }
        }
        session += 1;
        return {
            body: {
                access_token: `session-${session}`,
                instance_url: 'https://example.my.salesforce.com',
                token_type: 'Bearer',
                issued_at: '1790000000000',
            },
        };
    };

    const reply = ({ path, query: asked, headers, form }: MockRequest): MockReply => {
        if (path === '/services/oauth2/token') return token(form);
        if (headers.authorization !== `Bearer session-${session}`) {
            return failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
        }
        const rest = rests.get(path);
        if (rest) return page(rest, rest.length);
        const soql = asked.get('q') ?? '';
        switch (path.replace('/services/data/v67.0/', '')) {
            case 'query':
                return query(soql, false);
            case 'queryAll':
                return query(soql, true);
            case 'sobjects/Lead/describe':
                return {
                    body: { fields: ['Id', 'UTM_Source__c', 'GCLID__c'].map((name) => ({ name })) },
                };
            case 'sobjects/Opportunity/describe': {
                const names = ['Id', ...(state.hasCurrencies ? ['CurrencyIsoCode'] : [])];
                return { body: { fields: names.map((name) => ({ name })) } };
            }
            default:
                return failure(404, 'NOT_FOUND', 'The requested resource does not exist');
        }
    };

    const server = await startMock((request) => {
        state.onRequest(request);
        const answer = reply(request);
        const date = new Date(state.now).toUTCString();
        return { ...answer, headers: { ...answer.headers, date } };
    });
    return Object.assign(state, server, {
        endSession: () => {
            session += 1;
        },
        asked: () =>
            server.requests.flatMap(({ query: asked }) => {
                const soql = asked.get('q');
                return soql
                    ? [soql.replace(/^SELECT .+? FROM /, '').replace(/ ORDER BY.*$/, '')]
                    : [];
            }),
    });
}
