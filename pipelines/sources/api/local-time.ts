const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * The instant at which the clock of a time zone shows this: `2026-11-29 14:05:00`. An hour that comes
 * twice is the first one; one that is left out is as the clock before it went on.
 * @returns ISO 8601 in UTC; what is no such time comes back as it is, for the contract to reject
 */
export function instantIn(timezone: string, local: string): string {
    const shown = Date.parse(`${local.replace(' ', 'T')}Z`);
    if (Number.isNaN(shown)) return local;
    // A day before, so that the offset is that from before a change of the clock.
    const before = shown - offsetAt(timezone, shown - 86_400_000);
    const instant = offsetAt(timezone, before) === shown - before ? before : later(timezone, shown);
    return new Date(instant).toISOString();
}

function later(timezone: string, shown: number): number {
    const after = shown - offsetAt(timezone, shown + 86_400_000);
    const isShown = offsetAt(timezone, after) === shown - after;
    return isShown ? after : shown - offsetAt(timezone, shown - 86_400_000);
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
