import { JOINT_PLAN_MONTH } from './calendar.ts';
import type { ProductLine } from './product-lines.ts';

/** Months from January: building starts in spring, nobody buys a gate at Christmas. */
const SEASON = [0.86, 0.9, 0.97, 1.16, 1.2, 1.15, 1.03, 0.99, 1.01, 0.98, 0.94, 0.85];

/** Parts leads left lying once the joint plan pays sales for the company's cash as well. */
const IGNORED_PARTS_AFTER = [
    0.27, 0.15, 0.11, 0.1, 0.085, 0.075, 0.065, 0.06, 0.055, 0.05, 0.045, 0.045,
];
/** Small waves around the 60 % of before: nobody steered it. */
const IGNORED_PARTS_BEFORE = [0.58, 0.6, 0.57, 0.59, 0.62, 0.6, 0.61, 0.63, 0.58, 0.6, 0.62, 0.61];

/** How the two departments behave in a month: the whole story is in these numbers. */
export interface Behaviour {
    /** Share of assigned leads nobody touches within two business days. */
    readonly ignored: Readonly<Record<ProductLine, number>>;
    /** Share of leads marketing hands over. */
    readonly qualified: Readonly<Record<ProductLine, number>>;
    /** Share of worked leads that sales accepts. */
    readonly accepted: Readonly<Record<ProductLine, number>>;
    /** Share of worked leads answered in time. */
    readonly punctual: Readonly<Record<ProductLine, number>>;
    /** Share of accepted leads that turn out to have budget, authority, need and time. */
    readonly salesQualified: Readonly<Record<ProductLine, number>>;
    readonly offered: Readonly<Record<ProductLine, number>>;
    readonly won: Readonly<Record<ProductLine, number>>;
    /** Share of handed leads that get a verdict, worked ones and ignored ones. */
    readonly verdictWorked: number;
    readonly verdictIgnored: number;
    /** Multiplies deal amounts. */
    readonly priceLevel: number;
}

export function seasonOf(monthNumber: number): number {
    return SEASON[monthNumber - 1] ?? 1;
}

/** Lead volume against July 2023: half a per cent a month. */
export function growthAt(monthIndex: number): number {
    return 1 + 0.005 * monthIndex;
}

/** The behaviour in force in a month; the joint plan changes it within a quarter. */
export function behaviourAt(monthIndex: number): Behaviour {
    const monthsOfPlan = monthIndex - JOINT_PLAN_MONTH;
    const priceLevel = 1 + 0.002 * monthIndex;
    if (monthsOfPlan < 0) {
        return {
            ignored: { gates: 0.065, parts: IGNORED_PARTS_BEFORE[(monthIndex + 12) % 12] ?? 0.6 },
            qualified: { gates: 0.9, parts: 0.84 },
            accepted: { gates: 0.61, parts: 0.6 },
            punctual: { gates: 0.83, parts: 0.78 },
            salesQualified: { gates: 0.55, parts: 0.58 },
            offered: { gates: 0.58, parts: 0.7 },
            won: { gates: 0.36, parts: 0.55 },
            verdictWorked: 0.9,
            verdictIgnored: 0.2,
            priceLevel,
        };
    }
    const settled = Math.min(1, (monthsOfPlan + 1) / 3);
    const move = (before: number, after: number): number => before + (after - before) * settled;
    return {
        ignored: {
            gates: move(0.065, 0.04),
            parts: IGNORED_PARTS_AFTER[monthsOfPlan] ?? 0.045,
        },
        qualified: { gates: move(0.9, 0.88), parts: move(0.84, 0.78) },
        accepted: { gates: move(0.61, 0.71), parts: move(0.6, 0.67) },
        punctual: { gates: move(0.83, 0.985), parts: move(0.78, 0.985) },
        salesQualified: { gates: move(0.55, 0.51), parts: move(0.58, 0.6) },
        offered: { gates: move(0.58, 0.57), parts: move(0.7, 0.72) },
        won: { gates: 0.36, parts: move(0.55, 0.58) },
        verdictWorked: move(0.9, 0.95),
        verdictIgnored: 0.25,
        priceLevel,
    };
}
