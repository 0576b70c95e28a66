import type { DealPlan } from './deal-plan.ts';
import type { Random } from './random.ts';

const RANGE = { gates: [2500, 14000], parts: [150, 1200] } as const;

/**
 * Draws deal amounts in euro cents: gates 2,500 to 14,000 euro, parts 150 to 1,200, more small ones
 * than big ones. Every second draw mirrors the one before it, so that a quarter with few
 * contracts is not made by luck.
 */
export function createAmounts(random: Random): (plan: DealPlan) => number {
    const mirrored = new Map<string, number>();
    return ({ line, isWon, origin, priceLevel }) => {
        const key = `${line} ${isWon}`;
        const before = mirrored.get(key);
        const level = before === undefined ? random.next() : 1 - before;
        if (before === undefined) mirrored.set(key, level);
        else mirrored.delete(key);

        const [low, high] = RANGE[line];
        const skew = (level + random.next() * random.next()) / 2;
        const bigger = origin === 'outbound' ? 1.1 : 1;
        const euro = Math.min(high, (low + (high - low) * skew) * priceLevel * bigger);
        return Math.round(euro) * 100 - (random.chance(0.3) ? 10 : 0);
    };
}
