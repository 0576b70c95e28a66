import { z } from 'zod';
import { leadSteps } from '../../contracts/streams/lead-events.ts';
import { connectionBase, type SystemSettings } from '../api/settings.ts';
import { touchFieldsSetting } from '../api/touches.ts';

/** A custom field, by its code, its id or its name. */
const field = z.string().min(1);

export const amocrm = {
    system: 'amocrm',
    title: 'amoCRM / Kommo',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('amocrm'),
        /** Where the account is opened. There is no common address for all accounts. */
        domain: z
            .string()
            .regex(
                /^[a-z0-9-]+\.(amocrm\.ru|amocrm\.com|kommo\.com)$/,
                'the address of the account, such as example.amocrm.ru or example.kommo.com',
            ),
        version: z.literal('v4').default('v4'),
        /** `token` does not change and has an end that was chosen; `oauth` is renewed every day. */
        grant: z.enum(['token', 'oauth']).default('token'),
        /** Redirect address of the integration; with `oauth` alone. */
        redirect_uri: z.url('the redirect address of the integration').optional(),
        /** Stages by id, `pipeline:stage` or `stage`, and the step that a lead takes with them; null for none. */
        lead_stages: z
            .record(z.string(), z.enum(leadSteps).nullable())
            .default({ 142: 'customer', 143: null }),
        /** Pipelines by id, and the product line that is sold in them. */
        product_lines: z.record(z.string(), z.string().min(1)).default({}),
        fields: z
            .strictObject({
                lead_channel: field.default('UTM_SOURCE'),
                lead_campaign_id: field.default('UTM_CAMPAIGN'),
                lead_visitor_id: field.optional(),
                lead_landing_page: field.optional(),
                product_line: field.optional(),
            })
            .prefault({}),
        /** Custom fields of tags and click ids that are not called as what they hold. */
        touch_fields: touchFieldsSetting({}, field),
        /** The system shows deleted deals only while they are in the bin: ids are compared. */
        compare_ids_every_days: z.int().min(1).default(1),
    }),
    streams: ['leads', 'lead_touches', 'lead_events', 'deals', 'deal_stage_history', 'activities'],
    provenStreams: ['leads', 'deals'],
    secrets: [
        { name: 'token', what: 'long-lived token', isOptional: true },
        { name: 'client_id', what: 'id of the integration, for OAuth', isOptional: true },
        { name: 'client_secret', what: 'secret key of the integration', isOptional: true },
        { name: 'refresh_token', what: 'refresh token', isOptional: true },
    ],
    asked: [
        { name: 'domain', what: 'address of the account', example: 'example.amocrm.ru' },
        {
            name: 'grant',
            what: 'kind of access: token or oauth',
            example: 'token',
            isOptional: true,
        },
        {
            name: 'redirect_uri',
            what: 'redirect address of the integration, for oauth',
            example: 'https://example.com/amocrm',
            isOptional: true,
        },
    ],
    access:
        'Log in to amoCRM or Kommo as an administrator (a token sees what its user sees, and only an ' +
        'administrator sees all deals and the names of users), open amoMarket or Integrations > Create ' +
        'integration > External or private, allow it access to the account (scope crm; neither files nor ' +
        'notifications), and on the tab Keys and scopes generate a long-lived token for as long as you ' +
        'like; it is shown once. A token can write as well as read: there is no narrower scope. With ' +
        'OAuth instead, exchange the authorisation code within 20 minutes and keep the refresh token, ' +
        'which changes with each use and dies after three months without one.',
    consent: {
        endpoints: ({ domain, address }) => {
            const site = String(domain).endsWith('.kommo.com') ? 'www.kommo.com' : 'www.amocrm.ru';
            return {
                authorise: address ? `${address}/oauth` : `https://${site}/oauth`,
                token: `${address ?? `https://${domain}`}/oauth2/access_token`,
            };
        },
        // Those of the integration.
        scopes: [],
        parameters: { mode: 'popup' },
        hasPkce: false,
        yields: 'refresh_token',
        redirect: {},
        isFor: ({ grant }) => grant === 'oauth',
    },
    version: { default: 'v4', lastDays: {} },
} as const satisfies SystemSettings;
