import * as oauth from 'oauth4webapi';
import { SourceError } from '../errors.ts';
import { isLoopback } from './addresses.ts';

export interface OpenIdSettings {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** Where the provider sends people back to. */
    readonly redirect: string;
    /** What of the answer names a person. */
    readonly claim: string;
}

/** What has to come back from the provider with the person who was sent there. */
export interface SignInQuestion {
    readonly url: string;
    readonly state: string;
    readonly nonce: string;
    readonly verifier: string;
}

export type OpenId = ReturnType<typeof createOpenId>;

/** Signs people in with an OpenID Connect provider: authorisation code flow with PKCE, state and nonce. */
export function createOpenId({ issuer, clientId, clientSecret, redirect, claim }: OpenIdSettings) {
    const client: oauth.Client = { client_id: clientId };
    const options = () => ({
        // Of a provider on this machine alone.
        [oauth.allowInsecureRequests]: isLoopback(new URL(issuer).hostname),
        signal: AbortSignal.timeout(20_000),
    });
    let provider: Promise<oauth.AuthorizationServer> | undefined;

    /** Asked once; a failure is asked again by the next who wants to sign in. */
    function discover(): Promise<oauth.AuthorizationServer> {
        provider ??= oauth
            .discoveryRequest(new URL(issuer), { algorithm: 'oidc', ...options() })
            .then((response) => oauth.processDiscoveryResponse(new URL(issuer), response))
            .catch((cause: unknown) => {
                provider = undefined;
                throw failed('cannot be asked how to sign in', cause);
            });
        return provider;
    }

    return {
        /** @throws SourceError where the provider does not answer */
        async begin(): Promise<SignInQuestion> {
            const { authorization_endpoint: address } = await discover();
            if (address === undefined) throw failed('names no authorization_endpoint', undefined);
            const state = oauth.generateRandomState();
            const nonce = oauth.generateRandomNonce();
            const verifier = oauth.generateRandomCodeVerifier();
            const url = new URL(address);
            const parameters = {
                response_type: 'code',
                client_id: clientId,
                redirect_uri: redirect,
                scope: 'openid email profile',
                state,
                nonce,
                code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
                code_challenge_method: 'S256',
            };
            for (const [name, value] of Object.entries(parameters))
                url.searchParams.set(name, value);
            return { url: url.href, state, nonce, verifier };
        },

        /**
         * The name of the person who came back, as the provider vouches for it.
         * @throws SourceError where it does not
         */
        async finish(answer: URLSearchParams, question: SignInQuestion): Promise<string> {
            const server = await discover();
            try {
                const valid = oauth.validateAuthResponse(server, client, answer, question.state);
                const granted = await oauth.authorizationCodeGrantRequest(
                    server,
                    client,
                    oauth.ClientSecretBasic(clientSecret),
                    valid,
                    redirect,
                    question.verifier,
                    options(),
                );
                const tokens = await oauth.processAuthorizationCodeResponse(
                    server,
                    client,
                    granted,
                    {
                        expectedNonce: question.nonce,
                        requireIdToken: true,
                    },
                );
                const claims = oauth.getValidatedIdTokenClaims(tokens);
                if (claims === undefined) throw new Error('it sent no ID token');
                return nameOf(
                    claims[claim] === undefined
                        ? await userInfo(server, tokens.access_token, claims.sub)
                        : claims,
                );
            } catch (cause) {
                throw failed('did not vouch for anybody', cause);
            }
        },
    };

    async function userInfo(server: oauth.AuthorizationServer, token: string, subject: string) {
        const response = await oauth.userInfoRequest(server, client, token, options());
        return await oauth.processUserInfoResponse(server, client, subject, response);
    }

    /** Anybody may enter somebody else's address with a provider that does not check it. */
    function nameOf(claims: Readonly<Record<string, unknown>>): string {
        const name = claims[claim];
        if (typeof name !== 'string' || name === '') {
            throw new Error(
                `it says no ${claim} of the person; set serve.open_id.claim to what it says`,
            );
        }
        if (claim === 'email' && claims.email_verified !== true) {
            throw new Error(
                `it has not verified ${name}; set serve.open_id.claim to what nobody chooses themselves, such as sub`,
            );
        }
        return name;
    }

    function failed(what: string, cause: unknown): SourceError {
        const why =
            cause instanceof oauth.AuthorizationResponseError ||
            cause instanceof oauth.ResponseBodyError
                ? [cause.error, cause.error_description].filter(Boolean).join(': ')
                : cause instanceof Error
                  ? cause.message
                  : undefined;
        return new SourceError({
            what: `${issuer} ${what}.`,
            ...(why === undefined ? {} : { why }),
            fix: 'check serve.open_id, its client secret and the redirect address of the client there',
            cause,
        });
    }
}
