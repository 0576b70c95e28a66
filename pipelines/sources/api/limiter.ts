import type { Clock } from './clock.ts';

const startShare = 0.9;
/** Rises above where it began, but leaves room for questions that arrive bunched. */
const highestShare = 0.95;
const floorShare = 0.02;
const halveAtMostEveryMs = 5000;
const goodAnswersToRise = 50;
/** Questions per second; of a system that allows many, a share of them: it would be below for minutes. */
const riseBy = 0.5;
const riseShare = 0.05;
/**
 * A timer that rings late may be made up for, up to this much. Of the fifty milliseconds that a second at
 * the highest rate leaves free, the rest is for questions that take longer on their way than others.
 */
const slackMs = 20;

/** Spaces the questions of one credential to one family of endpoints. */
export interface Limiter {
    /** Resolves when the next question may be asked. */
    readonly take: () => Promise<void>;
    readonly noteGood: () => void;
    /** Halves the rate, but once for all answers that were under way together. */
    readonly noteLimit: (until?: number) => void;
    /** No question before this moment. */
    readonly blockUntil: (until: number) => void;
    /** Questions per second at the moment. */
    readonly rate: () => number;
}

/**
 * A limiter that starts at nine tenths of the published rate, halves when the system says it is too
 * much, and rises slowly again.
 * @param perSecond the published rate
 */
export function createLimiter(perSecond: number, clock: Clock): Limiter {
    const highest = perSecond * highestShare;
    let rate = perSecond * startShare;
    let last = Number.NEGATIVE_INFINITY;
    let queue = Promise.resolve();
    let blockedUntil = 0;
    let halvedAt = Number.NEGATIVE_INFINITY;
    let good = 0;
    const blockUntil = (until: number) => {
        blockedUntil = Math.max(blockedUntil, until);
    };
    const waitForTurn = async () => {
        for (;;) {
            const now = clock.now();
            const turn = Math.max(last + 1000 / rate, blockedUntil);
            if (now >= turn) {
                last = Math.max(turn, now - slackMs);
                return;
            }
            await clock.sleep(turn - now);
        }
    };
    return {
        take: () => {
            // One after another: timers that ring late together must not let all through at once.
            queue = queue.then(waitForTurn);
            return queue;
        },
        noteGood: () => {
            good += 1;
            if (good < goodAnswersToRise) return;
            good = 0;
            rate = Math.min(highest, rate + Math.max(riseBy, perSecond * riseShare));
        },
        noteLimit: (until) => {
            const now = clock.now();
            good = 0;
            if (until !== undefined) blockUntil(until);
            if (now - halvedAt < halveAtMostEveryMs) return;
            halvedAt = now;
            rate = Math.max(rate / 2, perSecond * floorShare);
        },
        blockUntil,
        rate: () => rate,
    };
}
