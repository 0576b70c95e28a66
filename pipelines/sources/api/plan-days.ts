import type { Covered, Plan } from './connector.ts';
import { addDays, byMonth, type Days, dayIn, daysToAsk } from './days.ts';
import { lastZone, zoneOf } from './local-time.ts';
import type { SystemSettings } from './settings.ts';

export interface Account {
    readonly id: string;
    readonly timezone: string;
    /** Values of the partition of the stream. */
    readonly partition: Readonly<Record<string, string>>;
}

interface DaySettings {
    readonly since: string;
    readonly reload_days: number;
    readonly deep_reload_days: number;
    readonly deep_reload_every_days: number;
}

/**
 * What to ask accounts for that have proven to be readable: the days that are new and those that may
 * be restated, a month at a time. Each account has its own day; all are asked for the days that are
 * over in every one of them.
 * @param wanted days of a backfill, which leaves the cursor where it is
 */
export function planDays(
    stream: string,
    accounts: readonly Account[],
    cursor: string | null,
    settings: DaySettings,
    now: number,
    wanted: Days | undefined,
): Plan {
    const [today = ''] = accounts
        .map(({ timezone }) => dayIn(zoneOf(timezone) ?? lastZone, now))
        .sort();
    const days = wanted
        ? untilYesterday(wanted, today)
        : daysToAsk(cursor, today, {
              since: settings.since,
              reloadDays: settings.reload_days,
              deepReloadDays: settings.deep_reload_days,
              deepReloadEveryDays: settings.deep_reload_every_days,
          });
    if (days === undefined) return { slices: [] };
    return {
        ...(wanted ? {} : { cursor: days.to }),
        slices: accounts.flatMap(({ id }) =>
            byMonth(days).map(({ from, to }) => ({
                name: `${id} ${from}`,
                place: { account: id, from, to },
            })),
        ),
        covered: accounts.map(({ partition }) => ({
            stream,
            partition,
            firstDay: days.from,
            lastDay: days.to,
        })),
    };
}

/** Today is not over. */
function untilYesterday({ from, to }: Days, today: string): Days | undefined {
    const [last = to] = [to, addDays(today, -1)].sort();
    return from > last ? undefined : { from, to: last };
}

/**
 * Days of records that are proven to be read when an account that is asked for its changes has shown one:
 * all up to the one before today. An account that shows none may have none, or its access no longer sees
 * them, and the system says nothing of it.
 * @param from where the run begins: its cursor, and the first day of the connection
 */
export function daysOfChanges(
    streams: readonly string[],
    { since, cursor }: { readonly since: string; readonly cursor: string | null },
    now: number,
): readonly Covered[] {
    const firstDay = cursor === null ? since : dayIn('UTC', Date.parse(cursor));
    const lastDay = addDays(dayIn('UTC', now), -1);
    if (firstDay > lastDay) return [];
    return streams.map((stream) => ({ stream, partition: {}, firstDay, lastDay }));
}

/** Those streams of a feed whose days a record that is shown proves to be read. */
export function provenOf(
    { provenStreams }: Pick<SystemSettings, 'provenStreams'>,
    streams: readonly string[],
): readonly string[] {
    return streams.filter((stream) => provenStreams?.includes(stream));
}

/** What a run over the changes of an account may prove. */
interface Proof {
    /** Those of which a record proves that they can be read; of none nothing has to be shown. */
    readonly streams: readonly string[];
    readonly since: string;
    readonly cursor: string | null;
    /** By the clock of the system; milliseconds since 1970. */
    readonly at: number;
}

/**
 * The plan of a run that asks for changes up to now. Where there is something to prove and the account
 * shows no record, the next run begins where this one did.
 */
export async function planProven(
    plan: Pick<Plan, 'slices' | 'lookups'>,
    { streams, since, cursor, at }: Proof,
    shows: () => Promise<boolean>,
): Promise<Plan> {
    const reached = { ...plan, cursor: new Date(at).toISOString() };
    if (streams.length === 0) return reached;
    if (!(await shows())) return plan;
    return { ...reached, covered: daysOfChanges(streams, { since, cursor }, at) };
}
