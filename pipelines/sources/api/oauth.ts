import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Tools } from './connector.ts';
import { createHttp, type Http, type HttpOptions } from './http.ts';
import { createTokenKeeper, GrantRefused, type TokenKeeper, type TokenPair } from './tokens.ts';

/** What comes for a grant. */
export const grantAnswer = z.object({
    access_token: z.string(),
    refresh_token: z.string().optional(),
    /** Seconds; some systems do not say. */
    expires_in: z.coerce.number().default(1800),
    /** Address of the account, where a system has one for each. */
    client_endpoint: z.string().optional(),
    instance_url: z.string().optional(),
});

/** A refusal as the standard writes it, or as a problem of HTTP APIs. */
export const refusal = z.union([
    z
        .object({ error: z.string(), error_description: z.string().optional() })
        .transform(({ error: code, error_description: why }) => ({
            code,
            why: why ? `${code}: ${why}` : code,
        })),
    z
        .object({ status: z.literal([400, 401]), title: z.string(), hint: z.string().optional() })
        .transform(({ title, hint }) => ({ code: title, why: hint ?? title })),
]);

/** Refusals that pass by themselves, by RFC 6749. */
const passing = new Set(['temporarily_unavailable', 'server_error']);

export interface GrantOptions {
    readonly connection: string;
    readonly clock: Clock;
    /** Where tokens are given out. */
    readonly url: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** The refresh token as the person who granted access wrote it down. */
    readonly granted: string;
    /** Scopes, where the system wants to hear them again. */
    readonly scope?: string;
    /** File of the present pair. */
    readonly file: string;
    readonly onRefused: string;
    /** Whether the client says who it is in a header, not in the form. */
    readonly isBasic?: true;
    /**
     * What is sent for a token: fields beside those of a refresh token, or in their place. Left out, a
     * refresh token is.
     */
    readonly form?: (refreshToken: string) => GrantForm | Promise<GrantForm>;
}

type GrantForm = Readonly<Record<string, string>>;

/** Tokens of OAuth 2.0, mostly by a refresh token, which may or may not change with each use. */
export function createGrant(options: GrantOptions): TokenKeeper {
    const { connection, clock, clientId, clientSecret, granted, onRefused } = options;
    const http = createHttp({
        connection,
        clock,
        onRefused,
        secrets: [clientSecret, granted],
        perSecond: () => 1,
        authorise: async () =>
            options.isBasic ? { authorization: basicOf(clientId, clientSecret) } : {},
        // A refusal has a body that says why; who asked reads it.
        classify: ({ status, data }) => {
            if (status === 429) return { kind: 'limit', why: 'status 429' };
            const refused = refusal.safeParse(data).data?.code;
            if (status >= 500 || passing.has(refused ?? '')) {
                return { kind: 'retriable', why: refused ?? `status ${status}` };
            }
            if (status === 200 || refused !== undefined) return { kind: 'ok' };
            return { kind: 'our fault', why: `status ${status}`, fix: onRefused };
        },
    });
    const refresh = async (refreshToken: string): Promise<TokenPair> => {
        const { data } = await http.ask({
            url: options.url,
            method: 'POST',
            form: (await options.form?.(refreshToken)) ?? {
                grant_type: 'refresh_token',
                ...(options.isBasic ? {} : { client_id: clientId, client_secret: clientSecret }),
                refresh_token: refreshToken,
                ...(options.scope === undefined ? {} : { scope: options.scope }),
            },
        });
        const refused = refusal.safeParse(data);
        if (refused.success) throw new GrantRefused(http.redact(refused.data.why));
        const answer = grantAnswer.parse(data);
        return {
            accessToken: answer.access_token,
            refreshToken: answer.refresh_token ?? refreshToken,
            expiresAt: clock.now() + answer.expires_in * 1000,
            address: answer.client_endpoint ?? answer.instance_url,
        };
    };
    return createTokenKeeper({
        connection,
        clock,
        granted,
        refresh,
        file: options.file,
        onRefused,
    });
}

export interface GrantedHttpOptions
    extends Pick<GrantOptions, 'connection' | 'url' | 'onRefused' | 'isBasic'>,
        Pick<HttpOptions, 'classify' | 'perSecond'> {
    /** Sent with every question beside the token. */
    readonly headers?: Readonly<Record<string, string>>;
}

/** Asks with tokens got for the secrets `client_id`, `client_secret` and `refresh_token` of a connection. */
export function createGrantedHttp(
    { clock, directory, secret }: Pick<Tools, 'clock' | 'directory' | 'secret'>,
    { url, isBasic, headers, ...options }: GrantedHttpOptions,
): Http {
    const clientSecret = secret('client_secret');
    const granted = secret('refresh_token');
    const grant = createGrant({
        connection: options.connection,
        clock,
        url,
        clientId: secret('client_id'),
        clientSecret,
        granted,
        file: join(directory, 'token.json'),
        onRefused: options.onRefused,
        ...(isBasic ? { isBasic } : {}),
    });
    return createBearerHttp(grant, {
        ...options,
        clock,
        secrets: [clientSecret, granted],
        ...(headers ? { headers } : {}),
    });
}

/** Asks with the tokens of a grant. */
export function createBearerHttp(
    grant: TokenKeeper,
    {
        headers,
        ...options
    }: Omit<HttpOptions, 'authorise' | 'renew'> & Pick<GrantedHttpOptions, 'headers'>,
): Http {
    return createHttp({
        ...options,
        authorise: async () => ({
            authorization: `Bearer ${(await grant.current()).accessToken}`,
            ...headers,
        }),
        renew: grant.renew,
    });
}

/** The header of a user and a password. */
export function basicOf(user: string, password: string): string {
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
