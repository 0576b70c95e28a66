import { describe, expect, it } from 'vitest';
import { missingTargets } from '../../pipelines/rules/missing-targets.ts';
import type { RuleTables } from '../../pipelines/rules/rule-table.ts';

type Cells = Readonly<Record<string, string | null>>;

const component = {
    plan_id: 's',
    component_id: 's1',
    kpi: 'booked_revenue',
    scope_type: 'person',
    scope_id: 'payee',
    measure: 'attainment',
    gate_id: null,
    valid_from: '2026-01-01',
    valid_to: null,
};
const member = { plan_id: 's', payee_id: 'boris', valid_from: '2026-01-01', valid_to: null };
const target = {
    kpi: 'booked_revenue',
    scope_type: 'person',
    scope_id: 'boris',
    valid_from: '2026-01-01',
    valid_to: '2026-07-01',
};

const tables = (files: Readonly<Record<string, readonly Cells[]>>): RuleTables =>
    new Map(
        Object.entries(files).map(([file, rows]) => [
            file,
            { file, rows: rows.map((cells, index) => ({ line: index + 2, cells })) },
        ]),
    );
const said = (targets: readonly Cells[], others: Readonly<Record<string, readonly Cells[]>> = {}) =>
    missingTargets(
        tables({
            'targets/targets': targets,
            'incentives/plan_components': [component],
            'incentives/plan_members': [member],
            ...others,
        }),
    );

describe('a target a plan is judged by', () => {
    it('may end before the plan does: the next one follows', () => {
        expect(said([target])).toEqual([]);
    });

    it('is missing where it is of somebody else, of another KPI or over before the plan', () => {
        for (const other of [
            { scope_id: 'elena' },
            { kpi: 'won_deals' },
            { valid_from: '2025-01-01', valid_to: '2026-01-01' },
        ]) {
            expect(said([{ ...target, ...other }])).toEqual([
                'no target of booked_revenue for person boris, so s1 of s cannot be paid: add it to targets/targets.csv',
            ]);
        }
    });

    it('is not asked for what is judged by its value, nor of a plan without members', () => {
        const byValue = { ...component, measure: 'value' };
        expect(said([], { 'incentives/plan_components': [byValue] })).toEqual([]);
        expect(said([], { 'incentives/plan_members': [] })).toEqual([]);
    });

    it('is asked for gates and multipliers too', () => {
        const gated = { ...component, gate_id: 'cash' };
        const cash = {
            gate_id: 'cash',
            kpi: 'collected_revenue',
            scope_type: 'company',
            scope_id: 'company',
            measure: 'attainment',
            valid_from: '2026-01-01',
            valid_to: null,
        };
        expect(
            said([target], {
                'incentives/plan_components': [gated, { ...gated, component_id: 's2' }],
                'incentives/component_gates': [cash],
                'incentives/plan_multipliers': [{ ...cash, plan_id: 's', multiplier_id: 'all' }],
            }),
        ).toEqual([
            'no target of collected_revenue for the company, so cash of s cannot be paid: add it to targets/targets.csv',
            'no target of collected_revenue for the company, so all of s cannot be paid: add it to targets/targets.csv',
        ]);
    });
});
