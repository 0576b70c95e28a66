import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../pipelines/config.ts';

/** Business hours of the test company by ISO weekday, on the company's wall clock. */
export interface Hours {
    readonly weekday: number;
    readonly opens: string;
    readonly closes: string;
    readonly from: string;
    readonly until: string;
}

export interface Pause {
    readonly paused: Date;
    readonly resumed: Date | null;
}

/** One clock: when it started, when it was answered, how many minutes it may take. */
export interface Clock {
    readonly started: Date;
    readonly answered: Date | null;
    readonly allowed: number;
    readonly pauses: readonly Pause[];
}

export interface Reading {
    readonly minutes: number;
    readonly due: string;
    readonly status: 'met' | 'late' | 'breached' | 'pending';
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A pause that nobody ends is over after so many days: seeds/reference/pause_terms.csv. */
const FORGOTTEN_AFTER = Number(
    /^request,(\d+),/m.exec(
        readFileSync(join(projectRoot, 'seeds/reference/pause_terms.csv'), 'utf8'),
    )?.[1],
);
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Says of any minute (its UTC start) whether the company works in it, by asking the platform's own
 * time zone data for the wall clock of that minute.
 */
export function createOpenMinutes(
    timeZone: string,
    hours: readonly Hours[],
    holidays: readonly string[],
): (minute: number) => boolean {
    const wallClock = new Intl.DateTimeFormat('en-GB', {
        timeZone,
        weekday: 'short',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
    });
    const days = new Map<number, boolean[]>();
    const ask = (minute: number): boolean => {
        const part = Object.fromEntries(
            wallClock.formatToParts(minute).map(({ type, value }) => [type, value]),
        );
        const day = `${part.year}-${part.month}-${part.day}`;
        const time = `${part.hour}:${part.minute}`;
        if (holidays.includes(day)) return false;
        return hours.some(
            (one) =>
                WEEKDAYS[one.weekday - 1] === part.weekday &&
                one.from <= day &&
                day < one.until &&
                one.opens <= time &&
                time < one.closes,
        );
    };
    // Months of minutes are asked for again and again: each is found by its day and its place there.
    return (minute) => {
        const day = Math.floor(minute / DAY);
        const known = days.get(day) ?? [];
        days.set(day, known);
        const place = (minute % DAY) / MINUTE;
        known[place] ??= ask(minute);
        return known[place];
    };
}

/**
 * Reads a clock by walking through time minute by minute: an open minute counts unless the clock
 * stands still in it, and a clock whose time is used up cannot be stopped any more. The due time is
 * the start of the first minute that would be one too many.
 */
export function walkMinutes(
    clock: Clock,
    isOpen: (minute: number) => boolean,
    asOf: Date,
): Reading {
    const end = (clock.answered ?? asOf).getTime();
    const pauses = clock.pauses
        .filter((pause) => pause.paused <= asOf)
        .map((pause) => ({
            from: pause.paused.getTime(),
            until: Math.min(endOf(pause), asOf.getTime()),
        }));
    let active = 0;
    let minutes: number | undefined;
    let due: number | undefined;
    for (let now = clock.started.getTime(); ; now += MINUTE) {
        if (now >= end) minutes ??= active;
        if (minutes !== undefined && due !== undefined) break;
        const isPaused = pauses.some((pause) => pause.from <= now && now < pause.until);
        if (!isOpen(now) || (isPaused && active < clock.allowed)) continue;
        if (active === clock.allowed) due ??= now;
        active += 1;
    }
    return { minutes, due: new Date(due).toISOString(), status: judge(clock, due, asOf) };
}

const endOf = ({ paused, resumed }: Pause): number =>
    resumed?.getTime() ?? paused.getTime() + FORGOTTEN_AFTER * DAY;

function judge(clock: Clock, due: number, asOf: Date): Reading['status'] {
    if (clock.answered) return clock.answered.getTime() <= due ? 'met' : 'late';
    return due < asOf.getTime() ? 'breached' : 'pending';
}
