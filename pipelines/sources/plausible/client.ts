import type { z } from 'zod';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import type { Days } from '../api/days.ts';
import { createHttp } from '../api/http.ts';
import { errorBody } from './records.ts';
import type { plausible } from './settings.ts';

export type PlausibleSettings = z.output<typeof plausible.schema>;

export interface PlausibleClient {
    /** Visits by day and channel, from this row on, as text. */
    readonly visits: (days: Days, offset: number) => Promise<string>;
}

const access =
    'ask whoever administers Plausible for a new key of the Stats API (npx jointly connect plausible), put it in the environment, and check that it may see site_id';

const pageSize = 10_000;
/** The window is an hour long; when it began is not said. */
const hourlyPauseMs = 10 * 60_000;

export const classifyPlausible: Classify = (answer, now) => {
    const { status, headers, data } = answer;
    const body = errorBody.safeParse(data);
    if (!body.success) return classifyByStatus(answer, now);
    const why = `status ${status}: ${body.data.error}`;
    if (status === 429) {
        const isHourly = /per hour/i.test(body.data.error);
        const until = retryAfter(headers, now) ?? (isHourly ? now + hourlyPauseMs : undefined);
        return { kind: 'limit', until, why };
    }
    if (status === 402) {
        return {
            kind: 'our fault',
            why,
            fix: 'the plan of Plausible has to include the Stats API',
        };
    }
    const verdict = classifyByStatus(answer, now);
    return verdict.kind === 'ok' ? { kind: 'our fault', why } : { ...verdict, why };
};

/** Asks Plausible. */
export function createPlausibleClient(
    settings: PlausibleSettings,
    { clock, secret }: Tools,
): PlausibleClient {
    const { name, version, site_id: site, channel } = settings;
    const token = secret('token');
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyPlausible,
        // 600 an hour; a backfill of ten years asks 120 times.
        perSecond: () => 2,
        authorise: async () => ({ authorization: `Bearer ${token}` }),
        onRefused: access,
        secrets: [token],
    });
    const url = `${settings.address ?? 'https://plausible.io'}/api/${version}/query`;
    return {
        visits: async ({ from, to }, offset) => {
            const json = {
                site_id: site,
                metrics: ['visits', 'pageviews'],
                date_range: [from, to],
                dimensions: ['time:day', channel],
                // Pages of an order that is not said may overlap.
                order_by: [
                    ['time:day', 'asc'],
                    [channel, 'asc'],
                ],
                include: { total_rows: true },
                pagination: { limit: pageSize, offset },
            };
            return (await http.ask({ url, method: 'POST', json })).text;
        },
    };
}
