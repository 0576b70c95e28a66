import { addWorkMinutes, END, type LocalTime } from './calendar.ts';
import { drawFormAnswers } from './form-answers.ts';
import type { LeadRecord } from './lead-record.ts';
import { drawPotential } from './potential.ts';
import { FORM_QUESTIONS, type FormQuestionId } from './questions.ts';
import { createRandom } from './random.ts';
import type { LeadAnswer } from './records.ts';

/** Answers sales corrects after the first talk. */
const CORRECTED: readonly FormQuestionId[] = ['role', 'timeline', 'budget_range'];

/**
 * What the lead wrote into the form, or told the salesperson who answered its call, and what was
 * corrected after the first talk. Each question is left out now and then.
 */
export function drawLeadAnswers(seed: number, record: LeadRecord): readonly LeadAnswer[] {
    const { lead, answer: call } = record;
    const isOnline = lead.visitorId !== '';
    const askedAt = isOnline ? lead.createdAt : call?.occurredAt;
    if (askedAt === undefined || askedAt >= END) return [];
    const random = createRandom(seed, 'answers', lead.id);
    const potential = drawPotential(random, record);
    const told = drawFormAnswers(random, record, potential);
    const personId = isOnline || call === undefined ? '' : call.personId;
    const answers: LeadAnswer[] = [];
    for (const { id, since, answered } of FORM_QUESTIONS) {
        const answer = told.get(id);
        if (!random.chance(answered) || lead.createdAt < since || answer === undefined) continue;
        answers.push({ questionId: id, answer, answeredAt: askedAt, personId });
    }
    if (!isOnline || call === undefined || !random.chance(0.05)) return answers;
    const correctedAt = addWorkMinutes(call.occurredAt, random.integer(10, 240));
    const by = { at: correctedAt, personId: call.personId };
    return [...answers, ...correct(seed, record, answers, by)];
}

function correct(
    seed: number,
    record: LeadRecord,
    answers: readonly LeadAnswer[],
    by: { readonly at: LocalTime; readonly personId: string },
): readonly LeadAnswer[] {
    if (by.at >= END) return [];
    const random = createRandom(seed, 'corrected answers', record.lead.id);
    const told = drawFormAnswers(random, record, drawPotential(random, record));
    const changed = answers.find(({ questionId, answer }) => {
        return CORRECTED.some((id) => id === questionId && told.get(id) !== answer);
    });
    const answer = CORRECTED.map((id) =>
        id === changed?.questionId ? told.get(id) : undefined,
    ).find(Boolean);
    if (changed === undefined || answer === undefined) return [];
    return [{ ...changed, answer, answeredAt: by.at, personId: by.personId }];
}
