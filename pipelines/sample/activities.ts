import { addWorkMinutes, END, type LocalTime, MINUTE } from './calendar.ts';
import type { LeadLife } from './lead-life.ts';
import type { Salesperson } from './people.ts';
import type { Activity, Deal } from './records.ts';

type Kind = Pick<Activity, 'type' | 'direction'>;

const FOLLOW_UPS: readonly Kind[] = [
    { type: 'call', direction: 'outbound' },
    { type: 'email', direction: 'outbound' },
    { type: 'email', direction: 'inbound' },
    { type: 'meeting', direction: 'outbound' },
    { type: 'note', direction: 'internal' },
];
const FOLLOW_UP_WEIGHTS = [0.34, 0.28, 0.2, 0.08, 0.1];

/** The machine's thank-you mail: no human activity, however many of them go out. */
export function logAcknowledgement(life: LeadLife): void {
    log(life, {
        leadId: life.lead.id,
        dealId: '',
        personId: '',
        type: 'email',
        direction: 'outbound',
        isAutomated: true,
        occurredAt: life.lead.createdAt + MINUTE,
    });
}

/** The first human answer and what follows it, `count` activities in all. */
export function logConversation(
    life: LeadLife,
    person: Salesperson,
    firstAt: LocalTime,
    count: number,
): void {
    const { random } = life;
    let occurredAt = firstAt;
    for (let index = 0; index < count; index += 1) {
        const followUp = FOLLOW_UPS[random.weighted(FOLLOW_UP_WEIGHTS)];
        const first: Kind = { type: random.chance(0.7) ? 'call' : 'email', direction: 'outbound' };
        log(life, {
            leadId: life.lead.id,
            dealId: '',
            personId: person.id,
            ...(index === 0 || followUp === undefined ? first : followUp),
            isAutomated: false,
            occurredAt,
        });
        occurredAt = addWorkMinutes(occurredAt, random.integer(200, 2200));
    }
}

/** Calls and meetings on the way from the offer to the signature. */
export function logDealWork(life: LeadLife, person: Salesperson, deal: Deal): void {
    const { random } = life;
    for (const entry of deal.stages) {
        const followUp = FOLLOW_UPS[random.weighted(FOLLOW_UP_WEIGHTS)];
        if (followUp === undefined) continue;
        log(life, {
            leadId: life.lead.id,
            dealId: deal.id,
            personId: person.id,
            ...followUp,
            isAutomated: false,
            occurredAt: addWorkMinutes(entry.enteredAt, random.integer(5, 400)),
        });
    }
}

function log(life: LeadLife, activity: Activity): void {
    if (activity.occurredAt < END) life.sink.activity(activity);
}
