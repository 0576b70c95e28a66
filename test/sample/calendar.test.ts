import { describe, expect, test } from 'vitest';
import { addWorkMinutes, isWorkday, toUtc } from '../../pipelines/sample/calendar.ts';

const local = (text: string): number => Date.parse(`${text}Z`);
const utc = (text: string): string => new Date(toUtc(local(text))).toISOString().slice(0, 16);

describe('the clock of Bucharest', () => {
    test('summer time starts on the last Sunday of March and ends on that of October', () => {
        expect(utc('2024-03-31T02:59')).toBe('2024-03-31T00:59');
        expect(utc('2024-03-31T04:00')).toBe('2024-03-31T01:00');
        expect(utc('2024-10-27T02:59')).toBe('2024-10-26T23:59');
        expect(utc('2024-10-27T04:00')).toBe('2024-10-27T02:00');
    });

    test('it agrees with the time zone database on every day at noon', () => {
        const zone = new Intl.DateTimeFormat('sv-SE', {
            timeZone: 'Europe/Bucharest',
            dateStyle: 'short',
            timeStyle: 'short',
        });
        for (let day = local('2023-07-01T12:00'); day < local('2026-07-01T00:00'); day += 864e5) {
            const shown = zone.format(new Date(toUtc(day)));
            expect(shown).toBe(new Date(day).toISOString().slice(0, 16).replace('T', ' '));
        }
    });
});

describe('working time', () => {
    const add = (from: string, minutes: number): string =>
        new Date(addWorkMinutes(local(from), minutes)).toISOString().slice(0, 16);

    test('it runs from nine to six', () => {
        expect(add('2024-03-05T10:00', 30)).toBe('2024-03-05T10:30');
        expect(add('2024-03-05T07:15', 30)).toBe('2024-03-05T09:30');
        expect(add('2024-03-05T17:45', 30)).toBe('2024-03-06T09:15');
    });

    test('closing time itself belongs to the next day', () => {
        expect(add('2024-03-05T17:30', 30)).toBe('2024-03-06T09:00');
    });

    test('it jumps over a weekend and over Good Friday with Easter Monday', () => {
        expect(add('2024-03-08T17:45', 30)).toBe('2024-03-11T09:15');
        expect(isWorkday(local('2024-05-03T00:00'))).toBe(false);
        expect(add('2024-05-02T17:45', 30)).toBe('2024-05-07T09:15');
    });
});
