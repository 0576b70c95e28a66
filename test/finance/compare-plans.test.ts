import { expect, it } from 'vitest';
import { comparePlans } from '../../pipelines/finance/compare-plans.ts';
import type { ComputedStatement } from '../../pipelines/finance/computed.ts';
import { payOf, statement } from './pay.ts';

const months = ['2026-08', '2026-09'];

it('says who loses and who gains under another plan, and what the company would have paid', () => {
    const before = payOf(
        statement('ana', '2026-08', ['100.00']),
        statement('ana', '2026-09', ['200.00']),
        statement('boris', '2026-09', ['50.10']),
        statement('carmen', '2026-09', ['10.00']),
        statement('ana', '2026-10', ['999.00']),
    );
    const after = payOf(
        statement('ana', '2026-08', ['0.00']),
        statement('ana', '2026-09', ['150.00']),
        statement('boris', '2026-09', ['80.30']),
        statement('dan', '2026-09', ['7.00'], { currency_code: 'RON' }),
        statement('ana', '2026-10', ['1.00']),
    );
    const { payees, totals } = comparePlans(before, after, months);
    expect(payees.map((one) => [one.payee_id, one.before, one.after, one.difference])).toEqual([
        ['ana', '300.00', '150.00', '-150.00'],
        ['carmen', '10.00', '0.00', '-10.00'],
        ['dan', '0.00', '7.00', '7.00'],
        ['boris', '50.10', '80.30', '30.20'],
    ]);
    expect(totals.map((one) => [one.currency_code, one.before, one.after, one.difference])).toEqual(
        [
            ['EUR', '360.10', '230.30', '-129.80'],
            ['RON', '0.00', '7.00', '7.00'],
        ],
    );
});

it('counts what a guarantee adds for good, and not a draw that is recovered', () => {
    const earned = (amount: string, draws: Partial<ComputedStatement> = {}) =>
        payOf(statement('ana', '2026-09', [amount], draws));
    const differenceOf = (draws: Partial<ComputedStatement>, before = earned('300.00')) =>
        comparePlans(before, earned('300.00', draws), months).totals[0]?.difference;
    expect(differenceOf({ guaranteed_amount: '500.00' })).toBe('200.00');
    expect(differenceOf({ guaranteed_amount: '299.99' })).toBe('0.00');
    expect(differenceOf({ recoverable_draw_amount: '500.00' })).toBe('0.00');
    // What is owed stays owed below a guarantee.
    const owed = { guaranteed_amount: '500.00', balance_brought_forward_amount: '-350.00' };
    expect(differenceOf(owed)).toBe('500.00');
    expect(
        differenceOf({ guaranteed_amount: '500.00', balance_brought_forward_amount: null }),
    ).toBe(null);
    const less = earned('100.00', { guaranteed_amount: '500.00' });
    expect(differenceOf({ guaranteed_amount: '500.00' }, less)).toBe('0.00');
});

it('knows no sum of which a month is not known, and says why', () => {
    const unknown = statement('ana', '2026-08', ['1.00'], {
        earned_amount: null,
        reason: 'no target',
    });
    const before = payOf(
        statement('ana', '2026-08', ['1.00']),
        statement('boris', '2026-08', ['2.00']),
    );
    const after = payOf(unknown, statement('boris', '2026-08', ['2.00']));
    const { payees, totals } = comparePlans(before, after, months);
    expect(payees.map((one) => [one.payee_id, one.after, one.difference, one.reason])).toEqual([
        ['boris', '2.00', '0.00', null],
        ['ana', null, null, '2026-08: no target'],
    ]);
    expect(totals).toMatchObject([{ before: '3.00', after: null, difference: null }]);
});
