import { readFileSync } from 'node:fs';
import type { Clock, Reading } from './walk-minutes.ts';

/** A case worked out by hand; times are the wall clock of Bucharest with its offset. */
export interface ClockCase extends Reading {
    readonly name: string;
    readonly started: string;
    /** Empty while it is open. */
    readonly answered: string;
    readonly allowed: number;
    /** `paused>resumed`, one after another with `|`; empty after `>` while it stands still. */
    readonly pauses: string;
}

const file = new URL('../../fixtures/service/clock-cases.csv', import.meta.url);

/** Cases of the business-hours clock with the minutes, due time and status worked out by hand. */
export function readClockCases(): readonly ClockCase[] {
    const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
    return lines.map((line) => {
        const [name, started, answered, allowed, pauses, minutes, due, status] = line.split(',');
        return {
            name: String(name),
            started: String(started),
            answered: String(answered),
            allowed: Number(allowed),
            pauses: String(pauses),
            minutes: Number(minutes),
            due: new Date(String(due)).toISOString(),
            status: status as Reading['status'],
        };
    });
}

/** Pauses of a case as pairs of written instants; the second is empty while the clock stands. */
export function pausesOf(one: ClockCase): readonly (readonly [string, string])[] {
    if (one.pauses === '') return [];
    return one.pauses.split('|').map((pause) => {
        const [paused, resumed] = pause.split('>');
        return [String(paused), String(resumed)];
    });
}

/** The clock of a case as instants. */
export function clockOf(one: ClockCase): Clock {
    const instant = (text: string) => (text === '' ? null : new Date(text));
    return {
        started: new Date(one.started),
        answered: instant(one.answered),
        allowed: one.allowed,
        pauses: pausesOf(one).map(([paused, resumed]) => ({
            paused: new Date(paused),
            resumed: instant(resumed),
        })),
    };
}
