import {
    checkRows,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
} from './rule-table.ts';

/** Whoever may object has to know where to. */
export const payTermChecks: readonly RuleCheck[] = [
    checkRows('incentives/pay_terms', checkObjections),
];

function checkObjections(table: RuleTable, row: RuleRow): void {
    const missing = (['object_to', 'object_within_days'] as const).filter(
        (column) => !row.cells[column],
    );
    const [column] = missing;
    if (column === undefined || missing.length === 2) return;
    throw refuseCell(table, row, column, {
        what: `${table.file} says by halves how payees object.`,
        expected: 'both object_within_days and object_to, or neither',
        fix:
            column === 'object_to'
                ? 'name the person or address that takes objections'
                : 'write the days after the signature in which a payee may object',
    });
}
