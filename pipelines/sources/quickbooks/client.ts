import type { z } from 'zod';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createGrantedHttp } from '../api/oauth.ts';
import { faultsOf } from './records.ts';
import type { quickbooks } from './settings.ts';

export type QuickbooksSettings = z.output<typeof quickbooks.schema>;

export interface QuickbooksClient {
    readonly query: (query: string) => Promise<string>;
    /** What changed of some kinds of records, deleted ones among them: 30 days back at most. */
    readonly changes: (entities: readonly string[], since: string) => Promise<string>;
}

const access =
    'ask an administrator of the QuickBooks company to consent anew (npx jointly connect quickbooks) and put the new refresh token in the environment';

const limitMs = 60_000;

export const classifyQuickbooks: Classify = (answer, now) => {
    const { status, headers, data } = answer;
    const faults = faultsOf(data);
    const codes = faults.map(({ code }) => code.replace(/^0+/, ''));
    const said = faults.map(({ Message, Detail }) => Detail || Message).join('; ');
    const why = `status ${status}${said ? `: ${said}` : ''}`;
    if (status === 429 || codes.includes('3001')) {
        return { kind: 'limit', until: retryAfter(headers, now) ?? now + limitMs, why };
    }
    if (status === 401 || codes.includes('3200')) return { kind: 'dead token', why };
    if (status === 403 || codes.includes('3100')) {
        const fix =
            'check realm_id, that the app has production keys, and that consent was given for this company';
        return { kind: 'our fault', why, fix };
    }
    // "An application error has occurred": passes, also where it comes as status 400.
    if (codes.includes('10000')) return { kind: 'retriable', why };
    if (faults.length > 0 && status < 500) return { kind: 'our fault', why };
    const verdict = classifyByStatus(answer, now);
    return verdict.kind === 'ok' ? verdict : { ...verdict, why };
};

/** Asks QuickBooks Online. */
export function createQuickbooksClient(
    settings: QuickbooksSettings,
    tools: Tools,
): QuickbooksClient {
    const { name, version, realm_id: realm } = settings;
    const { address = 'https://quickbooks.api.intuit.com' } = settings;
    const http = createGrantedHttp(tools, {
        connection: name,
        url: settings.address
            ? `${address}/oauth2/v1/tokens/bearer`
            : 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
        isBasic: true,
        classify: classifyQuickbooks,
        // 10 a second, but no more than 500 a minute, for the company and the app.
        perSecond: () => 500 / 60,
        headers: {
            accept: 'application/json',
        },
        onRefused: access,
    });
    const ask = async (path: string, query: Readonly<Record<string, string>>) => {
        const url = `${address}/v3/company/${realm}/${path}`;
        return (await http.ask({ url, query: { ...query, minorversion: version } })).text;
    };
    return {
        query: (query) => ask('query', { query }),
        changes: (entities, changedSince) =>
            ask('cdc', { entities: entities.join(','), changedSince }),
    };
}
