import { instantIn } from './local-time.ts';

/** The calendar day of an instant in a time zone. @param now milliseconds since 1970 */
export function dayIn(timezone: string, now: number): string {
    // The Swedish way of writing a date is that of ISO 8601.
    return new Intl.DateTimeFormat('sv-SE', {
        timeZone: timezone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
    }).format(now);
}

/** The day so many days after a day. */
export function addDays(day: string, count: number): string {
    const time = Date.parse(`${day}T00:00:00Z`);
    return new Date(time + count * 86_400_000).toISOString().slice(0, 10);
}

export interface Days {
    readonly from: string;
    readonly to: string;
}

export interface ReloadRule {
    readonly since: string;
    readonly reloadDays: number;
    readonly deepReloadDays: number;
    readonly deepReloadEveryDays: number;
}

/**
 * The days a report is asked for: those that are new, and those that the platform may have restated.
 * Today is not over and is left for tomorrow.
 * @param cursor last day that is loaded; null when none is
 * @returns undefined when there is no day to ask for
 */
export function daysToAsk(
    cursor: string | null,
    today: string,
    rule: ReloadRule,
): Days | undefined {
    const to = addDays(today, -1);
    if (rule.since > to) return undefined;
    if (cursor === null) return { from: rule.since, to };
    const isDeep = isDeepDay(cursor, to, rule.deepReloadEveryDays);
    const restated = addDays(to, 1 - (isDeep ? rule.deepReloadDays : rule.reloadDays));
    const [from = restated] = [addDays(cursor, 1), restated].sort();
    return { from: [rule.since, from].sort().at(-1) as string, to };
}

/** Whether a day that is a multiple of `every` is among those that are new: runs may be left out. */
function isDeepDay(cursor: string, to: string, every: number): boolean {
    const period = (day: string) => Math.floor(Date.parse(day) / 86_400_000 / every);
    return period(to) > period(cursor);
}

/** The days cut at the ends of months, so that no answer gets large. */
export function byMonth({ from, to }: Days): readonly Days[] {
    const months: Days[] = [];
    for (let start = from; start <= to; ) {
        const [year = 0, month = 0] = start.split('-').map(Number);
        const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
        const end = last < to ? last : to;
        months.push({ from: start, to: end });
        start = addDays(end, 1);
    }
    return months;
}

/** The day in the middle of some days; the first of two. */
export function middleOf({ from, to }: Days): string {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    return addDays(from, Math.floor((days - 1) / 2));
}

/**
 * The instant of noon on a day in a time zone, for records that know their day and no time: noon is on
 * the same day in the zone of the company too, unless half the world lies between them.
 */
export function noonOf(day: string, timezone: string): string {
    return instantIn(timezone, `${day} 12:00:00`);
}
