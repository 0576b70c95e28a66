import { addWorkMinutes, DAY, END, type LocalTime } from './calendar.ts';
import { type Delivery, isDeliveredLate } from './deliveries.ts';
import { has, type LeadRecord } from './lead-record.ts';
import type { ProductLine } from './product-lines.ts';
import { createRandom, type Random } from './random.ts';
import type { Deal } from './records.ts';

export interface Complaint {
    readonly receivedAt: LocalTime;
    readonly kind: 'complaint' | 'review';
    readonly dealId: string;
    readonly leadId: string;
    readonly line: ProductLine | '';
    readonly topic: string;
    readonly promise: string;
    /** Halves of a star, 2 to 10; 0 when none was given. */
    readonly halfStars: number;
    readonly body: string;
    readonly resolvedAt: LocalTime | undefined;
}

/** Promises of the advertising, as the campaigns word them. */
const PROMISES = {
    gates: 'Installed within four weeks',
    parts: 'Sent within three days',
    answer: 'We call you back today',
    remote: 'A free remote for everyone',
} as const;

const TROUBLES = [
    { topic: 'price', body: 'The invoice was higher than the offer' },
    { topic: 'quality', body: 'The motor is louder than shown' },
    { topic: 'service', body: 'Nobody could tell me when the fitter comes' },
];
const PRAISES = ['Fitters were quick and clean', 'Good advice on the phone', 'Works as promised'];

/** What the client of a delivered deal writes afterwards, if anything. */
export function drawDealComplaints(
    seed: number,
    deal: Deal,
    delivery: Delivery,
): readonly Complaint[] {
    const random = createRandom(seed, 'complaint', deal.id);
    const about = { dealId: deal.id, leadId: '', line: '' } as const;
    const found: Complaint[] = [];
    const isLate = isDeliveredLate(deal, delivery);
    if (random.chance(isLate ? 0.3 : 0.035)) {
        const trouble = isLate
            ? { topic: 'delivery_time', body: 'It came long after the promised day' }
            : random.pick(TROUBLES);
        const receivedAt = addWorkMinutes(
            delivery.finishedAt - (isLate ? DAY : -4 * DAY),
            random.integer(0, 900),
        );
        const promise = isLate ? PROMISES[deal.line] : '';
        const halfStars = random.chance(0.5) ? random.integer(2, 5) : 0;
        found.push(
            settle(random, {
                ...about,
                ...trouble,
                kind: 'complaint',
                promise,
                halfStars,
                receivedAt,
            }),
        );
    }
    if (random.chance(0.13)) {
        const receivedAt = delivery.finishedAt + random.integer(2, 40) * DAY;
        const halfStars = isLate ? random.integer(4, 8) : random.integer(7, 10);
        const body = random.pick(PRAISES);
        const review = { kind: 'review', topic: 'service', promise: '', halfStars, body } as const;
        found.push({ ...about, ...review, receivedAt, resolvedAt: undefined });
    }
    return found.filter(({ receivedAt }) => receivedAt < END);
}

/** A lead nobody called, and a visitor of the giveaway who got no remote, complain too. */
export function drawLeadComplaint(seed: number, record: LeadRecord): Complaint | undefined {
    const { lead } = record;
    const random = createRandom(seed, 'lead complaint', lead.id);
    const isGiveaway = lead.source.quality === 0;
    const isIgnored = has(record, 'assigned') && record.answer === undefined;
    if (!random.chance(isGiveaway ? 0.012 : isIgnored ? 0.02 : 0)) return undefined;
    const trouble = isGiveaway
        ? { topic: 'advertising', promise: PROMISES.remote, body: 'I never got the remote' }
        : { topic: 'service', promise: PROMISES.answer, body: 'Nobody ever called me back' };
    const receivedAt = addWorkMinutes(
        lead.createdAt + random.integer(3, 20) * DAY,
        random.integer(0, 500),
    );
    // Written on a public page, some of them without a name.
    const isAnonymous = random.chance(0.2);
    const about = {
        dealId: '',
        leadId: isAnonymous ? '' : lead.id,
        line: isAnonymous ? lead.line : '',
    } as const;
    const halfStars = random.integer(2, 4);
    const complaint = settle(random, {
        ...about,
        ...trouble,
        kind: 'complaint',
        halfStars,
        receivedAt,
    });
    return receivedAt < END ? complaint : undefined;
}

/** One complaint in six is never settled. */
function settle(random: Random, complaint: Omit<Complaint, 'resolvedAt'>): Complaint {
    const resolvedAt = addWorkMinutes(complaint.receivedAt, random.integer(200, 9000));
    const isOpen = random.chance(1 / 6) || resolvedAt >= END;
    return { ...complaint, resolvedAt: isOpen ? undefined : resolvedAt };
}
