import { z } from 'zod';
import { connectionBase, reloadDays, type SystemSettings } from '../api/settings.ts';

export const readOnly = 'https://www.googleapis.com/auth/analytics.readonly';

export const ga4 = {
    system: 'ga4',
    title: 'Google Analytics 4 (visits by channel)',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('ga4'),
        property_id: z.string().regex(/^\d+$/, 'the number of the property, not a G-... tag'),
        /** How the web site is called in the stream. */
        site: z.string().min(1),
        /** What a channel is: the groups of Google, or source and medium as they came. */
        channel: z
            .enum(['sessionDefaultChannelGroup', 'sessionSourceMedium'])
            .default('sessionDefaultChannelGroup'),
        version: z.enum(['v1beta']).default('v1beta'),
        /** On whose behalf is asked: a user who has consented, or a service account. */
        grant: z.enum(['oauth', 'service_account']).default('oauth'),
        /** A day is settled after 72 hours. */
        reload_days: reloadDays(3),
        deep_reload_days: z.int().min(1).max(400).default(14),
        deep_reload_every_days: z.int().min(1).default(7),
    }),
    streams: ['visit_counts'],
    secrets: [
        { name: 'client_id', what: 'client id of the OAuth client', isOptional: true },
        { name: 'client_secret', what: 'client secret of the OAuth client', isOptional: true },
        {
            name: 'refresh_token',
            what: 'refresh token with the scope analytics.readonly',
            isOptional: true,
        },
        {
            name: 'service_account_key',
            what: 'JSON of a key of the service account, for service_account',
            isOptional: true,
        },
    ],
    asked: [
        {
            name: 'grant',
            what: 'kind of access: oauth or service_account',
            example: 'service_account',
            isOptional: true,
        },
        { name: 'property_id', what: 'number of the property', example: '123456789' },
        { name: 'site', what: 'name of the web site', example: 'example.com' },
    ],
    access:
        'In the Google Cloud console make a project and enable the Google Analytics Data API. With a service ' +
        'account (no person, no end): create one without any role in the project, make a JSON key of it, ' +
        'and add its address as a user with the role Viewer, and no more, under Admin > Property access ' +
        'management. With OAuth: create an OAuth client of type desktop app, let a user who has the role ' +
        'Viewer on the property consent to the one scope analytics.readonly with access_type=offline, and ' +
        'keep the refresh token. The Data API gives no single visits: those come from the export to ' +
        'BigQuery, as files.',
    consent: {
        endpoints: ({ address }) => ({
            authorise: `${address ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
            token: address ? `${address}/token` : 'https://oauth2.googleapis.com/token',
        }),
        scopes: [readOnly],
        // Without the second, who consented before gets no refresh token.
        parameters: { access_type: 'offline', prompt: 'consent' },
        hasPkce: true,
        yields: 'refresh_token',
        redirect: { host: '127.0.0.1' },
        isFor: ({ grant }) => grant === 'oauth',
    },
    version: { default: 'v1beta', lastDays: {} },
} as const satisfies SystemSettings;
