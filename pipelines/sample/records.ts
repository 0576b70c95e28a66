import type { LocalTime } from './calendar.ts';
import type { Contact } from './contacts.ts';
import type { ProductLine } from './product-lines.ts';
import type { FormQuestionId, TalkQuestionId } from './questions.ts';
import type { LeadSource } from './sources.ts';

export interface Session {
    readonly startedAt: LocalTime;
    readonly visitorId: string;
    readonly source: LeadSource;
    readonly landingPage: string;
    readonly pageViews: number;
}

export interface Lead {
    readonly id: string;
    readonly createdAt: LocalTime;
    updatedAt: LocalTime;
    readonly source: LeadSource;
    readonly line: ProductLine;
    readonly visitorId: string;
    readonly landingPage: string;
    readonly contact: Contact;
}

export type LeadEventType =
    | 'assigned'
    | 'mql'
    | 'sal'
    | 'sql'
    | 'opportunity'
    | 'customer'
    | 'recycled'
    | 'rejected'
    | 'junk'
    | 'verdict';

export type Verdict = 'customer' | 'in_work' | 'too_weak' | 'wrong_person' | 'duplicate';

export interface LeadEvent {
    readonly leadId: string;
    readonly type: LeadEventType;
    readonly occurredAt: LocalTime;
    readonly personId: string;
    readonly reason?: string;
    readonly verdict?: Verdict;
}

/** One answer of a lead: without a person when the lead itself wrote it into a form. */
export interface LeadAnswer {
    readonly questionId: FormQuestionId | TalkQuestionId;
    readonly answer: string;
    readonly answeredAt: LocalTime;
    readonly personId: string;
}

export interface Activity {
    readonly leadId: string;
    readonly dealId: string;
    readonly personId: string;
    readonly type: 'call' | 'email' | 'meeting' | 'note';
    readonly direction: 'outbound' | 'inbound' | 'internal';
    readonly isAutomated: boolean;
    readonly occurredAt: LocalTime;
}

export interface Deal {
    readonly id: string;
    readonly leadId: string;
    readonly clientId: string;
    readonly personId: string;
    readonly line: ProductLine;
    /** Euro cents without tax. */
    readonly amountCents: number;
    readonly status: 'open' | 'won' | 'lost';
    readonly stage: string;
    readonly origin: 'inbound' | 'outbound';
    readonly lostReason: string;
    /** What the department blamed for the loss says instead. */
    readonly dispute?: LossDispute;
    readonly createdAt: LocalTime;
    readonly closedAt: LocalTime | undefined;
    readonly updatedAt: LocalTime;
    readonly stages: readonly StageEntry[];
}

export interface LossDispute {
    readonly side: 'marketing' | 'sales' | 'product' | 'nobody';
    readonly note: string;
}

export interface StageEntry {
    readonly stage: string;
    readonly enteredAt: LocalTime;
}

export interface Payment {
    readonly deal: Deal;
    readonly paidAt: LocalTime;
    readonly kind: 'payment' | 'refund';
    /** Euro cents; a refund is negative. */
    readonly netCents: number;
    /** The payment that is paid back. */
    readonly refundOf?: Payment;
}

/** Where finished records go: the export files, and the counts the targets are set from. */
export interface RecordSink {
    lead(lead: Lead): void;
    leadEvent(event: LeadEvent): void;
    activity(activity: Activity): void;
    deal(deal: Deal): void;
}
