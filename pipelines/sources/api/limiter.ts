import type { Clock } from './clock.ts';

const startShare = 0.9;
const floorShare = 0.02;
const halveAtMostEveryMs = 5000;
const goodAnswersToRise = 50;
const riseBy = 0.5;
/** A timer that rings late may be made up for, up to this much. */
const slackMs = 100;

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
    const highest = perSecond * startShare;
    let rate = highest;
    let nextSlot = 0;
    let blockedUntil = 0;
    let halvedAt = Number.NEGATIVE_INFINITY;
    let good = 0;
    const blockUntil = (until: number) => {
        blockedUntil = Math.max(blockedUntil, until);
    };
    return {
        take: async () => {
            for (;;) {
                const now = clock.now();
                const start = Math.max(now, nextSlot, blockedUntil);
                nextSlot = Math.max(nextSlot, blockedUntil, now - slackMs) + 1000 / rate;
                if (start > now) await clock.sleep(start - now);
                // Blocked while it waited: it takes a place behind the block, or all would start at once.
                if (clock.now() >= blockedUntil) return;
            }
        },
        noteGood: () => {
            good += 1;
            if (good < goodAnswersToRise) return;
            good = 0;
            rate = Math.min(highest, rate + riseBy);
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
