import { DAY, END, type LocalTime, MONTH_COUNT, monthAt } from './calendar.ts';
import { expectedLeads } from './leads.ts';
import { createRandom } from './random.ts';
import { type Campaign, LEAD_SOURCES, type Platform } from './sources.ts';

/** A campaign's day in the words of the platform. */
export interface SpendDay {
    readonly day: LocalTime;
    readonly campaign: Campaign;
    /** Millionths of a euro. */
    readonly micros: number;
    readonly impressions: number;
    readonly clicks: number;
    /** What the platform claims: always more than the CRM ever sees, in hundredths. */
    readonly claimedHundredths: number;
}

const CLICK_COST_CENTS: Readonly<Record<Platform, number>> = {
    google_ads: 78,
    meta_ads: 41,
    linkedin_ads: 460,
};
const WEEKDAY_BUDGET = [0.82, 1.06, 1.08, 1.07, 1.05, 1.02, 0.9];

/** Yields every campaign day of a platform, by day and then by campaign. */
export function* drawSpend(seed: number, factor: number, platform: Platform): Generator<SpendDay> {
    const sources = LEAD_SOURCES.filter(({ campaign }) => campaign?.platform === platform);
    for (let index = 0; index < MONTH_COUNT; index += 1) {
        const month = monthAt(index);
        const random = createRandom(seed, 'spend', platform, month.key);
        const days = Math.round((month.end - month.start) / DAY);
        const budgets = sources.map((source) => expectedLeads(source, month, seed) * factor);
        for (let day = month.start; day < month.end && day < END; day += DAY) {
            for (const [position, { campaign }] of sources.entries()) {
                const leads = (budgets[position] ?? 0) / days;
                if (campaign === undefined || leads === 0) continue;
                // Clicks get dearer by seven per cent a year.
                const cost = campaign.costPerLead * (1 + (0.07 * index) / 12);
                const weekday = WEEKDAY_BUDGET[new Date(day).getUTCDay()] ?? 1;
                const euro = leads * cost * weekday * Math.max(0.2, 1 + 0.18 * random.bell());
                const clicks = Math.round((euro * 100) / CLICK_COST_CENTS[platform]);
                yield {
                    day,
                    campaign,
                    micros: Math.round(euro * 100) * 10_000,
                    impressions: clicks * random.integer(28, 70) + random.integer(0, 90),
                    clicks,
                    claimedHundredths: Math.round(leads * (110 + random.integer(0, 50))),
                };
            }
        }
    }
}
