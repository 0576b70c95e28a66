import { z } from 'zod';
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
    openEnd,
    startsQuarter,
    uncoveredDay,
} from './validity.ts';

/** KPIs that count contracts or the money of contracts: only these can be costs of obtaining one. */
const contractKpis = ['won_deals', 'booked_revenue', 'collected_revenue'];

/** What a component is for good: its tiers are drawn for these. */
const lasting = ['plan_id', 'curve', 'measure', 'payout_basis', 'judged_on'] as const;

const components = 'incentives/plan_components';
const gates = 'incentives/component_gates';

/**
 * The components of the bonus plans: what each is paid on, that their weights sum to one whenever a
 * plan is in force, and that gates they stand behind exist as long as they do.
 */
export const planComponentChecks: readonly RuleCheck[] = [
    checkRows(components, checkWeight),
    checkRows(components, checkPaidByValue),
    checkRows(components, checkIncrementalCost),
    checkRows(components, checkJudged),
    checkFile(components, (table) => {
        for (const rows of rowsBy(table, 'component_id').values()) checkLasting(table, rows);
        for (const rows of rowsBy(table, 'plan_id').values()) checkOrder(table, rows);
    }),
    checkRows(gates, checkEffect),
    checkRows(gates, checkMissFactor),
    checkRows(components, (table, row, tables) => checkGate(table, row, tableOf(tables, gates))),
    (tables) => checkWeights(tableOf(tables, 'incentives/plans'), tableOf(tables, components)),
];

const isPaidByValue = (row: RuleRow) => row.cells.payout_basis !== 'target_amount';

/** Months of a quarter count together, so it begins and ends as one; deals are judged one by one. */
function checkJudged(table: RuleTable, row: RuleRow, tables: RuleTables): void {
    const judged = row.cells.judged_on ?? 'month';
    const component = filled(row, 'component_id');
    if (judged !== 'month' && row.cells.payout_basis === 'deals') {
        throw refuseCell(table, row, 'judged_on', {
            what: `${table.file} judges ${component} by ${judged}, which is paid deal by deal.`,
            expected: 'month or an empty cell, because payout_basis is deals',
            fix: 'empty the cell',
        });
    }
    const calendar = tableOf(tables, fiscalCalendar);
    for (const column of ['valid_from', 'valid_to'] as const) {
        const day = row.cells[column] ?? null;
        if (judged !== 'quarter' || day === null || startsQuarter(calendar, day)) continue;
        throw refuseCell(table, row, column, {
            what: `${table.file} judges ${component} by quarter, and changes it inside one.`,
            expected: 'the first day of a quarter',
            fix: 'let the component begin and end with a quarter, or judge it by month',
        });
    }
    const capped = tableOf(tables, 'incentives/plans').rows.find(
        (plan) =>
            plan.cells.plan_id === row.cells.plan_id &&
            (plan.cells.cap_share ?? null) !== null &&
            holdTogether(plan, row),
    );
    if (judged !== 'year_to_date' || !capped) return;
    throw refuseCell(table, row, 'judged_on', {
        what: `${table.file} pays ${component} by the year to date, which a cap of each month (incentives/plans.csv, line ${capped.line}) would cut for good.`,
        expected: 'month or quarter, because the plan has a cap_share',
        fix: 'give the component a cap of its own, and empty cap_share of the plan',
    });
}

/** A weight divides the target amount; a rate on money is paid as it stands. */
function checkWeight(table: RuleTable, row: RuleRow): void {
    const hasWeight = (row.cells.weight ?? null) !== null;
    if (hasWeight !== isPaidByValue(row)) return;
    throw refuseCell(table, row, 'weight', {
        what: hasWeight
            ? `${table.file} gives a weight to ${filled(row, 'component_id')}, which is paid by value: its rate would be scaled.`
            : `${table.file} has a component of the target amount without a weight.`,
        expected: hasWeight
            ? `an empty cell, because payout_basis is ${row.cells.payout_basis}`
            : 'its share of the target amount, such as 0.50',
        fix: hasWeight
            ? 'empty the cell, or pay the component by target_amount'
            : 'write the weight; those of a plan sum to 1',
    });
}

function checkPaidByValue(table: RuleTable, row: RuleRow): void {
    if (!isPaidByValue(row)) return;
    const component = filled(row, 'component_id');
    const basis = filled(row, 'payout_basis');
    const curves = basis === 'deals' ? ['step'] : ['step', 'marginal', 'overage'];
    if (!curves.includes(filled(row, 'curve'))) {
        throw refuseCell(table, row, 'curve', {
            what: `${table.file} pays ${component} by value along a curve that has no rate.`,
            expected: curves.join(' or '),
            fix: `choose ${curves.join(' or ')} and draw its rates in incentives/component_tiers.csv`,
        });
    }
    if (row.cells.scope_id !== 'payee') {
        throw refuseCell(table, row, 'scope_id', {
            what: `${table.file} pays every member of ${filled(row, 'plan_id')} a rate on the same money.`,
            expected: `payee, because payout_basis is ${basis}`,
            fix: 'pay by the own value of the payee, or by target_amount',
        });
    }
    for (const column of ['threshold', 'measure'] as const) {
        const expected = column === 'measure' ? 'value' : null;
        if (basis !== 'deals' || (row.cells[column] ?? null) === expected) continue;
        throw refuseCell(table, row, column, {
            what: `${table.file} pays ${component} by deals, which have no ${column === 'measure' ? 'attainment' : 'threshold of a month'}.`,
            expected: expected ?? 'an empty cell, because payout_basis is deals',
            fix: 'draw what small deals earn in incentives/component_tiers.csv, from 0 on',
        });
    }
    if ((row.cells.cap ?? null) !== null) {
        throw refuseCell(table, row, 'cap', {
            what: `${table.file} caps the factor of ${component}, which is paid by value and has none.`,
            expected: `an empty cell, because payout_basis is ${basis}`,
            fix: 'empty the cell; cap_share of the plan limits the sum',
        });
    }
}

/** What is paid without any contract is no cost of obtaining one: it is expensed as it is earned. */
function checkIncrementalCost(table: RuleTable, row: RuleRow, tables: RuleTables): void {
    if (!isIncremental(row)) return;
    const component = filled(row, 'component_id');
    if (!contractKpis.includes(filled(row, 'kpi'))) {
        throw refuseCell(table, row, 'incremental_cost', {
            what: `${table.file} defers ${component} as a cost of contracts, but ${filled(row, 'kpi')} pays without one.`,
            expected: `false or an empty cell, because the KPI is none of ${contractKpis.join(', ')}`,
            fix: 'empty the cell: the component is expensed in the month it is earned',
        });
    }
    const terms = tableOf(tables, 'incentives/pay_terms');
    const missing = uncoveredDay(
        row,
        terms.rows.filter((one) => one.cells.amortisation_months),
    );
    if (missing === undefined) return;
    throw refuseCell(table, row, 'incremental_cost', {
        what: `${table.file} defers ${component}, but nothing says over how many months from ${missing} on.`,
        expected: `amortisation_months of incentives/pay_terms in force from ${firstDay(row)} as long as the component`,
        fix: 'write amortisation_months into incentives/pay_terms.csv for these days, or empty the cell',
    });
}

/** Whether a component is deferred; an empty cell is false. */
export const isIncremental = (row: RuleRow) =>
    z.stringbool().safeParse(row.cells.incremental_cost).data === true;

function checkGate(table: RuleTable, row: RuleRow, gates: RuleTable): void {
    const gate = row.cells.gate_id ?? null;
    checkOtherSide(table, row, gates);
    if (gate === null) return;
    const missing = uncoveredDay(
        row,
        gates.rows.filter((other) => other.cells.gate_id === gate),
    );
    if (missing === undefined) return;
    throw refuseCell(table, row, 'gate_id', {
        what: `${table.file} puts ${filled(row, 'component_id')} behind the gate ${gate}, which is not in force on ${missing}.`,
        expected: `a gate in force from ${firstDay(row)} as long as the component`,
        fix: 'add the gate to incentives/component_gates.csv for these days, or end the component with it',
    });
}

/** A table is read by the KPI of its gate; a weakest link compares attainments of a target amount. */
function checkOtherSide(table: RuleTable, row: RuleRow, gates: RuleTable): void {
    const other = gates.rows.find(
        (gate) => gate.cells.gate_id === row.cells.gate_id && holdTogether(gate, row),
    );
    const effect = other ? effectOf(other) : 'none';
    const component = filled(row, 'component_id');
    const isTable = row.cells.curve === 'table';
    if (isTable !== (effect === 'table')) {
        throw refuseCell(table, row, isTable ? 'gate_id' : 'curve', {
            what: isTable
                ? `${table.file} pays ${component} by a table of which nobody knows the columns.`
                : `${table.file} gives ${component} the columns of a table, but no table.`,
            expected: isTable ? 'a gate whose effect is table' : 'table, as the effect of its gate',
            fix: 'let curve table and effect table go together',
        });
    }
    const isByTarget = row.cells.payout_basis === 'target_amount';
    if (isTable && !isByTarget) {
        throw refuseCell(table, row, 'payout_basis', {
            what: `${table.file} pays ${component} by a table of shares of a target.`,
            expected: 'target_amount, because curve is table',
            fix: 'write target_amount and a weight',
        });
    }
    if (effect !== 'weakest_link' || (isByTarget && row.cells.measure === 'attainment')) return;
    throw refuseCell(table, row, isByTarget ? 'measure' : 'payout_basis', {
        what: `${table.file} puts ${component} behind a weakest link, which compares attainments.`,
        expected: isByTarget ? 'attainment' : 'target_amount',
        fix: 'pay the component by attainment and target_amount, or take the weakest link out',
    });
}

const effectOf = (row: RuleRow) => row.cells.effect ?? 'gate';

/** A gate has a threshold and what a miss leaves; a weakest link and a table have neither. */
function checkEffect(table: RuleTable, row: RuleRow): void {
    const effect = effectOf(row);
    for (const column of ['threshold', 'miss_factor'] as const) {
        const isFilled = (row.cells[column] ?? null) !== null;
        if (isFilled === (effect === 'gate')) continue;
        throw refuseCell(table, row, column, {
            what: `${table.file} has a ${column} ${isFilled ? `for ${filled(row, 'gate_id')}, which is a ${effect}` : `missing for the gate ${filled(row, 'gate_id')}`}.`,
            expected: isFilled ? `an empty cell, because effect is ${effect}` : 'a number',
            fix: isFilled
                ? 'empty the cell, or write the effect gate'
                : 'write it, or another effect',
        });
    }
    if (effect !== 'weakest_link' || row.cells.measure === 'attainment') return;
    throw refuseCell(table, row, 'measure', {
        what: `${table.file} compares an attainment with a value.`,
        expected: 'attainment, because effect is weakest_link',
        fix: 'write attainment: the lower of two attainments is paid',
    });
}

function checkMissFactor(table: RuleTable, row: RuleRow): void {
    if ((row.cells.miss_factor ?? null) === null) return;
    if (exact(filled(row, 'miss_factor')) <= one) return;
    throw refuseCell(table, row, 'miss_factor', {
        what: `${table.file} pays more for a missed gate than for one that is met.`,
        expected: 'at most 1',
        fix: 'write what is left of the component: 0 is nothing, 0.5 half',
    });
}

function checkLasting(table: RuleTable, rows: readonly RuleRow[]): void {
    const [first, ...others] = rows;
    for (const column of lasting) {
        const odd = others.find((row) => row.cells[column] !== first?.cells[column]);
        if (!first || !odd) continue;
        throw refuseCell(table, odd, column, {
            what: `${table.file} has two ${column === 'plan_id' ? 'plans' : `kinds of ${column}`} for the component ${filled(odd, 'component_id')}, whose tiers are drawn for one.`,
            expected: `'${first.cells[column]}', as in line ${first.line}`,
            fix: 'give the new component an id (and tiers) of its own',
        });
    }
}

/** The order decides who gets a tied cent, so it has to be one. */
function checkOrder(table: RuleTable, rows: readonly RuleRow[]): void {
    rows.forEach((row, index) => {
        const twin = rows
            .slice(0, index)
            .find(
                (other) =>
                    BigInt(filled(other, 'component_order')) ===
                        BigInt(filled(row, 'component_order')) && holdTogether(other, row),
            );
        if (!twin) return;
        throw refuseCell(table, row, 'component_order', {
            what: `${table.file} puts two components of ${filled(row, 'plan_id')} in one place.`,
            expected: `another number than line ${twin.line}`,
            fix: 'number the components of a plan 1, 2, 3',
        });
    });
}

/** Whenever a plan is in force, the weights of its components of the target amount sum to one. */
function checkWeights(plans: RuleTable, components: RuleTable): void {
    const partsOf = rowsBy(components, 'plan_id');
    for (const version of plans.rows) {
        const parts = partsOf.get(filled(version, 'plan_id')) ?? [];
        const days = [firstDay(version), ...daysOfChange(parts)];
        for (const day of days.filter((one) => isInForce(version, one))) {
            checkWeightsOn(day, { plans, version, components, parts });
        }
    }
}

interface PlanOnADay {
    readonly plans: RuleTable;
    readonly version: RuleRow;
    readonly components: RuleTable;
    readonly parts: readonly RuleRow[];
}

function checkWeightsOn(day: string, { plans, version, components, parts }: PlanOnADay): void {
    const plan = filled(version, 'plan_id');
    const inForce = parts.filter((row) => isInForce(row, day));
    if (inForce.length === 0) {
        throw refuseCell(plans, version, 'valid_from', {
            what: `${plans.file} has a version of ${plan} that pays for nothing: it has no component on ${day}.`,
            expected: `a component of ${plan} in force from ${firstDay(version)} to ${endOf(version) === openEnd ? 'no end' : endOf(version)}`,
            fix: 'add the components to incentives/plan_components.csv, or end the version where they end',
        });
    }
    const weighed = inForce.filter((row) => !isPaidByValue(row));
    const last = weighed.at(-1);
    const sum = sumOf(weighed.map((row) => filled(row, 'weight')));
    if (!last || sum === one) return;
    const terms = weighed.map((row) => `line ${row.line}: ${filled(row, 'weight')}`).join(', ');
    throw refuseCell(components, last, 'weight', {
        what: `${components.file} has weights of ${plan} that sum to ${exactText(sum)} on ${day} (${terms}).`,
        expected: 'weights in force together that sum to 1',
        fix: `change the weights by ${exactText(one - sum)} in all, or end the component that should be out`,
    });
}
