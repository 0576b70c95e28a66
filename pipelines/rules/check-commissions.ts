import { exact, exactText, one, sumOf } from './exact.ts';
import {
    checkFile,
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
    rowsBy,
    tableOf,
} from './rule-table.ts';
import { uncoveredDay } from './validity.ts';

const terms = 'incentives/commission_terms';
const splits = 'incentives/deal_splits';
const components = 'incentives/plan_components';

/** Components paid by deals, when they pay, and how deals are shared. */
export const commissionChecks: readonly RuleCheck[] = [
    checkRows(components, (table, row, tables) =>
        checkDuration(table, row, tableOf(tables, 'incentives/plans')),
    ),
    checkRows(terms, (table, row, tables) =>
        checkComponent(table, row, tableOf(tables, components)),
    ),
    checkRows(terms, checkTerms),
    checkFile(splits, (table) => {
        for (const shares of rowsBy(table, 'deal_id').values()) checkShares(table, shares);
    }),
];

/** Clients go on paying deals of the past, at their rate: what pays them ends with the plan only. */
function checkDuration(table: RuleTable, row: RuleRow, plans: RuleTable): void {
    if (row.cells.payout_basis !== 'deals' || (row.cells.valid_to ?? null) === null) return;
    const own = (other: RuleRow, column: string) => other.cells[column] === row.cells[column];
    const later = table.rows.filter((other) => own(other, 'component_id'));
    const missing = plans.rows
        .filter(
            (version) =>
                own(version, 'plan_id') && filled(version, 'valid_from') >= filled(row, 'valid_to'),
        )
        .map((version) => uncoveredDay(version, later))
        .find((day) => day !== undefined);
    if (missing === undefined) return;
    throw refuseCell(table, row, 'valid_to', {
        what: `${table.file} ends ${filled(row, 'component_id')}, by whose rates deals of the past are still paid.`,
        expected: `a row of the component on ${missing}, on which ${filled(row, 'plan_id')} is in force`,
        fix: 'let it last as long as the plan, and change rates of new deals in incentives/component_tiers.csv',
    });
}

function checkComponent(table: RuleTable, row: RuleRow, paid: RuleTable): void {
    const id = filled(row, 'component_id');
    const other = paid.rows.find(
        ({ cells }) => cells.component_id === id && cells.payout_basis !== 'deals',
    );
    if (!other) return;
    throw refuseCell(table, row, 'component_id', {
        what: `${table.file} says when deals of ${id} are paid, which is not paid by deals.`,
        expected: 'a component whose payout_basis is deals',
        fix: `write deals in incentives/plan_components.csv, line ${other.line}, or take the terms out`,
    });
}

function checkTerms(table: RuleTable, row: RuleRow): void {
    const id = filled(row, 'component_id');
    for (const column of ['closing_share', 'minimum_margin', 'residual_rate'] as const) {
        if (exact(row.cells[column] ?? '0') <= one) continue;
        throw refuseCell(table, row, column, {
            what: `${table.file} has a share of ${id} that is more than the whole.`,
            expected: 'at most 1: 0.05 is 5 %',
            fix: 'divide per cents by 100',
        });
    }
    const isEmpty = (column: string) => (row.cells[column] ?? null) === null;
    if (isEmpty('residual_rate') === isEmpty('residual_months')) return;
    const column = isEmpty('residual_rate') ? 'residual_rate' : 'residual_months';
    throw refuseCell(table, row, column, {
        what: `${table.file} has half a residual for ${id}: a rate and a term belong together.`,
        expected: 'a number, because the other one is given',
        fix: 'write the rate and for how many months it is paid, or neither',
    });
}

/** Of a deal everything is paid, and once. */
function checkShares(table: RuleTable, shares: readonly RuleRow[]): void {
    const last = shares.at(-1);
    const sum = sumOf(shares.map((row) => filled(row, 'share')));
    if (!last || sum === one) return;
    throw refuseCell(table, last, 'share', {
        what: `${table.file} has shares of the deal ${filled(last, 'deal_id')} that sum to ${exactText(sum)} (lines ${shares.map(({ line }) => line).join(', ')}).`,
        expected: 'shares of a deal that sum to 1',
        fix: `change the shares by ${exactText(one - sum)} in all`,
    });
}
