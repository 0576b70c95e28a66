import { join } from 'node:path';
import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { createGrant } from '../api/oauth.ts';
import { errorBody, workTime } from './records.ts';
import { type bitrix24, tokenAddress } from './settings.ts';

export type Bitrix24Settings = z.output<typeof bitrix24.schema>;

export interface Bitrix24Client {
    /** Where people open the portal, without a slash at the end. */
    readonly portal: string;
    /** The answer of a method, as text. */
    readonly call: (method: string, parameters: object) => Promise<string>;
}

const access =
    'ask whoever administers Bitrix24 for a new inbound webhook (npx jointly connect bitrix24) and put it in the environment';

const consent =
    'let a user who may read all leads and deals consent again (npx jointly connect bitrix24): a refresh token ends after 180 days, with its first use by another program, or with the application';

/** Seconds of work that a method has in ten minutes, with some room. */
const workLimit = 450;

const deadCodes = new Set([
    ...['expired_token', 'invalid_token', 'NO_AUTH_FOUND', 'INVALID_CREDENTIALS'],
    'authorization_error',
]);
const rightsCodes = new Set(['insufficient_scope', 'ACCESS_DENIED', 'user_access_error']);
/** With 401 the key is none, with 403 its user lacks rights. */
const eitherCode = 'INVALID_CREDENTIALS';

/** Tells answers apart; when a method may work again is said by the last answer that was good. */
export function createBitrix24Classifier(): Classify {
    let resetAt: number | undefined;
    return (answer, now) => {
        const parsed = errorBody.safeParse(answer.data);
        const time = workTime.safeParse(answer.data);
        const reset = time.data?.time.operating_reset_at;
        if (reset) resetAt = reset * 1000;
        if (!parsed.success) {
            if (!time.success) return classifyByStatus(answer, now);
            const isUsedUp = time.data.time.operating >= workLimit && resetAt !== undefined;
            return isUsedUp ? { kind: 'ok', waitUntil: resetAt as number } : { kind: 'ok' };
        }
        const { error: code, error_description: text } = parsed.data;
        const why = `${code}: ${text}`;
        if (code === 'OPERATION_TIME_LIMIT') {
            const until = resetAt !== undefined && resetAt > now ? resetAt : now + 60_000;
            return { kind: 'limit', until, why };
        }
        if (code === 'QUERY_LIMIT_EXCEEDED' || answer.status === 429) return { kind: 'limit', why };
        if (code === 'OVERLOAD_LIMIT') {
            const fix = 'ask the support of Bitrix24: it has blocked the API of the portal by hand';
            return { kind: 'our fault', why, fix };
        }
        const isForbidden = code === eitherCode && answer.status === 403;
        if (answer.status === 401 || (deadCodes.has(code) && !isForbidden)) {
            return { kind: 'dead token', why };
        }
        if (answer.status >= 500) return { kind: 'retriable', why };
        const fix =
            'give the webhook or application the permissions crm and user_brief, and its user a role that reads all';
        const lacksRights = rightsCodes.has(code) || isForbidden;
        return { kind: 'our fault', why, ...(lacksRights ? { fix } : {}) };
    };
}

/** Asks Bitrix24, over an inbound webhook or on behalf of the user who installed a local application. */
export function createBitrix24Client(settings: Bitrix24Settings, tools: Tools): Bitrix24Client {
    const { address, credentials } = reachOf(settings, tools);
    const http = createHttp({
        connection: settings.name,
        clock: tools.clock,
        classify: createBitrix24Classifier(),
        perSecond: () => 2,
        authorise: async () => ({}),
        onRefused: settings.grant === 'oauth' ? consent : access,
        ...credentials,
    });
    return {
        portal: new URL(address).origin,
        call: async (method, parameters) =>
            (await http.ask({ url: `${address}${method}.json`, method: 'POST', json: parameters }))
                .text,
    };
}

/** Where methods are, and what says who asks. */
function reachOf(settings: Bitrix24Settings, { clock, directory, secret }: Tools) {
    const { name, domain } = settings;
    if (settings.grant === 'webhook') {
        const address = secret('webhook').replace(/\/?$/, '/');
        const key = new URL(address).pathname.split('/').filter(Boolean).at(-1) ?? '';
        return { address, credentials: { secrets: [address, key] } };
    }
    const clientSecret = secret('client_secret');
    const granted = secret('refresh_token');
    const grant = createGrant({
        connection: name,
        clock,
        // The secret goes to the server that gives out tokens, never to the portal.
        url: settings.address ? `${settings.address}/oauth/token/` : tokenAddress,
        clientId: secret('client_id'),
        clientSecret,
        granted,
        file: join(directory, 'token.json'),
        onRefused: consent,
    });
    return {
        address: `${settings.address ?? `https://${domain}`}/rest/`,
        credentials: {
            secrets: [clientSecret, granted],
            authoriseBody: async () => ({ auth: (await grant.current()).accessToken }),
            renew: grant.renew,
        },
    };
}
