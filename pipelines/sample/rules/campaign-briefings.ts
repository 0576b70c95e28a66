import { DAY, END, JOINT_PLAN_MONTH, type LocalTime, MONTH_COUNT, monthAt } from '../calendar.ts';
import { isoDay } from '../format.ts';
import { createRandom, type Random } from '../random.ts';
import { type Campaign, LEAD_SOURCES } from '../sources.ts';

export const BRIEFING_HEADER = [
    'campaign_id',
    'starts_on',
    'ends_on',
    'briefed_on',
    'presented_on',
];

/** Every campaign in flights of a quarter: was sales told before, and shown the result after? */
export function briefingRows(): readonly (readonly string[])[] {
    return LEAD_SOURCES.flatMap(({ campaign, quality }) =>
        campaign === undefined
            ? []
            : flightsOf(campaign).map((flight) => planFlight(flight, quality)),
    );
}

interface Flight {
    readonly campaign: Campaign;
    readonly fromMonth: number;
    /** First month after the flight. */
    readonly toMonth: number;
}

function flightsOf(campaign: Campaign): readonly Flight[] {
    const flights: Flight[] = [];
    for (let month = campaign.fromMonth; month < campaign.toMonth; ) {
        const toMonth = Math.min(campaign.toMonth, month - (month % 3) + 3);
        flights.push({ campaign, fromMonth: month, toMonth });
        month = toMonth;
    }
    return flights;
}

/** Marketing first spoke to sales about the campaigns it was proud of; the joint plan asks for all. */
function planFlight({ campaign, fromMonth, toMonth }: Flight, quality: number): readonly string[] {
    const startsOn = monthAt(fromMonth).start;
    const endsOn = monthAt(toMonth).start - DAY;
    const random = createRandom('briefing', campaign.id, isoDay(startsOn));
    const isProud = quality >= 1.05;
    const isJointPlan = fromMonth >= JOINT_PLAN_MONTH;
    const share = isJointPlan ? (isProud ? 0.95 : 0.75) : isProud ? 0.5 : 0.12;
    const isRunning = toMonth === MONTH_COUNT;
    return [
        campaign.id,
        isoDay(startsOn),
        isRunning ? '' : isoDay(endsOn),
        drawDay(random, share, startsOn, -1),
        isRunning ? '' : drawDay(random, share - 0.1, endsOn, 1),
    ];
}

/** Days in the right direction; one day in eight on the wrong side of the agreed one. */
function drawDay(random: Random, share: number, agreed: LocalTime, direction: 1 | -1): string {
    const isDone = random.chance(share);
    const days = random.integer(1, 12) * (random.chance(1 / 8) ? -1 : 1);
    const day = agreed + direction * days * DAY;
    return isDone && day < END ? isoDay(day) : '';
}
