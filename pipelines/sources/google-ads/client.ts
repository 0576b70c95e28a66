import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createGrantedHttp } from '../api/oauth.ts';
import { errorOf } from './records.ts';
import type { googleAds } from './settings.ts';

export type GoogleAdsSettings = z.output<typeof googleAds.schema>;

export interface GoogleAdsClient {
    /** The answer to a query, all of it, as text. */
    readonly query: (customerId: string, query: string) => Promise<string>;
}

const access =
    'ask whoever administers Google Ads to grant access anew (npx jointly connect google_ads) and put the new refresh token in the environment';

const limits = new Set([
    'RESOURCE_EXHAUSTED',
    'RESOURCE_TEMPORARILY_EXHAUSTED',
    'EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION',
    'EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION',
]);

const passing = new Set(['INTERNAL', 'UNAVAILABLE', 'DEADLINE_EXCEEDED', 'ABORTED', 'UNKNOWN']);

const fixes: Readonly<Record<string, string>> = {
    CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION:
        'the credentials are right, the Cloud project that owns the OAuth client lacks the access level: apply for Explorer or Basic access in the API Center of Google Ads',
    USER_PERMISSION_DENIED:
        'let the user who granted access see the account, or set login_customer_id to the manager account through which it is reached',
    CUSTOMER_NOT_ENABLED: 'take the account out of customer_ids: it is closed or not yet set up',
    REQUESTED_METRICS_FOR_MANAGER:
        'put the accounts that spend into customer_ids, and the manager account into login_customer_id',
    UNSUPPORTED_VERSION: 'set version of the connection to one that Google still answers',
};

export const classifyGoogleAds: Classify = (answer, now) => {
    const error = errorOf(answer.data);
    if (error === undefined) return classifyByStatus(answer, now);
    const { status, codes } = error;
    const why = [...codes, error.message || status].join(': ');
    if (status === 'RESOURCE_EXHAUSTED' || codes.some((code) => limits.has(code))) {
        const until = error.retryMs === undefined ? undefined : now + error.retryMs;
        return { kind: 'limit', until, why };
    }
    if (status === 'UNAUTHENTICATED' || answer.status === 401) return { kind: 'dead token', why };
    if (passing.has(status) || answer.status >= 500) return { kind: 'retriable', why };
    const fix = codes.map((code) => fixes[code]).find((one) => one !== undefined);
    return { kind: 'our fault', why, ...(fix === undefined ? {} : { fix }) };
};

/** Asks Google Ads. */
export function createGoogleAdsClient(settings: GoogleAdsSettings, tools: Tools): GoogleAdsClient {
    const { name, version, address = 'https://googleads.googleapis.com' } = settings;
    const manager = settings.login_customer_id?.replaceAll('-', '');
    const http = createGrantedHttp(tools, {
        connection: name,
        // Beside the address that stands in for Google's, where there is one.
        url: settings.address ? `${address}/token` : 'https://oauth2.googleapis.com/token',
        classify: classifyGoogleAds,
        // Counted by the day, not by the second: this only keeps a backfill polite.
        perSecond: () => 10,
        headers: {
            ...(manager ? { 'login-customer-id': manager } : {}),
        },
        onRefused: access,
    });
    return {
        query: async (customerId, query) => {
            const url = `${address}/${version}/customers/${customerId}/googleAds:searchStream`;
            return (await http.ask({ url, method: 'POST', json: { query } })).text;
        },
    };
}
