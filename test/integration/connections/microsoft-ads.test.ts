import { failure, startMicrosoftAds } from '../../sources/microsoft-ads/mock.ts';
import { describeAdPlatform } from './ad-platform.ts';

const others = [
    'BING_CLIENT_ID=id',
    'BING_CLIENT_SECRET=hush-hush',
    'BING_DEVELOPER_TOKEN=dev',
] as const;

describeAdPlatform({
    title: 'Microsoft Advertising',
    start: startMicrosoftAds,
    connection: (address) => ({
        name: 'bing',
        system: 'microsoft_ads',
        account_ids: ['77'],
        customer_id: '7',
        since: '2026-10-01',
        address,
    }),
    secrets: [...others, 'BING_REFRESH_TOKEN=refresh-0'],
    deadSecrets: [
        'BING_CLIENT_ID=client',
        'BING_CLIENT_SECRET=hush-hush',
        'BING_DEVELOPER_TOKEN=dev-token',
        'BING_REFRESH_TOKEN=dead-token',
    ],
    whomToAsk: 'grant access anew',
    unreadable: { body: { Account: null } },
    unreadableFix: 'see the account',
    november: /"Day":28,"Month":11/,
    question: /Submit/,
    faults: [
        ['a page of a proxy', 'html'],
        ['an order that gets no number', { body: { ReportRequestId: null } }],
        ['a limit', failure(400, 117, 'CallRateExceeded')],
        ['a token that ends between questions', failure(401, 109, 'AuthenticationTokenExpired')],
    ],
});
