import type { z } from 'zod';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { errorBody, partial } from './records.ts';
import type { hubspot } from './settings.ts';

export type HubspotSettings = z.output<typeof hubspot.schema>;

export interface HubspotClient {
    /** Number and address of the account. */
    readonly account: () => Promise<string>;
    readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<string>;
    readonly search: (object: string, body: object) => Promise<string>;
    readonly batch: (path: string, body: object) => Promise<string>;
}

const access =
    'ask a super admin of HubSpot for a new service key (npx jointly connect hubspot) and put it in the environment';

/**
 * A record that has none on the other side is no error, nor is one that was archived since the search
 * found it: it stands in the list of those.
 */
const noError = 'OBJECT_NOT_FOUND';
const noAssociations = 'crm.associations.NO_ASSOCIATIONS_FOUND';

export const classifyHubspot: Classify = (answer, now) => {
    const { status, headers, data } = answer;
    const body = errorBody.safeParse(data);
    const message = body.success ? body.data.message : '';
    const why = `status ${status}${message ? `: ${message}` : ''}`;
    if (status === 429) {
        const isDaily = body.success && /daily/i.test(body.data.policyName ?? '');
        const until = isDaily ? nextMidnight(now) : retryAfter(headers, now);
        return { kind: 'limit', until, why };
    }
    if (status === 207) {
        const errors = partial.safeParse(data).data?.errors ?? [];
        const lost = errors.find(
            ({ category, subCategory }) => category !== noError && subCategory !== noAssociations,
        );
        // One that does not say which of its parts are missing may lack any.
        return lost || errors.length === 0
            ? { kind: 'retriable', why: `${why} ${lost?.message ?? ''}`.trim() }
            : { kind: 'ok' };
    }
    // Moved to another data centre, or locked for a moment.
    if (status === 477 || status === 423) return { kind: 'retriable', why };
    if (status === 403) {
        const fix = 'give the service key the read scopes that npx jointly connect hubspot names';
        return { kind: 'our fault', why, fix };
    }
    const verdict = classifyByStatus(answer, now);
    if (verdict.kind !== 'ok') return { ...verdict, why };
    const interval = Number(headers.get('x-hubspot-ratelimit-interval-milliseconds'));
    const isUsedUp = headers.get('x-hubspot-ratelimit-remaining') === '0';
    return isUsedUp && interval > 0 ? { kind: 'ok', waitUntil: now + interval } : verdict;
};

/** The day of a limit is that of the account, which is not said: the run ends, whichever it is. */
function nextMidnight(now: number): number {
    return (Math.floor(now / 86_400_000) + 1) * 86_400_000;
}

/** Asks HubSpot. */
export function createHubspotClient(
    settings: HubspotSettings,
    { clock, secret }: Tools,
): HubspotClient {
    const { name, version, address = 'https://api.hubapi.com' } = settings;
    const token = secret('token');
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyHubspot,
        // What every plan allows; search has a budget of its own.
        perSecond: (family) => (family === 'search' ? 4 : 10),
        authorise: async () => ({ authorization: `Bearer ${token}` }),
        onRefused: access,
        secrets: [token],
    });
    return {
        account: async () =>
            (await http.ask({ url: `${address}/account-info/${version}/details` })).text,
        get: async (path, query = {}) =>
            (await http.ask({ url: `${address}/crm/${path.replace('*', version)}`, query })).text,
        search: async (object, body) => {
            const url = `${address}/crm/objects/${version}/${object}/search`;
            return (await http.ask({ url, method: 'POST', json: body, family: 'search' })).text;
        },
        batch: async (path, body) => {
            const url = `${address}/crm/${path.replace('*', version)}`;
            return (await http.ask({ url, method: 'POST', json: body })).text;
        },
    };
}
