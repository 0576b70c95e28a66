import type { ProductLine } from './product-lines.ts';

export interface Salesperson {
    readonly id: string;
    readonly name: string;
    /** Share of the leads of a line routed to this person. */
    readonly share: Readonly<Record<ProductLine, number>>;
    /** Above 1: leaves more leads lying than the others. */
    readonly neglect: number;
    /** Added to the share of first responses in time. */
    readonly punctuality: number;
    /** Above 1: closes more than the others. */
    readonly closing: number;
    /** Share of the department's booked revenue target. */
    readonly quotaShare: number;
}

/** Boris closes best and lives off gates; Mihai answers late; Carmen also works the small leads. */
export const SALESPEOPLE: readonly Salesperson[] = [
    {
        id: 'boris',
        name: 'Boris Popa',
        share: { gates: 0.28, parts: 0.15 },
        neglect: 1.15,
        punctuality: 0.02,
        closing: 1.25,
        quotaShare: 0.238,
    },
    {
        id: 'elena',
        name: 'Elena Stoica',
        share: { gates: 0.24, parts: 0.17 },
        neglect: 0.97,
        punctuality: 0.07,
        closing: 1.08,
        quotaShare: 0.235,
    },
    {
        id: 'mihai',
        name: 'Mihai Ionescu',
        share: { gates: 0.21, parts: 0.2 },
        neglect: 1.14,
        punctuality: -0.12,
        closing: 0.8,
        quotaShare: 0.225,
    },
    {
        id: 'sorin',
        name: 'Sorin Lungu',
        share: { gates: 0.135, parts: 0.24 },
        neglect: 0.99,
        punctuality: 0.01,
        closing: 0.9,
        quotaShare: 0.15,
    },
    {
        id: 'carmen',
        name: 'Carmen Vlad',
        share: { gates: 0.135, parts: 0.24 },
        neglect: 0.82,
        punctuality: 0.06,
        closing: 1.02,
        quotaShare: 0.152,
    },
];

export interface Employee {
    readonly id: string;
    readonly name: string;
}

/** Looks at the leads sales rejected, since five months before the joint plan. */
export const ANALYST: Employee = { id: 'mara', name: 'Mara Tanase' };

/** Dana looks after clients of parts, Vasile after those of gates until he left; then Teodora. */
export const ACCOUNT_MANAGERS = {
    dana: { id: 'dana', name: 'Dana Iliescu' },
    vasile: { id: 'vasile', name: 'Vasile Cretu' },
    teodora: { id: 'teodora', name: 'Teodora Pana' },
} as const satisfies Readonly<Record<string, Employee>>;

/** Rows of company/people.csv. */
export const PEOPLE: readonly (readonly string[])[] = [
    ['ana', 'Ana Marin', 'marketing', 'demand_generation', '2023-07-01', ''],
    ['irina', 'Irina Dobre', 'marketing', 'demand_generation', '2023-07-01', ''],
    ['radu', 'Radu Enache', 'marketing', 'content', '2023-07-01', ''],
    ['mara', 'Mara Tanase', 'marketing', 'quality', '2025-02-03', ''],
    ['boris', 'Boris Popa', 'sales', 'gates', '2023-07-01', ''],
    ['elena', 'Elena Stoica', 'sales', 'gates', '2023-07-01', ''],
    ['mihai', 'Mihai Ionescu', 'sales', 'gates', '2023-07-01', ''],
    ['sorin', 'Sorin Lungu', 'sales', 'inside_sales', '2023-07-01', ''],
    ['carmen', 'Carmen Vlad', 'sales', 'inside_sales', '2023-07-01', ''],
    ['dana', 'Dana Iliescu', 'sales', 'account_management', '2023-07-01', ''],
    ['vasile', 'Vasile Cretu', 'sales', 'account_management', '2023-07-01', '2026-03-01'],
    ['teodora', 'Teodora Pana', 'sales', 'account_management', '2026-02-16', ''],
];
