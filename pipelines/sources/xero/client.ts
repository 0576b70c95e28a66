import { z } from 'zod';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createGrantedHttp } from '../api/oauth.ts';
import type { xero } from './settings.ts';

export type XeroSettings = z.output<typeof xero.schema>;

export interface XeroClient {
    /** @param modifiedSince only what changed after it, in whole seconds of UTC */
    readonly get: (
        path: string,
        query?: Readonly<Record<string, string>>,
        modifiedSince?: string,
    ) => Promise<string>;
}

const access =
    'ask an adviser of the Xero organisation to consent anew (npx jointly connect xero) and put the new refresh token in the environment';

const problem = z.object({
    Title: z.string().nullish(),
    Detail: z.string().nullish(),
    Message: z.string().nullish(),
});

const minute = 60_000;

export const classifyXero: Classify = (answer, now) => {
    const { status, headers, data } = answer;
    const body = problem.safeParse(data).data;
    const said = body?.Detail || body?.Message || body?.Title;
    if (status === 429) {
        const which = headers.get('x-rate-limit-problem') ?? '';
        const why = `status 429, ${which || 'no word of which limit'}`;
        return { kind: 'limit', until: retryAfter(headers, now) ?? now + pauseOf(which, now), why };
    }
    const why = `status ${status}${said ? `: ${said}` : ''}`;
    if (status === 403) {
        const fix = 'check tenant_id, that the consent is for this organisation, and its scopes';
        return { kind: 'our fault', why, fix };
    }
    const verdict = classifyByStatus(answer, now);
    if (verdict.kind !== 'ok') return { ...verdict, why };
    const isUsedUp = ['x-minlimit-remaining', 'x-appminlimit-remaining'].some(
        (name) => headers.get(name) === '0',
    );
    return isUsedUp ? { kind: 'ok', waitUntil: now + minute } : verdict;
};

/** Too many at once passes in a moment; the limit of a day in up to a day, counted from a time that is not told. */
function pauseOf(which: string, now: number): number {
    if (/concurrent/i.test(which)) return 1000;
    if (/day|daily/i.test(which)) return 86_400_000 - (now % 86_400_000);
    return minute;
}

/** Asks Xero. */
export function createXeroClient(settings: XeroSettings, tools: Tools): XeroClient {
    const { name, version, tenant_id: tenant, address = 'https://api.xero.com' } = settings;
    const http = createGrantedHttp(tools, {
        connection: name,
        url: settings.address
            ? `${address}/connect/token`
            : 'https://identity.xero.com/connect/token',
        isBasic: true,
        classify: classifyXero,
        // 60 a minute for the organisation.
        perSecond: () => 1,
        headers: {
            'xero-tenant-id': tenant,
            accept: 'application/json',
        },
        onRefused: access,
    });
    return {
        get: async (path, query = {}, modifiedSince) => {
            const url = `${address}/api.xro/${version}/${path}`;
            const headers = modifiedSince ? { 'if-modified-since': modifiedSince } : {};
            return (await http.ask({ url, query, headers })).text;
        },
    };
}
