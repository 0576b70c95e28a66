import { failure, startYandexDirect } from '../../sources/yandex-direct/mock.ts';
import { describeAdPlatform } from './ad-platform.ts';

describeAdPlatform({
    title: 'Yandex Direct',
    start: startYandexDirect,
    connection: (address) => ({
        name: 'direct',
        system: 'yandex_direct',
        since: '2026-10-01',
        address,
    }),
    secrets: ['DIRECT_TOKEN=direct-token'],
    deadSecrets: ['DIRECT_TOKEN=dead-token'],
    whomToAsk: 'a new token',
    unreadable: failure(400, '54'),
    unreadableFix: 'see the account',
    november: /2026-11-28/,
    question: /reports/,
    faults: [
        ['a page of a proxy', 'html'],
        ['a full queue', failure(400, '9000', { reportsInQueue: '5', retryIn: '10' })],
        ['points that are used up', failure(400, '152')],
    ],
});
