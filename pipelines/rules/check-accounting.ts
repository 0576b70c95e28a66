import {
    checkFile,
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
} from './rule-table.ts';

const file = 'incentives/accounting_payments';

/** An explanation is somebody's, and a month is a list of payments or one sum. */
export const accountingChecks: readonly RuleCheck[] = [
    checkRows(file, checkExplanation),
    checkFile(file, checkSums),
];

function checkExplanation(table: RuleTable, row: RuleRow): void {
    const columns = ['explanation', 'author_id'] as const;
    const [missing, ...others] = columns.filter((column) => !row.cells[column]);
    if (missing === undefined || others.length > 0) return;
    throw refuseCell(table, row, missing, {
        what: `${table.file} explains a difference by halves.`,
        expected: 'a value, because the other of explanation and author_id is given',
        fix: 'write who says why the warehouse differs, or leave both empty',
    });
}

function checkSums(table: RuleTable): void {
    const months = Map.groupBy(table.rows, (row) => filled(row, 'period'));
    for (const [period, rows] of months) {
        const sum = rows.find((row) => !row.cells.payment_id);
        if (sum === undefined || rows.length === 1) continue;
        throw refuseCell(table, sum, 'payment_id', {
            what: `${table.file} has a sum of ${period} beside single payments.`,
            expected: 'a payment, or no other row of the month',
            fix: 'leave out the sum, or the payments it sums up',
        });
    }
}
