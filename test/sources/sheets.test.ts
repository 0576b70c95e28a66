import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
    columnOf,
    dateText,
    lettersOf,
    numberText,
} from '../../pipelines/sources/files/sheets/cell-text.ts';
import { isDateFormat } from '../../pipelines/sources/files/sheets/xlsx-parts.ts';

describe('a number of a sheet', () => {
    it.each([
        ['0.30000000000000004', '0.3'],
        ['102.58999999999999', '102.59'],
        ['1.5E-3', '0.0015'],
        ['-1.25e2', '-125'],
        ['1e14', '100000000000000'],
        ['0', '0'],
        ['-0.1', '-0.1'],
        ['123456789012345', '123456789012345'],
        ['1.2345678901234568E+17', '1.2345678901234568E+17'],
    ])('%s is %s', (stored, text) => {
        expect(numberText(stored)).toBe(text);
    });

    it('keeps its 15 digits, plainly written', () => {
        const number = fc.double({ min: -1e14, max: 1e14, noNaN: true });
        fc.assert(
            fc.property(number, (value) => {
                const text = numberText(String(value));
                expect(text).toMatch(/^-?\d+(\.\d+)?$/);
                expect(Number(text)).toBe(Number(value.toPrecision(15)) + 0);
            }),
        );
    });
});

describe('a day of a sheet', () => {
    it.each([
        ['46023', false, '2026-01-01'],
        ['46204.5868171296', false, '2026-07-01 14:05:01'],
        ['44561', true, '2026-01-01'],
        ['59', false, '1900-02-28'],
        ['61', false, '1900-03-01'],
        ['0.5', false, '12:00:00'],
        ['46023.0000115741', false, '2026-01-01 00:00:01'],
        ['-1', false, undefined],
        ['4000000', false, undefined],
    ])('%s (from 1904: %s) is %s', (stored, is1904, text) => {
        expect(dateText(stored, { is1904 })).toBe(text);
    });

    it.each([
        ['yyyy-mm-dd', true],
        ['dd\\.mm\\.yyyy\\ hh:mm', true],
        ['[$-407]d. mmmm yyyy;@', true],
        ['h:mm AM/PM', true],
        ['[h]:mm:ss', false],
        ['General', false],
        ['#,##0.00 "days"', false],
        ['#,##0.00\\ [$zł-415]', false],
        ['_-* #,##0.00_-;[Red]-* #,##0.00', false],
        ['0.00E+00', false],
    ])('is one in the format %s: %s', (format, isDate) => {
        expect(isDateFormat(format)).toBe(isDate);
    });
});

it('counts columns as sheets do', () => {
    expect([0, 25, 26, 701, 702].map(lettersOf)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
    fc.assert(
        fc.property(fc.nat(16_383), (column) => {
            expect(columnOf(`${lettersOf(column)}7`)).toBe(column);
        }),
    );
});
