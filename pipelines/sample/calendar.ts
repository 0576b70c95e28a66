/**
 * Milliseconds since 1970 read off the company's wall clock. Nothing here asks the machine for its
 * clock, zone or locale: the exports must be the same bytes everywhere.
 */
export type LocalTime = number;

export interface Month {
    /** 0 is the first exported month; warm-up months are negative. */
    readonly index: number;
    readonly key: string;
    readonly year: number;
    /** 1..12 */
    readonly number: number;
    readonly start: LocalTime;
    readonly end: LocalTime;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const FIRST_DAY: LocalTime = Date.UTC(2023, 6, 1);
/** Exclusive: the last exported day is 2026-06-30. */
export const END: LocalTime = Date.UTC(2026, 6, 1);
/** The joint plan starts 24 months after the first exported day, on 2025-07-01. */
export const JOINT_PLAN_MONTH = 24;
export const MONTH_COUNT = 36;

const OPENING = 9 * HOUR;
const CLOSING = 18 * HOUR;

// Public holidays of Romania: the fixed ones, then Good Friday, Easter Monday, Pentecost Monday.
const FIXED_HOLIDAYS = new Set(
    '01-01 01-02 01-06 01-07 01-24 05-01 06-01 08-15 11-30 12-01 12-25 12-26'.split(' '),
);
const MOVING_HOLIDAYS = new Set(
    (
        '2024-05-03 2024-05-06 2024-06-24 2025-04-18 2025-04-21 2025-06-09 ' +
        '2026-04-10 2026-04-13 2026-06-01'
    ).split(' '),
);
const workdays = new Map<number, boolean>();

export function monthAt(index: number): Month {
    const start = Date.UTC(2023, 6 + index, 1);
    const date = new Date(start);
    return {
        index,
        key: date.toISOString().slice(0, 7),
        year: date.getUTCFullYear(),
        number: date.getUTCMonth() + 1,
        start,
        end: Date.UTC(2023, 7 + index, 1),
    };
}

/** 0 for July 2023. */
export function monthIndexOf(time: LocalTime): number {
    const date = new Date(time);
    return (date.getUTCFullYear() - 2023) * 12 + date.getUTCMonth() - 6;
}

/** 0 for July to September 2023, 11 for April to June 2026. */
export function quarterOf(time: LocalTime): number {
    return Math.floor(monthIndexOf(time) / 3);
}

/** Daylight saving time in Bucharest: last Sunday of March 03:00 to last Sunday of October 04:00. */
export function toUtc(local: LocalTime): number {
    const year = new Date(local).getUTCFullYear();
    const start = lastSunday(year, 2) + 3 * HOUR;
    const end = lastSunday(year, 9) + 4 * HOUR;
    return local - (local >= start && local < end ? 3 : 2) * HOUR;
}

export function dayOf(time: LocalTime): LocalTime {
    return time - (time % DAY);
}

export function isWorkday(day: LocalTime): boolean {
    const known = workdays.get(day);
    if (known !== undefined) return known;
    const date = new Date(day);
    const text = date.toISOString().slice(0, 10);
    const weekday = date.getUTCDay();
    const isOpen =
        weekday !== 0 &&
        weekday !== 6 &&
        !FIXED_HOLIDAYS.has(text.slice(5)) &&
        !MOVING_HOLIDAYS.has(text);
    workdays.set(day, isOpen);
    return isOpen;
}

/** Adds minutes that count only Monday to Friday, 09:00 to 18:00, outside holidays. */
export function addWorkMinutes(from: LocalTime, minutes: number): LocalTime {
    let time = nextOpenMoment(from);
    let left = minutes * MINUTE;
    while (time + left >= dayOf(time) + CLOSING) {
        left -= dayOf(time) + CLOSING - time;
        time = nextOpenMoment(dayOf(time) + DAY);
    }
    return time + left;
}

function nextOpenMoment(time: LocalTime): LocalTime {
    let day = dayOf(time);
    if (isWorkday(day) && time < day + CLOSING) return Math.max(time, day + OPENING);
    do day += DAY;
    while (!isWorkday(day));
    return day + OPENING;
}

function lastSunday(year: number, monthIndex: number): number {
    const last = Date.UTC(year, monthIndex + 1, 0);
    return last - new Date(last).getUTCDay() * DAY;
}
