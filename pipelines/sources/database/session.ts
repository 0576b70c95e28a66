import type { ControlledTransaction, Kysely } from 'kysely';
import { ConfigError, JointlyError, SourceError } from '../../errors.ts';
import type { Clock } from '../api/clock.ts';
import type { DatabaseSettings } from './settings.ts';
import type { DatabaseSystem, OpenDatabase } from './system.ts';

const maximumTries = 6;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** One transaction that can but read, and sees the database as it was at its first question. */
export interface Session {
    /**
     * Does some work in it; anew, in a new one, when the connection is lost.
     * @throws SourceError or ConfigError saying what a person has to do
     */
    readonly ask: <Result>(
        what: string,
        work: (db: Kysely<unknown>) => Promise<Result>,
    ) => Promise<Result>;
    /** As `ask`, for the one who reads on where the last page ended. */
    readonly readOn: Session['ask'];
    /**
     * Says whether rows are being read. A connection answers nothing else until they are; what is not
     * read to its end is given up with it.
     */
    readonly noteReading: (isReading: boolean) => void;
    /** Counted up with every new transaction. */
    readonly number: () => number;
    readonly close: () => Promise<void>;
}

export function openSession(
    { name, host, port, database }: DatabaseSettings,
    system: DatabaseSystem,
    clock: Clock,
): Session {
    let opened: OpenDatabase | undefined;
    let transaction: ControlledTransaction<unknown> | undefined;
    let isReading = false;
    let number = 0;
    const begin = async (opened: OpenDatabase) => {
        if (transaction === undefined) {
            number += 1;
            transaction = await opened.db
                .startTransaction()
                .setIsolationLevel('repeatable read')
                .setAccessMode('read only')
                .execute();
            await system.settle(transaction);
        }
        return transaction;
    };
    const close = async () => {
        const last = opened;
        transaction = undefined;
        opened = undefined;
        isReading = false;
        // Nothing was written, so there is nothing to commit or to roll back.
        await last?.end();
    };
    const readOn: Session['ask'] = async (what, work) => {
        for (let tries = 1; ; tries += 1) {
            try {
                opened ??= system.open();
                const { broken } = opened;
                return await Promise.race([begin(opened).then(work), broken]);
            } catch (error) {
                if (error instanceof JointlyError) throw error;
                const verdict = system.judge(error);
                await close();
                if (verdict.kind === 'ok') throw error;
                const trouble = {
                    what: `${name}: ${what} at ${host}:${port}/${database} failed.`,
                    why: verdict.why,
                    cause: error,
                };
                if (verdict.kind === 'dead token') {
                    const fix = `give the user and password that npx jointly connect asks for, in ${name.toUpperCase()}_USER and ${name.toUpperCase()}_PASSWORD`;
                    throw new SourceError({ ...trouble, fix });
                }
                if (verdict.kind === 'our fault') {
                    const { fix } = verdict;
                    throw new ConfigError({ ...trouble, ...(fix ? { fix } : {}) });
                }
                if (tries >= maximumTries) {
                    throw new SourceError({
                        ...trouble,
                        why: `${verdict.why} (${tries} tries)`,
                        fix: 'run again later; what was landed is kept, and the rest is read',
                    });
                }
                const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
                await clock.sleep(pause * (0.5 + clock.random() / 2));
            }
        }
    };
    return {
        number: () => number,
        noteReading: (isIt) => {
            isReading = isIt;
        },
        close,
        readOn,
        ask: async (what, work) => {
            if (isReading) await close();
            return readOn(what, work);
        },
    };
}
