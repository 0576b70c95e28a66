import { expect, it } from 'vitest';
import type { LedgerLine } from '../../pipelines/finance/entry.ts';
import { changedLines } from '../../pipelines/finance/line-changes.ts';

const line = (line_number: number, line_type: string, amount: string, more: object = {}) =>
    ({
        ...{ line_number, line_type, line_key: line_type, amount, kpi: 'won_deals' },
        ...{ value: '9', target: '10', factor: '0.9', ...more },
    }) as LedgerLine;
const changes = (before: readonly LedgerLine[], now: readonly LedgerLine[]) =>
    changedLines(before, now).map(({ change, amount, now: one, before: other }) =>
        [(one ?? other)?.line_type, change, amount].join(' '),
    );

it('a line is found again by what it is paid on, and the first thing that differs is why', () => {
    const before = [
        line(1, 'component', '90.00'),
        line(2, 'multiplier', '-10.00'),
        line(3, 'rounding', '0.01', { kpi: null }),
        line(4, 'total', '80.01', { kpi: null, value: null }),
    ];
    const of = (more: object) => changes(before, [line(1, 'component', '99.00', more)])[0];
    expect(of({ value: '10', factor: '1' })).toBe('component value 9.00');
    expect(of({ target: '9', factor: '1' })).toBe('component target 9.00');
    expect(of({ factor: '1' })).toBe('component factor 9.00');
    expect(of({})).toBe('component amount 9.00');
    expect(
        changes(before, [
            line(1, 'component', '90.00'),
            line(2, 'multiplier', '-20.00'),
            line(3, 'pool', '5.00'),
            line(4, 'total', '75.00', { kpi: null, value: null }),
        ]),
    ).toEqual([
        'component same 0.00',
        'multiplier follows -10.00',
        'pool new 5.00',
        'rounding gone -0.01',
        'total follows -5.01',
    ]);
});

it('an adjustment of last month is no part of this one, whatever it corrects', () => {
    const adjustment = line(1, 'adjustment', '-5.00');
    expect(changes([adjustment], [line(1, 'adjustment', '-5.00')])).toEqual([
        'adjustment new -5.00',
        'adjustment gone 5.00',
    ]);
});
