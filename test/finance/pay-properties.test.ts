import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextRow } from '../end-to-end/support/duckdb.ts';
import { commissionByHand } from '../support/commission-by-hand.ts';
import {
    bonusLines,
    type Numbers,
    type Rules,
    shareOut,
    sum,
    toCents,
    zero,
} from '../support/pay-by-hand.ts';

/*
 * Laws of pay over the plain arithmetic that test/integration/incentives proves equal to the models.
 */

const valid = { valid_from: '2026-01-01', valid_to: null };
const rulesOf =
    (files: Readonly<Record<string, readonly TextRow[]>>): Rules =>
    (file) =>
        files[file] ?? [];
const row = (cells: TextRow): TextRow => ({ ...valid, ...cells });

describe('a pool', () => {
    it('is paid to the last cent, whatever the weights, and nobody is a cent away from their part', () => {
        const weights = fc.array(fc.integer({ min: 1, max: 20_000 }), {
            minLength: 1,
            maxLength: 9,
        });
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 10 ** 9 }), weights, (cents, units) => {
                const total = new Decimal(cents).div(100);
                const all = units.reduce((one, other) => one + other, 0);
                const parts = units.map((unit) => total.times(unit).div(all));
                const paid = shareOut(total, parts);
                expect(sum(paid).eq(total)).toBe(true);
                for (const [index, part] of parts.entries()) {
                    expect(paid[index]?.minus(part).abs().lt('0.01')).toBe(true);
                }
            }),
        );
    });
});

const day = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 28 }))
    .map(([month, date]) => `2026-0${month}-${String(date).padStart(2, '0')}`);
const component = row({ component_id: 'c', plan_id: 'p', payout_basis: 'deals' });
const rules = rulesOf({
    'incentives/plan_members': [row({ plan_id: 'p', payee_id: 'eva' })],
    'incentives/plan_components': [component],
    'incentives/component_tiers': [
        row({ component_id: 'c', tier_from: '0', payout_rate: '0.0333' }),
    ],
    'incentives/commission_terms': [
        row({ component_id: 'c', residual_rate: '0.0125', residual_months: '4' }),
    ],
});
const facts = (payments: readonly TextRow[]) => ({
    deals: [
        {
            ...{ deal_id: 'd', client_id: 'k', person_id: 'eva', status: 'won' },
            ...{ closed_at: '2026-01-01 10:00', closed_date: '2026-01-01', booked_amount: '5000' },
        },
    ],
    owners: [
        {
            client_id: 'k',
            person_id: 'dan',
            owned_from: '2026-04-10 10:00',
            owned_from_date: '2026-04-10',
        },
    ],
    payments,
    asOf: '2026-12-31',
});
const months = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((month) => `2026-0${month}-01`);
const paidBy = (payments: readonly TextRow[]) => {
    const commission = commissionByHand(rules, facts(payments));
    return months.map((month) => commission(component, 'eva', month, 'EUR') ?? zero);
};
const payments = fc
    .array(fc.record({ paid: day, cents: fc.integer({ min: 1, max: 900_000 }) }), { maxLength: 6 })
    .map((all) =>
        all.map(({ paid, cents }, index) => ({
            ...{
                payment_id: `p${index}`,
                deal_id: 'd',
                kind: 'payment',
                refund_of_payment_id: null,
            },
            paid_date: paid,
            collected_amount: new Decimal(cents).div(100).toFixed(2),
        })),
    );

describe('commission of a deal', () => {
    it('is the same in whatever order its payments are delivered', () => {
        fc.assert(
            fc.property(
                payments.chain((all) =>
                    fc.tuple(
                        fc.constant(all),
                        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
                    ),
                ),
                ([all, shuffled]) => {
                    expect(paidBy(shuffled).map(String)).toEqual(paidBy(all).map(String));
                },
            ),
        );
    });

    it('moves by at most a cent a month when a payment comes in two parts', () => {
        fc.assert(
            fc.property(payments, fc.integer({ min: 1, max: 99 }), (all, share) => {
                const [first, ...others] = all;
                fc.pre(first !== undefined);
                const whole = new Decimal(first.collected_amount);
                const part = toCents(whole.times(share).div(100));
                const split = [
                    { ...first, collected_amount: part.toFixed(2) },
                    {
                        ...first,
                        payment_id: `${first.payment_id}b`,
                        collected_amount: whole.minus(part).toFixed(2),
                    },
                ];
                const [before, after] = [paidBy(all), paidBy([...split, ...others])];
                for (const [index, amount] of before.entries()) {
                    const moved = toCents(amount)
                        .minus(toCents(after[index] ?? zero))
                        .abs();
                    expect(moved.lte('0.01')).toBe(true);
                }
            }),
        );
    });

    it('is nothing in all when everything is given back', () => {
        fc.assert(
            fc.property(payments, (all) => {
                const refunds = all.map((one) => ({
                    ...one,
                    ...{
                        payment_id: `${one.payment_id}r`,
                        kind: 'refund',
                        paid_date: '2026-09-28',
                    },
                    refund_of_payment_id: one.payment_id,
                    collected_amount: `-${one.collected_amount}`,
                }));
                expect(sum(paidBy([...all, ...refunds])).isZero()).toBe(true);
            }),
        );
    });
});

describe('a worse company', () => {
    const attainment = fc.integer({ min: -50, max: 200 }).map((one) => new Decimal(one).div(100));
    const plan = (curve: string, effect: string) =>
        rulesOf({
            'incentives/plans': [
                row({ plan_id: 'p', period_type: 'month', currency_code: 'EUR', cap_share: '1.3' }),
            ],
            'incentives/plan_members': [
                row({ plan_id: 'p', payee_id: 'eva', target_amount: '1000.00' }),
            ],
            'incentives/plan_components': [
                row({
                    ...{ plan_id: 'p', component_id: 'c', component_order: '1', kpi: 'own' },
                    ...{
                        scope_id: 'payee',
                        measure: 'attainment',
                        weight: '1',
                        curve,
                        gate_id: 'g',
                    },
                    ...{ payout_basis: 'target_amount', threshold: '0.5', cap: '1.5' },
                }),
            ],
            'incentives/component_gates': [
                row({
                    ...{ gate_id: 'g', kpi: 'company', scope_id: 'company', measure: 'attainment' },
                    ...{ effect, threshold: '0.9', miss_factor: '0.5' },
                }),
            ],
            'incentives/component_tiers': [
                ...(['0', '0.8', '1'] as const).flatMap((tier_from, index) =>
                    (effect === 'table' ? ['0', '1'] : [null]).map((other_from, column) =>
                        row({
                            ...{
                                component_id: 'c',
                                tier_from,
                                tier_to: ['0.8', '1', null][index] ?? null,
                            },
                            ...{ other_from, other_to: other_from === '0' ? '1' : null },
                            payout_rate: String(index * 0.5 + column * 0.25),
                        }),
                    ),
                ),
            ],
            'incentives/plan_multipliers': [
                row({
                    ...{ plan_id: 'p', multiplier_id: 'm', kpi: 'company', scope_id: 'company' },
                    measure: 'attainment',
                }),
            ],
            'incentives/multiplier_tiers': [
                row({ multiplier_id: 'm', tier_from: '0', tier_to: '0.8', multiplier: '0' }),
                row({ multiplier_id: 'm', tier_from: '0.8', tier_to: '1', multiplier: '0.5' }),
                row({ multiplier_id: 'm', tier_from: '1', tier_to: null, multiplier: '1.2' }),
            ],
        });
    const paid = (plan: Rules, own: Decimal, company: Decimal) => {
        const numbers: Numbers = {
            commission: () => zero,
            quarterOf: (month) => [month, month],
            yearOf: () => '2026-01-01',
            measure: ({ kpi }) => {
                const reached = kpi === 'own' ? own : company;
                return { value: reached, target: new Decimal(1), attainment: reached };
            },
        };
        const lines = bonusLines(plan, numbers, 'eva', '2026-03-01') ?? [];
        return sum(lines.map(({ amount }) => new Decimal(amount)));
    };

    it.each([
        ['linear', 'gate'],
        ['step', 'gate'],
        ['marginal', 'weakest_link'],
        ['interpolated', 'weakest_link'],
        ['overage', 'gate'],
        ['table', 'table'],
    ])('never pays more by a curve %s behind a %s', (curve, effect) => {
        fc.assert(
            fc.property(attainment, attainment, attainment, (own, one, other) => {
                const [worse, better] = one.lt(other) ? [one, other] : [other, one];
                const rules = plan(curve, effect);
                expect(paid(rules, own, worse).lte(paid(rules, own, better))).toBe(true);
            }),
        );
    });
});
