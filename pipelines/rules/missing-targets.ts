import { filled, type RuleRow, type RuleTable, type RuleTables, tableOf } from './rule-table.ts';
import { holdTogether } from './validity.ts';

/** A plan, and what of it is judged by the attainment of a KPI. */
interface Judged {
    readonly plan: string;
    readonly row: RuleRow;
    readonly name: string;
}

/**
 * What plans judge by an attainment although there is no target for it on any of their days: a part of a
 * plan that pays nothing, and makes the statement incomplete, until somebody writes one. That is no
 * mistake of a plan whose targets follow, so it is said and not refused.
 * @returns a sentence for each
 */
export function missingTargets(tables: RuleTables): readonly string[] {
    const targets = tableOf(tables, 'targets/targets');
    const members = tableOf(tables, 'incentives/plan_members');
    const missing = judgedBy(tables).flatMap(({ plan, row, name }) => {
        const kpi = filled(row, 'kpi');
        const scope = filled(row, 'scope_type');
        const unset = subjectsOf(plan, row, members).filter(
            ({ id, days }) => !hasTarget(targets, row, { id, days }),
        );
        const ids = [...new Set(unset.map(({ id }) => id))];
        if (ids.length === 0) return [];
        const whose = scope === 'company' ? 'the company' : `${scope} ${ids.join(', ')}`;
        return `no target of ${kpi} for ${whose}, so ${name} of ${plan} cannot be paid: add it to targets/targets.csv`;
    });
    // Several components may stand behind one gate.
    return [...new Set(missing)];
}

function judgedBy(tables: RuleTables): readonly Judged[] {
    const components = tableOf(tables, 'incentives/plan_components').rows;
    const parts = components.map((row) => ({ row, name: filled(row, 'component_id') }));
    const gates = tableOf(tables, 'incentives/component_gates').rows.flatMap((row) =>
        components
            .filter((part) => part.cells.gate_id === row.cells.gate_id && holdTogether(part, row))
            .map((part) => ({ row, name: filled(row, 'gate_id'), plan: filled(part, 'plan_id') })),
    );
    const multipliers = tableOf(tables, 'incentives/plan_multipliers').rows.map((row) => ({
        row,
        name: filled(row, 'multiplier_id'),
    }));
    return [...parts, ...gates, ...multipliers]
        .filter(({ row }) => row.cells.measure === 'attainment')
        .map((one) => ({ plan: filled(one.row, 'plan_id'), ...one }));
}

/** Whose target it takes, and on the days of which rows: the payee stands for each member. */
function subjectsOf(plan: string, row: RuleRow, members: RuleTable) {
    const paid = members.rows.filter(
        (member) => member.cells.plan_id === plan && holdTogether(member, row),
    );
    const id = filled(row, 'scope_id');
    return paid.map((member) => ({
        id: id === 'payee' ? filled(member, 'payee_id') : id,
        days: member,
    }));
}

function hasTarget(
    targets: RuleTable,
    row: RuleRow,
    { id, days }: { readonly id: string; readonly days: RuleRow },
): boolean {
    return targets.rows.some(
        (target) =>
            target.cells.kpi === row.cells.kpi &&
            target.cells.scope_type === row.cells.scope_type &&
            target.cells.scope_id === id &&
            holdTogether(target, row) &&
            holdTogether(target, days),
    );
}
