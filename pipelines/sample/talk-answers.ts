import { addWorkMinutes, END, type LocalTime } from './calendar.ts';
import type { LeadRecord } from './lead-record.ts';
import type { TalkQuestionId } from './questions.ts';
import type { Random } from './random.ts';
import type { LeadAnswer } from './records.ts';

const PARTS: readonly TalkQuestionId[] = [
    'bant_budget',
    'bant_authority',
    'bant_need',
    'bant_timeline',
];
/** What is missing when sales sends an accepted lead back to nurture. */
const FAIL_WEIGHTS = [0.34, 0.18, 0.16, 0.32];
export const FAIL_REASONS: Readonly<Record<TalkQuestionId, string>> = {
    bant_budget: 'BANT: no budget',
    bant_authority: 'BANT: does not decide',
    bant_need: 'BANT: no need',
    bant_timeline: 'BANT: not this year',
};

/** What came out of a talk, and the part that failed when all were asked. */
export interface Talk {
    readonly answers: readonly LeadAnswer[];
    readonly failed: TalkQuestionId | undefined;
}

/**
 * The talk in which sales asks for budget, authority, need and timing, between accepting a lead and
 * calling it qualified. Without `qualifiedAt` something is missing, or a question stays open.
 */
export function drawTalk(
    random: Random,
    record: LeadRecord,
    accepted: { readonly at: LocalTime; readonly by: string },
    qualifiedAt: LocalTime | undefined,
): Talk {
    const failing = drawFailing(random, qualifiedAt !== undefined);
    // Sales calls a few leads qualified although one question was never asked.
    const isIncomplete = random.chance(qualifiedAt === undefined ? 0.2 : 0.04);
    const forgotten = isIncomplete ? random.pick(PARTS) : undefined;
    const answers: LeadAnswer[] = [];
    let answeredAt = addWorkMinutes(accepted.at, random.integer(2, 30));
    for (const questionId of PARTS) {
        const latest = Math.min(answeredAt, qualifiedAt ?? answeredAt);
        if (questionId !== forgotten && latest < END) {
            const answer = drawAnswer(random, record, questionId, !failing.has(questionId));
            answers.push({ questionId, answer, answeredAt: latest, personId: accepted.by });
        }
        answeredAt = addWorkMinutes(answeredAt, random.integer(1, 20));
    }
    const [failed] = failing;
    return { answers, failed: isIncomplete ? undefined : failed };
}

function drawFailing(random: Random, isQualified: boolean): ReadonlySet<TalkQuestionId> {
    const count = isQualified
        ? Number(random.chance(0.07))
        : 1 + random.weighted([0.35, 0.45, 0.2]);
    const failing = new Set<TalkQuestionId>();
    while (failing.size < count) failing.add(PARTS[random.weighted(FAIL_WEIGHTS)] ?? 'bant_need');
    return failing;
}

function drawAnswer(
    random: Random,
    { lead, sales }: LeadRecord,
    part: TalkQuestionId,
    isGood: boolean,
): string {
    switch (part) {
        case 'bant_budget': {
            const price = (sales.at(-1)?.deal.amountCents ?? 0) / 100;
            const usual =
                lead.line === 'gates' ? random.integer(30, 90) * 100 : random.integer(15, 60) * 10;
            const euro = price > 0 ? Math.round(price / 50) * 50 : usual;
            return String(isGood ? Math.max(euro, 100) : random.integer(0, 8) * 10);
        }
        case 'bant_authority':
            return isGood ? random.pick(['Decides', 'Decides', 'Has a say']) : 'Asks for others';
        case 'bant_need':
            return isGood ? 'yes' : 'no';
        case 'bant_timeline':
            return String(isGood ? random.integer(0, 6) : random.integer(9, 24));
    }
}
