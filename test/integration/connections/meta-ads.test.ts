import { expect, it } from 'vitest';
import { createTestClock } from '../../sources/api/test-clock.ts';
import { failure, startMetaAds } from '../../sources/meta-ads/mock.ts';
import { countsOf, createTestCompany } from '../loading/company.ts';
import { describeAdPlatform } from './ad-platform.ts';

describeAdPlatform({
    title: 'Meta Ads',
    start: startMetaAds,
    connection: (address) => ({
        name: 'meta',
        system: 'meta_ads',
        account_ids: ['act_77'],
        since: '2026-10-01',
        address,
    }),
    secrets: ['META_TOKEN=system-user-token'],
    deadSecrets: ['META_TOKEN=dead-token'],
    whomToAsk: 'a new token of the system user',
    unreadable: failure(403, { code: 200, message: 'Ad account owner has NOT granted ads_read' }),
    unreadableFix: 'View performance',
    november: /2026-11-28/,
    question: /\/\d+\/insights/,
    faults: [
        ['a page of a proxy', 'html'],
        [
            'a report that is done and not yet readable',
            failure(400, { code: 2637, error_subcode: 1815107, is_transient: true }),
        ],
        ['a limit', failure(400, { code: 80_000 })],
        [
            'more rows than it can give at once',
            failure(500, {
                code: 1,
                message: "Please reduce the amount of data you're asking for",
            }),
        ],
    ],
});

it('Meta Ads is asked for fewer days where it gives up on a report', async () => {
    const mock = await startMetaAds('77', 2, 8);
    const company = createTestCompany();
    try {
        const days = ['01', '05', '08', '09', '16', '17', '24', '28'];
        mock.setDays(
            days.map((day) => ({ campaign: '1', date: `2026-11-${day}`, amount: '1.00' })),
        );
        company.write('.env', 'META_TOKEN=system-user-token\n');
        company.configure([], {
            connections: [
                {
                    name: 'meta',
                    system: 'meta_ads',
                    account_ids: ['77'],
                    since: '2026-11-01',
                    address: mock.address,
                },
            ],
        });
        const clock = createTestClock('2026-11-29T12:00:00Z');
        expect(countsOf(await company.load({ clock }))).toMatchObject({ read: 8, inserted: 8 });
        const asked = [...new Set(mock.asked())];
        expect(asked.slice(0, 3)).toEqual([
            '2026-11-01 2026-11-28',
            '2026-11-01 2026-11-14',
            '2026-11-01 2026-11-07',
        ]);
    } finally {
        company.close();
        await mock.close();
    }
});
