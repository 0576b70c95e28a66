import { z } from 'zod';
import { connectionBase, deepReload, reloadDays, type SystemSettings } from '../api/settings.ts';

const id = z.string().regex(/^\d+$/, 'a number such as 123456789');

export const microsoftAds = {
    system: 'microsoft_ads',
    title: 'Microsoft Advertising',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('microsoft_ads'),
        account_ids: z.array(id).min(1),
        /** The manager account that holds the accounts; cid in the address of the web page. */
        customer_id: id,
        /** Tenant of Entra that the app belongs to; common for an app of many tenants. */
        tenant: z.string().min(1).default('common'),
        version: z.enum(['v13']).default('v13'),
        reload_days: reloadDays(30),
        ...deepReload,
    }),
    streams: ['ad_spend'],
    secrets: [
        { name: 'client_id', what: 'application (client) id of the app in Entra' },
        { name: 'client_secret', what: 'client secret of the app' },
        { name: 'refresh_token', what: 'refresh token with the scope msads.manage' },
        { name: 'developer_token', what: 'developer token of Microsoft Advertising' },
    ],
    asked: [
        {
            name: 'account_ids',
            what: 'ids of the ad accounts (aid in the address of the web page)',
            example: '123456789',
            isList: true,
        },
        {
            name: 'customer_id',
            what: 'id of the manager account (cid in the address of the web page)',
            example: '987654321',
        },
    ],
    access:
        'In Microsoft Entra register an app of type web with a redirect address and a client secret. In ' +
        'Microsoft Advertising a super admin asks for a developer token (Settings > Developer settings) and ' +
        'invites a user with the role Viewer, which may read reports and no more. Let this user consent to ' +
        'https://ads.microsoft.com/msads.manage offline_access (there is no scope for reading alone) and ' +
        'keep the refresh token: it changes with each use and ends after 90 days without one.',
    consent: {
        endpoints: ({ address = 'https://login.microsoftonline.com', tenant = 'common' }) => ({
            authorise: `${address}/${tenant}/oauth2/v2.0/authorize`,
            token: `${address}/${tenant}/oauth2/v2.0/token`,
        }),
        scopes: ['https://ads.microsoft.com/msads.manage', 'offline_access'],
        hasPkce: true,
        yields: 'refresh_token',
        redirect: { host: 'localhost' },
    },
    // SOAP ends on 2027-01-31; this is REST, of which no last day is known.
    version: { default: 'v13', lastDays: {} },
} as const satisfies SystemSettings;
