import {
    addWorkMinutes,
    END,
    JOINT_PLAN_MONTH,
    type LocalTime,
    MONTH_COUNT,
    monthAt,
} from './calendar.ts';
import { drawMoment } from './leads.ts';
import { SALESPEOPLE } from './people.ts';
import { createRandom, type Random } from './random.ts';

export interface InternalRequest {
    readonly id: string;
    readonly kind: 'materials' | 'information' | 'data';
    readonly from: 'marketing' | 'sales';
    readonly to: 'marketing' | 'sales';
    readonly subject: string;
    readonly requestedBy: string;
    /** Empty when only the department was asked. */
    readonly personId: string;
    readonly requestedAt: LocalTime;
    readonly answeredAt: LocalTime | undefined;
}

const PER_MONTH = 14;
/** Working minutes within which the departments agreed to answer. */
const AGREED_MINUTES = { materials: 1080, information: 540, data: 1080 } as const;

interface Topic {
    readonly kind: InternalRequest['kind'];
    readonly from: InternalRequest['from'];
    readonly owner: string;
    readonly subject: string;
}

// biome-ignore format: a table
const TOPICS: readonly Topic[] = [
    { kind: 'materials', from: 'sales', owner: 'radu', subject: 'Price sheet for industrial doors' },
    { kind: 'materials', from: 'sales', owner: 'radu', subject: 'Case study with photographs' },
    { kind: 'materials', from: 'sales', owner: 'radu', subject: 'Letter to clients of parts' },
    { kind: 'information', from: 'sales', owner: 'irina', subject: 'What the campaign promises' },
    { kind: 'information', from: 'sales', owner: 'irina', subject: 'Which page the lead came from' },
    { kind: 'data', from: 'sales', owner: 'ana', subject: 'Leads of the trade fair' },
    { kind: 'information', from: 'marketing', owner: 'boris', subject: 'Why clients choose the competitor' },
    { kind: 'information', from: 'marketing', owner: 'elena', subject: 'Questions clients ask first' },
    { kind: 'data', from: 'marketing', owner: 'mihai', subject: 'Verdicts that are missing' },
    { kind: 'data', from: 'marketing', owner: 'carmen', subject: 'Reasons of lost parts deals' },
    { kind: 'materials', from: 'marketing', owner: 'sorin', subject: 'Recording of a good call' },
];
const MARKETERS = ['ana', 'irina', 'radu'];

/** Three years of requests between the departments, by time; two a month at the least. */
export function drawRequests(seed: number, factor: number): readonly InternalRequest[] {
    const drawn: Omit<InternalRequest, 'id'>[] = [];
    for (let index = 0; index < MONTH_COUNT; index += 1) {
        const month = monthAt(index);
        const random = createRandom(seed, 'requests', month.key);
        const count = Math.max(2, Math.round(PER_MONTH * factor));
        for (let number = 0; number < count; number += 1) {
            const requestedAt = addWorkMinutes(drawMoment(random, month), random.integer(0, 30));
            if (requestedAt >= END) continue;
            drawn.push(drawRequest(random, requestedAt, index >= JOINT_PLAN_MONTH));
        }
    }
    return drawn
        .toSorted((a, b) => a.requestedAt - b.requestedAt)
        .map((request, index) => ({ ...request, id: `R-${String(index + 1).padStart(5, '0')}` }));
}

function drawRequest(
    random: Random,
    requestedAt: LocalTime,
    isJointPlan: boolean,
): Omit<InternalRequest, 'id'> {
    const { kind, from, owner, subject } = random.pick(TOPICS);
    const agreed = AGREED_MINUTES[kind];
    const fate = random.weighted(isJointPlan ? [0.92, 0.06, 0.02] : [0.56, 0.33, 0.11]);
    const minutes =
        fate === 0 ? random.integer(20, agreed) : random.integer(agreed + 5, agreed * 5);
    const answeredAt = addWorkMinutes(requestedAt, minutes);
    const isOpen = fate === 2 || answeredAt >= END;
    return {
        kind,
        from,
        to: from === 'sales' ? 'marketing' : 'sales',
        subject,
        requestedBy: random.pick(from === 'sales' ? SALESPEOPLE.map(({ id }) => id) : MARKETERS),
        personId: random.chance(0.85) ? owner : '',
        requestedAt,
        answeredAt: isOpen ? undefined : answeredAt,
    };
}
