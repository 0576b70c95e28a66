import { join } from 'node:path';
import { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import { jwtGrant, signAssertion } from '../api/assertion.ts';
import type { Tools } from '../api/connector.ts';
import { createBearerHttp, createGrant } from '../api/oauth.ts';
import type { salesforce } from './settings.ts';

export type SalesforceSettings = z.output<typeof salesforce.schema>;

export interface SalesforceAnswer {
    readonly text: string;
    /** By the clock of the system; milliseconds since 1970. */
    readonly at: number;
}

export interface SalesforceClient {
    /** The answer to a query, deleted records among its records. */
    readonly queryAll: (soql: string) => Promise<SalesforceAnswer>;
    /** The answer to a query, without what was deleted. */
    readonly query: (soql: string) => Promise<SalesforceAnswer>;
    /** @param path below the address of the org, as an answer names it */
    readonly get: (path: string) => Promise<SalesforceAnswer>;
    /** Fields of an object that the user may see. */
    readonly describe: (object: string) => Promise<SalesforceAnswer>;
}

const access =
    'ask an administrator of Salesforce to look at the External Client App and its user (npx jointly connect salesforce)';

const hourMs = 3_600_000;

const errors = z.array(z.object({ errorCode: z.string(), message: z.string().catch('') })).min(1);

const passing = new Set(['SERVER_UNAVAILABLE', 'QUERY_TIMEOUT', 'UNABLE_TO_LOCK_ROW']);

const permissions = 'give the user of the connection the permission set that connect names';

const fixes: Readonly<Record<string, string>> = {
    INVALID_FIELD:
        'let the user of the connection see the field, or correct its API name in fields of the connection',
    INVALID_TYPE: 'let the user of the connection read the object',
    API_DISABLED_FOR_ORG:
        'the edition has no API: it takes Enterprise, or Professional with the API',
    API_CURRENTLY_DISABLED: 'let the user of the connection use the API',
    INSUFFICIENT_ACCESS: permissions,
    INSUFFICIENT_ACCESS_OR_READONLY: permissions,
    UNSUPPORTED_API_VERSION: 'set version of the connection to one of /services/data/ of the org',
    NOT_FOUND: 'set version of the connection to one of /services/data/ of the org',
};

export const classifySalesforce: Classify = (answer, now) => {
    const parsed = errors.safeParse(answer.data);
    if (!parsed.success) return classifyByStatus(answer, now);
    const [{ errorCode: code, message } = { errorCode: '', message: '' }] = parsed.data;
    const why = `${code}: ${message}`;
    if (code === 'REQUEST_LIMIT_EXCEEDED') {
        // Of questions at once it is over in a moment. That of a day slides, and has no announced end.
        const isConcurrent = /concurrent/i.test(message);
        return { kind: 'limit', until: isConcurrent ? undefined : now + hourMs, why };
    }
    if (code === 'INVALID_SESSION_ID' || answer.status === 401) return { kind: 'dead token', why };
    if (passing.has(code) || answer.status >= 500) return { kind: 'retriable', why };
    const fix = fixes[code];
    return { kind: 'our fault', why, ...(fix === undefined ? {} : { fix }) };
};

/** Asks Salesforce over REST. */
export function createSalesforceClient(
    settings: SalesforceSettings,
    { clock, directory, secret }: Tools,
): SalesforceClient {
    const { name, domain, version, address = `https://${domain}` } = settings;
    const clientId = secret('client_id');
    const key = secret(settings.grant === 'jwt' ? 'private_key' : 'client_secret');
    const grant = createGrant({
        connection: name,
        clock,
        url: `${address}/services/oauth2/token`,
        clientId,
        clientSecret: key,
        granted: key,
        file: join(directory, 'token.json'),
        onRefused: access,
        form: async () =>
            settings.grant === 'jwt'
                ? {
                      grant_type: jwtGrant,
                      assertion: await assertionOf(settings, clientId, key, clock.now()),
                  }
                : {
                      grant_type: 'client_credentials',
                      client_id: clientId,
                      client_secret: key,
                  },
    });
    const http = createBearerHttp(grant, {
        connection: name,
        clock,
        classify: classifySalesforce,
        // Counted by the day; this keeps below what an org answers at once.
        perSecond: () => 10,
        onRefused: access,
        secrets: [key],
    });
    const ask = async (path: string, query: Readonly<Record<string, string>> = {}) => {
        const { text, headers } = await http.ask({ url: `${address}${path}`, query });
        const at = Date.parse(headers.get('date') ?? '');
        return { text, at: Number.isNaN(at) ? clock.now() : at };
    };
    return {
        queryAll: (soql) => ask(`/services/data/${version}/queryAll`, { q: soql }),
        query: (soql) => ask(`/services/data/${version}/query`, { q: soql }),
        get: (path) => ask(path),
        describe: (object) => ask(`/services/data/${version}/sobjects/${object}/describe`),
    };
}

const jwtSeconds = 180;

function assertionOf(
    { name, username, audience }: SalesforceSettings,
    clientId: string,
    key: string,
    now: number,
): Promise<string> {
    const exp = Math.floor(now / 1000) + jwtSeconds;
    const claims = {
        iss: clientId,
        aud: audience,
        exp,
        ...(username === undefined ? {} : { sub: username }),
    };
    return signAssertion(
        name,
        claims,
        key,
        'put the key in PEM form into the variable, with \\n for its line ends, or into a file that ..._PRIVATE_KEY_FILE names',
    );
}
