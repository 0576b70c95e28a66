import { DAY, HOUR, type LocalTime, MINUTE, type Month } from './calendar.ts';
import { createRandom, type Random } from './random.ts';
import { isActive, LEAD_SOURCES, type LeadSource } from './sources.ts';
import { growthAt, seasonOf } from './story.ts';

/** A lead as planned: where and when it comes in. Its fate is decided in journey.ts. */
export interface PlannedLead {
    readonly source: LeadSource;
    readonly createdAt: LocalTime;
}

/** Plans the leads of one month after another; fractions of a lead are carried forward. */
export type LeadPlanner = (month: Month) => readonly PlannedLead[];

// Nobody writes between 02:00 and 05:00, so no local time is skipped or doubled by a clock change.
// biome-ignore format: one number an hour
const HOUR_WEIGHTS = [
    1, 0.4, 0, 0, 0, 0.4, 1, 2, 4, 6, 7, 7, 6, 5.5, 6, 6, 6, 5.5, 5, 5, 5.5, 5, 3.5, 2,
];
const WEEKDAY_WEIGHTS = [0.7, 1.12, 1.14, 1.12, 1.08, 1, 0.68];

export function createLeadPlanner(seed: number, factor: number): LeadPlanner {
    const start = createRandom(seed, 'lead carry');
    const carried = LEAD_SOURCES.map(() => start.next());
    return (month) => {
        const random = createRandom(seed, 'leads', month.key);
        const leads: PlannedLead[] = [];
        for (const [index, source] of LEAD_SOURCES.entries()) {
            const expected = expectedLeads(source, month, seed) * factor;
            const owed = expected + (carried[index] ?? 0);
            const count = Math.floor(owed);
            carried[index] = owed - count;
            for (let lead = 0; lead < count; lead += 1) {
                leads.push({ source, createdAt: drawMoment(random, month) });
            }
        }
        return leads.sort((a, b) => a.createdAt - b.createdAt);
    };
}

/** Leads a source brings in a month at factor 1; ad spend is planned on the same number. */
export function expectedLeads(source: LeadSource, month: Month, seed: number): number {
    if (!isActive(source, month.index)) return 0;
    const noise =
        1 +
        0.06 *
            createRandom(
                seed,
                'volume',
                source.label,
                source.campaign?.id ?? source.line,
                month.key,
            ).bell();
    return source.leadsPerMonth * seasonOf(month.number) * growthAt(month.index) * noise;
}

/** A moment of the month when people are awake, rarer on weekends. */
export function drawMoment(random: Random, month: Month): LocalTime {
    const days = Math.round((month.end - month.start) / DAY);
    for (;;) {
        const day = month.start + random.integer(0, days - 1) * DAY;
        const weight = WEEKDAY_WEIGHTS[new Date(day).getUTCDay()] ?? 1;
        if (random.chance(weight / 1.14)) {
            return (
                day +
                random.weighted(HOUR_WEIGHTS) * HOUR +
                random.integer(0, 59) * MINUTE +
                random.integer(0, 59) * 1000
            );
        }
    }
}
