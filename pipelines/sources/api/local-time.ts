/** Where days end last: of a zone that is not known, a day is taken for over when it is everywhere. */
export const lastZone = 'Etc/GMT+12';

/**
 * A time zone as a system names it: `UTC+5.5`, which Matomo lets people choose, is `+05:30`.
 * @returns undefined when there is no such zone
 */
export function zoneOf(name: string): string | undefined {
    const [, sign, hours = '', part = '0'] = /^UTC([+-])(\d{1,2})(?:\.(\d+))?$/.exec(name) ?? [];
    const minutes = String(Number(`0.${part}`) * 60).padStart(2, '0');
    const zone = sign === undefined ? name : `${sign}${hours.padStart(2, '0')}:${minutes}`;
    try {
        new Intl.DateTimeFormat('en', { timeZone: zone });
        return zone;
    } catch {
        // It throws for a name that it does not know.
        return undefined;
    }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

const dayMs = 86_400_000;

/**
 * The instant at which the clock of a zone shows this: `2026-11-29 14:05:00`. As in files: an hour that
 * comes twice is the second one; one that is left out is as the clock before it went on.
 * @returns ISO 8601 in UTC; what is no such time comes back as it is, for the contract to reject
 */
export function instantIn(timezone: string, local: string): string {
    const shown = Date.parse(`${local.replace(' ', 'T')}Z`);
    if (Number.isNaN(shown)) return local;
    // A day after and before, so that the offsets are those on both sides of a change of the clock.
    const after = shown - offsetAt(timezone, shown + dayMs);
    const isShown = offsetAt(timezone, after) === shown - after;
    const instant = isShown ? after : shown - offsetAt(timezone, shown - dayMs);
    return new Date(instant).toISOString();
}

/** Milliseconds by which the clock of a zone is ahead of UTC. */
function offsetAt(timezone: string, instant: number): number {
    let clock = clocks.get(timezone);
    if (clock === undefined) {
        clock = new Intl.DateTimeFormat('sv-SE', {
            timeZone: timezone,
            dateStyle: 'short',
            timeStyle: 'medium',
        });
        clocks.set(timezone, clock);
    }
    const whole = Math.floor(instant / 1000) * 1000;
    return Date.parse(`${clock.format(whole).replace(' ', 'T')}Z`) - whole;
}
