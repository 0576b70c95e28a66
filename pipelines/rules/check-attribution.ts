import { one, sumOf } from './exact.ts';
import {
    filled,
    type RuleRow,
    type RuleTable,
    type RuleTables,
    refuseCell,
    tableOf,
} from './rule-table.ts';
import { endOf, firstDay, holdTogether, openEnd } from './validity.ts';

/**
 * Checks that the shares of an attribution model leave no more than a whole deal, and that on every
 * day one model and no other is the default: KPIs are counted by it.
 * @throws ContractError for the first model that does not fit
 */
export function checkAttribution(tables: RuleTables): void {
    const models = tableOf(tables, 'reference/attribution_models');
    for (const row of models.rows) checkModelShares(models, row);
    const defaults = models.rows.filter((row) => isTrue(row.cells.is_default));
    checkDefaults(models, defaults);
}

/** As the contract reads true. */
const isTrue = (cell: string | null | undefined) =>
    ['true', '1', 'yes', 'on', 'y', 'enabled'].includes((cell ?? '').toLowerCase());

function checkModelShares(table: RuleTable, row: RuleRow): void {
    const [first, last] = [row.cells.first_share ?? null, row.cells.last_share ?? null];
    if ((first === null) !== (last === null)) {
        const column = first === null ? 'first_share' : 'last_share';
        throw refuseCell(table, row, column, {
            what: `${table.file} gives ${filled(row, 'model')} one share of two.`,
            expected: 'both shares, or none for equal shares',
            fix: 'write 0 for a touch that gets nothing',
        });
    }
    if (first === null || last === null || sumOf([first, last]) <= one) return;
    throw refuseCell(table, row, 'last_share', {
        what: `${table.file} credits more than the whole deal by ${filled(row, 'model')}.`,
        expected: `at most 1 together with first_share ${first}`,
        fix: 'lower one of the shares; what is left goes to the touches between',
    });
}

function checkDefaults(table: RuleTable, defaults: readonly RuleRow[]): void {
    const sorted = defaults.toSorted((left, right) => (firstDay(left) < firstDay(right) ? -1 : 1));
    sorted.forEach((row, index) => {
        const before = sorted[index - 1];
        if (!before) return;
        if (holdTogether(before, row)) {
            throw refuseCell(table, row, 'is_default', {
                what: `${table.file} has two default models at once: KPIs would count every deal twice.`,
                expected: `false, or a beginning after line ${before.line} (${filled(before, 'model')}) has ended`,
                fix: 'let one model be the default at a time',
            });
        }
        if (endOf(before) === firstDay(row)) return;
        throw refuseCell(table, row, 'valid_from', {
            what: `${table.file} has no default model between ${endOf(before)} and ${firstDay(row)}.`,
            expected: endOf(before),
            fix: 'let one default begin where the one before it ends',
        });
    });
    const last = sorted.at(-1);
    if (last && endOf(last) === openEnd) return;
    const place = last ?? table.rows[0];
    if (!place) return;
    throw refuseCell(table, place, last ? 'valid_to' : 'is_default', {
        what: last
            ? `${table.file} has no default model from ${endOf(last)} on: no KPI would count a deal.`
            : `${table.file} has no default model: no KPI would count a deal.`,
        expected: last ? 'an empty cell, or another default from this day on' : 'true in one row',
        fix: 'say which model KPIs use',
    });
}
