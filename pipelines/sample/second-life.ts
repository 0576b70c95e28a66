import type { AuditLead, LeadAudit } from './audits.ts';
import {
    addWorkMinutes,
    DAY,
    END,
    type LocalTime,
    MINUTE,
    monthAt,
    monthIndexOf,
} from './calendar.ts';
import type { OpenDeal } from './deals.ts';
import { routeLead, workLead } from './journey.ts';
import type { OpenLife } from './lead-life.ts';
import { has, type LeadRecord, lastStage, ownerOf } from './lead-record.ts';
import { ANALYST, SALESPEOPLE } from './people.ts';
import { createRandom, type Random } from './random.ts';
import type { LeadAnswer, LeadEvent } from './records.ts';
import { drawTalk, FAIL_REASONS } from './talk-answers.ts';

export interface SecondLifeNeeds {
    readonly seed: number;
    readonly openLife: OpenLife;
    readonly openDeal: OpenDeal;
    readonly audit: AuditLead;
    onAudit(audit: LeadAudit): void;
}

/** Lives after the first end: returns what the lead said in its talks with sales. */
export type LiveOn = (record: LeadRecord) => readonly LeadAnswer[];

const MOST_LIVES = 3;

/**
 * What happens to leads that sales rejected, that failed BANT or that said "not now": an audit may
 * overturn the rejection, and a part of those in nurture comes back after months.
 */
export function createSecondLives(needs: SecondLifeNeeds): LiveOn {
    return (record) => {
        const random = createRandom(needs.seed, 'second life', record.lead.id);
        const answers: LeadAnswer[] = [];
        let talkedAbout: LeadEvent | undefined;
        for (let life = 1; life <= MOST_LIVES; life += 1) {
            const accepted = record.events.findLast(({ type }) => type === 'sal');
            if (accepted !== undefined && accepted !== talkedAbout) {
                answers.push(...talk(needs, random, record, accepted));
            }
            talkedAbout = accepted;
            const last = lastStage(record);
            if (last === undefined || !has(record, 'mql')) break;
            const isAlive =
                last.type === 'rejected' || last.type === 'junk'
                    ? reviewRejection(needs, record, last, life)
                    : last.type === 'recycled' && comeBack(needs, random, record, last);
            if (!isAlive) break;
        }
        return answers;
    };
}

/** The talk about budget, authority, need and timing; failing it sends most leads to nurture. */
function talk(
    needs: SecondLifeNeeds,
    random: Random,
    record: LeadRecord,
    accepted: LeadEvent,
): readonly LeadAnswer[] {
    const qualified = record.events.find(
        ({ type, occurredAt }) => type === 'sql' && occurredAt >= accepted.occurredAt,
    );
    const by = ownerOf(record);
    const { answers, failed } = drawTalk(
        random,
        record,
        { at: accepted.occurredAt, by },
        qualified?.occurredAt,
    );
    const isGivenBack = qualified === undefined && failed !== undefined && random.chance(0.86);
    if (isGivenBack) {
        const at = addWorkMinutes(accepted.occurredAt, random.integer(200, 2800));
        openLifeAt(needs, record, at)?.emit(
            'recycled',
            at,
            { id: by },
            { reason: FAIL_REASONS[failed] },
        );
    }
    return answers;
}

function reviewRejection(
    needs: SecondLifeNeeds,
    record: LeadRecord,
    rejection: LeadEvent,
    life: number,
): boolean {
    const audit = needs.audit(record.lead, rejection, life > 1);
    if (audit === undefined) return false;
    needs.onAudit(audit);
    if (audit.verdict === 'upheld') return false;
    return liveAgain(needs, record, audit.auditedAt, {
        by: ANALYST.id,
        reason: 'Rejection overturned',
        rejectedBy: ownerOf(record),
    });
}

/** One lead in six comes back from nurture, two to nine months later. */
function comeBack(
    needs: SecondLifeNeeds,
    random: Random,
    record: LeadRecord,
    recycled: LeadEvent,
): boolean {
    if (!random.chance(1 / 6)) return false;
    const at = addWorkMinutes(
        recycled.occurredAt + random.integer(60, 270) * DAY,
        random.integer(0, 500),
    );
    return liveAgain(needs, record, at, { by: '', reason: 'Back from nurture', rejectedBy: '' });
}

function liveAgain(
    needs: SecondLifeNeeds,
    record: LeadRecord,
    at: LocalTime,
    why: { readonly by: string; readonly reason: string; readonly rejectedBy: string },
): boolean {
    const life = openLifeAt(needs, record, at);
    if (life === undefined) return false;
    life.emit('mql', at + 5 * MINUTE, why.by === '' ? undefined : { id: why.by }, {
        reason: why.reason,
    });
    // Whoever rejected the lead does not get it again.
    let owner = routeLead(life);
    if (why.rejectedBy !== '') {
        const others = SALESPEOPLE.filter(({ id }) => id !== why.rejectedBy);
        if (owner.id === why.rejectedBy) owner = life.random.pick(others);
    } else {
        owner = SALESPEOPLE.find(({ id }) => id === ownerOf(record)) ?? owner;
    }
    const assignedAt = at + life.random.integer(8, 40) * MINUTE;
    life.emit('assigned', assignedAt, owner, { reason: why.reason });
    workLead(life, owner, assignedAt, needs.openDeal);
    return true;
}

function openLifeAt({ openLife }: SecondLifeNeeds, { lead }: LeadRecord, at: LocalTime) {
    return at < END ? openLife(lead, monthAt(monthIndexOf(at))) : undefined;
}
