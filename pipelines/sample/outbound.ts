import { addWorkMinutes, type Month } from './calendar.ts';
import type { DealDesk } from './deals.ts';
import { drawMoment } from './leads.ts';
import { SALESPEOPLE } from './people.ts';
import { PRODUCT_LINES, type ProductLine } from './product-lines.ts';
import { createQuota, createRandom } from './random.ts';
import { behaviourAt, seasonOf } from './story.ts';

/** Deals a month at factor 1 that sales found without a lead. */
const DEALS_PER_MONTH = { gates: 7, parts: 4 } as const;

/** Opens the outbound deals of one month after another. */
export function createOutboundSales(
    seed: number,
    factor: number,
    desk: DealDesk,
): (month: Month) => void {
    const carried = { gates: 0.4, parts: 0.6 };
    const quotas = {
        gates: createQuota(createRandom(seed, 'outbound gates')),
        parts: createQuota(createRandom(seed, 'outbound parts')),
    };
    return (month) => {
        const random = createRandom(seed, 'outbound', month.key);
        const behaviour = behaviourAt(month.index);

        function openDeal(line: ProductLine, isStandingClient: boolean): void {
            const owner = random.pick(SALESPEOPLE);
            const share = Math.min(0.9, behaviour.won[line] * owner.closing);
            const clientId = random.chance(0.5) ? desk.knownClient(random) : undefined;
            desk.open({
                leadId: '',
                origin: 'outbound',
                line,
                owner,
                createdAt: addWorkMinutes(drawMoment(random, month), random.integer(0, 300)),
                isWon: isStandingClient || quotas[line](share),
                priceLevel: behaviour.priceLevel,
                ...(clientId === undefined ? {} : { clientId }),
            });
        }

        for (const line of PRODUCT_LINES) {
            // A standing client orders once a quarter: no quarter of a tiny company is empty.
            if (month.index % 3 === 0) openDeal(line, true);
            const owed = carried[line] + DEALS_PER_MONTH[line] * seasonOf(month.number) * factor;
            const count = Math.floor(owed);
            carried[line] = owed - count;
            for (let deal = 0; deal < count; deal += 1) openDeal(line, false);
        }
    };
}
