import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Clock } from './clock.ts';
import { writePrivately } from './private-file.ts';

export interface TokenPair {
    readonly accessToken: string;
    /** Where each use brings a new one, the new one; else that which was used. */
    readonly refreshToken: string;
    /** Milliseconds since 1970. */
    readonly expiresAt: number;
    /** What else came with it, for example the address of the account. */
    readonly address?: string | undefined;
}

/** The system no longer takes the refresh token: a person has to grant access anew. */
export class GrantRefused extends Error {}

export interface TokenKeeperOptions {
    readonly connection: string;
    /** Where the present pair is kept. */
    readonly file: string;
    readonly clock: Clock;
    /** The refresh token as the person who granted access wrote it down. */
    readonly granted: string;
    /** @throws GrantRefused when the system says that the grant is over */
    readonly refresh: (refreshToken: string) => Promise<TokenPair>;
    /** Whom to ask, and for what, when the grant is over. */
    readonly onRefused: string;
}

export interface TokenKeeper {
    /** A token that holds a while. @throws SourceError when the grant is over */
    readonly current: () => Promise<TokenPair>;
    /** A new token, because the system refused the present one. */
    readonly renew: () => Promise<void>;
}

const keptPair = z.object({
    /** Tells a new grant from the one that the pair came from. */
    grant: z.string(),
    accessToken: z.string(),
    refreshToken: z.string(),
    expiresAt: z.number(),
    address: z.string().optional(),
});

type KeptPair = z.output<typeof keptPair>;

/** A token that ends while a page is under way is renewed before. */
const marginMs = 60_000;
const lockRetries = { retries: 100, factor: 1, minTimeout: 100, maxTimeout: 200 };

/**
 * Keeps a refresh token that changes with every use. The new pair is on the disk before anything is
 * asked with it, and one process at a time renews: two that do it at once lock each other out.
 */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
    const { file, clock, granted } = options;
    const grant = createHash('sha256').update(granted).digest('hex');
    let pair: KeptPair | undefined = readPair(file, grant);
    const isFresh = (one: KeptPair | undefined) =>
        one !== undefined && one.expiresAt - marginMs > clock.now();

    const renew = async (refused: KeptPair | undefined): Promise<KeptPair> => {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        const release = await lockfile.lock(dirname(file), {
            lockfilePath: `${file}.lock`,
            retries: lockRetries,
        });
        try {
            const kept = readPair(file, grant);
            // Another process has renewed it in the meantime.
            if (kept && kept.accessToken !== refused?.accessToken && isFresh(kept)) return kept;
            const renewed = await options.refresh(kept?.refreshToken ?? granted);
            const next = { grant, ...renewed };
            await writePrivately(file, `${JSON.stringify(next)}\n`);
            return next;
        } catch (cause) {
            if (!(cause instanceof GrantRefused)) throw cause;
            throw new SourceError({
                what: `${options.connection}: the access that was granted is over.`,
                why: cause.message,
                fix: options.onRefused,
                cause,
            });
        } finally {
            await release();
        }
    };

    // Questions that are under way together wait for one renewal.
    let underWay: Promise<KeptPair> | undefined;
    const renewOnce = (): Promise<KeptPair> => {
        underWay ??= renew(pair)
            .then((next) => {
                pair = next;
                return next;
            })
            .finally(() => {
                underWay = undefined;
            });
        return underWay;
    };

    return {
        current: async () => (pair !== undefined && isFresh(pair) ? pair : renewOnce()),
        renew: async () => {
            await renewOnce();
        },
    };
}

function readPair(file: string, grant: string): KeptPair | undefined {
    if (!existsSync(file)) return undefined;
    const read = keptPair.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return read.success && read.data.grant === grant ? read.data : undefined;
}
