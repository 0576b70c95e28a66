import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody reads what somebody is paid. */
export interface PayRead {
    /** Null where nobody signs in. */
    readonly user: string | null;
    /** As whom finance looks at it. */
    readonly seen_as?: string | undefined;
    readonly address: string;
    /** Whose pay it is. */
    readonly content: string;
    readonly path: string;
}

/**
 * Keeps who read whose pay and when, one line each in a file a month that its owner alone reads.
 * @returns notes a read; it throws where that cannot be written, and nothing is read then
 */
export function keepReads(folder: string, now: () => Date = () => new Date()) {
    return (read: PayRead): void => {
        const at = now().toISOString();
        const file = join(folder, `pay-reads-${at.slice(0, 7)}.ndjson`);
        appendFileSync(file, `${JSON.stringify({ at, ...read })}\n`, { mode: 0o600 });
    };
}
