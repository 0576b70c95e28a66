import { describe, expect, it } from 'vitest';
import { plainNumber, shiftPoint } from '../../../pipelines/sources/api/amounts.ts';
import { addDays, byMonth, dayIn, daysToAsk, noonOf } from '../../../pipelines/sources/api/days.ts';
import { parseJson } from '../../../pipelines/sources/api/json.ts';

const rule = { since: '2026-01-01', reloadDays: 30, deepReloadDays: 90, deepReloadEveryDays: 7 };

describe('days to ask for', () => {
    it.each([
        ['everything at first', null, '2026-11-29', '2026-01-01', '2026-11-28'],
        ['what may be restated afterwards', '2026-11-28', '2026-11-29', '2026-10-30', '2026-11-28'],
        ['all days since the last run', '2026-09-01', '2026-11-29', '2026-08-31', '2026-11-28'],
        ['nothing before the first day', '2026-01-04', '2026-01-05', '2026-01-01', '2026-01-04'],
    ])('%s', (_, cursor, today, from, to) => {
        expect(daysToAsk(cursor, today, rule)).toEqual({ from, to });
    });

    it('are ninety once a week, whichever days runs are left out', () => {
        const lengths = Array.from({ length: 14 }, (_, index) => {
            const today = addDays('2026-11-01', index);
            const days = daysToAsk(addDays(today, -2), today, rule);
            return days?.from === addDays(today, -90);
        });
        expect(lengths.filter(Boolean)).toHaveLength(2);
    });

    it('are none before the first day is over', () => {
        expect(daysToAsk(null, '2026-01-01', rule)).toBeUndefined();
    });

    it('are cut at the ends of months', () => {
        expect(byMonth({ from: '2024-01-30', to: '2024-03-01' })).toEqual([
            { from: '2024-01-30', to: '2024-01-31' },
            { from: '2024-02-01', to: '2024-02-29' },
            { from: '2024-03-01', to: '2024-03-01' },
        ]);
    });

    it.each([
        ['Pacific/Kiritimati', '2026-11-30'],
        ['America/New_York', '2026-11-29'],
        ['Europe/Bucharest', '2026-11-29'],
    ])('are those of %s', (zone, day) => {
        expect(dayIn(zone, Date.parse('2026-11-29T12:00:00Z'))).toBe(day);
    });
});

describe('amounts', () => {
    it.each([
        ['1234567', 6, '1.234567'],
        ['5', 6, '0.000005'],
        ['-250', 2, '-2.50'],
        ['1000', 0, '1000'],
        ['9007199254740993000000', 6, '9007199254740993.000000'],
        ['1.5', 2, '1.5'],
    ])('%s with %d digits is %s', (units, digits, amount) => {
        expect(shiftPoint(units, digits)).toBe(amount);
    });

    it('have no exponent', () => {
        expect(plainNumber(1e-7)).toBe('0.000000100000');
        expect(plainNumber(0.1)).toBe('0.1');
    });
});

describe('JSON', () => {
    it('keeps the digits of numbers that a double cannot hold', () => {
        expect(parseJson('{"id":9007199254740993,"amount":12345678901234.567}')).toEqual({
            id: '9007199254740993',
            amount: '12345678901234.567',
        });
    });

    it.each([
        ['-9007199254740993', '-9007199254740993'],
        ['[0, 9007199254740993]', [0, '9007199254740993']],
        ['{"id" :\n9007199254740993}', { id: '9007199254740993' }],
        ['[-0.12345678901234567]', ['-0.12345678901234567']],
    ])('keeps them wherever they stand: %s', (text, expected) => {
        expect(parseJson(text)).toEqual(expected);
        expect(parseJson(text)).toEqual(expected);
    });

    it('leaves other numbers and texts of digits as they are', () => {
        expect(parseJson('{"id":42,"rate":0.1,"text":"9007199254740993"}')).toEqual({
            id: 42,
            rate: 0.1,
            text: '9007199254740993',
        });
    });
});

describe('the noon of a day', () => {
    it.each([
        ['UTC', '2026-10-05', '2026-10-05T12:00:00.000Z'],
        ['America/Los_Angeles', '2026-07-01', '2026-07-01T19:00:00.000Z'],
        // On the day on which the clocks are set back.
        ['Europe/Bucharest', '2026-10-25', '2026-10-25T10:00:00.000Z'],
        ['Pacific/Auckland', '2026-01-31', '2026-01-30T23:00:00.000Z'],
        ['Asia/Kolkata', '2026-12-31', '2026-12-31T06:30:00.000Z'],
    ])('in %s on %s is %s', (timezone, day, instant) => {
        expect(noonOf(day, timezone)).toBe(instant);
        expect(dayIn(timezone, Date.parse(instant))).toBe(day);
    });
});
