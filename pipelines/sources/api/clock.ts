import { setTimeout as wait } from 'node:timers/promises';

/** What depends on time and chance; tests bring their own, so that they take milliseconds. */
export interface Clock {
    /** Milliseconds since 1970. */
    readonly now: () => number;
    readonly sleep: (milliseconds: number) => Promise<void>;
    /** From 0 to below 1. */
    readonly random: () => number;
}

export const systemClock: Clock = {
    now: () => Date.now(),
    sleep: (milliseconds) => wait(milliseconds),
    random: () => Math.random(),
};
