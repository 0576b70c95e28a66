import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../../errors.ts';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import { jwtGrant, signAssertion } from '../api/assertion.ts';
import type { Tools } from '../api/connector.ts';
import type { Days } from '../api/days.ts';
import type { Http } from '../api/http.ts';
import { createBearerHttp, createGrant, createGrantedHttp } from '../api/oauth.ts';
import { errorBody } from './records.ts';
import { type ga4, readOnly } from './settings.ts';

export type Ga4Settings = z.output<typeof ga4.schema>;

export interface Ga4Client {
    /** Visits by day and channel from this row on, as text. */
    readonly report: (days: Days, offset: number) => Promise<string>;
}

const access =
    'ask whoever administers Google Analytics to grant access anew (npx jointly connect ga4) and put the new refresh token, or the key of the service account, in the environment';

const hour = 3_600_000;
/** The most that one answer holds. */
export const rowLimit = 250_000;

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
            'give the user who granted access, or the address of the service account, the role Viewer on the property, and check property_id';
        return { kind: 'our fault', why, ...(status === 'PERMISSION_DENIED' ? { fix } : {}) };
    }
    return classifyByStatus(answer, now);
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
    const { version, address = 'https://analyticsdata.googleapis.com' } = settings;
    const http = createGoogleHttp(settings, tools);
    return {
        report: async ({ from, to }, offset) => {
            const { text } = await http.ask({
                url: `${address}/${version}/properties/${settings.property_id}:runReport`,
                method: 'POST',
                json: {
                    dimensions: [{ name: 'date' }, { name: settings.channel }],
                    metrics: [{ name: 'sessions' }, { name: 'screenPageViews' }],
                    dateRanges: [{ startDate: from, endDate: to }],
                    // Pages of an order that is not said may overlap.
                    orderBys: ['date', settings.channel].map((dimensionName) => ({
                        dimension: { dimensionName },
                    })),
                    limit: String(rowLimit),
                    offset: String(offset),
                    returnPropertyQuota: true,
                },
            });
            return text;
        },
    };
}

function createGoogleHttp(settings: Ga4Settings, tools: Tools): Http {
    const options = {
        connection: settings.name,
        classify: classifyGa4,
        perSecond: () => 5,
        onRefused: access,
    };
    // Beside the address that stands in for Google's, where there is one.
    const url = settings.address
        ? `${settings.address}/token`
        : 'https://oauth2.googleapis.com/token';
    if (settings.grant === 'oauth') return createGrantedHttp(tools, { ...options, url });
    const { clock } = tools;
    const account = readAccount(settings.name, tools.secret('service_account_key'));
    const grant = createGrant({
        connection: settings.name,
        clock,
        url,
        clientId: account.client_email,
        clientSecret: account.private_key,
        granted: account.private_key,
        file: join(tools.directory, 'token.json'),
        onRefused: access,
        form: async () => {
            const now = Math.floor(clock.now() / 1000);
            // The longest that Google takes is an hour.
            const claims = {
                iss: account.client_email,
                scope: readOnly,
                aud: url,
                iat: now,
                exp: now + 3600,
            };
            const key = account.private_key;
            const assertion = await signAssertion(settings.name, claims, key, keyFix);
            return { grant_type: jwtGrant, assertion };
        },
    });
    return createBearerHttp(grant, { ...options, clock, secrets: [account.private_key] });
}

const accountKey = z.object({
    type: z.literal('service_account'),
    client_email: z.email(),
    private_key: z.string().min(1),
});

const keyFix =
    'put the JSON of a key of the service account, as the Google Cloud console downloads it, into the variable, or into a file that ..._SERVICE_ACCOUNT_KEY_FILE names';

/** @throws ConfigError for what is no key of a service account; nothing of it is in the message */
function readAccount(connection: string, text: string): z.output<typeof accountKey> {
    const parsed = accountKey.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    const missing = parsed.error.issues.map(({ path }) => path.join('.')).filter(Boolean);
    throw new ConfigError({
        what: `${connection}: the key of the service account cannot be read.`,
        expected: 'JSON with type service_account, client_email and private_key',
        got: missing.length > 0 ? `nothing of use in ${missing.join(', ')}` : 'another text',
        fix: keyFix,
    });
}

function jsonOf(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
