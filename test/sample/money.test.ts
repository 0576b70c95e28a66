import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dottedMoney, plainMoney, taxOf } from '../../pipelines/sample/format.ts';
import { planPayments } from '../../pipelines/sample/payments.ts';
import { createRandom } from '../../pipelines/sample/random.ts';
import type { Deal } from '../../pipelines/sample/records.ts';

const CLOSED_AT = Date.UTC(2024, 2, 5, 11);

function wonDeal(line: Deal['line'], amountCents: number): Deal {
    return {
        id: 'D-1',
        leadId: '',
        clientId: 'C-1',
        personId: 'boris',
        line,
        amountCents,
        status: 'won',
        stage: 'Closed won',
        origin: 'inbound',
        lostReason: '',
        createdAt: CLOSED_AT,
        closedAt: CLOSED_AT,
        updatedAt: CLOSED_AT,
        stages: [],
    };
}

describe('instalments and refunds', () => {
    test('never bring in more than the deal, and never give back more than came in', () => {
        fc.assert(
            fc.property(
                fc.integer(),
                fc.constantFrom('gates' as const, 'parts' as const),
                fc.integer({ min: 15_000, max: 1_400_000 }),
                (key, line, amountCents) => {
                    const payments = planPayments(createRandom(key), wonDeal(line, amountCents));
                    const paid = payments.filter(({ kind }) => kind === 'payment');
                    const sum = paid.reduce((total, { netCents }) => total + netCents, 0);
                    expect(sum).toBeLessThanOrEqual(amountCents);
                    if (line === 'parts') expect(paid.length).toBeLessThanOrEqual(1);
                    for (const { kind, netCents, refundOf } of payments) {
                        if (kind !== 'refund') continue;
                        expect(netCents).toBeLessThanOrEqual(0);
                        expect(-netCents).toBeLessThanOrEqual(refundOf?.netCents ?? 0);
                    }
                },
            ),
        );
    });

    test('add up to the deal to the cent in nearly every deal', () => {
        const random = createRandom('full');
        const sums = Array.from({ length: 300 }, () =>
            planPayments(random, wonDeal('gates', 1_000_001))
                .filter(({ kind }) => kind === 'payment')
                .reduce((total, { netCents }) => total + netCents, 0),
        );
        expect(sums.filter((sum) => sum === 1_000_001).length).toBeGreaterThan(285);
    });

    test('a lost deal brings nothing', () => {
        const lost: Deal = { ...wonDeal('gates', 500_000), status: 'lost' };
        expect(planPayments(createRandom('lost'), lost)).toEqual([]);
    });
});

describe('money in an export', () => {
    test('is written with point or comma, and with thousands dots', () => {
        expect(plainMoney(-5)).toBe('-0.05');
        expect(plainMoney(123_456_789)).toBe('1234567.89');
        expect(dottedMoney(123_456_789)).toBe('1.234.567,89');
        expect(dottedMoney(-99_999)).toBe('-999,99');
    });

    test('tax of 19 % is rounded half away from zero', () => {
        expect(taxOf(50)).toBe(10);
        expect(taxOf(-50)).toBe(-10);
        expect(taxOf(10_000)).toBe(1900);
    });
});
