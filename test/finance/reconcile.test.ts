import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeChecks } from '../../pipelines/finance/checklist.ts';
import { signPeriod } from '../../pipelines/finance/close.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { amountOf } from '../../pipelines/finance/money.ts';
import { compareRecords, movedValues, wholeMonth } from '../../pipelines/finance/reconcile.ts';
import { memoryDisk } from '../support/memory-disk.ts';
import { actor, payOf, question, rules, statement, words } from './pay.ts';

const record = (id: string, amount: string | null, explanation: string | null = null) => ({
    id,
    amount,
    explanation,
});

describe('two sides of a month', () => {
    it('agree where every record does, and differ by exactly the records that do not', () => {
        const amounts = fc.dictionary(fc.uuid(), fc.integer({ min: -9_999, max: 9_999 }));
        fc.assert(
            fc.property(amounts, amounts, (both, more) => {
                const text = (one: Record<string, number>) =>
                    Object.entries(one).map(
                        ([id, units]) => [id, amountOf(BigInt(units))] as const,
                    );
                const source = text(both).map(([id, amount]) => record(id, amount));
                expect(
                    compareRecords('deal', 'EUR', source, new Map(text(both))).differences,
                ).toEqual([]);
                const warehouse = new Map(text({ ...both, ...more }));
                const found = compareRecords('deal', 'EUR', source, warehouse).differences;
                const differing = Object.keys(more).filter((id) => both[id] !== more[id]);
                expect(found.map(({ id }) => id)).toEqual(differing.toSorted());
            }),
        );
    });

    it('differ where one lacks the record or the amount, also when their sums are the same', () => {
        const source = [
            record('a', '10.00'),
            record('b', null),
            record('c', '5.00', 'booked in May'),
        ];
        const warehouse = new Map([
            ['a', '10.00'],
            ['b', '5.00'],
        ]);
        const comparison = compareRecords('payment', 'EUR', source, warehouse);
        expect(comparison).toMatchObject({ source_amount: '15.00', warehouse_amount: '15.00' });
        expect(
            comparison.differences.map((one) => [
                one.id,
                one.source_amount,
                one.warehouse_amount,
                one.explanation,
            ]),
        ).toEqual([
            ['b', null, '5.00', null],
            ['c', '5.00', null, 'booked in May'],
        ]);
    });

    it('have no sum where the amounts are of several currencies', () => {
        const source = [record('a', '10.00'), { ...record('b', '5.00'), isForeign: true }];
        const comparison = compareRecords('deal', 'EUR', source, new Map([['a', '10.00']]));
        expect(comparison).toMatchObject({ source_amount: null, warehouse_amount: '10.00' });
        expect(comparison.differences).toMatchObject([{ id: 'b', explanation: null }]);
    });

    it('are compared by their sum where accounting knows no payments', () => {
        const warehouse = new Map([
            ['a', '10.00'],
            ['b', '-2.50'],
        ]);
        const sum = (amount: string) =>
            compareRecords('payment', 'EUR', [record(wholeMonth, amount)], warehouse).differences;
        expect(sum('7.50')).toEqual([]);
        expect(sum('7.51')).toMatchObject([
            { id: 'the whole month', source_amount: '7.51', warehouse_amount: '7.50' },
        ]);
        expect(
            compareRecords('payment', 'EUR', [record(wholeMonth, '0.00')], new Map()).differences,
        ).toEqual([]);
    });
});

describe('a close', () => {
    const comparison = (explanation: string | null, kind: 'deal' | 'payment') =>
        compareRecords(kind, 'EUR', [record('d1', '1.00', explanation)], new Map([['d1', '2.00']]));
    const checks = (explanation: string | null, kind: 'deal' | 'payment') =>
        closeChecks(
            question(
                '2026-09',
                readLedger(memoryDisk().disk),
                payOf(statement('ana', '2026-09', ['1.00'])),
                {
                    rules: { ...rules, comparisons: [comparison(explanation, kind)] },
                },
            ),
            words.money,
        ).find(({ check }) => check === (kind === 'deal' ? 'crm_won' : 'accounting'));

    it.each(['deal', 'payment'] as const)('waits for the explanation of a %s', (kind) => {
        expect(checks(null, kind)).toMatchObject({
            result: 'blocks',
            isWaivable: true,
            explanation: '1 not explained: d1',
            rows: 'npx jointly close reconcile 2026-09',
        });
        expect(checks('booked net of a fee', kind)).toMatchObject({
            result: 'ok',
            explanation: '1 in the source, EUR 2.00, 1 explained',
        });
    });
});

describe('values that have moved since a month was signed', () => {
    it('say whether the next month adjusts them', () => {
        const { disk } = memoryDisk();
        const september = statement('boris', '2026-09', ['2040.00'], { value: '100' });
        signPeriod(disk, question('2026-09', readLedger(disk), payOf(september)), words, actor);
        const ledger = readLedger(disk);
        expect(movedValues(ledger, payOf(september), '2026-09')).toEqual([]);
        const paid = statement('boris', '2026-09', ['2100.00'], { value: '103' });
        expect(movedValues(ledger, payOf(paid), '2026-09')).toEqual([
            {
                kpi: 'collected_revenue',
                scope: 'company company',
                signed: '100',
                now: '103',
                explanation: 'the next month that is signed adjusts it',
            },
        ]);
        const capped = statement('boris', '2026-09', ['2040.00'], { value: '103' });
        expect(movedValues(ledger, payOf(capped), '2026-09')).toMatchObject([
            { explanation: 'it changes no amount that is not adjusted already' },
        ]);
        expect(movedValues(ledger, payOf(paid), '2026-10')).toEqual([]);
    });
});
