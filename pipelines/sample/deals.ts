import { logDealWork } from './activities.ts';
import { createAmounts } from './amounts.ts';
import { addWorkMinutes, DAY, END, FIRST_DAY, HOUR, type LocalTime } from './calendar.ts';
import type { DealPlan } from './deal-plan.ts';
import { drawDispute } from './disputes.ts';
import type { LeadLife } from './lead-life.ts';
import type { Salesperson } from './people.ts';
import type { ProductLine } from './product-lines.ts';
import { createRandom, type Random } from './random.ts';
import type { Deal, RecordSink, StageEntry } from './records.ts';

/** Opens the deal of a lead; undefined when it would start after the last exported day. */
export type OpenDeal = (
    life: LeadLife,
    owner: Salesperson,
    createdAt: LocalTime,
    isWon: boolean,
) => Deal | undefined;

export interface DealDesk {
    readonly openForLead: OpenDeal;
    open(plan: DealPlan): Deal | undefined;
    /** A client that bought before, if there is one. */
    knownClient(random: Random): string | undefined;
}

/** The first working morning: open deals of the old CRM were moved over on that day. */
const MIGRATED_AT = FIRST_DAY + 2 * DAY + 8 * HOUR;
const REMEMBERED_CLIENTS = 300;

const STAGES: Readonly<Record<ProductLine, readonly string[]>> = {
    gates: ['Needs analysis', 'Proposal', 'Negotiation'],
    parts: ['Proposal'],
};
const LOST_REASONS = [
    'Price too high',
    'Chose a competitor',
    'No answer any more',
    'No budget',
    'Delivery time too long',
    'Product does not fit',
    'Project cancelled',
];
const LOST_WEIGHTS = [0.24, 0.2, 0.2, 0.12, 0.1, 0.07, 0.07];

/** Deals of second lives are numbered apart, so that they change nothing in the others. */
const SECOND_LIVES_FROM = 900_000;

export function createDealDesk(seed: number, sink: RecordSink, isSecond = false): DealDesk {
    const random = isSecond
        ? createRandom(seed, 'second life', 'deals')
        : createRandom(seed, 'deals');
    const drawAmount = createAmounts(random);
    const clients: string[] = [];
    let dealCount = isSecond ? SECOND_LIVES_FROM : 0;
    let clientCount = dealCount;

    function newClient(): string {
        clientCount += 1;
        return `C-${String(clientCount).padStart(6, '0')}`;
    }

    function open(plan: DealPlan): Deal | undefined {
        const amountCents = drawAmount(plan);
        const deal = planDeal(random, plan, plan.clientId ?? newClient(), amountCents);
        if (deal.createdAt >= END) return undefined;
        if (deal.closedAt !== undefined && deal.closedAt < MIGRATED_AT) return undefined;
        dealCount += 1;
        const id = `D-${String(dealCount).padStart(6, '0')}`;
        const dispute = drawDispute(seed, id, deal.lostReason);
        const numbered: Deal = { ...deal, id, ...(dispute === undefined ? {} : { dispute }) };
        if (numbered.status === 'won') clients[dealCount % REMEMBERED_CLIENTS] = numbered.clientId;
        sink.deal(numbered);
        return numbered;
    }

    return {
        open,
        openForLead: (life, owner, createdAt, isWon) => {
            const { lead, behaviour } = life;
            const isRepeat = random.chance(lead.line === 'parts' ? 0.15 : 0.04);
            const known = isRepeat ? clients[random.integer(0, REMEMBERED_CLIENTS - 1)] : undefined;
            const deal = open({
                leadId: lead.createdAt < FIRST_DAY ? '' : lead.id,
                origin: 'inbound',
                line: lead.line,
                owner,
                createdAt,
                isWon,
                priceLevel: behaviour.priceLevel,
                ...(known === undefined ? {} : { clientId: known }),
            });
            if (deal !== undefined) logDealWork(life, owner, deal);
            return deal;
        },
        knownClient: (from) => clients[from.integer(0, REMEMBERED_CLIENTS - 1)],
    };
}

function planDeal(random: Random, plan: DealPlan, clientId: string, amountCents: number): Deal {
    const createdAt = Math.max(plan.createdAt, MIGRATED_AT);
    const stages: StageEntry[] = [];
    let moment = plan.createdAt;
    for (const stage of STAGES[plan.line]) {
        stages.push({ stage, enteredAt: moment });
        moment = addWorkMinutes(moment, drawStageMinutes(random, plan.line));
    }
    stages.push({ stage: plan.isWon ? 'Closed won' : 'Closed lost', enteredAt: moment });

    const isClosed = moment < END;
    const reached = stages
        .filter(({ enteredAt }) => enteredAt < END)
        .map(({ stage, enteredAt }) => ({ stage, enteredAt: Math.max(enteredAt, MIGRATED_AT) }));
    const current = reached.at(-1) ?? { stage: '', enteredAt: createdAt };
    const lostReason = LOST_REASONS[random.weighted(LOST_WEIGHTS)] ?? '';
    return {
        id: '',
        leadId: plan.leadId,
        clientId,
        personId: plan.owner.id,
        line: plan.line,
        amountCents,
        status: isClosed ? (plan.isWon ? 'won' : 'lost') : 'open',
        stage: current.stage,
        origin: plan.origin,
        lostReason: isClosed && !plan.isWon ? lostReason : '',
        createdAt,
        closedAt: isClosed ? moment : undefined,
        updatedAt: current.enteredAt,
        stages: reached,
    };
}

/** Working minutes in a stage: a gate takes two to ten weeks in all, a part some days. */
function drawStageMinutes(random: Random, line: ProductLine): number {
    const skew = random.next() * random.next();
    return line === 'gates'
        ? random.integer(3 * 540, 8 * 540) + Math.round(skew * 22 * 540)
        : random.integer(90, 1200) + Math.round(skew * 8 * 540);
}
