import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenId } from '../../pipelines/serving/open-id.ts';
import { CALLBACK } from '../../pipelines/serving/provider-sign-in.ts';
import { type Serving, serveSite } from '../../pipelines/serving/serve.ts';
import { writeUsers } from '../../pipelines/serving/users.ts';
import { buildSite, gateOf } from './site.ts';

let directory: string;
let provider: Server;
let serving: Serving;
let site: string;
beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-oidc-'));
    buildSite(join(directory, 'site'), { 'index.html': 'the first page' });
    const usersFile = join(directory, 'users.json');
    writeUsers(usersFile, [{ name: 'ana@acme.example', groups: [] }]);
    const port = await freePort();
    site = `http://127.0.0.1:${port}`;
    const redirect = new URL(CALLBACK, site).href;
    const issuer = await startProvider(redirect);
    const openId = createOpenId({
        ...{ issuer, clientId: 'jointly', clientSecret: 'a client secret', redirect },
        claim: 'email',
    });
    const settings = { public_url: site, open_id: { issuer, client_id: 'jointly' } };
    const gate = gateOf(settings, { usersFile, openId });
    serving = await serveSite(join(directory, 'site'), port, { gate });
});
afterAll(async () => {
    await serving.close();
    provider.close();
    provider.closeAllConnections();
    rmSync(directory, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    return port;
}

/** A provider that asks for nothing but a name; nobody has verified the address of mallory. */
async function startProvider(redirect: string): Promise<string> {
    provider = createServer().listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    const client = { client_id: 'jointly', client_secret: 'a client secret' };
    const oidc = new Provider(issuer, {
        clients: [{ ...client, redirect_uris: [redirect], response_types: ['code'] }],
        claims: { email: ['email', 'email_verified'], profile: [] },
        cookies: { keys: ['some key'] },
        ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_, { uid }) => `/as-who/${uid}` },
        findAccount: (_, id) => ({
            accountId: id,
            claims: async () => ({
                sub: id,
                email: `${id}@acme.example`,
                email_verified: id !== 'mallory',
            }),
        }),
        loadExistingGrant: async ({ oidc: { provider: own, session } }) => {
            const grant = new own.Grant({
                clientId: 'jointly',
                accountId: session?.accountId ?? '',
            });
            grant.addOIDCScope('openid email profile');
            await grant.save();
            return grant;
        },
    });
    const answer = oidc.callback();
    provider.on('request', (request, response) => {
        if (!request.url?.startsWith('/as-who/')) return void answer(request, response);
        const login = { accountId: String(request.headers['x-login']) };
        void oidc.interactionFinished(request, response, { login });
    });
    return issuer;
}

interface Answer {
    readonly status: number;
    readonly text: string;
    readonly url: string;
}

/** Goes where it is sent, as a browser does, with cookies of each origin; signs in with the provider as somebody. */
function createReader(login: string) {
    const jar = new Map<string, Map<string, string>>();
    return async function open(address: string): Promise<Answer> {
        for (let url = address, hops = 0; hops < 12; hops++) {
            const { origin } = new URL(url);
            const cookies = jar.get(origin) ?? new Map<string, string>();
            jar.set(origin, cookies);
            const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
            const headers = { cookie, accept: 'text/html', 'x-login': login };
            const response = await fetch(url, { headers, redirect: 'manual' });
            for (const set of response.headers.getSetCookie()) {
                const [pair = ''] = set.split(';');
                const at = pair.indexOf('=');
                cookies.set(pair.slice(0, at), pair.slice(at + 1));
            }
            const next = response.headers.get('location');
            if (next === null) return { status: response.status, text: await response.text(), url };
            url = new URL(next, url).href;
        }
        throw new Error('sent around in circles');
    };
}

describe('with an OpenID Connect provider', () => {
    it('a person of the file of users comes to the page they asked for', async () => {
        const open = createReader('ana');
        const answer = await open(`${site}/?period=2025-q4`);
        expect(answer).toEqual({
            status: 200,
            text: 'the first page',
            url: `${site}/?period=2025-q4`,
        });
        expect((await open(`${site}/index.html`)).text).toBe('the first page');
    });

    it('somebody else is named and not let in', async () => {
        const { status, text } = await createReader('boris')(site);
        expect(status).toBe(403);
        expect(text).toContain('boris@acme.example is not in the list');
    });

    it('an address the provider has not verified is nobody', async () => {
        const { status, text } = await createReader('mallory')(site);
        expect([status, text]).toEqual([403, expect.not.stringContaining('mallory')]);
    });

    it.each([
        ['without having been asked', `${CALLBACK}?code=abc&state=def`],
        ['with a code of another', `${CALLBACK}?code=abc&state=def&iss=x`],
    ])('an answer %s signs nobody in', async (_, path) => {
        const { status } = await createReader('ana')(`${site}${path}`);
        expect(status).toBe(403);
    });

    it('an answer to another question signs nobody in', async () => {
        const asked = await fetch(`${site}/sign-in`, { redirect: 'manual' });
        const [cookie = ''] = asked.headers.getSetCookie().map((one) => one.split(';')[0]);
        const wrong = await fetch(`${site}${CALLBACK}?code=abc&state=forged`, {
            headers: { cookie },
            redirect: 'manual',
        });
        expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([403, []]);
    });
});
