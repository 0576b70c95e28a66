import { z } from 'zod';
import { leadSteps } from '../../contracts/streams/lead-events.ts';
import { connectionBase, type SystemSettings } from '../api/settings.ts';
import { touchFieldsSetting } from '../api/touches.ts';

/** Where tokens are given out, whatever the portal. */
export const tokenAddress = 'https://oauth.bitrix24.tech/oauth/token/';

export const bitrix24 = {
    system: 'bitrix24',
    title: 'Bitrix24',
    schema: z
        .strictObject({
            ...connectionBase,
            system: z.literal('bitrix24'),
            /** `oauth`: on behalf of the user who consented, by the keys of a local application. */
            grant: z.enum(['webhook', 'oauth']).default('webhook'),
            /** Where the portal is opened; a webhook says it itself. */
            domain: z
                .string()
                .regex(
                    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
                    'the address of the portal, such as example.bitrix24.com',
                )
                .optional(),
            /** Redirect address of the application; with `oauth` alone. */
            redirect_uri: z.url('the redirect address of the application').optional(),
            /** Ids of lead statuses, and the step that a lead takes with them; null for none. */
            lead_statuses: z.record(z.string(), z.enum(leadSteps).nullable()).default({
                ...{ IN_PROCESS: 'sal', CONVERTED: 'sql', JUNK: 'junk' },
                ...{ NEW: null, PROCESSED: null },
            }),
            /** Names of fields that only this company has, such as ufCrm_1640042314192. */
            fields: z
                .strictObject({
                    lead_product_line: z.string().min(1).optional(),
                    lead_visitor_id: z.string().min(1).optional(),
                    lead_campaign_id: z.string().min(1).default('utmCampaign'),
                    deal_product_line: z.string().min(1).optional(),
                    deal_lost_reason: z.string().min(1).optional(),
                })
                .prefault({}),
            /** Fields of click ids that are not called as what they hold; tags have fields of their own. */
            touch_fields: touchFieldsSetting({
                utm_source: 'utmSource',
                utm_medium: 'utmMedium',
                utm_campaign: 'utmCampaign',
                utm_content: 'utmContent',
                utm_term: 'utmTerm',
            }),
            /** The system does not say what was deleted: every this many days all ids are compared. */
            compare_ids_every_days: z.int().min(1).default(7),
        })
        .refine(({ grant, domain, address }) => grant === 'webhook' || domain || address, {
            error: 'the address of the portal, such as example.bitrix24.com, with grant oauth',
            path: ['domain'],
        }),
    streams: ['leads', 'lead_touches', 'lead_events', 'deals', 'deal_stage_history', 'activities'],
    provenStreams: ['leads', 'deals'],
    secrets: [
        {
            name: 'webhook',
            what: 'address of the incoming webhook, such as https://company.bitrix24.com/rest/1/abc/',
            isOptional: true,
        },
        {
            name: 'client_id',
            what: 'client id of the local application, for oauth',
            isOptional: true,
        },
        { name: 'client_secret', what: 'client secret of it', isOptional: true },
        { name: 'refresh_token', what: 'refresh token', isOptional: true },
    ],
    asked: [
        {
            name: 'grant',
            what: 'kind of access: webhook or oauth',
            example: 'webhook',
            isOptional: true,
        },
        {
            name: 'domain',
            what: 'address of the portal, for oauth',
            example: 'example.bitrix24.com',
            isOptional: true,
        },
        {
            name: 'redirect_uri',
            what: 'redirect address of the local application, for oauth',
            example: 'https://example.com/bitrix24',
            isOptional: true,
        },
    ],
    access:
        'In Bitrix24, under Developer resources > Other > Inbound webhook, create a webhook with the two ' +
        'permissions crm and user_brief. It sees what its owner sees: make it as a user whose role reads ' +
        'all leads and deals and changes none, or records are missing without a word. The address is the ' +
        'secret; it has no end and is revoked in the same place. With OAuth instead, add a local application ' +
        '(Developer resources > Other > Local application) that uses the API only, with the same two ' +
        'permissions and an address of yours with https, and let such a user consent: the code that stands ' +
        'in the address at the end holds for 30 seconds. Tokens are renewed by themselves as long as a run ' +
        'comes once in 180 days.',
    consent: {
        endpoints: ({ domain, address }) => ({
            authorise: `${address ?? `https://${domain}`}/oauth/authorize/`,
            token: address ? `${address}/oauth/token/` : tokenAddress,
        }),
        // Those of the application.
        scopes: [],
        hasPkce: false,
        yields: 'refresh_token',
        redirect: {},
        isFor: ({ grant }) => grant === 'oauth',
    },
} as const satisfies SystemSettings;
