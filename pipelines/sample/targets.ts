import { isoDay } from './format.ts';
import { SALESPEOPLE } from './people.ts';
import { PRODUCT_LINES } from './product-lines.ts';
import type { QuarterResult } from './results.ts';

/**
 * How much of its plan the company reached, quarter by quarter: eight quarters with both
 * departments green and the company red, then the joint plan. The plans are worked back from these
 * shares and from what happened, so that the story holds for a company of any size.
 */
// biome-ignore format: a table
export const PLANNED_ATTAINMENT = {
    leads:          [1.03, 1.05, 1.02, 1.07, 1.04, 1.02, 1.06, 1.08, 1.01, 0.98, 1.03, 1.05],
    wonDeals:       [1.03, 1.04, 1.02, 1.05, 1.06, 1.02, 1.04, 1.05, 0.97, 1.01, 1.04, 1.07],
    booked:         [1.05, 1.02, 1.06, 1.04, 1.03, 1.07, 1.02, 1.05, 0.96, 1.02, 1.06, 1.09],
    gatesCollected: [0.97, 0.98, 0.96, 0.98, 0.97, 0.95, 0.97, 0.96, 0.99, 1.01, 1.03, 1.04],
    partsCollected: [0.48, 0.43, 0.40, 0.41, 0.38, 0.36, 0.34, 0.36, 0.72, 1.00, 1.08, 1.13],
    leadsCollected: [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 0.94, 1.01, 1.05, 1.07],
    sqls:           [1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 0.97, 1.01, 1.04, 1.03],
} as const;

/** The joint plan adds marketing targets that sales judges. */
const JOINT_PLAN_QUARTER = 8;

export const TARGET_HEADER = [
    'kpi',
    'scope_type',
    'scope_id',
    'period_type',
    'target_value',
    'valid_from',
    'valid_to',
];

export const HEADLINE_ROWS: readonly (readonly string[])[] = [
    ['marketing', 'leads', '2023-07-01', ''],
    ['sales', 'booked_revenue', '2023-07-01', ''],
    ['company', 'collected_revenue', '2023-07-01', ''],
];

/** Ratios and unit costs: the same target whatever the size of the company. */
const FIXED_ROWS: readonly (readonly string[])[] = [
    ['cost_per_lead', 'department', 'marketing', 'month', '28', '2023-07-01', '2025-07-01'],
    ['cost_per_lead', 'department', 'marketing', 'month', '30', '2025-07-01', ''],
    ['roas', 'department', 'marketing', 'month', '4', '2023-07-01', '2025-07-01'],
    ['roas', 'department', 'marketing', 'month', '5', '2025-07-01', ''],
    ['lead_acceptance_rate', 'department', 'marketing', 'month', '0.6', '2023-07-01', ''],
    ['sla_compliance', 'department', 'sales', 'month', '0.9', '2023-07-01', ''],
    ['feedback_completeness', 'department', 'sales', 'month', '0.8', '2023-07-01', '2025-07-01'],
    ['feedback_completeness', 'department', 'sales', 'month', '0.9', '2025-07-01', ''],
];

/** Rows of targets/targets.csv: one monthly target a quarter for everything that is counted. */
export function planTargets(quarters: readonly QuarterResult[]): readonly (readonly string[])[] {
    const rows: (readonly string[])[] = [];
    for (const [index, result] of quarters.entries()) {
        const add = (kpi: string, scopeType: string, scopeId: string, monthly: number): void => {
            const [from, to] = [quarterStart(index), quarterStart(index + 1)];
            const validTo = index === quarters.length - 1 ? '' : to;
            rows.push([kpi, scopeType, scopeId, 'month', String(monthly), from, validTo]);
        };
        addMarketingTargets(add, result, index);
        addSalesTargets(add, result, index);
        addCompanyTargets(add, result, index);
    }
    const order = (row: readonly string[]): string => [row[0], row[1], row[2], row[5]].join(' ');
    return [...rows, ...FIXED_ROWS].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

type AddTarget = (kpi: string, scopeType: string, scopeId: string, monthly: number) => void;

function addMarketingTargets(add: AddTarget, result: QuarterResult, index: number): void {
    const share = PLANNED_ATTAINMENT.leads[index] ?? 1;
    const byLine = PRODUCT_LINES.map((line) => {
        const monthly = roundPlan(result.leads[line] / 3 / share);
        add('leads', 'product_line', line, monthly);
        return monthly;
    });
    add('leads', 'department', 'marketing', addUp(byLine));
    add('mqls', 'department', 'marketing', roundPlan(result.mqls / 3 / share));
    if (index < JOINT_PLAN_QUARTER) return;
    const sqlShare = PLANNED_ATTAINMENT.sqls[index] ?? 1;
    add('sqls', 'department', 'marketing', roundPlan(result.sqls / 3 / sqlShare));
    const collectedShare = PLANNED_ATTAINMENT.leadsCollected[index] ?? 1;
    const collected = result.collectedFromLeadsCents / 100 / 3 / collectedShare;
    add('collected_revenue', 'department', 'marketing', roundPlan(collected));
}

function addSalesTargets(add: AddTarget, result: QuarterResult, index: number): void {
    const share = PLANNED_ATTAINMENT.booked[index] ?? 1;
    const byLine = PRODUCT_LINES.map((line) => {
        const monthly = roundPlan(result.bookedCents[line] / 100 / 3 / share);
        add('booked_revenue', 'product_line', line, monthly);
        return monthly;
    });
    const department = addUp(byLine);
    add('booked_revenue', 'department', 'sales', department);
    for (const { id, quotaShare } of SALESPEOPLE) {
        add('booked_revenue', 'person', id, roundPlan(department * quotaShare));
    }
    const wonShare = PLANNED_ATTAINMENT.wonDeals[index] ?? 1;
    add('won_deals', 'department', 'sales', roundPlan(result.wonDeals / 3 / wonShare));
}

function addCompanyTargets(add: AddTarget, result: QuarterResult, index: number): void {
    const shares = {
        gates: PLANNED_ATTAINMENT.gatesCollected[index] ?? 1,
        parts: PLANNED_ATTAINMENT.partsCollected[index] ?? 1,
    };
    const byLine = PRODUCT_LINES.map((line) => {
        const monthly = roundPlan(result.collectedCents[line] / 100 / 3 / shares[line]);
        add('collected_revenue', 'product_line', line, monthly);
        return monthly;
    });
    add('collected_revenue', 'company', 'company', addUp(byLine));
}

/** Rounds down to a number people would plan with: 84,250 rather than 84,262.17. */
export function roundPlan(value: number): number {
    const steps: readonly (readonly [number, number])[] = [
        [50_000, 500],
        [10_000, 250],
        [1_000, 50],
        [200, 5],
        [20, 1],
    ];
    const step = steps.find(([from]) => value >= from)?.[1];
    // Hundredths are whole numbers over 100, which print without a tail.
    return step === undefined ? Math.floor(value * 100) / 100 : Math.floor(value / step) * step;
}

function addUp(parts: readonly number[]): number {
    return Math.round(parts.reduce((sum, part) => sum + part, 0) * 100) / 100;
}

function quarterStart(index: number): string {
    return isoDay(Date.UTC(2023, 6 + index * 3, 1));
}
