import { exact, exactText, one, sumOf } from './exact.ts';
import {
    checkFile,
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    type RuleTables,
    refuseCell,
    rowsBy,
    tableOf,
} from './rule-table.ts';
import {
    daysOfChange,
    endOf,
    firstDay,
    fiscalCalendar,
    holdTogether,
    isInForce,
    nextMonth,
    openEnd,
    startsQuarter,
} from './validity.ts';

const pools = 'incentives/pools';
const departments = 'incentives/pool_departments';
const members = 'incentives/pool_members';

/**
 * A pool is a share of money or a prize, split between departments that sum to one whenever it is in
 * force, each with somebody to pay.
 */
export const poolChecks: readonly RuleCheck[] = [
    checkRows(pools, checkPoolShare),
    checkRows(pools, (table, row, tables) =>
        checkPeriods(table, row, tableOf(tables, fiscalCalendar)),
    ),
    checkRows(pools, (table, row, tables) =>
        checkKpi(table, row, tableOf(tables, 'reference/kpi_catalogue')),
    ),
    checkFile(pools, checkSplits),
    checkRows(departments, checkHasMembers),
    checkRows(members, (table, row, tables) =>
        checkHasShare(table, row, tableOf(tables, departments)),
    ),
];

function checkSplits(table: RuleTable, tables: RuleTables): void {
    const split = tableOf(tables, departments);
    const sharesOf = rowsBy(split, 'pool_id');
    for (const pool of table.rows) {
        const shares = sharesOf.get(filled(pool, 'pool_id')) ?? [];
        for (const day of [firstDay(pool), ...daysOfChange(shares)]) {
            if (isInForce(pool, day)) checkShares(day, table, pool, split, shares);
        }
    }
}

const isOfPart = (left: RuleRow, right: RuleRow) =>
    left.cells.pool_id === right.cells.pool_id &&
    left.cells.department_id === right.cells.department_id &&
    holdTogether(left, right);

function checkKpi(table: RuleTable, pool: RuleRow, catalogue: RuleTable): void {
    const kpi = catalogue.rows.find((row) => row.cells.kpi === pool.cells.kpi);
    if (!kpi || kpi.cells.unit === 'currency') return;
    const money = catalogue.rows.filter((row) => row.cells.unit === 'currency');
    throw refuseCell(table, pool, 'kpi', {
        what: `${table.file} shares ${filled(kpi, 'kpi')}, which is no money but ${filled(kpi, 'unit')}.`,
        expected: 'a KPI whose unit is currency',
        fix: `choose from: ${money.map((row) => filled(row, 'kpi')).join(', ')}`,
    });
}

function checkPoolShare(table: RuleTable, pool: RuleRow): void {
    const hasPrize = Boolean(pool.cells.prize_amount);
    if (Boolean(pool.cells.pool_share) === hasPrize) {
        throw refuseCell(table, pool, hasPrize ? 'prize_amount' : 'pool_share', {
            what: `${table.file} says ${hasPrize ? 'twice' : 'nowhere'} how much ${filled(pool, 'pool_id')} pays out.`,
            expected: 'either pool_share or prize_amount',
            fix: 'write a share of the excess, or a prize for reaching the threshold',
        });
    }
    if (hasPrize || exact(filled(pool, 'pool_share')) <= one) return;
    throw refuseCell(table, pool, 'pool_share', {
        what: `${table.file} pays out more than the excess it shares.`,
        expected: 'at most 1: 0.02 is 2 %',
        fix: 'divide per cents by 100',
    });
}

const startsPeriod = (pool: RuleRow, calendar: RuleTable, day: string) =>
    pool.cells.period_type === 'quarter' ? startsQuarter(calendar, day) : day.endsWith('-01');

/** A pool is filled for a whole period by the row in force on its first day. */
function checkPeriods(table: RuleTable, pool: RuleRow, calendar: RuleTable): void {
    const isQuarterly = pool.cells.period_type === 'quarter';
    for (const column of ['valid_from', 'valid_to'] as const) {
        const day = pool.cells[column] ?? null;
        if (day === null || startsPeriod(pool, calendar, day)) continue;
        throw refuseCell(table, pool, column, {
            what: `${table.file} changes a pool in the middle of a period, which would count from the next one on.`,
            expected: `the first day of a ${isQuarterly && calendar.rows.length > 0 ? 'fiscal ' : ''}${filled(pool, 'period_type')}`,
            fix: 'let the pool begin and end with its period',
        });
    }
}

function checkShares(
    day: string,
    pools: RuleTable,
    pool: RuleRow,
    departments: RuleTable,
    shares: readonly RuleRow[],
): void {
    const id = filled(pool, 'pool_id');
    const inForce = shares.filter((row) => isInForce(row, day));
    const last = inForce.at(-1);
    if (!last) {
        throw refuseCell(pools, pool, 'pool_id', {
            what: `${pools.file} has a pool that no department shares on ${day}.`,
            expected: `rows for ${id} in incentives/pool_departments.csv, in force on ${day}`,
            fix: 'say how the pool is split, or end it',
        });
    }
    const sum = sumOf(inForce.map((row) => filled(row, 'share')));
    if (sum === one) return;
    const terms = inForce.map((row) => `line ${row.line}: ${filled(row, 'share')}`).join(', ');
    throw refuseCell(departments, last, 'share', {
        what: `${departments.file} splits ${id} into shares that sum to ${exactText(sum)} on ${day} (${terms}).`,
        expected: 'shares in force together that sum to 1',
        fix: `change the shares by ${exactText(one - sum)} in all`,
    });
}

function checkHasMembers(table: RuleTable, share: RuleRow, tables: RuleTables): void {
    if (exact(filled(share, 'share')) === 0n) return;
    const paid = tableOf(tables, members).rows.filter(
        (member) => isOfPart(member, share) && exact(filled(member, 'weight')) > 0n,
    );
    const calendar = tableOf(tables, fiscalCalendar);
    const [first] = tableOf(tables, pools)
        .rows.filter((pool) => pool.cells.pool_id === share.cells.pool_id)
        .flatMap((pool) => {
            const start = unpaidPeriod(pool, share, paid, calendar);
            return start === undefined ? [] : `${filled(pool, 'period_type')} from ${start}`;
        });
    if (first === undefined) return;
    throw refuseCell(table, share, 'department_id', {
        what: `${table.file} gives ${filled(share, 'department_id')} a share of ${filled(share, 'pool_id')} that nobody would be paid.`,
        expected: `a member of ${filled(share, 'department_id')} with a weight in incentives/pool_members.csv in the ${first}`,
        fix: 'add the members, or give the share to the other departments',
    });
}

/** The first period of a pool that begins while a share is in force, and in which nobody has a part of it. */
function unpaidPeriod(
    pool: RuleRow,
    share: RuleRow,
    paid: readonly RuleRow[],
    calendar: RuleTable,
): string | undefined {
    const next = (day: string): string =>
        startsPeriod(pool, calendar, day) ? day : next(nextMonth(day));
    const hasMember = (start: string) => {
        const end = next(nextMonth(start));
        return paid.some((member) => firstDay(member) < end && start < endOf(member));
    };
    return [firstDay(share), firstDay(pool), ...paid.map(endOf)]
        .filter((day) => day !== openEnd)
        .map(next)
        .toSorted()
        .find((day) => isInForce(share, day) && isInForce(pool, day) && !hasMember(day));
}

function checkHasShare(table: RuleTable, member: RuleRow, departments: RuleTable): void {
    if (departments.rows.some((share) => isOfPart(share, member))) return;
    throw refuseCell(table, member, 'department_id', {
        what: `${table.file} has a member of a department that has no share of ${filled(member, 'pool_id')} while they are in it.`,
        expected: 'a department of incentives/pool_departments.csv, in force at the time',
        fix: 'correct the department, or give it a share',
    });
}
