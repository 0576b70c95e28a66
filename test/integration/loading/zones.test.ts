import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, expect, it } from 'vitest';
import { rowsOfChangingClocks } from './zones-rows.ts';

const own = process.env.TZ;
afterEach(() => {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
});

const expected = {
    // In Bucharest 03:30 is none in March, and comes twice in October.
    leads: ['f0 2026-03-29 01:30:00', 'f1 2026-10-25 01:30:00', 'f2 2026-10-24 21:00:00'],
    ad_spend: [
        'google_ads 2026-03-29 1.000000',
        'google_ads 2026-10-25 2.000000',
        'google_ads 2026-11-02 3.000000',
        'x 2026-03-29 1.000000',
        'x 2026-10-25 1.000000',
    ],
    payments: ['p1 2026-03-28 22:00:00'],
    // St. John's is three and a half hours behind UTC, in summer two and a half.
    sessions: [
        '1 2026-03-08 06:00:00',
        '2 2026-11-01 05:00:00',
        '3 2026-11-02 03:29:59',
        'n1 2026-10-25 00:30:00',
    ],
    // In New York 01:30 comes twice.
    activities: ['a1 2026-11-01 06:30:00'],
    // The noon of Los Angeles, on the day on which its clocks went back.
    deals: ['006000000000001AAA 2026-03-08 10:30:00 2026-11-01 20:00:00'],
};

// Zones ahead and behind, with halves and three quarters of an hour, whose clocks change on other days.
it.each([
    ['Asia/Kathmandu', -345],
    ['Pacific/Chatham', -825],
    ['Europe/Bucharest', -120],
])('in %s rows of days on which clocks change are the same', async (zone, ahead) => {
    process.env.TZ = zone;
    expect(await rowsOfChangingClocks()).toEqual({ ...expected, ahead });
});

it('a process that began in another zone loads the same', async () => {
    const script = join(import.meta.dirname, 'zones-rows.ts');
    const env = { TZ: 'America/St_Johns' };
    const { stdout } = await execa(process.execPath, [script], { env });
    expect(JSON.parse(stdout)).toEqual({ ...expected, ahead: 210 });
});
