import { describe, expect, it } from 'vitest';
import { keyLines } from '../../pipelines/finance/computed.ts';
import type { RuleRow } from '../../pipelines/rules/rule-table.ts';
import { costRules } from '../../pipelines/run/cost-rules.ts';
import { statement } from '../finance/pay.ts';

const component = (component_id: string, component_order: string, scope_id: string): RuleRow => ({
    line: 2,
    cells: {
        ...{ component_id, component_order, scope_id, plan_id: 'joint' },
        ...{ kpi: 'booked_revenue', scope_type: 'person', incremental_cost: 'true' },
        ...{ valid_from: '2026-01-01', valid_to: null },
    },
});

/** The ids of components that lines belong to which were signed before lines named their component. */
function idsOf(rows: readonly RuleRow[], ...paidOn: readonly string[]) {
    const ruleOf = costRules(
        new Map([['incentives/plan_components', { file: 'plan_components.csv', rows }]]),
    );
    const [line] = statement('boris', '2026-09', ['1.00']).lines;
    if (line === undefined) throw new TypeError('a statement has a line');
    const of = { ...line, kpi: 'booked_revenue', scope_type: 'person' };
    const lines = paidOn.map((scope_id) => ({ ...of, scope_id }));
    return keyLines(lines).map(
        (one) => ruleOf({ ...one, component_id: null, plan_id: 'joint' }, '2026-09')?.component_id,
    );
}

describe('a line that does not name its component', () => {
    it.each(['boris', '1042', 'eu/7', '7'])('of payee %s is found by what it is paid on', (id) => {
        expect(idsOf([component('own', '1', 'payee')], id)).toEqual(['own']);
        // Two on the same thing are told apart by their order, and no rule knows a third.
        const two = [component('second', '2', 'payee'), component('first', '1', 'payee')];
        expect(idsOf(two, id, id, id)).toEqual(['first', 'second', undefined]);
    });
});
