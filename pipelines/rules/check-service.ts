import { slaUnits } from '../contracts/rules/service.ts';
import { exact } from './exact.ts';
import {
    checkFile,
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    type RuleTables,
    refuseCell,
    tableOf,
} from './rule-table.ts';
import { firstDay, holdTogether } from './validity.ts';

/**
 * The rules of service: terms in a unit that is read, hours that end after they begin, a band of
 * capacity with room in it, and a supply of leads that can be added up.
 */
export const serviceChecks: readonly RuleCheck[] = [
    checkRows('reference/sla_terms', checkUnit),
    checkRows('reference/work_hours', checkHours),
    checkFile('reference/capacity_bounds', checkBounds),
    checkRows('company/sales_capacity', checkSeller),
    checkFile('targets/supply_terms', checkSupply),
];

function checkUnit(table: RuleTable, row: RuleRow): void {
    const term = filled(row, 'term') as keyof typeof slaUnits;
    const units: readonly string[] = slaUnits[term];
    if (units.includes(filled(row, 'unit'))) return;
    throw refuseCell(table, row, 'unit', {
        what: `${table.file} measures ${term} in a unit it is not counted in.`,
        expected: units.join(' or '),
        fix: 'convert the value to this unit',
    });
}

function checkHours(table: RuleTable, row: RuleRow): void {
    if (filled(row, 'opens_at') < filled(row, 'closes_at')) return;
    throw refuseCell(table, row, 'closes_at', {
        what: `${table.file} has a day that closes before it opens.`,
        expected: `a time after ${filled(row, 'opens_at')}`,
        fix: 'correct the hours; a shift over midnight is two rows, one to 23:59 and one from 00:00',
    });
}

function checkBounds(table: RuleTable): void {
    const low = table.rows.filter((row) => row.cells.bound === 'low_below');
    for (const row of table.rows.filter((other) => other.cells.bound === 'high_above')) {
        const limit = low.find(
            (other) =>
                holdTogether(other, row) &&
                exact(filled(other, 'share')) >= exact(filled(row, 'share')),
        );
        if (!limit) continue;
        throw refuseCell(table, row, 'share', {
            what: `${table.file} calls a volume of leads too low and too high at once.`,
            expected: `more than ${filled(limit, 'share')}, the share of low_below in line ${limit.line}`,
            fix: 'raise high_above, or lower low_below',
        });
    }
}

/** Marketing and quality analysts take no leads: their capacity would make sales look idle. */
function checkSeller(table: RuleTable, row: RuleRow, tables: RuleTables): void {
    const people = tableOf(tables, 'company/people');
    const own = people.rows.filter((person) => person.cells.person_id === row.cells.person_id);
    if (own.some((person) => person.cells.department_id === 'sales')) return;
    throw refuseCell(table, row, 'person_id', {
        what: `${table.file} counts on somebody who is not in sales.`,
        expected: 'a person of the department sales in company/people.csv',
        fix: 'correct the person, or the department in company/people.csv',
    });
}

/** A month owes what is in force on its first day; SQLs and points, or a line and all, cannot be added. */
function checkSupply(table: RuleTable): void {
    table.rows.forEach((row, index) => {
        const others = table.rows.slice(0, index).filter((other) => holdTogether(other, row));
        const mixed = others.find((other) => other.cells.measure !== row.cells.measure);
        if (mixed) {
            throw refuseCell(table, row, 'measure', {
                what: `${table.file} owes SQLs and points at the same time, which cannot be added up.`,
                expected: `${filled(mixed, 'measure')}, as in line ${mixed.line}`,
                fix: `count all product lines alike from ${firstDay(row)} on`,
            });
        }
        const isAll = row.cells.product_line_id === '*';
        const doubled = others.find((other) => (other.cells.product_line_id === '*') !== isAll);
        if (!doubled) return;
        throw refuseCell(table, row, 'product_line_id', {
            what: `${table.file} owes leads of one product line and of all of them at the same time: they would count twice.`,
            expected: `${isAll ? 'product lines' : '*'} only, as in line ${doubled.line}`,
            fix: 'keep the rows of the lines, or the one for all of them',
        });
    });
}
