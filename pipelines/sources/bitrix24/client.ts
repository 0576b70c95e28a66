import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { errorBody, workTime } from './records.ts';
import type { bitrix24 } from './settings.ts';

export type Bitrix24Settings = z.output<typeof bitrix24.schema>;

export interface Bitrix24Client {
    /** The answer of a method, as text. */
    readonly call: (method: string, parameters: object) => Promise<string>;
}

const access =
    'ask whoever administers Bitrix24 for a new inbound webhook (npx jointly connect bitrix24) and put it in the environment';

/** Seconds of work that a method has in ten minutes, with some room. */
const workLimit = 450;

const deadCodes = new Set([
    ...['expired_token', 'invalid_token', 'NO_AUTH_FOUND', 'INVALID_CREDENTIALS'],
    'authorization_error',
]);
const rightsCodes = new Set(['insufficient_scope', 'ACCESS_DENIED', 'user_access_error']);

/** Tells answers apart; when a method may work again is said by the last answer that was good. */
export function createBitrix24Classifier(): Classify {
    let resetAt: number | undefined;
    return (answer, now) => {
        const parsed = errorBody.safeParse(answer.data);
        if (!parsed.success) {
            const time = workTime.safeParse(answer.data);
            if (!time.success) return classifyByStatus(answer, now);
            const { operating, operating_reset_at: reset } = time.data.time;
            if (reset !== undefined) resetAt = reset * 1000;
            const isUsedUp = operating >= workLimit && resetAt !== undefined;
            return isUsedUp ? { kind: 'ok', waitUntil: resetAt as number } : { kind: 'ok' };
        }
        const { error: code, error_description: text } = parsed.data;
        const why = `${code}: ${text}`;
        if (code === 'OPERATION_TIME_LIMIT') {
            const until = resetAt !== undefined && resetAt > now ? resetAt : now + 60_000;
            return { kind: 'limit', until, why };
        }
        if (code === 'QUERY_LIMIT_EXCEEDED' || code === 'OVERLOAD_LIMIT' || answer.status === 429) {
            return { kind: 'limit', why };
        }
        if (deadCodes.has(code) || answer.status === 401) return { kind: 'dead token', why };
        if (answer.status >= 500) return { kind: 'retriable', why };
        const fix =
            'give the webhook the permissions crm and user_brief, and its owner a role that reads all';
        return { kind: 'our fault', why, ...(rightsCodes.has(code) ? { fix } : {}) };
    };
}

/** Asks Bitrix24 over an inbound webhook. */
export function createBitrix24Client(
    { name }: Bitrix24Settings,
    { clock, secret }: Tools,
): Bitrix24Client {
    const webhook = secret('webhook').replace(/\/?$/, '/');
    const key = new URL(webhook).pathname.split('/').filter(Boolean).at(-1) ?? '';
    const http = createHttp({
        connection: name,
        clock,
        classify: createBitrix24Classifier(),
        perSecond: () => 2,
        authorise: async () => ({}),
        onRefused: access,
        secrets: [webhook, key],
    });
    return {
        call: async (method, parameters) =>
            (await http.ask({ url: `${webhook}${method}.json`, method: 'POST', json: parameters }))
                .text,
    };
}
