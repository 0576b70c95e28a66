import { partsOf } from '../contracts/columns.ts';
import {
    filled,
    type RuleCheck,
    type RuleTable,
    type RuleTables,
    refuseName,
    tableOf,
} from './rule-table.ts';

interface Reference {
    readonly from: string;
    readonly column: string;
    readonly to: string;
    /** Column of the list, where it has another name. */
    readonly as?: string;
    /** Words that are allowed beside the list. */
    readonly besides?: readonly string[];
    /** Whether a cell holds several names, with | between them. */
    readonly isList?: true;
    /** Whether a company may do without the list; then names are not asked. */
    readonly isOptional?: true;
}

const people = { to: 'company/people', as: 'person_id' } as const;
const productLines = { column: 'product_line_id', to: 'company/product_lines' } as const;

const references: readonly Reference[] = [
    { from: 'reference/platform_channels', column: 'channel_id', to: 'reference/channels' },
    {
        from: 'reference/channel_rules',
        column: 'channel_id',
        to: 'reference/channels',
        besides: ['unattributed', 'as_recorded'],
    },
    {
        from: 'reference/attribution_models',
        column: 'excluded_channels',
        to: 'reference/channels',
        as: 'channel_id',
        isList: true,
    },
    { from: 'company/campaigns', ...productLines, isOptional: true },
    { from: 'targets/supply_terms', ...productLines, besides: ['*'], isOptional: true },
    { from: 'company/sales_capacity', column: 'person_id', ...people },
    { from: 'company/absences', column: 'person_id', ...people },
    { from: 'company/employment_costs', column: 'person_id', ...people, isOptional: true },
    { from: 'incentives/plan_components', column: 'plan_id', to: 'incentives/plans' },
    { from: 'incentives/plan_components', column: 'gate_id', to: 'incentives/component_gates' },
    {
        from: 'incentives/component_tiers',
        column: 'component_id',
        to: 'incentives/plan_components',
    },
    { from: 'incentives/plan_multipliers', column: 'plan_id', to: 'incentives/plans' },
    {
        from: 'incentives/plan_multipliers',
        column: 'multiplier_id',
        to: 'incentives/multiplier_tiers',
    },
    {
        from: 'incentives/multiplier_tiers',
        column: 'multiplier_id',
        to: 'incentives/plan_multipliers',
    },
    { from: 'incentives/plan_members', column: 'plan_id', to: 'incentives/plans' },
    { from: 'incentives/plan_members', column: 'payee_id', ...people, isOptional: true },
    {
        from: 'incentives/commission_terms',
        column: 'component_id',
        to: 'incentives/plan_components',
    },
    {
        from: 'incentives/commission_terms',
        column: 'product_line_ids',
        to: 'company/product_lines',
        as: 'product_line_id',
        isList: true,
        isOptional: true,
    },
    { from: 'incentives/draws', column: 'payee_id', to: 'incentives/plan_members' },
    { from: 'incentives/deal_splits', column: 'payee_id', ...people, isOptional: true },
    { from: 'incentives/plan_acknowledgements', column: 'plan_id', to: 'incentives/plans' },
    {
        from: 'incentives/plan_acknowledgements',
        column: 'payee_id',
        ...people,
        isOptional: true,
    },
    { from: 'incentives/disputes', column: 'payee_id', ...people, isOptional: true },
    { from: 'incentives/pool_departments', column: 'pool_id', to: 'incentives/pools' },
    { from: 'incentives/pool_members', column: 'pool_id', to: 'incentives/pools' },
    { from: 'incentives/pool_members', column: 'payee_id', ...people, isOptional: true },
];

/** Whatever one rule file says about a row of another is said about a row that exists. */
export const referenceChecks: readonly RuleCheck[] = references.map(
    (reference) => (tables) => checkReference(tables, reference),
);

function checkReference(tables: RuleTables, reference: Reference): void {
    const { from, column, to, as = column, besides = [] } = reference;
    const table: RuleTable = tableOf(tables, from);
    const listed = new Set(tableOf(tables, to).rows.map((row) => filled(row, as)));
    if (reference.isOptional && listed.size === 0) return;
    const known = [...listed, ...besides];
    for (const row of table.rows) {
        const cell = row.cells[column] ?? null;
        if (cell === null) continue;
        const names = reference.isList ? partsOf(cell) : [cell];
        const unknown = names.find((name) => !known.includes(name));
        if (unknown === undefined) continue;
        const expected = [`a ${as} of ${to}.csv`, ...besides].join(' or ');
        throw refuseName(table, row, column, { name: unknown, expected, known });
    }
}
