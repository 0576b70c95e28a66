import { limitNames } from '../contracts/rules/limits.ts';
import { exact, one } from './exact.ts';
import { filled, type RuleTables, refuseCell, tableOf } from './rule-table.ts';

/**
 * Checks that every limit pages and the close judge by is there, and that shares are shares: a share
 * nothing can reach judges nothing, in silence.
 * @throws ContractError for the first limit that does not fit
 */
export function checkLimits(tables: RuleTables): void {
    const limits = tableOf(tables, 'reference/report_limits');
    for (const row of limits.rows) {
        const isCount = filled(row, 'limit_name').startsWith('fewest_');
        if (isCount || exact(filled(row, 'limit_value')) <= one) continue;
        throw refuseCell(limits, row, 'limit_value', {
            what: `${limits.file} has a share above the whole.`,
            expected: 'at most 1',
            fix: 'write 90 % as 0.9',
        });
    }
    const last = limits.rows.at(-1);
    const missing = limitNames.find((name) =>
        limits.rows.every((row) => filled(row, 'limit_name') !== name),
    );
    if (!last || !missing) return;
    throw refuseCell(limits, last, 'limit_name', {
        what: `${limits.file} lacks a limit that results are judged by.`,
        expected: `a row of ${missing}, too`,
        fix: `add ${missing}, or take the file out for the defaults of the product`,
    });
}
