import type { CostRule } from '../finance/accruals.ts';
import type { ComponentLine } from '../finance/component-costs.ts';
import { paidOn } from '../finance/computed.ts';
import { isIncremental } from '../rules/check-plan-components.ts';
import { filled, type RuleRow, type RuleTables, tableOf } from '../rules/rule-table.ts';
import { isInForce } from '../rules/validity.ts';

/**
 * What the rules say of the cost of a component, as of the first day of the month it was earned in. A
 * line that was signed before lines named their component is found by what it is paid on.
 */
export function costRules(
    tables: RuleTables,
): (component: ComponentLine, earned: string) => CostRule | null {
    const components = tableOf(tables, 'incentives/plan_components').rows;
    const terms = tableOf(tables, 'incentives/pay_terms').rows;
    return (component, earned) => {
        const day = `${earned}-01`;
        const inForce = components.filter((row) => isInForce(row, day));
        const row = findComponent(component, inForce);
        if (row === undefined) return null;
        const months = terms.find((one) => isInForce(one, day))?.cells.amortisation_months;
        return {
            component_id: filled(row, 'component_id'),
            isIncremental: isIncremental(row),
            months: months ? Number(months) : null,
        };
    };
}

function findComponent(component: ComponentLine, rows: readonly RuleRow[]): RuleRow | undefined {
    const { component_id: id, line_key: key, plan_id: plan } = component;
    if (!key.startsWith('component/')) return undefined;
    if (id) return rows.find((row) => row.cells.component_id === id);
    const same = rows
        .filter(({ cells }) => cells.plan_id === plan && cells.kpi === component.kpi)
        .filter(({ cells }) => cells.scope_type === component.scope_type)
        .filter(({ cells }) => cells.scope_id === 'payee' || cells.scope_id === component.scope_id)
        .toSorted((one, other) => orderOf(one) - orderOf(other));
    // Two lines paid on the same thing are told apart by their order, as their key is.
    const order = key.slice(paidOn({ ...component, line_type: 'component' }).length + 1);
    return same[Number(order || '1') - 1];
}

const orderOf = (row: RuleRow) => Number(filled(row, 'component_order'));
