import type { StreamContract } from './stream.ts';
import { activities } from './streams/activities.ts';
import { adSpend } from './streams/ad-spend.ts';
import { clientAssignments } from './streams/client-assignments.ts';
import { clockPauses } from './streams/clock-pauses.ts';
import { complaints } from './streams/complaints.ts';
import { dealStageHistory } from './streams/deal-stage-history.ts';
import { deals } from './streams/deals.ts';
import { internalRequests } from './streams/internal-requests.ts';
import { leadAnswers } from './streams/lead-answers.ts';
import { leadAudits } from './streams/lead-audits.ts';
import { leadEvents } from './streams/lead-events.ts';
import { leadTouches } from './streams/lead-touches.ts';
import { leads } from './streams/leads.ts';
import { merges } from './streams/merges.ts';
import { payments } from './streams/payments.ts';
import { sessions } from './streams/sessions.ts';
import { visitCounts } from './streams/visit-counts.ts';

/** Every stream the product knows, in the order it is loaded and listed. */
export const streams: readonly StreamContract[] = [
    adSpend,
    sessions,
    visitCounts,
    leads,
    leadTouches,
    leadEvents,
    deals,
    dealStageHistory,
    payments,
    activities,
    leadAnswers,
    leadAudits,
    internalRequests,
    clockPauses,
    clientAssignments,
    complaints,
    merges,
];

export const streamNames = streams.map((stream) => stream.name);

/** The contract of a stream, or undefined for a name nobody declared. */
export function findStream(name: string): StreamContract | undefined {
    return streams.find((stream) => stream.name === name);
}
