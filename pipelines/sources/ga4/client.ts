import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createGrantedHttp } from '../api/oauth.ts';
import { errorBody, report } from './records.ts';
import type { ga4 } from './settings.ts';

export type Ga4Settings = z.output<typeof ga4.schema>;

export interface Ga4Client {
    /** Visits by day and channel, as text. */
    readonly report: (days: { readonly from: string; readonly to: string }) => Promise<string>;
}

const access =
    'ask whoever administers Google Analytics to grant access anew (npx jointly connect ga4) and put the new refresh token in the environment';

const hour = 3_600_000;
/** The most that one answer holds: a month by channel is far less. */
const rowLimit = 250_000;

export const classifyGa4: Classify = (answer, now) => {
    const failed = errorBody.safeParse(answer.data);
    if (failed.success) {
        const { status, message } = failed.data.error;
        const why = `${status}: ${message}`;
        if (status === 'RESOURCE_EXHAUSTED')
            return { kind: 'limit', until: untilOf(message, now), why };
        if (status === 'UNAUTHENTICATED') return { kind: 'dead token', why };
        if (answer.status >= 500) return { kind: 'retriable', why };
        const fix =
            'let the user who granted access have the role Viewer on the property, and check property_id';
        return { kind: 'our fault', why, ...(status === 'PERMISSION_DENIED' ? { fix } : {}) };
    }
    const verdict = classifyByStatus(answer, now);
    const read = report.safeParse(answer.data);
    if (verdict.kind !== 'ok' || !read.success) return verdict;
    const { rows, rowCount } = read.data;
    // A day that lacks rows would look like one with fewer visits.
    if (rows.length < Math.min(rowCount, rowLimit)) {
        return { kind: 'retriable', why: `${rows.length} of ${rowCount} rows came` };
    }
    return verdict;
};

/** Budgets are those of an hour and of a day; the day ends at midnight in California. */
function untilOf(message: string, now: number): number | undefined {
    if (/per (project per )?(property per )?hour|tokens? per hour|hourly/i.test(message)) {
        return now + hour;
    }
    return /per day|daily/i.test(message) ? now + 24 * hour : undefined;
}

/** Asks the Data API. */
export function createGa4Client(settings: Ga4Settings, tools: Tools): Ga4Client {
    const { name, version, address = 'https://analyticsdata.googleapis.com' } = settings;
    const http = createGrantedHttp(tools, {
        connection: name,
        // Beside the address that stands in for Google's, where there is one.
        url: settings.address ? `${address}/token` : 'https://oauth2.googleapis.com/token',
        classify: classifyGa4,
        perSecond: () => 5,
        onRefused: access,
    });
    return {
        report: async ({ from, to }) => {
            const { text } = await http.ask({
                url: `${address}/${version}/properties/${settings.property_id}:runReport`,
                method: 'POST',
                json: {
                    dimensions: [{ name: 'date' }, { name: settings.channel }],
                    metrics: [{ name: 'sessions' }, { name: 'screenPageViews' }],
                    dateRanges: [{ startDate: from, endDate: to }],
                    limit: String(rowLimit),
                    returnPropertyQuota: true,
                },
            });
            return text;
        },
    };
}
