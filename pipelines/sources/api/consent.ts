import * as oauth from 'oauth4webapi';
import { SourceError } from '../../errors.ts';
import { grantAnswer, refusal } from './oauth.ts';
import type { ConsentSettings } from './settings.ts';

/** Settings of a connection, as the addresses of a system need them. */
export type ConnectionSettings = Readonly<Record<string, unknown>>;

export interface ConsentOptions {
    readonly title: string;
    readonly consent: ConsentSettings;
    readonly connection: ConnectionSettings;
    readonly clientId: string;
    readonly clientSecret: string;
    /** Where the system sends the browser of the person who has consented. */
    readonly redirect: string;
}

/** A person is asked to consent, once. */
export interface Consent {
    /** The page to open. */
    readonly url: string;
    /** Whether an answer is one to this question: anybody can send a browser here. */
    readonly isMine: (answer: URLSearchParams) => boolean;
    /**
     * Exchanges the code for what the connection keeps: a refresh token, or a token that does not change.
     * @param answer of the address the browser was sent to, or of a code that was typed off a page
     * @throws SourceError where the person or the system said no
     */
    readonly finish: (answer: URLSearchParams) => Promise<string>;
}

/**
 * Begins an authorisation code flow: with a state, and with PKCE where the system has it.
 * @throws TypeError for an address that is none
 */
export async function beginConsent(options: ConsentOptions): Promise<Consent> {
    const { consent, clientId, clientSecret, redirect } = options;
    const { authorise, token, issuer } = consent.endpoints(options.connection);
    const server: oauth.AuthorizationServer = {
        issuer: issuer ?? new URL(authorise).origin,
        authorization_endpoint: authorise,
        token_endpoint: token,
    };
    const client: oauth.Client = { client_id: clientId };
    const state = oauth.generateRandomState();
    const verifier = consent.hasPkce ? oauth.generateRandomCodeVerifier() : oauth.nopkce;
    const challenge =
        typeof verifier === 'string' ? await oauth.calculatePKCECodeChallenge(verifier) : undefined;
    const url = new URL(authorise);
    const parameters = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirect,
        ...(consent.scopes.length > 0 ? { scope: consent.scopes.join(' ') } : {}),
        state,
        ...(challenge ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
        ...consent.parameters,
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return {
        url: url.href,
        isMine: (answer) => answer.get('state') === state,
        finish: async (answer) => {
            const code = accepted(options, server, client, answer, state);
            const authentication = consent.isBasic
                ? oauth.ClientSecretBasic(clientSecret)
                : oauth.ClientSecretPost(clientSecret);
            const response = await oauth
                .authorizationCodeGrantRequest(
                    server,
                    client,
                    authentication,
                    code,
                    redirect,
                    verifier,
                    {
                        // Of a test or a proxy on this machine.
                        [oauth.allowInsecureRequests]: token.startsWith('http://'),
                        signal: () => AbortSignal.timeout(60_000),
                    },
                )
                .catch((cause: unknown) => {
                    throw unreachable(options, token, cause);
                });
            return tokenOf(options, await response.text(), response.status);
        },
    };
}

function accepted(
    { title, connection }: ConsentOptions,
    server: oauth.AuthorizationServer,
    client: oauth.Client,
    answer: URLSearchParams,
    state: string,
): URLSearchParams {
    try {
        // A code alone was typed by the person who was asked: nobody else sent it.
        const expected = answer.has('state') || answer.has('error') ? state : oauth.expectNoState;
        const valid = oauth.validateAuthResponse(server, client, answer, expected);
        if (!valid.get('code')) throw new TypeError('no code');
        return valid;
    } catch (cause) {
        const said =
            cause instanceof oauth.AuthorizationResponseError
                ? [cause.error, cause.error_description].filter(Boolean).join(': ')
                : undefined;
        throw new SourceError({
            what: `${connection.name}: ${title} did not give a code.`,
            why: said ?? 'the answer does not belong to the question that was asked',
            fix: 'run connect again, open the new address and consent there',
            cause,
        });
    }
}

function unreachable({ title, connection }: ConsentOptions, url: string, cause: unknown) {
    return new SourceError({
        what: `${connection.name}: ${title} could not be reached for the token.`,
        why: `${new URL(url).origin}: ${cause instanceof Error ? cause.message : String(cause)}`,
        fix: 'check the connection to the internet, and a proxy if there is one, and run connect again',
        cause,
    });
}

function tokenOf({ title, consent, connection }: ConsentOptions, text: string, status: number) {
    const data = parsed(text);
    const refused = refusal.safeParse(data);
    const answer = grantAnswer.safeParse(data);
    const token = consent.yields === 'token' ? 'access_token' : 'refresh_token';
    const found = answer.data?.[token];
    if (found && !refused.success) return found;
    throw new SourceError({
        what: `${connection.name}: ${title} gave no ${token.replace('_', ' ')} for the code.`,
        why: refused.data?.why ?? `status ${status}, and no ${token} in the answer`,
        fix: 'check client id, client secret and the redirect address of the app, and run connect again: a code holds for minutes and once',
    });
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
