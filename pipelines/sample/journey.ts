import { logAcknowledgement, logConversation } from './activities.ts';
import { addWorkMinutes, DAY, dayOf, isWorkday, type LocalTime, MINUTE } from './calendar.ts';
import type { OpenDeal } from './deals.ts';
import type { LeadLife } from './lead-life.ts';
import { SALESPEOPLE, type Salesperson } from './people.ts';
import type { Deal, Verdict } from './records.ts';

const WORK_DAY_MINUTES = 540;

const REJECTIONS: readonly { readonly reason: string; readonly verdict: Verdict }[] = [
    { reason: 'No budget', verdict: 'too_weak' },
    { reason: 'Outside our region', verdict: 'too_weak' },
    { reason: 'Student or hobby project', verdict: 'too_weak' },
    { reason: 'Not reachable', verdict: 'too_weak' },
    { reason: 'Wrong contact person', verdict: 'wrong_person' },
    { reason: 'Duplicate', verdict: 'duplicate' },
];

/** Lives a lead's life from the form to the deal; everything that happens goes to the sink. */
export function liveLead(life: LeadLife, openDeal: OpenDeal): void {
    const { random, lead } = life;
    logAcknowledgement(life);
    if (!life.draw('qualified', lead.source.quality < 0.5 ? 0.93 : 1.02)) {
        if (random.chance(0.35)) life.emit('recycled', lead.createdAt + random.integer(1, 3) * DAY);
        return;
    }
    const qualifiedAt = lead.createdAt + random.integer(1, 90) * MINUTE;
    life.emit('mql', qualifiedAt);
    const owner = routeLead(life);
    const assignedAt = qualifiedAt + random.integer(1, 25) * MINUTE;
    life.emit('assigned', assignedAt, owner);

    if (life.draw('ignored', owner.neglect)) leaveLead(life, owner, assignedAt);
    else workLead(life, owner, assignedAt, openDeal);
}

/** The salesperson whose turn it is. */
export function routeLead({ random, lead }: LeadLife): Salesperson {
    const person = SALESPEOPLE[random.weighted(SALESPEOPLE.map(({ share }) => share[lead.line]))];
    if (person === undefined) throw new RangeError('no salesperson to route to');
    return person;
}

/** An ignored lead is called late or never, and is still easily called too weak. */
function leaveLead(life: LeadLife, owner: Salesperson, assignedAt: LocalTime): void {
    const { random, behaviour } = life;
    if (random.chance(0.2)) {
        const lateMinutes = random.integer(4 * WORK_DAY_MINUTES, 12 * WORK_DAY_MINUTES);
        const lateAt = addWorkMinutes(assignedAt, lateMinutes);
        logConversation(life, owner, lateAt, 1);
        const judgedAt = addWorkMinutes(lateAt, random.integer(5, 300));
        if (random.chance(0.5)) life.emit('rejected', judgedAt, owner, { reason: 'Not reachable' });
    }
    if (random.chance(behaviour.verdictIgnored)) {
        const verdictAt = addWorkMinutes(assignedAt, random.integer(1100, 3600));
        life.emit('verdict', verdictAt, owner, { verdict: 'too_weak' });
    }
}

/** Sales answers, judges and develops the lead, in a first life or in a second one. */
export function workLead(
    life: LeadLife,
    owner: Salesperson,
    assignedAt: LocalTime,
    openDeal: OpenDeal,
): void {
    const { random, behaviour } = life;
    const isPunctual = life.draw('punctual', 1 + owner.punctuality);
    const answeredAt = drawAnswer(life, assignedAt, isPunctual);
    logConversation(life, owner, answeredAt, 1 + random.weighted([0.3, 0.3, 0.2, 0.12, 0.08]));

    const judgedAt = addWorkMinutes(answeredAt, random.integer(5, 1000));
    const verdictAt = addWorkMinutes(judgedAt, random.integer(60, 2400));
    const hasVerdict = random.chance(behaviour.verdictWorked);
    if (random.chance(0.07)) {
        life.emit('recycled', judgedAt, owner, { reason: 'Not now' });
        if (hasVerdict) life.emit('verdict', verdictAt, owner, { verdict: 'in_work' });
        return;
    }
    if (!life.draw('accepted', qualityEffect(life))) {
        const { reason, verdict } = random.pick(REJECTIONS);
        life.emit(random.chance(0.2) ? 'junk' : 'rejected', judgedAt, owner, { reason });
        if (hasVerdict) life.emit('verdict', verdictAt, owner, { verdict });
        return;
    }
    life.emit('sal', judgedAt, owner);
    const deal = developLead(life, owner, judgedAt, openDeal);
    if (!hasVerdict) return;
    life.emit('verdict', verdictAt, owner, { verdict: 'in_work' });
    if (deal?.status === 'won' && deal.closedAt !== undefined) {
        const wonVerdictAt = Math.max(deal.closedAt, verdictAt) + 20 * MINUTE;
        life.emit('verdict', wonVerdictAt, owner, { verdict: 'customer' });
    }
}

function developLead(
    life: LeadLife,
    owner: Salesperson,
    acceptedAt: LocalTime,
    openDeal: OpenDeal,
): Deal | undefined {
    const { random, lead } = life;
    if (!life.draw('salesQualified', qualityEffect(life))) return undefined;
    const salesQualifiedAt = addWorkMinutes(acceptedAt, random.integer(60, 2400));
    life.emit('sql', salesQualifiedAt, owner);
    if (!life.draw('offered', qualityEffect(life))) return undefined;
    const offeredAt = addWorkMinutes(salesQualifiedAt, random.integer(30, 1500));
    life.emit('opportunity', offeredAt, owner);
    const isSellable = lead.source.quality > 0;
    const isWon = isSellable && life.draw('won', qualityEffect(life) * owner.closing);
    const deal = openDeal(life, owner, offeredAt, isWon);
    if (deal?.closedAt !== undefined && isWon) life.emit('customer', deal.closedAt, owner);
    return deal;
}

/** A source of quality 0 (a giveaway) is still accepted now and then, but never won. */
function qualityEffect({ lead: { source } }: LeadLife): number {
    return source.quality === 0 ? 0.35 : 0.6 + 0.4 * source.quality;
}

/** In time is within the hour of business time; late is next day, inside two business days. */
function drawAnswer(life: LeadLife, assignedAt: LocalTime, isPunctual: boolean): LocalTime {
    const { random } = life;
    if (!isPunctual) return addWorkMinutes(assignedAt, random.integer(500, 900));
    const minutes = random.chance(0.85) ? random.integer(3, 25) : random.integer(25, 52);
    const isEager = !isWorkday(dayOf(assignedAt)) && random.chance(0.12);
    return isEager ? assignedAt + minutes * MINUTE : addWorkMinutes(assignedAt, minutes);
}
