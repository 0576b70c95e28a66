import { z } from 'zod';
import { dealPattern } from '../api/deal-reference.ts';
import { compareIds, connectionBase, type SystemSettings, timezone } from '../api/settings.ts';

export const quickbooks = {
    system: 'quickbooks',
    title: 'QuickBooks Online',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('quickbooks'),
        realm_id: z.string().regex(/^\d+$/, 'the company id, a number of 16 to 19 digits'),
        /** Its documents have a day and no time. */
        timezone,
        /** Where an invoice or receipt holds the id of its deal. */
        deal_in: z.enum(['custom_field', 'number', 'memo', 'private_note']).default('custom_field'),
        /** Name of that custom field. */
        deal_field: z.string().min(1).default('Deal'),
        deal_pattern: dealPattern,
        ...compareIds,
        /** Minor version. */
        version: z.string().regex(/^\d+$/, 'a minor version such as 75').default('75'),
    }),
    streams: ['payments'],
    secrets: [
        { name: 'client_id', what: 'client id of the app' },
        { name: 'client_secret', what: 'client secret of the app' },
        {
            name: 'refresh_token',
            what: 'refresh token with the scope com.intuit.quickbooks.accounting',
        },
    ],
    asked: [
        {
            name: 'realm_id',
            what: 'company id (Settings > Account and settings > Billing)',
            example: '9130357092384856',
        },
        { name: 'timezone', what: 'time zone of the company', example: 'America/New_York' },
    ],
    access:
        'In the Intuit developer portal make an app with the one scope com.intuit.quickbooks.accounting (there ' +
        'is none that only reads: nothing here writes) and take the client id and secret of its production keys. ' +
        'Let an administrator of the company consent in the OAuth 2.0 Playground of the portal, and keep the ' +
        'refresh token and the realm id that it shows. The token changes as it is used and dies when it is not ' +
        'used for about 100 days; the newest is kept in the state folder, which belongs into the backup.',
    consent: {
        endpoints: ({ address }) => ({
            authorise: `${address ?? 'https://appcenter.intuit.com'}/connect/oauth2`,
            token: address
                ? `${address}/oauth2/v1/tokens/bearer`
                : 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
        }),
        scopes: ['com.intuit.quickbooks.accounting'],
        hasPkce: false,
        yields: 'refresh_token',
        isBasic: true,
        // Keys of production are sent to addresses with https and a name alone.
        redirect: {},
    },
    version: {
        default: '75',
        // Minor versions below 75 have been answered as 75 since August 2025; no end is announced.
        lastDays: {},
    },
} as const satisfies SystemSettings;
