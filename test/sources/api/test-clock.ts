import type { Clock } from '../../../pipelines/sources/api/clock.ts';

export interface TestClock extends Clock {
    readonly slept: readonly number[];
    readonly advance: (milliseconds: number) => void;
}

/** Time that passes only when somebody waits for it. Jitter is at its longest. */
export function createTestClock(start = '2026-11-29T12:00:00Z'): TestClock {
    let now = Date.parse(start);
    const slept: number[] = [];
    return {
        now: () => now,
        random: () => 1,
        slept,
        advance: (milliseconds) => {
            now += milliseconds;
        },
        sleep: async (milliseconds) => {
            slept.push(milliseconds);
            const until = now + milliseconds;
            // Others who wait shorter wake first.
            await new Promise((resolve) => setImmediate(resolve));
            now = Math.max(now, until);
        },
    };
}
