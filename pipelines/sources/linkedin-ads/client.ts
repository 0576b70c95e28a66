import type { z } from 'zod';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import type { Days } from '../api/days.ts';
import { createGrantedHttp } from '../api/oauth.ts';
import { parsePage } from '../api/parse-page.ts';
import { createTrail } from '../api/trail.ts';
import { account, campaigns, errorBody } from './records.ts';
import type { linkedinAds } from './settings.ts';

export type LinkedinAdsSettings = z.output<typeof linkedinAds.schema>;

export interface LinkedinAdsClient {
    readonly account: (id: string) => Promise<z.output<typeof account>>;
    readonly campaigns: (account: string) => Promise<z.output<typeof campaigns>['elements']>;
    /** Cost of the campaigns of an account by day, as text. */
    readonly analytics: (account: string, days: Days) => Promise<string>;
}

const access =
    'ask whoever administers LinkedIn Ads to grant access anew (npx jointly connect linkedin_ads) and put the new refresh token in the environment';

const tooLong = 414;

export const classifyLinkedinAds: Classify = (answer, now) => {
    const { status, headers, data } = answer;
    const body = errorBody.safeParse(data);
    const { code, message } = body.success ? body.data : { code: '', message: '' };
    const why = [`status ${status}`, code, message].filter(Boolean).join(', ');
    // Asked again in the body of the question.
    if (status === tooLong) return { kind: 'ok' };
    if (status === 429) {
        // "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."
        const isDaily = /\bDAY\b/.test(message);
        return {
            kind: 'limit',
            until: isDaily ? nextMidnight(now) : retryAfter(headers, now),
            why,
        };
    }
    if (code === 'NONEXISTENT_VERSION' || status === 426) {
        const fix = 'set version of the connection to a month that LinkedIn still answers';
        return { kind: 'our fault', why, fix };
    }
    if (status === 403 || status === 404) {
        const fix =
            'let the user who granted access have the role Viewer in the ad account, with the scopes r_ads and r_ads_reporting';
        return { kind: 'our fault', why, fix };
    }
    const verdict = classifyByStatus(answer, now);
    if (verdict.kind !== 'ok') return { ...verdict, why };
    const isCut = data === undefined;
    return isCut ? { kind: 'retriable', why: 'the answer is not JSON' } : verdict;
};

/** Budgets of a day are counted in UTC. */
function nextMidnight(now: number): number {
    return (Math.floor(now / 86_400_000) + 1) * 86_400_000;
}

/** Asks LinkedIn. */
export function createLinkedinAdsClient(
    settings: LinkedinAdsSettings,
    tools: Tools,
): LinkedinAdsClient {
    const { name, version, address = 'https://api.linkedin.com' } = settings;
    const http = createGrantedHttp(tools, {
        connection: name,
        url: `${settings.address ?? 'https://www.linkedin.com'}/oauth/v2/accessToken`,
        classify: classifyLinkedinAds,
        // Counted by the day, and not published: this only keeps a backfill polite.
        perSecond: () => 5,
        headers: {
            'linkedin-version': version,
            'x-restli-protocol-version': '2.0.0',
        },
        onRefused: access,
    });

    /** Brackets and commas of the protocol stand as they are, so the query is written, not built. */
    const ask = async (path: string, query: string): Promise<string> => {
        const url = `${address}/rest/${path}`;
        const answer = await http.ask({ url: query ? `${url}?${query}` : url, expects: 'text' });
        if (answer.status !== tooLong) return answer.text;
        const tunnelled = await http.ask({
            url,
            method: 'POST',
            headers: {
                'x-http-method-override': 'GET',
                'content-type': 'application/x-www-form-urlencoded',
            },
            body: query,
        });
        return tunnelled.text;
    };

    return {
        account: async (id) => {
            const text = await ask(`adAccounts/${id}`, '');
            return parsePage(account, text, `${name}, account ${id}`);
        },
        campaigns: async (id) => {
            const found: z.output<typeof campaigns>['elements'] = [];
            const follow = createTrail(`${name}, campaigns of ${id}`);
            for (let token: string | null | undefined = ''; token != null; ) {
                follow(token);
                const after: string = token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`;
                const path = `adAccounts/${id}/adCampaigns`;
                const text = await ask(path, `q=search&pageSize=1000${after}`);
                const page = parsePage(campaigns, text, `${name}, campaigns of ${id}`);
                found.push(...page.elements);
                token = page.metadata?.nextPageToken;
            }
            return found;
        },
        analytics: (id, { from, to }) =>
            ask(
                'adAnalytics',
                [
                    'q=analytics',
                    'pivot=CAMPAIGN',
                    'timeGranularity=DAILY',
                    `dateRange=(start:${dateOf(from)},end:${dateOf(to)})`,
                    `accounts=List(${encodeURIComponent(`urn:li:sponsoredAccount:${id}`)})`,
                    'fields=dateRange,pivotValues,costInLocalCurrency,impressions,clicks,externalWebsiteConversions',
                ].join('&'),
            ),
    };
}

function dateOf(day: string): string {
    const [year, month, date] = day.split('-').map(Number);
    return `(year:${year},month:${month},day:${date})`;
}
