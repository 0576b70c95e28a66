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
import { endOf, firstDay, monthOf, openEnd, uncoveredDay } from './validity.ts';

const plans = 'incentives/plans';
const members = 'incentives/plan_members';

/**
 * Plans change with a month, each version has a name of its own, and every member has one plan, in
 * force on every day of the membership: nobody drops out of pay in silence.
 */
export const planChecks: readonly RuleCheck[] = [
    checkRows(plans, (table, row) => checkMonths(table, row, 'plan_id')),
    checkRows('incentives/draws', (table, row) => checkMonths(table, row, 'payee_id')),
    checkFile(plans, (table) => {
        for (const rows of rowsBy(table, 'plan_id').values()) checkVersionNames(table, rows);
    }),
    checkFile(members, (table, tables) => {
        const versionsOf = rowsBy(tableOf(tables, plans), 'plan_id');
        for (const row of table.rows) {
            checkHasPlan(table, row, versionsOf.get(filled(row, 'plan_id')) ?? []);
        }
    }),
    checkFile(members, (table) => {
        for (const rows of rowsBy(table, 'payee_id').values()) checkOnePlanAMonth(table, rows);
    }),
];

/** A statement is for a month, printed with one version and paid with one draw. */
function checkMonths(table: RuleTable, row: RuleRow, id: string): void {
    for (const column of ['valid_from', 'valid_to'] as const) {
        const day = row.cells[column] ?? null;
        if (day === null || day.endsWith('-01')) continue;
        throw refuseCell(table, row, column, {
            what: `${table.file} changes the ${id === 'plan_id' ? 'plan' : 'draw of'} ${filled(row, id)} in the middle of a month.`,
            expected: `the first day of a month, such as ${monthOf(day)}-01`,
            fix: `let the ${id === 'plan_id' ? 'version' : 'draw'} begin and end with a month`,
        });
    }
}

function checkVersionNames(table: RuleTable, versions: readonly RuleRow[]): void {
    const seen = new Map<string, RuleRow>();
    for (const row of versions) {
        const name = filled(row, 'plan_version');
        const twin = seen.get(name);
        if (twin) {
            throw refuseCell(table, row, 'plan_version', {
                what: `${table.file} has two versions of ${filled(row, 'plan_id')} by one name: a statement would not say which paid.`,
                expected: `another name than line ${twin.line}`,
                fix: 'name the version, for example after the month it begins in',
            });
        }
        seen.set(name, row);
    }
}

function checkHasPlan(table: RuleTable, row: RuleRow, versions: readonly RuleRow[]): void {
    const missing = uncoveredDay(row, versions);
    if (missing === undefined) return;
    const [plan, payee] = [filled(row, 'plan_id'), filled(row, 'payee_id')];
    const isAtStart = missing === firstDay(row);
    throw refuseCell(table, row, isAtStart ? 'valid_from' : 'valid_to', {
        what: `${table.file} has a member without a plan: no version of ${plan} is in force from ${missing} on, and ${payee} would be paid nothing.`,
        expected: isAtStart ? `a day on which ${plan} is in force` : `at most ${missing}`,
        fix: 'let the membership begin and end with the plan, or add the missing version to incentives/plans.csv',
    });
}

function checkOnePlanAMonth(table: RuleTable, rows: readonly RuleRow[]): void {
    const sorted = rows.toSorted((left, right) => (firstDay(left) < firstDay(right) ? -1 : 1));
    sorted.forEach((row, index) => {
        const before = sorted[index - 1];
        if (!before || before.cells.plan_id === row.cells.plan_id) return;
        // The day a membership ends is no day of it: one that ends on the first left that month free.
        const end = endOf(before);
        if (end === openEnd || end.endsWith('-01') || monthOf(end) !== monthOf(firstDay(row)))
            return;
        throw refuseCell(table, row, 'valid_from', {
            what: `${table.file} gives ${filled(row, 'payee_id')} two plans in ${monthOf(end)}: that would be two statements and two caps.`,
            expected: `the first day of a month, as line ${before.line} ends on ${end}`,
            fix: 'change the plan with the first day of a month, in both rows',
        });
    });
}
