import { PRODUCT_LINES, type ProductLine } from '../product-lines.ts';
import type { QuarterResult } from '../results.ts';
import { roundPlan } from '../targets.ts';

export const SUPPLY_HEADER = [
    'product_line_id',
    'measure',
    'owed_per_month',
    'valid_from',
    'valid_to',
];

interface SupplyTerm {
    readonly measure: 'sqls' | 'points';
    readonly from: string;
    readonly to: string;
    readonly quarters: readonly [number, number];
}

const TERMS: readonly SupplyTerm[] = [
    { measure: 'sqls', from: '2023-07-01', to: '2024-07-01', quarters: [0, 4] },
    { measure: 'sqls', from: '2024-07-01', to: '2025-07-01', quarters: [4, 8] },
    { measure: 'points', from: '2025-07-01', to: '', quarters: [8, 12] },
];
/** Supply points an SQL of the line is worth on average. */
const POINTS_PER_SQL: Readonly<Record<ProductLine, number>> = { gates: 1.6, parts: 0.74 };
/** What was agreed lies a little under what the line brings in a usual month. */
const AGREED_SHARE = 0.95;

/** What marketing owes sales: SQLs first, since the joint plan points by the tier of the lead. */
export function supplyRows(quarters: readonly QuarterResult[]): readonly (readonly string[])[] {
    return PRODUCT_LINES.flatMap((line) =>
        TERMS.map(({ measure, from, to, quarters: [first, end] }) => {
            const span = quarters.slice(first, end);
            const sqls = span.reduce((sum, quarter) => sum + quarter.sqlsByLine[line], 0);
            const monthly = sqls / (span.length * 3);
            const owed = monthly * AGREED_SHARE * (measure === 'points' ? POINTS_PER_SQL[line] : 1);
            return [line, measure, String(roundPlan(owed)), from, to];
        }),
    );
}
