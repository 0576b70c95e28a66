import {
    checkFile,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
    rowsBy,
    tableOf,
} from './rule-table.ts';
import { endOf, firstDay } from './validity.ts';

/** What plans are made of, and by which column a plan names it. */
const parts = [
    { file: 'incentives/plan_components', of: 'incentives/plan_components', column: 'plan_id' },
    {
        file: 'incentives/component_tiers',
        of: 'incentives/plan_components',
        column: 'component_id',
    },
    {
        file: 'incentives/commission_terms',
        of: 'incentives/plan_components',
        column: 'component_id',
    },
    { file: 'incentives/component_gates', of: 'incentives/plan_components', column: 'gate_id' },
    { file: 'incentives/plan_multipliers', of: 'incentives/plan_multipliers', column: 'plan_id' },
    {
        file: 'incentives/multiplier_tiers',
        of: 'incentives/plan_multipliers',
        column: 'multiplier_id',
    },
] as const;

/**
 * Whatever a plan is made of begins and ends only with a version of it: the version printed on a
 * statement says by which rules it was paid.
 */
export const payVersionChecks: readonly RuleCheck[] = parts.map(({ file, of, column }) =>
    checkFile(file, (table, tables) => {
        const versionsOf = rowsBy(tableOf(tables, 'incentives/plans'), 'plan_id');
        const users = rowsBy(tableOf(tables, of), column);
        for (const row of table.rows) {
            const own = users.get(filled(row, column)) ?? [];
            const plans = [...new Set(own.map((one) => filled(one, 'plan_id')))];
            const versions = plans.flatMap((plan) => versionsOf.get(plan) ?? []);
            checkChange(table, row, versions);
        }
    }),
);

function checkChange(table: RuleTable, row: RuleRow, versions: readonly RuleRow[]): void {
    for (const column of ['valid_from', 'valid_to'] as const) {
        const day = row.cells[column] ?? null;
        const version = versions.find(
            (one) => day !== null && firstDay(one) < day && day < endOf(one),
        );
        if (!version) continue;
        const name = `${filled(version, 'plan_id')} ${filled(version, 'plan_version')}`;
        throw refuseCell(table, row, column, {
            what: `${table.file} changes what ${name} pays in the middle of the version.`,
            expected: `a day on which a version of the plan begins, such as ${firstDay(version)}`,
            fix: 'add a version to incentives/plans.csv for the change, or correct the day',
        });
    }
}
