import type { Clock } from './clock.ts';
import type { Feed, Slice } from './connector.ts';
import { addDays, dayIn } from './days.ts';

/**
 * Plans a comparison of all ids now and then: its cursor is the day of the last one.
 * @param slices what is asked for when it is due
 */
export function censusPlan(
    everyDays: number,
    clock: Clock,
    slices: () => readonly Slice[] | Promise<readonly Slice[]>,
): Feed['plan'] {
    return async (cursor) => {
        const today = dayIn('UTC', clock.now());
        const isDue = cursor === null || addDays(cursor, everyDays) <= today;
        return isDue ? { slices: await slices(), cursor: today } : { slices: [] };
    };
}
