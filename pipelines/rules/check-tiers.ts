import { exact } from './exact.ts';
import {
    checkFile,
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
    rowsBy,
    tableOf,
} from './rule-table.ts';
import { daysOfChange, isInForce, uncoveredDay } from './validity.ts';

/** A scale of tiers: which file draws it, and what it has to be like. */
interface Scale {
    readonly table: RuleTable;
    readonly id: string;
    readonly tiers: readonly RuleRow[];
    /** Columns of its bounds: a table has a scale down each column and one along each row. */
    readonly from: 'tier_from' | 'other_from';
    readonly to: 'tier_to' | 'other_to';
    /** Column of what a tier pays. */
    readonly rate: string;
    /** Where its first tier may begin besides 0. */
    readonly mayBeginAt: readonly string[];
    /** Marginal rates may fall: each slice keeps its own. */
    readonly mayFall: boolean;
}

const components = 'incentives/plan_components';
const componentTiers = 'incentives/component_tiers';
const multiplierTiers = 'incentives/multiplier_tiers';

/**
 * The tiers of components and multipliers: on every day they follow each other from zero on without
 * a gap, only the last is open, and more never pays less. Each scale exists as long as what is paid
 * by it.
 */
export const tierChecks: readonly RuleCheck[] = [
    (tables) => checkComponentTiers(tableOf(tables, componentTiers), tableOf(tables, components)),
    checkRows(components, (table, row, tables) =>
        checkCurve(table, row, tableOf(tables, componentTiers)),
    ),
    checkFile(multiplierTiers, checkMultiplierTiers),
    checkRows('incentives/plan_multipliers', (table, row, tables) =>
        assertScale(table, row, 'multiplier_id', tableOf(tables, multiplierTiers)),
    ),
];

function checkComponentTiers(table: RuleTable, components: RuleTable): void {
    for (const [id, tiers] of rowsBy(table, 'component_id')) {
        const paid = components.rows.filter((row) => row.cells.component_id === id);
        const scale = { table, id, rate: 'payout_rate' } as const;
        const down = { from: 'tier_from', to: 'tier_to' } as const;
        const isTable = paid.some((row) => row.cells.curve === 'table');
        for (const tier of tiers) checkColumn(table, tier, isTable);
        // Whole overage pays a base rate from the first cent on.
        const isOverage = paid.some((row) => row.cells.curve === 'overage');
        const thresholds = isOverage ? [] : paid.flatMap((row) => row.cells.threshold ?? []);
        const mayFall = paid.every((row) => row.cells.curve === 'marginal');
        for (const column of Map.groupBy(tiers, (tier) => tier.cells.other_from).values()) {
            checkScale({ ...scale, ...down, tiers: column, mayBeginAt: thresholds, mayFall });
        }
        if (!isTable) continue;
        const along = { from: 'other_from', to: 'other_to' } as const;
        for (const row of Map.groupBy(tiers, (tier) => tier.cells.tier_from).values()) {
            checkScale({ ...scale, ...along, tiers: row, mayBeginAt: [], mayFall: false });
        }
    }
}

function checkMultiplierTiers(table: RuleTable): void {
    for (const [id, tiers] of rowsBy(table, 'multiplier_id')) {
        const scale = { table, id, tiers, rate: 'multiplier', mayBeginAt: [], mayFall: false };
        checkScale({ ...scale, from: 'tier_from', to: 'tier_to' });
    }
}

function checkColumn(table: RuleTable, tier: RuleRow, isTable: boolean): void {
    const hasColumn = (tier.cells.other_from ?? null) !== null;
    const column = hasColumn || isTable ? 'other_from' : 'other_to';
    if (hasColumn === isTable && (isTable || (tier.cells.other_to ?? null) === null)) return;
    const id = filled(tier, 'component_id');
    throw refuseCell(table, tier, column, {
        what: isTable
            ? `${table.file} has a cell of the table ${id} without a column.`
            : `${table.file} draws columns for ${id}, whose curve is no table.`,
        expected: isTable ? 'where the column begins, such as 0' : 'an empty cell',
        fix: isTable
            ? 'write other_from and other_to of every cell'
            : 'empty other_from and other_to, or write the curve table in incentives/plan_components.csv',
    });
}

function checkCurve(table: RuleTable, row: RuleRow, tiers: RuleTable): void {
    if (row.cells.curve !== 'linear') {
        assertScale(table, row, 'component_id', tiers);
        return;
    }
    const needless = tiers.rows.find((tier) => tier.cells.component_id === row.cells.component_id);
    if (!needless) return;
    throw refuseCell(tiers, needless, 'component_id', {
        what: `${tiers.file} draws tiers for a component whose curve is linear and has none.`,
        expected: 'a component with a curve that has tiers',
        fix: `correct the curve in incentives/plan_components.csv, line ${row.line}, or take the tiers out`,
    });
}

/** Without its tiers a component or multiplier would pay nothing that anybody agreed to. */
function assertScale(table: RuleTable, row: RuleRow, column: string, tiers: RuleTable): void {
    const id = filled(row, column);
    const drawn = tiers.rows.filter((tier) => tier.cells[column] === id);
    const missing = uncoveredDay(row, drawn);
    if (missing === undefined) return;
    const file = column === 'component_id' ? 'component_tiers' : 'multiplier_tiers';
    throw refuseCell(table, row, column, {
        what: `${table.file} pays by tiers of ${id}, of which there are none on ${missing}.`,
        expected: 'tiers in force as long as the row',
        fix: `add the tiers to incentives/${file}.csv, or end the row with them`,
    });
}

function checkScale(scale: Scale): void {
    for (const day of daysOfChange(scale.tiers)) {
        const tiers = scale.tiers
            .filter((tier) => isInForce(tier, day))
            .toSorted((left, right) =>
                exact(filled(left, scale.from)) < exact(filled(right, scale.from)) ? -1 : 1,
            );
        tiers.forEach((tier, index) => {
            const before = tiers[index - 1];
            checkWidth(scale, tier);
            if (before) checkJoin(scale, tier, before);
            else checkStart(scale, tier);
            if (before) checkRate(scale, tier, before);
            if (index === tiers.length - 1) checkEnd(scale, tier);
        });
    }
}

function checkWidth({ table, id, ...scale }: Scale, tier: RuleRow): void {
    const from = filled(tier, scale.from);
    const to = tier.cells[scale.to] ?? null;
    if (to === null || exact(to) > exact(from)) return;
    throw refuseCell(table, tier, scale.to, {
        what: `${table.file} has a tier of ${id} that ends where it begins, or before.`,
        expected: `more than ${from}`,
        fix: 'write the upper end, which is no longer of the tier',
    });
}

function checkStart({ table, id, mayBeginAt, ...scale }: Scale, first: RuleRow): void {
    const from = exact(filled(first, scale.from));
    if (['0', ...mayBeginAt].some((start) => exact(start) === from)) return;
    throw refuseCell(table, first, scale.from, {
        what: `${table.file} says nothing of results of ${id} below its first tier.`,
        expected: mayBeginAt.length > 0 ? `0, or the threshold (${mayBeginAt.join(', ')})` : '0',
        fix: 'add the tier from 0, with what it pays (0 for nothing)',
    });
}

function checkJoin({ table, id, ...scale }: Scale, tier: RuleRow, before: RuleRow): void {
    const from = exact(filled(tier, scale.from));
    const end = before.cells[scale.to] ?? null;
    if (end !== null && exact(end) === from) return;
    throw refuseCell(table, tier, scale.from, {
        what: `${table.file} has tiers of ${id} with ${end !== null && exact(end) < from ? 'a gap' : 'an overlap'} between them.`,
        expected: `the end of the tier before it (line ${before.line}), ${end ?? 'which is open'}`,
        fix: 'let each tier begin where the one before it ends',
    });
}

function checkEnd({ table, id, ...scale }: Scale, last: RuleRow): void {
    if ((last.cells[scale.to] ?? null) === null) return;
    throw refuseCell(table, last, scale.to, {
        what: `${table.file} says nothing of results of ${id} above its last tier.`,
        expected: 'an empty cell: the last tier has no end',
        fix: 'empty the cell; a cap limits what is paid',
    });
}

function checkRate(
    { table, id, rate, mayFall, ...scale }: Scale,
    tier: RuleRow,
    before: RuleRow,
): void {
    if (mayFall || exact(filled(tier, rate)) >= exact(filled(before, rate))) return;
    throw refuseCell(table, tier, rate, {
        what: `${table.file} pays less for more: the tier of ${id} from ${filled(tier, scale.from)} on pays less than the one below it.`,
        expected: `at least ${filled(before, rate)}, as in line ${before.line}`,
        fix: 'correct the rate; only marginal rates may fall',
    });
}
