import {
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
} from './rule-table.ts';

/** A dispute is decided as a whole, by somebody else, and not before it was raised. */
export const disputeChecks: readonly RuleCheck[] = [checkRows('incentives/disputes', checkDispute)];

const decision = ['verdict', 'author_id', 'decided_on'] as const;

function checkDispute(table: RuleTable, row: RuleRow): void {
    const name = `dispute ${filled(row, 'dispute_id')}`;
    const given = decision.filter((column) => row.cells[column]);
    const missing = decision.find((column) => !row.cells[column]);
    if (given.length > 0 && missing) {
        throw refuseCell(table, row, missing, {
            what: `${table.file} decides ${name} by halves.`,
            expected: `a value, because ${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} given`,
            fix: 'write verdict, author_id and decided_on, or none of them while it is open',
        });
    }
    if (filled(row, 'author_id') === filled(row, 'payee_id')) {
        throw refuseCell(table, row, 'author_id', {
            what: `${table.file} lets ${filled(row, 'payee_id')} decide on their own objection.`,
            expected: 'somebody else than payee_id',
            fix: 'name who decided, or leave verdict, author_id and decided_on empty',
        });
    }
    const opened = filled(row, 'opened_on');
    for (const column of ['deadline', 'decided_on'] as const) {
        const day = row.cells[column];
        if (!day || day >= opened) continue;
        throw refuseCell(table, row, column, {
            what: `${table.file} has a day of ${name} before it was raised.`,
            expected: `${opened} (opened_on) or later`,
            fix: 'correct one of the two days',
        });
    }
    if (opened < `${filled(row, 'period')}-01`) {
        throw refuseCell(table, row, 'period', {
            what: `${table.file} objects to a month that had not begun.`,
            expected: `a month up to ${opened.slice(0, 7)}`,
            fix: 'correct period or opened_on',
        });
    }
}
