import { filled, type RuleRow, type RuleTable, refuseCell } from './rule-table.ts';

/**
 * Checks that the versions of each rule set follow each other without a gap, numbers rising.
 * @throws ContractError for the first version that does not
 */
export function checkRuleVersions(table: RuleTable): void {
    const groups = Map.groupBy(table.rows, (row) => filled(row, 'rule_set'));
    for (const group of groups.values()) checkVersions(table, group);
}

function checkVersions(table: RuleTable, rows: readonly RuleRow[]): void {
    const sorted = rows.toSorted((left, right) =>
        filled(left, 'valid_from') < filled(right, 'valid_from') ? -1 : 1,
    );
    sorted.forEach((row, index) => {
        const before = sorted[index - 1];
        if (!before) return;
        const end = filled(before, 'valid_to');
        if (filled(row, 'valid_from') !== end) {
            throw refuseCell(table, row, 'valid_from', {
                what: `${table.file} leaves a gap between two versions of ${filled(row, 'rule_set')}.`,
                expected: `${end}, the day line ${before.line} ends`,
                fix: 'begin the version where the one before it ends',
            });
        }
        if (BigInt(filled(row, 'rule_version')) > BigInt(filled(before, 'rule_version'))) return;
        throw refuseCell(table, row, 'rule_version', {
            what: `${table.file} numbers a later version of ${filled(row, 'rule_set')} no higher.`,
            expected: `more than ${filled(before, 'rule_version')} (line ${before.line})`,
            fix: 'give each version a number of its own, rising with time',
        });
    });
}

/**
 * Checks that a rule or band begins and ends with a version of its set: what a lead is worth
 * changes only where a version says so.
 * @throws ContractError for a set without versions, or a change inside a version
 */
export function checkVersionPeriod(table: RuleTable, row: RuleRow, versions: RuleTable): void {
    const set = filled(row, 'rule_set');
    const own = versions.rows.filter((version) => version.cells.rule_set === set);
    if (own.length === 0) {
        throw refuseCell(table, row, 'rule_set', {
            what: `${table.file} has rules of ${set}, which has no version.`,
            expected: `a version of ${set} in lead_quality/rule_versions.csv`,
            fix: 'add the version, or take the row out',
        });
    }
    for (const column of ['valid_from', 'valid_to'] as const) {
        const day = row.cells[column] ?? null;
        const changes = own.flatMap((version) => version.cells[column] ?? []).toSorted();
        if (day === null || changes.includes(day)) continue;
        const guess = changes.find((change) => change > day) ?? changes.at(-1);
        throw refuseCell(table, row, column, {
            what: `${table.file} changes ${set} in the middle of a version, or where there is none.`,
            expected:
                changes.length > 0
                    ? `a day on which a version of ${set} ${column === 'valid_to' ? 'ends' : 'begins'}: ${changes.join(', ')}`
                    : 'an empty cell, because no version ends',
            fix: `${guess ? `write ${guess}, or ` : ''}add a version for the change`,
        });
    }
}
