import { failure, startGoogleAds } from '../../sources/google-ads/mock.ts';
import { describeAdPlatform } from './ad-platform.ts';

describeAdPlatform({
    title: 'Google Ads',
    start: startGoogleAds,
    connection: (address) => ({
        name: 'google',
        system: 'google_ads',
        customer_ids: ['123-456-7890'],
        since: '2026-10-01',
        address,
    }),
    secrets: [
        'GOOGLE_CLIENT_ID=id',
        'GOOGLE_CLIENT_SECRET=hush-hush',
        'GOOGLE_REFRESH_TOKEN=refresh-me',
    ],
    deadSecrets: [
        'GOOGLE_CLIENT_ID=client',
        'GOOGLE_CLIENT_SECRET=hush-hush',
        'GOOGLE_REFRESH_TOKEN=dead-token',
    ],
    whomToAsk: 'grant access anew',
    unreadable: failure(403, 'PERMISSION_DENIED', { authorizationError: 'USER_PERMISSION_DENIED' }),
    unreadableFix: 'login_customer_id',
    november: /2026-11-28/,
    question: /BETWEEN/,
    faults: [
        ['a page of a proxy', 'html'],
        ['a limit', failure(429, 'RESOURCE_EXHAUSTED', { quotaError: 'RESOURCE_EXHAUSTED' })],
        ['a token that ends between pages', failure(401, 'UNAUTHENTICATED', {})],
    ],
});
