import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTokenKeeper, GrantRefused } from '../../../pipelines/sources/api/tokens.ts';
import { createTestClock } from './test-clock.ts';

let directory: string;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-tokens-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A system whose refresh tokens hold for one use. */
function createSystem() {
    let present = 'granted';
    let uses = 0;
    return {
        uses: () => uses,
        refresh: async (refreshToken: string, now: number) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            if (refreshToken !== present) throw new GrantRefused('invalid_grant');
            uses += 1;
            present = `refresh-${uses}`;
            return {
                accessToken: `access-${uses}`,
                refreshToken: present,
                expiresAt: now + 3_600_000,
            };
        },
    };
}

function keeperOf(
    system: ReturnType<typeof createSystem>,
    clock = createTestClock(),
    granted = 'granted',
) {
    return createTokenKeeper({
        connection: 'crm',
        file: join(directory, 'crm', 'token.json'),
        clock,
        granted,
        refresh: (token) => system.refresh(token, clock.now()),
        onRefused: 'ask the administrator to grant access again',
    });
}

describe('a token that rotates', () => {
    it('is on the disk, for its owner alone, before it is used', async () => {
        const keeper = keeperOf(createSystem());
        const { accessToken } = await keeper.current();
        const file = join(directory, 'crm', 'token.json');
        expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
            accessToken,
            refreshToken: 'refresh-1',
        });
        expect(statSync(file).mode & 0o777).toBe(0o600);
        expect(readdirSync(join(directory, 'crm'))).toEqual(['token.json']);
    });

    it('is taken up by the next run, and renewed when it is about to end', async () => {
        const system = createSystem();
        const clock = createTestClock();
        await keeperOf(system, clock).current();
        expect((await keeperOf(system, clock).current()).accessToken).toBe('access-1');
        clock.advance(3_590_000);
        expect((await keeperOf(system, clock).current()).accessToken).toBe('access-2');
    });

    it('is renewed once for all questions that are under way', async () => {
        const system = createSystem();
        const keeper = keeperOf(system);
        await Promise.all([keeper.current(), keeper.renew(), keeper.current()]);
        expect(system.uses()).toBe(1);
    });

    it('is not renewed a second time by a process that comes later', async () => {
        const system = createSystem();
        const [one, other] = [keeperOf(system), keeperOf(system)];
        await Promise.all([one.current(), other.current()]);
        expect(system.uses()).toBe(1);
        expect((await other.current()).accessToken).toBe('access-1');
        await one.renew();
        // The other still holds the first pair, and takes what the one has written.
        await other.renew();
        expect(system.uses()).toBe(2);
    });

    it('that the system refuses says whom to ask', async () => {
        const system = createSystem();
        await keeperOf(system).current();
        rmSync(join(directory, 'crm', 'token.json'));
        await expect(keeperOf(system).current()).rejects.toThrow(
            'ask the administrator to grant access again',
        );
    });

    it('begins anew with a new grant', async () => {
        const system = createSystem();
        const keeper = keeperOf(system);
        await keeper.current();
        // The person who granted it put the latest refresh token down.
        const next = keeperOf(system, createTestClock(), 'refresh-1');
        expect((await next.current()).accessToken).toBe('access-2');
    });
});
