import { END, type LocalTime, type Month } from './calendar.ts';
import { PRODUCT_LINES } from './product-lines.ts';
import { createQuota, createRandom, type Quota, type Random } from './random.ts';
import type { Lead, LeadEventType, RecordSink, Verdict } from './records.ts';
import { type Behaviour, behaviourAt } from './story.ts';

const STEPS = [
    'ignored',
    'qualified',
    'accepted',
    'punctual',
    'salesQualified',
    'offered',
    'won',
] as const;
export type Step = (typeof STEPS)[number];

/** What the steps of one lead's life share: its chances, and where its events go. */
export interface LeadLife {
    readonly random: Random;
    readonly lead: Lead;
    readonly month: Month;
    readonly behaviour: Behaviour;
    readonly sink: RecordSink;
    /** Whether the step happens, by the share in force times what is special about this lead. */
    draw(step: Step, multiplier?: number): boolean;
    emit(
        type: LeadEventType,
        occurredAt: LocalTime,
        owner?: { readonly id: string },
        more?: { readonly reason?: string; readonly verdict?: Verdict },
    ): void;
}

export type OpenLife = (lead: Lead, month: Month) => LeadLife;

/**
 * Opens lives one after another; the quotas of all of them are shared. Second lives draw from
 * streams of their own, so that they change nothing in the first ones.
 */
export function createLeadLives(seed: number, sink: RecordSink, isSecond = false): OpenLife {
    const prefix = isSecond ? ['second life'] : [];
    const random = createRandom(seed, ...prefix, 'journey');
    const quotas = new Map<string, Quota>();
    for (const step of STEPS) {
        for (const line of PRODUCT_LINES) {
            quotas.set(`${step} ${line}`, createQuota(createRandom(seed, ...prefix, step, line)));
        }
    }
    return (lead, month) => {
        const behaviour = behaviourAt(month.index);
        return {
            random,
            lead,
            month,
            behaviour,
            sink,
            draw: (step, multiplier = 1) => {
                const share = Math.min(0.995, behaviour[step][lead.line] * multiplier);
                const quota = quotas.get(`${step} ${lead.line}`);
                if (quota === undefined) throw new RangeError(`no quota for ${step} ${lead.line}`);
                return quota(share);
            },
            emit: (type, occurredAt, owner, more = {}) => {
                if (occurredAt >= END) return;
                lead.updatedAt = Math.max(lead.updatedAt, occurredAt);
                const personId = owner?.id ?? '';
                sink.leadEvent({ leadId: lead.id, type, occurredAt, personId, ...more });
            },
        };
    };
}
