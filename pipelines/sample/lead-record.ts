import type { Activity, Deal, Lead, LeadEvent, LeadEventType, Payment } from './records.ts';

/** A deal and what it brought in until the last exported day. */
export interface Sale {
    readonly deal: Deal;
    readonly payments: readonly Payment[];
}

/** Everything that happened to one lead, for those who look at it afterwards. */
export interface LeadRecord {
    readonly lead: Lead;
    readonly events: LeadEvent[];
    readonly sales: Sale[];
    /** First activity of a human being. */
    answer: Activity | undefined;
}

const STEPS_BESIDE_THE_PATH: readonly LeadEventType[] = ['assigned', 'verdict'];

export function openRecord(lead: Lead): LeadRecord {
    return { lead, events: [], sales: [], answer: undefined };
}

export function has(record: LeadRecord, type: LeadEventType): boolean {
    return record.events.some((event) => event.type === type);
}

/** The stage the lead stands in. */
export function lastStage({ events }: LeadRecord): LeadEvent | undefined {
    return events
        .filter(({ type }) => !STEPS_BESIDE_THE_PATH.includes(type))
        .toSorted((a, b) => a.occurredAt - b.occurredAt)
        .at(-1);
}

/** The salesperson the lead was last assigned to. */
export function ownerOf({ events }: LeadRecord): string {
    return events.findLast(({ type }) => type === 'assigned')?.personId ?? '';
}

/** Net euro cents on all deals of the lead, refunds taken off. */
export function collectedCents({ sales }: LeadRecord): number {
    const payments = sales.flatMap((sale) => sale.payments);
    return payments.reduce((sum, { netCents }) => sum + netCents, 0);
}
