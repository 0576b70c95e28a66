import { z } from 'zod';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import type { pipedrive } from './settings.ts';

export type PipedriveSettings = z.output<typeof pipedrive.schema>;

export interface PipedriveAnswer {
    readonly text: string;
    /** By the clock of the system; milliseconds since 1970. */
    readonly at: number;
}

export interface PipedriveClient {
    /** @param path with its version: `api/v2/deals`, or `v1/leads` for what has no other */
    readonly get: (
        path: string,
        query?: Readonly<Record<string, string>>,
    ) => Promise<PipedriveAnswer>;
}

const access =
    'ask whoever administers Pipedrive for the API token of the user of the connection (npx jointly connect pipedrive) and put it in the environment';

const errorBody = z.object({
    success: z.boolean().nullish().catch(undefined),
    error: z.string().catch(''),
});

const windowMs = 2000;
const dayMs = 86_400_000;

export const classifyPipedrive: Classify = (answer, now) => {
    const { status, headers, data } = answer;
    const body = errorBody.safeParse(data);
    const why = `status ${status}${body.success && body.data.error ? `: ${body.data.error}` : ''}`;
    const reset = Number(headers.get('x-ratelimit-reset')) * 1000;
    const windowEnd = now + (reset > 0 && reset < dayMs ? reset : windowMs);
    const isDayOver = ['x-daily-ratelimit-token-remaining', 'x-daily-requests-left'].some(
        (name) => headers.get(name) === '0',
    );
    if (status === 429) {
        // The tokens of all users are one budget, which is filled up at midnight UTC.
        const midnight = (Math.floor(now / dayMs) + 1) * dayMs;
        const until = isDayOver ? midnight : (retryAfter(headers, now) ?? windowEnd);
        return { kind: 'limit', until, why: isDayOver ? `${why}: the tokens of the day` : why };
    }
    if (status === 403) {
        const fix =
            'give the user of the token rights to see all deals, people, activities and leads; after many answers 429 the address is shut out for a while instead: wait';
        return { kind: 'our fault', why, fix };
    }
    if (status === 402) {
        return { kind: 'our fault', why, fix: 'pay for the account, or renew its trial' };
    }
    if (status === 410) {
        return { kind: 'our fault', why, fix: 'update: the endpoint has been shut off' };
    }
    const verdict = classifyByStatus(answer, now);
    if (verdict.kind !== 'ok') return { ...verdict, why };
    // With it comes no data, which is not to say that there is none.
    if (body.data?.success === false) return { kind: 'retriable', why };
    const isUsedUp = headers.get('x-ratelimit-remaining') === '0';
    return isUsedUp ? { kind: 'ok', waitUntil: windowEnd } : verdict;
};

/** Asks Pipedrive. */
export function createPipedriveClient(
    settings: PipedriveSettings,
    { clock, secret }: Tools,
): PipedriveClient {
    const { name, address = 'https://api.pipedrive.com' } = settings;
    const token = secret('token');
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyPipedrive,
        // The smallest plan: 20 in two seconds.
        perSecond: () => 10,
        // Never in the address, which ends up in logs.
        authorise: async () => ({ 'x-api-token': token }),
        onRefused: access,
        secrets: [token],
    });
    return {
        get: async (path, query = {}) => {
            const { text, headers } = await http.ask({ url: `${address}/${path}`, query });
            const at = Date.parse(headers.get('date') ?? '');
            return { text, at: Number.isNaN(at) ? clock.now() : at };
        },
    };
}
