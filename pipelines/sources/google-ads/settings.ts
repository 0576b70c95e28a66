import { z } from 'zod';
import { connectionBase, deepReload, reloadDays, type SystemSettings } from '../api/settings.ts';

const customerId = z
    .string()
    .regex(/^\d{3}-?\d{3}-?\d{4}$/, 'an id such as 123-456-7890, as Google Ads shows it');

export const googleAds = {
    system: 'google_ads',
    title: 'Google Ads',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('google_ads'),
        customer_ids: z.array(customerId).min(1),
        /** The manager account through which the accounts are reached; left out, directly. */
        login_customer_id: customerId.optional(),
        version: z
            .string()
            .regex(/^v\d+$/, 'a version such as v26')
            .default('v26'),
        reload_days: reloadDays(30),
        ...deepReload,
    }),
    streams: ['ad_spend'],
    secrets: [
        { name: 'client_id', what: 'client id of the OAuth client' },
        { name: 'client_secret', what: 'client secret of the OAuth client' },
        { name: 'refresh_token', what: 'refresh token with the scope adwords' },
    ],
    asked: [
        {
            name: 'customer_ids',
            what: 'ids of the ad accounts',
            example: '123-456-7890',
            isList: true,
        },
        {
            name: 'login_customer_id',
            what: 'id of the manager account, if the accounts are reached through one',
            example: '987-654-3210',
            isOptional: true,
        },
    ],
    access:
        'In the Google Cloud console make a project, enable the Google Ads API and create an OAuth client ' +
        'of type desktop app; the access level of the API hangs on this project (a developer token is no ' +
        'longer needed). Let a user who has read-only access to the ad accounts consent to the one scope ' +
        'https://www.googleapis.com/auth/adwords with access_type=offline, and keep the refresh token. ' +
        'While the consent screen is in testing the token dies after seven days: publish it, or make it internal.',
    consent: {
        endpoints: ({ address }) => ({
            authorise: `${address ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
            token: address ? `${address}/token` : 'https://oauth2.googleapis.com/token',
        }),
        scopes: ['https://www.googleapis.com/auth/adwords'],
        // Without the second, who consented before gets no refresh token.
        parameters: { access_type: 'offline', prompt: 'consent' },
        hasPkce: true,
        yields: 'refresh_token',
        redirect: { host: '127.0.0.1' },
    },
    version: {
        default: 'v26',
        // Google retires a version about a year after it came; v20 is gone.
        lastDays: {},
    },
} as const satisfies SystemSettings;
