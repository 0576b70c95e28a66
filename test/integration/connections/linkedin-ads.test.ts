import { failure, startLinkedinAds } from '../../sources/linkedin-ads/mock.ts';
import { describeAdPlatform } from './ad-platform.ts';

const granted = ['LINKEDIN_CLIENT_ID=id', 'LINKEDIN_CLIENT_SECRET=hush-hush'];

describeAdPlatform({
    title: 'LinkedIn Ads',
    start: startLinkedinAds,
    connection: (address) => ({
        name: 'linkedin',
        system: 'linkedin_ads',
        account_ids: ['77'],
        since: '2026-10-01',
        address,
    }),
    secrets: [...granted, 'LINKEDIN_REFRESH_TOKEN=refresh-me'],
    deadSecrets: [
        'LINKEDIN_CLIENT_ID=client',
        'LINKEDIN_CLIENT_SECRET=hush-hush',
        'LINKEDIN_REFRESH_TOKEN=dead-token',
    ],
    whomToAsk: 'grant access anew',
    unreadable: failure(403, 'ACCESS_DENIED'),
    unreadableFix: 'the role Viewer',
    november: /month:11,day:28/,
    question: /adAnalytics/,
    faults: [
        ['a page of a proxy', 'html'],
        ['an address that is too long', { status: 414, body: '' }],
        ['a limit of some minutes', failure(429, 'TOO_MANY_REQUESTS')],
        ['a token that ends between pages', failure(401, 'REVOKED_ACCESS_TOKEN')],
    ],
});
