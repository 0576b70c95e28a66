import { addWorkMinutes, DAY, END, type LocalTime } from './calendar.ts';
import { ANALYST } from './people.ts';
import { PRODUCT_LINES, type ProductLine } from './product-lines.ts';
import { createQuota, createRandom, type Quota, type Random } from './random.ts';
import type { Lead, LeadEvent } from './records.ts';

export interface LeadAudit {
    readonly leadId: string;
    readonly auditedAt: LocalTime;
    readonly personId: string;
    readonly verdict: 'upheld' | 'overturned';
    readonly reason: string;
    /** Tenths of a minute. */
    readonly minuteTenths: number;
}

/** Looks at a rejected lead, or leaves it in the queue for good. */
export type AuditLead = (
    lead: Lead,
    rejection: LeadEvent,
    isSecond: boolean,
) => LeadAudit | undefined;

/** Mara came five months before the joint plan, for half her time; then it became her job. */
const STARTED_AT = Date.UTC(2025, 1, 3);
const FULL_TIME_AT = Date.UTC(2025, 6, 1);
/** Sales gives parts up too early more often than gates. */
const OVERTURNED: Readonly<Record<ProductLine, number>> = { gates: 0.1, parts: 0.19 };

/** How much of a reason's usual share is overturned, and what the analyst then writes. */
// biome-ignore format: a table
const REASONS: Readonly<Record<string, { readonly tilt: number; readonly found: string }>> = {
    'No budget': { tilt: 1.15, found: 'Budget is there, nobody asked for it' },
    'Outside our region': { tilt: 0.5, found: 'A partner delivers there' },
    'Student or hobby project': { tilt: 0.7, found: 'Orders for a company' },
    'Not reachable': { tilt: 1.6, found: 'Answered the second call' },
    'Wrong contact person': { tilt: 1.2, found: 'Named the one who decides' },
    Duplicate: { tilt: 0.3, found: 'Another project of the same client' },
};
const UPHELD = ['Called, same answer', 'No project', 'Reason is right', 'Cannot be reached'];

export function createAuditDesk(seed: number): AuditLead {
    const quotas = new Map<ProductLine, Quota>(
        PRODUCT_LINES.map((line) => [line, createQuota(createRandom(seed, 'overturned', line))]),
    );
    return (lead, rejection, isSecond) => {
        const random = createRandom(seed, 'audit', lead.id, String(isSecond));
        const auditedAt = drawAuditTime(random, rejection.occurredAt);
        if (auditedAt === undefined || auditedAt >= END) return undefined;
        const { tilt, found } = REASONS[rejection.reason ?? ''] ?? { tilt: 0.6, found: '' };
        const share = OVERTURNED[lead.line] * tilt * (lead.source.quality === 0 ? 0.3 : 1);
        const isOverturned = quotas.get(lead.line)?.(isSecond ? share * 0.3 : share) ?? false;
        const isQuick = rejection.type === 'junk';
        return {
            leadId: lead.id,
            auditedAt,
            personId: ANALYST.id,
            verdict: isOverturned ? 'overturned' : 'upheld',
            reason: isOverturned ? found : random.pick(UPHELD),
            minuteTenths: isOverturned
                ? random.integer(150, 480)
                : random.integer(isQuick ? 30 : 60, isQuick ? 90 : 300),
        };
    };
}

/** Half time meant that nearly half was never looked at, and the rest later month by month. */
function drawAuditTime(random: Random, rejectedAt: LocalTime): LocalTime | undefined {
    const workMinutes = random.integer(60, 540);
    if (rejectedAt >= FULL_TIME_AT) {
        if (random.chance(0.05)) return undefined;
        const days = random.chance(0.93) ? random.integer(0, 5) : random.integer(8, 20);
        return addWorkMinutes(rejectedAt + days * DAY, workMinutes);
    }
    const wait = STARTED_AT - rejectedAt;
    if (wait > 30 * DAY || random.chance(wait > 0 ? 0.8 : 0.42)) return undefined;
    const months = Math.max(0, Math.floor(-wait / (30 * DAY)));
    const days = random.integer(2, 8 + 6 * months);
    return addWorkMinutes(Math.max(rejectedAt, STARTED_AT) + days * DAY, workMinutes);
}
