import { drawLeadAnswers } from './answers.ts';
import { createAuditDesk, type LeadAudit } from './audits.ts';
import { drawLeadComplaint } from './complaints.ts';
import { createDealDesk } from './deals.ts';
import type { WrittenFile } from './export-file.ts';
import { createAnswerExport } from './exports/answers.ts';
import { writeAudits } from './exports/quality.ts';
import { writePauses, writeRequests } from './exports/service.ts';
import { createLeadLives } from './lead-life.ts';
import type { LeadRecord } from './lead-record.ts';
import type { Ledger } from './ledger.ts';
import { type ClockPause, drawLeadPauses, drawRequestPauses } from './pauses.ts';
import { createRandom } from './random.ts';
import { drawRequests } from './requests.ts';
import { createSecondLives } from './second-life.ts';

/** Everything around a lead that does not decide its first life. */
export interface LeadDesk {
    follow(record: LeadRecord): void;
    close(): WrittenFile[];
}

/**
 * Lets leads live on after their first life, asks what they said, pauses their clocks and lets
 * them complain. All of it is drawn apart, so that first lives do not depend on it.
 */
export function createLeadDesk(
    root: string,
    seed: number,
    factor: number,
    ledger: Ledger,
): LeadDesk {
    const answerExport = createAnswerExport(root);
    const audits: LeadAudit[] = [];
    const pauses: ClockPause[] = [];
    const liveOn = createSecondLives({
        seed,
        openLife: createLeadLives(seed, ledger.secondSink, true),
        openDeal: createDealDesk(seed, ledger.secondSink, true).openForLead,
        audit: createAuditDesk(seed),
        onAudit: (audit) => audits.push(audit),
    });
    return {
        follow: (record) => {
            const talks = liveOn(record);
            answerExport.add(record.lead.id, [...drawLeadAnswers(seed, record), ...talks]);
            pauses.push(...drawLeadPauses(seed, record));
            const complaint = drawLeadComplaint(seed, record);
            if (complaint !== undefined) ledger.complain(complaint);
        },
        close: () => {
            const requests = drawRequests(seed, factor);
            const random = createRandom(seed, 'request pauses');
            for (const request of requests) pauses.push(...drawRequestPauses(random, request));
            return [
                ...answerExport.close(),
                writeAudits(root, audits),
                writePauses(root, pauses),
                writeRequests(root, requests),
            ];
        },
    };
}
