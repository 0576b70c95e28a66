import { describe, expect, it } from 'vitest';
import {
    dealAmount,
    plainNumber,
    roundedTo,
    shiftPoint,
} from '../../../pipelines/sources/api/amounts.ts';

describe('an amount', () => {
    it.each([
        ['1234567', 6, '1.234567'],
        ['-5', 2, '-0.05'],
        ['0', 6, '0.000000'],
        ['7', 0, '7'],
        ['1.5', 2, '1.5'],
    ])('%s in units of 10^-%i is %s', (units, digits, amount) => {
        expect(shiftPoint(units, digits)).toBe(amount);
    });

    it.each([
        ['107.5300000000000335346', '107.530000'],
        ['19.91833', '19.918330'],
        ['2312', '2312.000000'],
        ['0.0000005', '0.000001'],
        ['-0.0000005', '-0.000001'],
        ['0.00000049', '0.000000'],
        ['-2E-18', '0.000000'],
        ['1.5e3', '1500.000000'],
        ['12345678901234567.891', '12345678901234567.891000'],
        ['', ''],
        ['1,5', '1,5'],
    ])('%s has %s to six digits', (text, rounded) => {
        expect(roundedTo(text, 6)).toBe(rounded);
    });

    it.each([
        ['1234567.89', '1234567.89'],
        ['1500', '1500'],
        ['1500.000', '1500.000'],
        ['33333.333333333336', '33333.33'],
        ['0.125', '0.13'],
        ['-2.675', '-2.68'],
        [33.335, '33.34'],
        [1e-7, '0.00'],
        ['1.234567890123456E7', '12345678.90'],
        ['1 500', '1 500'],
        ['', null],
        [null, null],
        [undefined, null],
    ])('%s of a deal is %s', (value, amount) => {
        expect(dealAmount(value)).toBe(amount);
    });

    it.each([
        [1e-7, '0.000000100000'],
        [1.5, '1.5'],
        ['1e-7', '1e-7'],
    ])('%s has no exponent', (number, text) => {
        expect(plainNumber(number)).toBe(text);
    });
});
