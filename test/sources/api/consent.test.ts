import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceError } from '../../../pipelines/errors.ts';
import { beginConsent } from '../../../pipelines/sources/api/consent.ts';
import type { ConsentSettings, SystemSettings } from '../../../pipelines/sources/api/settings.ts';
import { systems } from '../../../pipelines/sources/registry.ts';
import { type MockReply, type MockServer, startMock } from './mock-server.ts';

let mock: MockServer;
let reply: MockReply;
beforeEach(async () => {
    reply = { body: { access_token: 'access', refresh_token: 'refresh', expires_in: 3600 } };
    mock = await startMock(() => reply);
});
afterEach(() => mock.close());

const settings: ConsentSettings = {
    endpoints: ({ address }) => ({ authorise: `${address}/authorise`, token: `${address}/token` }),
    scopes: ['read', 'offline'],
    parameters: { access_type: 'offline' },
    hasPkce: true,
    yields: 'refresh_token',
    redirect: { host: '127.0.0.1' },
};
const redirect = 'http://127.0.0.1:8976/callback';
const begin = (more: Partial<ConsentSettings> = {}) =>
    beginConsent({
        title: 'The CRM',
        consent: { ...settings, ...more },
        connection: { name: 'crm', address: mock.address },
        clientId: 'client',
        clientSecret: 's3cret/+',
        redirect,
    });
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams);
const answer = (url: string, more: Record<string, string> = { code: 'the-code' }) =>
    new URLSearchParams({ state: parametersOf(url).state ?? '', ...more });

describe('a consent', () => {
    it('asks for no more than the scopes, with a state and a challenge that never come twice', async () => {
        const [one, other] = [await begin(), await begin()];
        expect(parametersOf(one.url)).toEqual({
            response_type: 'code',
            client_id: 'client',
            redirect_uri: redirect,
            scope: 'read offline',
            access_type: 'offline',
            state: expect.stringMatching(/^[\w-]{43}$/),
            code_challenge: expect.stringMatching(/^[\w-]{43}$/),
            code_challenge_method: 'S256',
        });
        expect(one.url).not.toContain('s3cret');
        for (const name of ['state', 'code_challenge']) {
            expect(parametersOf(one.url)[name]).not.toBe(parametersOf(other.url)[name]);
        }
        expect(one.isMine(answer(one.url))).toBe(true);
        expect(one.isMine(answer(other.url))).toBe(false);
    });

    it('exchanges the code with the verifier of the challenge', async () => {
        const consent = await begin();
        expect(await consent.finish(answer(consent.url))).toBe('refresh');
        const [request] = mock.requests;
        const form = Object.fromEntries(request?.form ?? []);
        expect(form).toMatchObject({
            grant_type: 'authorization_code',
            code: 'the-code',
            redirect_uri: redirect,
            client_id: 'client',
            client_secret: 's3cret/+',
        });
        const challenge = createHash('sha256')
            .update(form.code_verifier ?? '')
            .digest('base64url');
        expect(challenge).toBe(parametersOf(consent.url).code_challenge);
    });

    it('says who the client is in a header, and leaves out what the system does not have', async () => {
        const consent = await begin({ isBasic: true, hasPkce: false, scopes: [], yields: 'token' });
        expect(parametersOf(consent.url)).not.toHaveProperty('code_challenge');
        expect(parametersOf(consent.url)).not.toHaveProperty('scope');
        expect(await consent.finish(answer(consent.url))).toBe('access');
        const { headers, form } = mock.requests[0] ?? {};
        expect(headers?.authorization).toBe(
            `Basic ${Buffer.from('client:s3cret%2F%2B').toString('base64')}`,
        );
        expect([...(form?.keys() ?? [])]).not.toContain('client_secret');
        expect([...(form?.keys() ?? [])]).not.toContain('code_verifier');
    });

    it('takes a code that was typed off a page', async () => {
        const consent = await begin();
        expect(await consent.finish(new URLSearchParams({ code: 'typed' }))).toBe('refresh');
        expect(mock.requests[0]?.form.get('code')).toBe('typed');
    });

    it.each<[string, (url: string) => URLSearchParams, string]>([
        ['another state', () => new URLSearchParams({ state: 'x', code: 'c' }), 'does not belong'],
        ['no code', (url) => answer(url, {}), 'does not belong'],
        [
            'an error of nobody',
            () => new URLSearchParams({ error: 'access_denied' }),
            'does not belong',
        ],
        [
            'a person who says no',
            (url) => answer(url, { error: 'access_denied', error_description: 'Not today' }),
            'access_denied: Not today',
        ],
        [
            'another issuer',
            (url) => answer(url, { code: 'c', iss: 'https://evil.example' }),
            'does not belong',
        ],
    ])('is refused with %s, and no code is exchanged', async (_, given, words) => {
        const consent = await begin();
        const failure = consent.finish(given(consent.url));
        await expect(failure).rejects.toThrow(SourceError);
        await expect(failure).rejects.toThrow(words);
        expect(mock.requests).toEqual([]);
    });

    it.each<[string, MockReply, string]>([
        ['a code that is over', { status: 400, body: { error: 'invalid_grant' } }, 'invalid_grant'],
        [
            'no refresh token',
            { body: { access_token: 'access' } },
            'no refresh_token in the answer',
        ],
        ['a page', { status: 502, body: '<html>' }, 'status 502'],
    ])('says why there is no token: %s', async (_, body, words) => {
        reply = body;
        const consent = await begin();
        const failure = await consent.finish(answer(consent.url)).catch((error) => error);
        expect(failure).toBeInstanceOf(SourceError);
        expect(failure.message).toContain(words);
        expect(failure.message).not.toMatch(/s3cret|the-code|access"/);
    });
});

it('says that nobody answered', async () => {
    const consent = await begin();
    mock.fail(/token/, 'reset');
    await mock.close();
    const failure = consent.finish(answer(consent.url));
    await expect(failure).rejects.toThrow(SourceError);
    await expect(failure).rejects.toThrow('could not be reached');
});

describe('the consents of all systems', () => {
    const all = systems as readonly SystemSettings[];
    it.each(all.filter(({ consent }) => consent).map((one) => [one.system, one] as const))(
        '%s brings a secret of its connection, over https',
        (_, { consent, secrets }) => {
            const names = secrets.map(({ name }) => name);
            expect(names).toEqual(expect.arrayContaining(['client_id', 'client_secret']));
            expect(names).toContain(consent?.yields);
            const addresses = consent?.endpoints({ domain: 'example.kommo.com' });
            for (const one of [addresses?.authorise, addresses?.token]) {
                expect(new URL(one ?? '').protocol).toBe('https:');
            }
        },
    );
});
