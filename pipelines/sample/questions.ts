import type { LocalTime } from './calendar.ts';
import type { ProductLine } from './product-lines.ts';

/** Questions of the form; each has been on it since a day, answered by a share of leads. */
export interface FormQuestion {
    readonly id: string;
    /** What the form says. */
    readonly label: string;
    readonly since: LocalTime;
    readonly answered: number;
}

// biome-ignore format: a table
export const FORM_QUESTIONS = [
    { id: 'role', label: 'You are', since: Date.UTC(2023, 6, 1), answered: 0.88 },
    { id: 'project_type', label: 'What is it for?', since: Date.UTC(2023, 6, 1), answered: 0.9 },
    { id: 'company_size', label: 'How many people work at your company?', since: Date.UTC(2023, 6, 1), answered: 0.75 },
    { id: 'timeline', label: 'When do you need it?', since: Date.UTC(2024, 4, 6), answered: 0.88 },
    { id: 'budget_range', label: 'Your budget in euro', since: Date.UTC(2025, 2, 3), answered: 0.8 },
    { id: 'own_building', label: 'Is the building yours?', since: Date.UTC(2025, 2, 3), answered: 0.85 },
] as const satisfies readonly FormQuestion[];

export type FormQuestionId = (typeof FORM_QUESTIONS)[number]['id'];

/** What sales asks on the phone before a lead is sales qualified. */
export const TALK_QUESTIONS = {
    bant_budget: 'Budget',
    bant_authority: 'Authority',
    bant_need: 'Need',
    bant_timeline: 'Timing',
} as const;

export type TalkQuestionId = keyof typeof TALK_QUESTIONS;

export const BUDGETS: Readonly<Record<ProductLine, readonly string[]>> = {
    gates: ['under 4000', '4000-7000', '7000-10000', 'over 10000'],
    parts: ['under 200', '200-500', '500-800', 'over 800'],
};
/** Upper ends of all budgets but the last, in euro. */
export const BUDGET_ENDS: Readonly<Record<ProductLine, readonly number[]>> = {
    gates: [4000, 7000, 10_000],
    parts: [200, 500, 800],
};
export const TIMELINES = ['Within a month', 'Within three months', 'Within a year', 'Just looking'];

export const ROLES = {
    homeowner: 'House owner',
    facility_manager: 'Facility manager',
    builder: 'Builder or architect',
    reseller: 'Reseller or installer',
    hobbyist: 'Hobbyist',
    student: 'Student',
} as const;

export type Role = keyof typeof ROLES;

export const PROJECTS = {
    newBuilding: 'New building',
    replacement: 'Replacement',
    repair: 'Repair',
    resale: 'Resale',
    hobby: 'School or hobby project',
    prices: 'Only comparing prices',
} as const;
