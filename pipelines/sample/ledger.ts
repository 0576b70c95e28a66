import { createAccountManagement } from './clients.ts';
import { type Complaint, drawDealComplaints } from './complaints.ts';
import { planDelivery } from './deliveries.ts';
import type { WrittenFile } from './export-file.ts';
import { createDealExport } from './exports/crm-deals.ts';
import { createLeadExport } from './exports/crm-leads.ts';
import { writeComplaints } from './exports/feedback.ts';
import { writePayments } from './exports/finance.ts';
import { createOrderExport } from './exports/orders.ts';
import { writeAssignments } from './exports/service.ts';
import { has, type LeadRecord, openRecord } from './lead-record.ts';
import { planPayments, planReturn } from './payments.ts';
import { createRandom, type Random } from './random.ts';
import type { Deal, Lead, Payment, RecordSink } from './records.ts';
import { createResultBook, type QuarterResult } from './results.ts';

/** Keeps what happens: writes it to the exports, counts it, and remembers the lead in hand. */
export interface Ledger {
    /** Where first lives and outbound sales go. */
    readonly sink: RecordSink;
    /** Where second lives go: their money is drawn apart. */
    readonly secondSink: RecordSink;
    readonly quarters: readonly QuarterResult[];
    /** Opens the record of a lead; without an id it lives before the first exported day. */
    open(lead: Lead): LeadRecord;
    complain(complaint: Complaint): void;
    close(): WrittenFile[];
}

/** One reclaimed client of gates in this many gives a part back. */
const RECLAIMED_BEFORE_RETURN = 3;

export function createLedger(root: string, seed: number): Ledger {
    const book = createResultBook();
    const leadExport = createLeadExport(root, seed);
    const dealExport = createDealExport(root);
    const orders = createOrderExport(root);
    const accounts = createAccountManagement(seed);
    const payments: Payment[] = [];
    const complaints: Complaint[] = [];
    let record: LeadRecord | undefined;
    let reclaimedCount = 0;

    const isWarmUp = (): boolean => record === undefined || record.lead.id === '';

    function keepDeal(deal: Deal, paid: readonly Payment[]): void {
        book.deal(deal);
        dealExport.deal(deal);
        for (const payment of paid) book.payment(payment);
        payments.push(...paid);
        if (record !== undefined && deal.leadId !== '' && deal.leadId === record.lead.id) {
            record.sales.push({ deal, payments: paid });
        }
        const delivery = planDelivery(seed, deal);
        if (delivery === undefined) return;
        orders.add(deal, delivery.stages);
        accounts.takeOver(deal, delivery);
        complaints.push(...drawDealComplaints(seed, deal, delivery));
    }
    function payAgain(random: Random, deal: Deal): readonly Payment[] {
        const paid = planPayments(random, deal);
        const isReclaimed =
            record !== undefined && (has(record, 'rejected') || has(record, 'junk'));
        if (!isReclaimed || deal.line === 'parts' || paid.length === 0) return paid;
        reclaimedCount += 1;
        const isReturned = reclaimedCount % RECLAIMED_BEFORE_RETURN === 2;
        return isReturned ? planReturn(paid) : paid;
    }
    function sinkWith(
        pay: (random: Random, deal: Deal) => readonly Payment[],
        random: Random,
    ): RecordSink {
        return {
            lead: (lead) => {
                if (isWarmUp()) return;
                book.lead(lead);
                leadExport.lead(lead);
            },
            leadEvent: (event) => {
                if (record === undefined || isWarmUp()) return;
                if (!has(record, event.type)) book.firstEntry(record.lead, event);
                record.events.push(event);
                leadExport.leadEvent(event);
            },
            activity: (activity) => {
                if (record === undefined || isWarmUp()) return;
                if (!activity.isAutomated) record.answer ??= activity;
                leadExport.activity(activity);
            },
            deal: (deal) => keepDeal(deal, pay(random, deal)),
        };
    }

    return {
        sink: sinkWith(planPayments, createRandom(seed, 'payments')),
        secondSink: sinkWith(payAgain, createRandom(seed, 'second life', 'payments')),
        quarters: book.quarters,
        open: (lead) => {
            record = openRecord(lead);
            return record;
        },
        complain: (complaint) => complaints.push(complaint),
        close: () => [
            ...leadExport.close(),
            ...dealExport.close(),
            writePayments(root, payments),
            orders.close(),
            writeAssignments(root, accounts.assignments()),
            writeComplaints(root, complaints),
        ],
    };
}
