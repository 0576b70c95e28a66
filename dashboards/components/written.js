import { formats } from './say.js';

/**
 * A value as tables and cards write it.
 *
 * @param {unknown} value known
 * @param {string} [fmt] `time` for a date with its time, or the tag of a number format: see messages/formats.ts
 */
export function written(value, fmt) {
    if (value instanceof Date) return fmt === 'time' ? formats.time(value) : formats.day(value);
    if (typeof value !== 'number') return String(value);
    return fmt ? formats.tagged(value, fmt) : formats.number(value);
}
