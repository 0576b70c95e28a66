import { addWorkMinutes, END, HOUR, type LocalTime, MINUTE } from './calendar.ts';
import { has, type LeadRecord } from './lead-record.ts';
import { createRandom, type Random } from './random.ts';
import type { InternalRequest } from './requests.ts';

export interface ClockPause {
    readonly recordType: 'lead' | 'request';
    readonly recordId: string;
    readonly pausedAt: LocalTime;
    /** Undefined while the clock stands still. */
    readonly resumedAt: LocalTime | undefined;
    readonly reason: string;
}

const LATE_FROM_WORK_MINUTES = 490;
const LEAD_REASONS = ['Asked to be called next week', 'Drawings are missing', 'On holiday'];
const REQUEST_REASONS = ['Question back to the asker', 'Waits for the photographer'];

/** Pauses of the response clock: a part of the late answers was agreed with the client. */
export function drawLeadPauses(seed: number, record: LeadRecord): readonly ClockPause[] {
    const assignedAt = record.events.find(({ type }) => type === 'assigned')?.occurredAt;
    if (assignedAt === undefined) return [];
    const answeredAt = record.answer?.occurredAt;
    const random = createRandom(seed, 'pause', record.lead.id);
    const pause = { recordType: 'lead', recordId: record.lead.id } as const;
    if (answeredAt === undefined) {
        const pausedAt = addWorkMinutes(assignedAt, random.integer(60, 400));
        const isSeason = !has(record, 'sal') && random.chance(0.006) && pausedAt < END;
        const reason = 'Asked to be called next season';
        return isSeason ? [{ ...pause, pausedAt, resumedAt: undefined, reason }] : [];
    }
    const lateFrom = addWorkMinutes(assignedAt, LATE_FROM_WORK_MINUTES);
    if (answeredAt < lateFrom || !random.chance(0.15)) return [];
    const pausedAt = addWorkMinutes(assignedAt, random.integer(20, 200));
    const resumedAt = Math.max(pausedAt, answeredAt - random.integer(5, 120) * MINUTE);
    const first = { ...pause, pausedAt, resumedAt, reason: random.pick(LEAD_REASONS) };
    if (!random.chance(0.12)) return [first];
    // A colleague paused it once more: the two overlap and must not count twice.
    const again = {
        pausedAt: pausedAt + HOUR,
        resumedAt: Math.max(pausedAt + HOUR, resumedAt + HOUR),
    };
    return [first, { ...first, ...again, reason: 'Drawings are missing' }];
}

/** Pauses of requests: somebody had to ask back first. */
export function drawRequestPauses(random: Random, request: InternalRequest): readonly ClockPause[] {
    const { id, requestedAt, answeredAt } = request;
    if (!random.chance(0.1)) return [];
    const pausedAt = addWorkMinutes(requestedAt, random.integer(30, 400));
    const resumedAt = addWorkMinutes(pausedAt, random.integer(120, 900));
    if (pausedAt >= END || (answeredAt !== undefined && resumedAt >= answeredAt)) return [];
    const reason = random.pick(REQUEST_REASONS);
    const isStanding = resumedAt >= END;
    return [
        {
            recordType: 'request',
            recordId: id,
            pausedAt,
            resumedAt: isStanding ? undefined : resumedAt,
            reason,
        },
    ];
}
