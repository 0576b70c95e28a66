import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn, noonOf } from '../../../pipelines/sources/api/days.ts';
import { dealIn, dealPattern } from '../../../pipelines/sources/api/deal-reference.ts';
import {
    negated,
    splitAmount,
    sumOf,
    taxSplit,
} from '../../../pipelines/sources/api/money-parts.ts';

const amount = fc
    .integer({ min: -10_000_000, max: 10_000_000 })
    .map((cents) => (cents / 100).toFixed(2));
const weight = fc.integer({ min: 1, max: 1_000_000 }).map((cents) => (cents / 100).toFixed(2));

describe('parts of an amount', () => {
    it('add up to it, whatever their weights', () => {
        fc.assert(
            fc.property(
                amount,
                fc.array(weight, { minLength: 1, maxLength: 9 }),
                (total, weights) => {
                    expect(sumOf(splitAmount(total, weights))).toBe(sumOf([total]));
                },
            ),
        );
    });

    it.each([
        ['100', ['1', '1', '1'], ['33.34', '33.33', '33.33']],
        ['-0.01', ['1', '2'], ['0.00', '-0.01']],
        ['9007199254740993.01', ['1'], ['9007199254740993.01']],
    ])('%s by %j is %j', (total, weights, parts) => {
        expect(splitAmount(total, weights)).toEqual(parts);
    });

    it('are net and tax, rounded half away from zero', () => {
        expect(taxSplit('0.05', { tax: '10', total: '100' })).toEqual({ net: '0.04', tax: '0.01' });
        expect(taxSplit('-0.05', { tax: '10', total: '100' })).toEqual({
            net: '-0.04',
            tax: '-0.01',
        });
        expect(taxSplit('5', { tax: '0', total: '0' })).toEqual({ net: '5.00', tax: '0.00' });
    });

    it('are refused when they are no amounts', () => {
        expect(() => sumOf(['1.005'])).toThrow('1.005 is no amount');
        expect([negated('0.00'), negated('-1'), negated('1')]).toEqual(['0.00', '1', '-1']);
    });
});

describe('noon of a day', () => {
    it.each([
        ['2026-03-29', 'Europe/Bucharest', '2026-03-29T09:00:00.000Z'],
        ['2026-03-28', 'Europe/Bucharest', '2026-03-28T10:00:00.000Z'],
        ['2026-10-05', 'America/Los_Angeles', '2026-10-05T19:00:00.000Z'],
        ['2026-10-05', 'Asia/Kolkata', '2026-10-05T06:30:00.000Z'],
        ['2026-10-05', 'UTC', '2026-10-05T12:00:00.000Z'],
    ])('%s in %s', (day, timezone, instant) => {
        expect(noonOf(day, timezone)).toBe(instant);
        expect(dayIn(timezone, Date.parse(noonOf(day, timezone)))).toBe(day);
    });
});

describe('a deal in a text', () => {
    it.each([
        ['  D-7 ', undefined, 'D-7'],
        ['', undefined, null],
        ['order 12 of deal 7', 'deal (\\d+)', '7'],
        ['order 12', 'deal (\\d+)', null],
        ['Сделка №15', 'Сделка №(\\d+)', '15'],
    ])('%j by %s is %s', (text, pattern, deal) => {
        expect(dealIn(text, pattern)).toBe(deal);
    });

    it.each([['deal \\d+'], ['('], ['(a)(b)']])('%s is no pattern', (pattern) => {
        expect(dealPattern.safeParse(pattern).success).toBe(false);
    });
});
