import type { LeadRecord } from './lead-record.ts';
import type { ProductLine } from './product-lines.ts';
import {
    BUDGET_ENDS,
    BUDGETS,
    type FormQuestionId,
    PROJECTS,
    ROLES,
    type Role,
    TIMELINES,
} from './questions.ts';
import type { Random } from './random.ts';

/** Every answer says a little of the lead's potential and a little of nothing. */
const NOISE = 0.62;

type Weights = Readonly<Partial<Record<Role, number>>>;

const COMPANY_ROLES: Readonly<Record<ProductLine, Weights>> = {
    gates: { facility_manager: 0.4, builder: 0.42, reseller: 0.18 },
    parts: { facility_manager: 0.4, builder: 0.15, reseller: 0.45 },
};
const PRIVATE_ROLES: Readonly<Record<ProductLine, Weights>> = {
    gates: { homeowner: 0.84, hobbyist: 0.12, student: 0.04 },
    parts: { homeowner: 0.56, hobbyist: 0.34, student: 0.1 },
};
const PROJECTS_OF: Readonly<Record<Role, readonly (keyof typeof PROJECTS)[]>> = {
    homeowner: ['replacement', 'repair', 'newBuilding'],
    facility_manager: ['repair', 'replacement', 'replacement'],
    builder: ['newBuilding', 'newBuilding', 'replacement'],
    reseller: ['resale', 'resale', 'repair'],
    hobbyist: ['hobby', 'repair', 'hobby'],
    student: ['hobby', 'hobby', 'prices'],
};
const COMPANY_SIZES: readonly (readonly [number, number])[] = [
    [1, 9],
    [10, 49],
    [50, 249],
    [250, 900],
];

/** What a lead would answer to every question of the form; a private person has no company size. */
export function drawFormAnswers(
    random: Random,
    record: LeadRecord,
    potential: number,
): ReadonlyMap<FormQuestionId, string> {
    const { line, contact } = record.lead;
    const isCompany = contact.companyName !== '';
    const leaning = (): number => potential + NOISE * random.bell();
    const role = drawRole(random, (isCompany ? COMPANY_ROLES : PRIVATE_ROLES)[line], leaning());
    const answers = new Map<FormQuestionId, string>([
        ['role', ROLES[role]],
        ['project_type', PROJECTS[drawProject(random, role, leaning())]],
        ['timeline', TIMELINES[drawTimeline(leaning())] ?? ''],
        ['budget_range', drawBudget(random, record, leaning())],
        ['own_building', random.chance(clamp(0.55 + 0.2 * leaning())) ? 'yes' : 'no'],
    ]);
    if (isCompany) answers.set('company_size', drawCompanySize(random, record, leaning()));
    return answers;
}

function drawRole(random: Random, weights: Weights, leaning: number): Role {
    const roles = Object.keys(weights) as Role[];
    const isWeak = (role: Role): boolean => role === 'hobbyist' || role === 'student';
    const tilt = leaning < -0.3 ? 1.9 : leaning > 0.5 ? 0.4 : 1;
    const tilted = roles.map((role) => (weights[role] ?? 0) * (isWeak(role) ? tilt : 1));
    return roles[random.weighted(tilted)] ?? 'homeowner';
}

function drawProject(random: Random, role: Role, leaning: number): keyof typeof PROJECTS {
    return random.chance(clamp(0.3 - 0.27 * leaning)) ? 'prices' : random.pick(PROJECTS_OF[role]);
}

function drawTimeline(leaning: number): number {
    const [soon, quarter, year] = [1, 0.1, -0.7];
    return leaning > soon ? 0 : leaning > quarter ? 1 : leaning > year ? 2 : 3;
}

/** A lead with a deal knew about what it would spend; the others guess. */
function drawBudget(random: Random, { lead, sales }: LeadRecord, leaning: number): string {
    const amount = (sales.at(-1)?.deal.amountCents ?? 0) / 100;
    const known = BUDGET_ENDS[lead.line].filter((end) => amount >= end).length;
    const guessed = random.weighted([0.42 - 0.08 * leaning, 0.36, 0.14 + 0.04 * leaning, 0.06]);
    const isHonest = amount > 0 && random.chance(0.7);
    return BUDGETS[lead.line][isHonest ? known : guessed] ?? '';
}

/** Large companies order large gates. One in a hundred writes words where a number belongs. */
function drawCompanySize(random: Random, { lead, sales }: LeadRecord, leaning: number): string {
    const isLarge = lead.line === 'gates' && (sales.at(-1)?.deal.amountCents ?? 0) > 700_000;
    const weights = isLarge
        ? [0.12, 0.28, 0.36, 0.24]
        : [0.46 - 0.06 * leaning, 0.33, 0.14 + 0.03 * leaning, 0.04 + 0.01 * leaning];
    const [low, high] = COMPANY_SIZES[random.weighted(weights.map(clamp))] ?? [1, 9];
    const people = random.integer(low, high);
    return random.chance(0.01) ? `about ${people}` : String(people);
}

function clamp(share: number): number {
    return Math.min(0.97, Math.max(0.02, share));
}
