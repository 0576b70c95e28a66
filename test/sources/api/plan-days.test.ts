import { expect, it } from 'vitest';
import { planDays, planProven, provenOf } from '../../../pipelines/sources/api/plan-days.ts';

const settings = {
    since: '2026-10-01',
    reload_days: 30,
    deep_reload_days: 90,
    deep_reload_every_days: 7,
};
/** Noon in London: today in both, and the day after in a while in Tokyo. */
const now = Date.parse('2026-11-29T12:00:00Z');
const accounts = ['Europe/London', 'Asia/Tokyo'].map((timezone) => ({
    id: timezone,
    timezone,
    partition: { account_id: timezone },
}));
const plan = (wanted?: { from: string; to: string }, cursor: string | null = '2026-11-28') =>
    planDays('ad_spend', accounts, cursor, settings, now, wanted);

it('a backfill asks every account for its days, before the first day of the config too', () => {
    const { slices, covered, cursor } = plan({ from: '2026-08-30', to: '2026-09-02' });
    expect(slices.map(({ name }) => name)).toEqual([
        'Europe/London 2026-08-30',
        'Europe/London 2026-09-01',
        'Asia/Tokyo 2026-08-30',
        'Asia/Tokyo 2026-09-01',
    ]);
    expect(covered).toMatchObject([
        { firstDay: '2026-08-30', lastDay: '2026-09-02' },
        { firstDay: '2026-08-30', lastDay: '2026-09-02' },
    ]);
    expect(cursor).toBeUndefined();
});

it('a backfill ends with yesterday', () => {
    expect(plan({ from: '2026-11-28', to: '2026-12-31' }).covered?.[0]?.lastDay).toBe('2026-11-28');
    expect(plan({ from: '2026-11-29', to: '2026-12-31' })).toEqual({ slices: [] });
});

it.each([
    // Half past ten in the evening of the 29th in London.
    ['UTC+5.5', '2026-11-29'],
    ['UTC-3', '2026-11-28'],
    ['Middle-earth/Shire', '2026-11-28'],
])('in %s, the days up to %s are over', (timezone, last) => {
    const [account] = accounts.map((one) => ({ ...one, timezone }));
    const late = Date.parse('2026-11-29T22:30:00Z');
    const own = account ? [account] : [];
    const { cursor } = planDays('sessions', own, null, settings, late, undefined);
    expect(cursor).toBe(last);
});

it('a load moves the cursor', () => {
    expect(plan().cursor).toBe('2026-11-28');
    expect(plan(undefined, null).covered?.[0]?.firstDay).toBe('2026-10-01');
});

it('changes are covered once a record is shown; one that shows none begins again where it did', async () => {
    const slices = [{ name: 'leads', place: {} }];
    const planned = (feed: readonly string[], ...shown: readonly boolean[]) => {
        const streams = provenOf({ provenStreams: ['leads', 'deals'] }, feed);
        const run = { streams, since: '2026-10-01', cursor: '2026-11-20T08:00:00Z', at: now };
        const answers = [...shown];
        return planProven({ slices }, run, async () => {
            const answer = answers.pop();
            if (answer === undefined) throw new Error('nothing was to be asked');
            return answer;
        });
    };
    const cursor = '2026-11-29T12:00:00.000Z';
    const days = { partition: {}, firstDay: '2026-11-20', lastDay: '2026-11-28' };
    expect(await planned(['leads', 'lead_touches'], true)).toEqual({
        slices,
        cursor,
        covered: [{ stream: 'leads', ...days }],
    });
    expect(await planned(['leads', 'lead_touches'], false)).toEqual({ slices });
    expect(await planned(['activities'])).toEqual({ slices, cursor });
});
