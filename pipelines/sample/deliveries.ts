import { addWorkMinutes, DAY, END, type LocalTime } from './calendar.ts';
import { createRandom } from './random.ts';
import type { Deal, StageEntry } from './records.ts';

/** What the company did after the signature. */
export interface Delivery {
    readonly stages: readonly StageEntry[];
    /** Days from the contract to the delivery. */
    readonly days: number;
    /** When the last step but the warranty was done, after the last exported day or not. */
    readonly finishedAt: LocalTime;
}

const DAYS_PROMISED = { gates: 28, parts: 3 } as const;

/**
 * Delivers a won deal: a gate is made, brought and installed, a part is sent. Undefined when there
 * is nothing to deliver. Steps after the last exported day are left out.
 */
export function planDelivery(seed: number, deal: Deal): Delivery | undefined {
    if (deal.status !== 'won' || deal.closedAt === undefined) return undefined;
    const random = createRandom(seed, 'delivery', deal.id);
    const isGate = deal.line === 'gates';
    const contractAt = addWorkMinutes(deal.closedAt, random.integer(10, 600));
    const isLate = random.chance(0.14);
    const days = isGate
        ? random.integer(14, 27) + (isLate ? random.integer(8, 30) : 0)
        : random.integer(1, 3) + (isLate ? random.integer(3, 12) : 0);
    const deliveredAt = addWorkMinutes(contractAt + days * DAY, random.integer(0, 400));
    const installedAt = addWorkMinutes(
        deliveredAt + random.integer(1, 6) * DAY,
        random.integer(0, 400),
    );
    const finishedAt = isGate ? installedAt : deliveredAt;
    const stages: StageEntry[] = [{ stage: 'Contract', enteredAt: contractAt }];
    if (isGate) {
        const startedAt = addWorkMinutes(contractAt + random.integer(2, 9) * DAY, 0);
        stages.push({ stage: 'Production', enteredAt: startedAt });
    }
    stages.push({ stage: 'Delivery', enteredAt: deliveredAt });
    if (isGate) stages.push({ stage: 'Installation', enteredAt: installedAt });
    const warrantyFrom = addWorkMinutes(finishedAt, random.integer(60, 1500));
    stages.push({ stage: 'Warranty', enteredAt: warrantyFrom });
    return { stages: stages.filter(({ enteredAt }) => enteredAt < END), days, finishedAt };
}

/** Whether the client got the goods later than the advertising promises. */
export function isDeliveredLate(deal: Deal, { days }: Delivery): boolean {
    return days > DAYS_PROMISED[deal.line];
}
