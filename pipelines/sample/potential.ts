import { collectedCents, has, type LeadRecord } from './lead-record.ts';
import type { Random } from './random.ts';

/** How much a lead's own traits blur what became of it. */
const BLUR = 0.62;

/**
 * What a lead is worth at heart, around 0, standard deviation about 1. It is read off what became
 * of the lead, with noise: so answers that follow it foretell a part of the outcome, never all.
 */
export function drawPotential(random: Random, record: LeadRecord): number {
    return rankOutcome(random, record) + BLUR * random.bell();
}

function rankOutcome(random: Random, record: LeadRecord): number {
    if (collectedCents(record) > 0) return 1.55;
    if (record.sales.some(({ deal }) => deal.status === 'won')) return 1.4;
    if (record.sales.length > 0) return 0.5;
    if (has(record, 'sql')) return 0.35;
    if (record.lead.source.quality === 0) return -0.9;
    if (has(record, 'sal')) return 0.1;
    if (has(record, 'rejected') || has(record, 'junk')) return -0.45;
    if (!has(record, 'mql')) return -0.85;
    // Nobody knows what the ignored leads would have become: one in eight was a client.
    return random.chance(0.12) ? 1.2 : -0.15;
}
