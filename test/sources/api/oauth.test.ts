import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGrant } from '../../../pipelines/sources/api/oauth.ts';
import { type MockReply, type MockServer, startMock } from './mock-server.ts';
import { createTestClock } from './test-clock.ts';

let mock: MockServer;
let directory: string;
beforeEach(async () => {
    mock = await startMock(() => ({ body: { access_token: 'fresh', expires_in: 3600 } }));
    directory = mkdtempSync(join(tmpdir(), 'jointly-grant-'));
});
afterEach(async () => {
    rmSync(directory, { recursive: true });
    await mock.close();
});

const current = async (more: { scope?: string } = {}) => {
    const grant = createGrant({
        connection: 'ads',
        clock: createTestClock(),
        url: `${mock.address}/token`,
        clientId: 'id',
        clientSecret: 'hush-hush',
        granted: 'refresh-me',
        file: join(directory, 'token.json'),
        onRefused: 'grant access anew',
        ...more,
    });
    return (await grant.current()).accessToken;
};
const refusal = (error: string): MockReply => ({ status: 400, body: { error } });

describe('a grant', () => {
    it.each(['temporarily_unavailable', 'server_error'])(
        'is asked for again after %s',
        async (error) => {
            mock.fail(/token/, refusal(error), refusal(error));
            expect(await current()).toBe('fresh');
            expect(mock.requests).toHaveLength(3);
        },
    );

    it.each(['invalid_grant', 'unauthorized_client'])('is over after %s', async (error) => {
        mock.fail(/token/, refusal(error));
        await expect(current()).rejects.toThrow('the access that was granted is over');
        expect(mock.requests).toHaveLength(1);
    });

    it.each([
        ['a page of the gateway', { status: 403, body: '<html>' }],
        ['an address that is none', { status: 404, body: {} }],
    ])('that is answered by %s says what to look at', async (_, reply) => {
        mock.fail(/token/, reply);
        await expect(current()).rejects.toThrow('grant access anew');
    });

    it('says its scopes where the system wants to hear them', async () => {
        await current({ scope: 'ads.read offline_access' });
        expect(mock.requests[0]?.form.get('scope')).toBe('ads.read offline_access');
    });

    it('says none elsewhere', async () => {
        await current();
        expect(mock.requests[0]?.form.has('scope')).toBe(false);
    });
});
