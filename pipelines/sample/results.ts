import { FIRST_DAY, type LocalTime, quarterOf } from './calendar.ts';
import type { ProductLine } from './product-lines.ts';
import type { Deal, Lead, LeadEvent, Payment } from './records.ts';

/** What the company did in a quarter: counts, and euro cents. */
export interface QuarterResult {
    readonly leads: Record<ProductLine, number>;
    mqls: number;
    sqls: number;
    readonly sqlsByLine: Record<ProductLine, number>;
    wonDeals: number;
    readonly bookedCents: Record<ProductLine, number>;
    readonly collectedCents: Record<ProductLine, number>;
    /** What clients paid on deals that began as a lead: the part marketing brought. */
    collectedFromLeadsCents: number;
}

/** Counts exported records by quarter, the way the KPIs do. */
export interface ResultBook {
    readonly quarters: readonly QuarterResult[];
    lead(lead: Lead): void;
    /** The first entry of a lead into a stage; returns are not counted again. */
    firstEntry(lead: Lead, event: LeadEvent): void;
    deal(deal: Deal): void;
    payment(payment: Payment): void;
}

const QUARTER_COUNT = 12;

export function createResultBook(): ResultBook {
    const quarters = Array.from(
        { length: QUARTER_COUNT },
        (): QuarterResult => ({
            leads: { gates: 0, parts: 0 },
            mqls: 0,
            sqls: 0,
            sqlsByLine: { gates: 0, parts: 0 },
            wonDeals: 0,
            bookedCents: { gates: 0, parts: 0 },
            collectedCents: { gates: 0, parts: 0 },
            collectedFromLeadsCents: 0,
        }),
    );
    function at(time: LocalTime): QuarterResult {
        const quarter = time < FIRST_DAY ? undefined : quarters[quarterOf(time)];
        if (quarter === undefined)
            throw new RangeError(`${time} lies outside the exported quarters`);
        return quarter;
    }
    return {
        quarters,
        lead: ({ createdAt, line }) => {
            at(createdAt).leads[line] += 1;
        },
        firstEntry: ({ line }, { type, occurredAt }) => {
            if (type === 'mql') at(occurredAt).mqls += 1;
            if (type !== 'sql') return;
            at(occurredAt).sqls += 1;
            at(occurredAt).sqlsByLine[line] += 1;
        },
        deal: ({ status, closedAt, line, amountCents }) => {
            if (status !== 'won' || closedAt === undefined) return;
            const quarter = at(closedAt);
            quarter.wonDeals += 1;
            quarter.bookedCents[line] += amountCents;
        },
        payment: ({ paidAt, netCents, deal }) => {
            const quarter = at(paidAt);
            quarter.collectedCents[deal.line] += netCents;
            if (deal.leadId !== '') quarter.collectedFromLeadsCents += netCents;
        },
    };
}
