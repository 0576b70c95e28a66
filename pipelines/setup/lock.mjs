import {
    closeSync,
    existsSync,
    mkdirSync,
    openSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './setup-error.mjs';

const POLL_MS = 500;
const OWNERLESS_MS = 5_000;
/** A first set-up on a slow network. Past that, something is wrong with the other one. */
const GIVE_UP_MS = 15 * 60_000;

/**
 * Do some work while no other set-up of the same folder does any; wait for one that is under way.
 *
 * @template T
 * @param {string} lockFile holds the process id of the owner
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, giveUpMs?: number }} options
 * @returns {Promise<T>}
 * @throws {SetupError} code 4 when the other set-up does not end
 */
export async function withLock(lockFile, work, { onWait, giveUpMs = GIVE_UP_MS } = {}) {
    mkdirSync(dirname(lockFile), { recursive: true });
    const giveUpAt = Date.now() + giveUpMs;
    let said = false;
    while (!acquire(lockFile)) {
        const owner = readOwner(lockFile);
        if (owner === undefined ? isOld(lockFile) : !isAlive(owner)) {
            removeStale(lockFile, owner);
            continue;
        }
        if (Date.now() > giveUpAt) {
            throw new SetupError(
                `Another set-up (process ${owner ?? 'unknown'}) is still running.`,
                {
                    fix: `wait for it or end it, then: npm run setup`,
                    exitCode: 4,
                },
            );
        }
        if (!said && owner !== undefined) {
            onWait?.(owner);
            said = true;
        }
        await sleep(Math.min(POLL_MS, giveUpMs));
    }
    const release = () => rmSync(lockFile, { force: true });
    process.once('exit', release);
    try {
        return await work();
    } finally {
        process.off('exit', release);
        release();
    }
}

/** @param {string} lockFile */
function acquire(lockFile) {
    try {
        const file = openSync(lockFile, 'wx');
        writeSync(file, String(process.pid));
        closeSync(file);
        return true;
    } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
        throw error;
    }
}

/** @param {string} lockFile */
function readOwner(lockFile) {
    if (!existsSync(lockFile)) return undefined;
    const pid = Number(readFileSync(lockFile, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/**
 * Whether a lock without an owner was left so: a living owner writes its id at once.
 *
 * @param {string} lockFile
 */
function isOld(lockFile) {
    const stats = statSync(lockFile, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.mtimeMs > OWNERLESS_MS;
}

/**
 * Take a dead owner's lock away. Renaming first: of two waiting processes only one gets the file,
 * and the other cannot delete the lock the first one takes next.
 *
 * @param {string} lockFile
 * @param {number | undefined} owner
 */
function removeStale(lockFile, owner) {
    const aside = `${lockFile}.${process.pid}`;
    try {
        renameSync(lockFile, aside);
    } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
        throw error;
    }
    if (readOwner(aside) === owner) rmSync(aside, { force: true });
    else renameSync(aside, lockFile);
}

/** @param {number} pid */
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
    }
}
