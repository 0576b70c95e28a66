import { expect, it } from 'vitest';
import type { ComputedStatement } from '../../pipelines/finance/computed.ts';
import { marginalPay } from '../../pipelines/finance/marginal-pay.ts';
import { payOf, statement } from './pay.ts';

/** A statement of one component, paid on a KPI. */
function paidOn(kpi: string, payee: string, month: string, amount: string | null) {
    const one = statement(payee, month, [amount ?? '0.00']);
    const lines = one.lines.map((line) => ({ ...line, kpi, label: `Paid on ${kpi}` }));
    return { ...one, lines, earned_amount: amount } satisfies ComputedStatement;
}

const months = ['2026-08', '2026-09'];

it('says what one more unit pays on average, where most, and what is earned without money', () => {
    const pay = payOf(
        paidOn('sqls', 'ana', '2026-08', '100.00'),
        paidOn('sqls', 'ana', '2026-09', '100.00'),
        paidOn('sqls', 'ana', '2026-10', '100.00'),
        paidOn('collected_revenue', 'boris', '2026-09', '50.00'),
    );
    const raised = [
        {
            kpi: 'sqls',
            unit: '1',
            pay: payOf(
                paidOn('sqls', 'ana', '2026-08', '100.00'),
                paidOn('sqls', 'ana', '2026-09', '105.01'),
                paidOn('sqls', 'ana', '2026-10', '999.00'),
                paidOn('collected_revenue', 'boris', '2026-09', '50.00'),
            ),
        },
        {
            kpi: 'collected_revenue',
            unit: '100',
            pay: payOf(paidOn('collected_revenue', 'boris', '2026-09', '55.00')),
        },
    ];
    expect(marginalPay(pay, raised, months)).toMatchObject([
        {
            payee_id: 'ana',
            components: 'Paid on sqls',
            pays_amount: '2.51',
            highest_amount: '5.01',
            highest_month: '2026-09',
            collected_amount: '0.00',
            is_played_against: true,
        },
        {
            payee_id: 'boris',
            pays_amount: '5.00',
            collected_amount: '100.00',
            is_played_against: false,
        },
    ]);
});

it('says that one more unit pays nothing below a guarantee', () => {
    const under = { guaranteed_amount: '500.00' };
    const pay = payOf({ ...paidOn('sqls', 'ana', '2026-09', '100.00'), ...under });
    const more = payOf({ ...paidOn('sqls', 'ana', '2026-09', '105.00'), ...under });
    expect(marginalPay(pay, [{ kpi: 'sqls', unit: '1', pay: more }], months)).toMatchObject([
        { pays_amount: '0.00', is_played_against: false },
    ]);
});

it('knows nothing where a month is not known, and nobody plays against what pays nothing', () => {
    const pay = payOf(
        paidOn('sqls', 'ana', '2026-08', null),
        paidOn('sqls', 'dan', '2026-08', '10.00'),
    );
    const raised = [{ kpi: 'sqls', unit: '1', pay }];
    expect(marginalPay(pay, raised, months)).toMatchObject([
        { payee_id: 'ana', pays_amount: null, highest_month: null, is_played_against: false },
        { payee_id: 'dan', pays_amount: '0.00', is_played_against: false },
    ]);
});
