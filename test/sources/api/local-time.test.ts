import { describe, expect, it } from 'vitest';
import { instantIn, zoneOf } from '../../../pipelines/sources/api/local-time.ts';

it.each([
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['UTC', 'UTC'],
    ['UTC+2', '+02:00'],
    ['UTC-3.5', '-03:30'],
    ['UTC+5.75', '+05:45'],
    ['UTC+14', '+14:00'],
    ['UTC+99', undefined],
    ['Middle-earth/Shire', undefined],
    ['', undefined],
])('the zone that a system calls %j is %s', (name, zone) => {
    expect(zoneOf(name)).toBe(zone);
});

describe('a time on the clock of a zone', () => {
    it.each([
        ['Europe/Moscow', '2026-11-29 00:00:00', '2026-11-28T21:00:00.000Z'],
        ['Europe/Bucharest', '2026-07-01 12:30:15', '2026-07-01T09:30:15.000Z'],
        ['America/New_York', '2026-12-31 23:59:59', '2027-01-01T04:59:59.000Z'],
        ['Asia/Kolkata', '2026-01-01 00:00:00', '2025-12-31T18:30:00.000Z'],
        ['UTC', '2026-11-29 14:05:00', '2026-11-29T14:05:00.000Z'],
        // 03:00 becomes 04:00 on this day; 03:30 is not shown.
        ['Europe/Bucharest', '2026-03-29 02:59:59', '2026-03-29T00:59:59.000Z'],
        ['Europe/Bucharest', '2026-03-29 03:30:00', '2026-03-29T01:30:00.000Z'],
        ['Europe/Bucharest', '2026-03-29 04:00:00', '2026-03-29T01:00:00.000Z'],
        // 04:00 becomes 03:00; 03:30 is shown twice.
        ['Europe/Bucharest', '2026-10-25 02:59:59', '2026-10-24T23:59:59.000Z'],
        ['Europe/Bucharest', '2026-10-25 03:30:00', '2026-10-25T01:30:00.000Z'],
        ['Europe/Bucharest', '2026-10-25 04:00:00', '2026-10-25T02:00:00.000Z'],
        ['Australia/Lord_Howe', '2026-04-05 01:45:00', '2026-04-04T15:15:00.000Z'],
        ['Australia/Lord_Howe', '2026-10-04 02:15:00', '2026-10-03T15:45:00.000Z'],
        ['Australia/Lord_Howe', '2026-04-05 03:00:00', '2026-04-04T16:30:00.000Z'],
        ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T06:30:00.000Z'],
        ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T07:30:00.000Z'],
    ])('%s, %s is %s', (zone, local, instant) => {
        expect(instantIn(zone, local)).toBe(instant);
    });

    it.each(['', '0000-00-00 00:00:00', 'yesterday'])('is none: %j', (text) => {
        expect(instantIn('Europe/Moscow', text)).toBe(text);
    });
});
