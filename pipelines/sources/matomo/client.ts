import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { parsePage } from '../api/parse-page.ts';
import { errorBody, siteAnswer, visitColumns } from './records.ts';
import type { matomo } from './settings.ts';

export type MatomoSettings = z.output<typeof matomo.schema>;

export interface MatomoClient {
    readonly site: () => Promise<z.output<typeof siteAnswer>>;
    /** Visits of a day that is over, as text. */
    readonly visits: (day: string, offset: number) => Promise<string>;
}

const access =
    'ask whoever administers Matomo for a new token of the user (npx jointly connect matomo) and put it in the environment';

/** Errors come with status 200 in older versions, and in words alone. */
export const classifyMatomo: Classify = (answer, now) => {
    const body = errorBody.safeParse(answer.data);
    if (!body.success) return classifyByStatus(answer, now);
    const { status } = answer;
    const why = `status ${status}: ${body.data.message}`;
    if (status === 429) return classifyByStatus(answer, now);
    if (/authenticate with the provided token|token.*(invalid|expired)/i.test(body.data.message)) {
        return { kind: 'dead token', why };
    }
    if (/requires .*access/i.test(body.data.message)) {
        const fix = 'give the user of the token the permission View for the site';
        return { kind: 'our fault', why, fix };
    }
    if (/visit(s|or) log|Live plugin|Plugin Live/i.test(body.data.message)) {
        const fix = 'turn the visits log on for the site (Settings > Websites > Manage)';
        return { kind: 'our fault', why, fix };
    }
    return status >= 500 ? { kind: 'retriable', why } : { kind: 'our fault', why };
};

/** Asks Matomo. */
export function createMatomoClient(
    settings: MatomoSettings,
    { clock, secret }: Tools,
): MatomoClient {
    const { name, site_id: site, page_size: pageSize } = settings;
    const token = secret('token');
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyMatomo,
        // It is the company's own server.
        perSecond: () => 5,
        authorise: async () => ({}),
        onRefused: access,
        secrets: [token],
        timeoutMs: 5 * 60_000,
    });
    const url = `${settings.address.replace(/\/$/, '')}/index.php`;
    /** The token is sent in the body: addresses end up in the logs of servers. */
    const call = async (method: string, parameters: Readonly<Record<string, string>>) => {
        const form = {
            module: 'API',
            method,
            format: 'JSON',
            idSite: site,
            ...parameters,
            token_auth: token,
        };
        return (await http.ask({ url, method: 'POST', form })).text;
    };
    return {
        site: async () =>
            parsePage(siteAnswer, await call('SitesManager.getSiteFromId', {}), `${name}, site`),
        visits: (day, offset) =>
            call('Live.getLastVisitsDetails', {
                period: 'day',
                date: day,
                filter_limit: String(pageSize),
                filter_offset: String(offset),
                showColumns: visitColumns.join(','),
            }),
    };
}
