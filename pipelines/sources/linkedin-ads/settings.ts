import { z } from 'zod';
import { connectionBase, deepReload, reloadDays, type SystemSettings } from '../api/settings.ts';

const accountId = z
    .string()
    .regex(/^\d+$/, 'an id such as 512345678, as Campaign Manager shows it');

export const linkedinAds = {
    system: 'linkedin_ads',
    title: 'LinkedIn Ads',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('linkedin_ads'),
        account_ids: z.array(accountId).min(1),
        version: z
            .string()
            .regex(/^20\d{4}$/, 'a month such as 202607')
            .default('202607'),
        reload_days: reloadDays(30),
        ...deepReload,
    }),
    streams: ['ad_spend'],
    secrets: [
        { name: 'client_id', what: 'client id of the app' },
        { name: 'client_secret', what: 'primary client secret of the app' },
        { name: 'refresh_token', what: 'refresh token with the scopes r_ads and r_ads_reporting' },
    ],
    asked: [
        {
            name: 'account_ids',
            what: 'ids of the ad accounts',
            example: '512345678',
            isList: true,
        },
    ],
    access:
        'At linkedin.com/developers make an app, verify it with the page of the company, and ask for the ' +
        'product Advertising API. In Campaign Manager give a user the role Viewer in each ad account, and ' +
        'let this user consent (three-legged OAuth) to the two scopes r_ads, which names accounts and ' +
        'campaigns, and r_ads_reporting. Keep the refresh token: it holds for a year from the day of the ' +
        'consent and is not prolonged by use; access tokens end after 60 days.',
    consent: {
        endpoints: ({ address = 'https://www.linkedin.com' }) => ({
            authorise: `${address}/oauth/v2/authorization`,
            token: `${address}/oauth/v2/accessToken`,
        }),
        scopes: ['r_ads', 'r_ads_reporting'],
        // Native apps alone have it, and LinkedIn has to switch it on for them.
        hasPkce: false,
        yields: 'refresh_token',
        // Other apps are sent to addresses with https; this page of LinkedIn shows the code.
        redirect: { address: 'https://www.linkedin.com/developers/tools/oauth/redirect' },
    },
    version: {
        default: '202607',
        // A version is promised for a year at least; LinkedIn names the day when it comes near.
        lastDays: { '202507': '2026-07-31', '202607': '2027-07-31' },
    },
} as const satisfies SystemSettings;
