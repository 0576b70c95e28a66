import { createHash, randomBytes } from 'node:crypto';

const HOUR = 3_600_000;
/** Milliseconds after which a session ends: without use, and in any case. */
export const LONGEST = { unused: 2 * HOUR, ever: 12 * HOUR };
/** Of so many, the oldest ends for a new one. */
const MOST = 10_000;

export interface Session {
    readonly user: string;
    /** What the user signed in by: when that has changed, they sign in anew. */
    readonly mark: string;
    readonly since: number;
    readonly lastSeen: number;
}

/** A new token: 256 random bits, as `cookieOf` takes them. */
export const newToken = () => randomBytes(32).toString('base64url');

/** Who is signed in, kept by the server: a token says nothing, and is worth nothing once it is over. */
export function createSessions(now: () => number = Date.now) {
    // By the hash of the token: whoever reads the memory of this program cannot sign in with it.
    const known = new Map<string, Session>();
    return {
        /** Begins a session; a token is 256 random bits. */
        start(user: string, mark: string): string {
            const [oldest] = known.keys();
            if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
            const token = newToken();
            known.set(hashOf(token), { user, mark, since: now(), lastSeen: now() });
            return token;
        },
        /** The session of a token; undefined when it is over. */
        find(token: string): Session | undefined {
            const session = known.get(hashOf(token));
            if (session === undefined) return undefined;
            const { since, lastSeen } = session;
            const isOver = now() - since > LONGEST.ever || now() - lastSeen > LONGEST.unused;
            if (isOver) known.delete(hashOf(token));
            else known.set(hashOf(token), { ...session, lastSeen: now() });
            return isOver ? undefined : session;
        },
        end(token: string): void {
            known.delete(hashOf(token));
        },
    };
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64');
