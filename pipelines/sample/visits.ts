import {
    DAY,
    FIRST_DAY,
    HOUR,
    type LocalTime,
    MINUTE,
    type Month,
    monthIndexOf,
} from './calendar.ts';
import { drawMoment } from './leads.ts';
import type { ProductLine } from './product-lines.ts';
import { createRandom, type Random } from './random.ts';
import type { Session } from './records.ts';
import { isActive, LEAD_SOURCES, type LeadSource } from './sources.ts';
import { growthAt, seasonOf } from './story.ts';

const SESSIONS_PER_MONTH = 10_750;
const PATH_LENGTH_WEIGHTS = [0.42, 0.24, 0.15, 0.1, 0.06, 0.03];

/** One to six sessions that end with the form: the last one starts minutes before the lead. */
export function drawLeadPath(
    random: Random,
    visitorId: string,
    source: LeadSource,
    createdAt: LocalTime,
): readonly Session[] {
    const length = 1 + random.weighted(PATH_LENGTH_WEIGHTS);
    const broughtBy = random.chance(0.62) ? length - 1 : random.integer(0, length - 1);
    const sessions: Session[] = [];
    let startedAt = createdAt - random.integer(2, 25) * MINUTE;
    for (let index = length - 1; index >= 0; index -= 1) {
        const from = index === broughtBy ? source : drawOtherSource(random, source, createdAt);
        sessions.push(drawSession(random, visitorId, from, startedAt));
        startedAt -= Math.round(random.next() * random.next() * 9 * DAY) + 2 * HOUR;
        startedAt = avoidNight(startedAt);
    }
    return sessions.filter((session) => session.startedAt >= FIRST_DAY);
}

/** Visits that never become a lead: the rest of the month's traffic. */
export function drawAnonymousVisits(
    seed: number,
    factor: number,
    month: Month,
    leadSessionCount: number,
): readonly Session[] {
    const random = createRandom(seed, 'visits', month.key);
    const sources = LEAD_SOURCES.filter((source) => isActive(source, month.index));
    const weights = sources.map(trafficWeight);
    const total = SESSIONS_PER_MONTH * seasonOf(month.number) * growthAt(month.index) * factor;
    const sessions: Session[] = [];
    while (sessions.length < total - leadSessionCount) {
        const visitorId = `v${random.hex(12)}`;
        const count = 1 + random.weighted([0.74, 0.16, 0.07, 0.03]);
        let startedAt = drawMoment(random, month);
        for (let index = 0; index < count && startedAt < month.end; index += 1) {
            const source = sources[random.weighted(weights)];
            if (source !== undefined) {
                sessions.push(drawSession(random, visitorId, source, startedAt));
            }
            startedAt = avoidNight(startedAt + 2 * HOUR + Math.round(random.next() * 8 * DAY));
        }
    }
    return sessions;
}

function drawSession(
    random: Random,
    visitorId: string,
    source: LeadSource,
    startedAt: LocalTime,
): Session {
    const landingPage = random.pick(source.tag.landingPages);
    return {
        startedAt,
        visitorId,
        source,
        landingPage,
        pageViews: 1 + random.integer(0, 3) * random.integer(0, 3),
    };
}

/** The other sessions on a path: mostly unpaid, of the same product line. */
function drawOtherSource(random: Random, source: LeadSource, at: LocalTime): LeadSource {
    const monthIndex = monthIndexOf(at);
    const others = LEAD_SOURCES.filter(
        (other) => other.line === source.line && isActive(other, monthIndex),
    );
    const weights = others.map((other) => trafficWeight(other) * (other.campaign ? 1 : 2));
    return others[random.weighted(weights)] ?? source;
}

function trafficWeight({ line, leadsPerMonth, campaign }: LeadSource): number {
    const visitsPerLead: Record<ProductLine, number> = { gates: 1.6, parts: 1 };
    return leadsPerMonth * visitsPerLead[line] * (campaign === undefined ? 1.5 : 1);
}

/** Clock changes happen at night, when nobody visits here. */
function avoidNight(time: LocalTime): LocalTime {
    const hour = Math.floor((time % DAY) / HOUR);
    return hour < 5 ? time + 6 * HOUR : time;
}
