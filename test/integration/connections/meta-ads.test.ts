import { failure, startMetaAds } from '../../sources/meta-ads/mock.ts';
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
