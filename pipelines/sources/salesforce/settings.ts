import { z } from 'zod';
import { leadSteps } from '../../contracts/streams/lead-events.ts';
import { connectionBase, type SystemSettings } from '../api/settings.ts';
import { touchFieldsSetting } from '../api/touches.ts';

/** The API name of a field. */
const field = z.string().regex(/^[A-Za-z]\w*$/, 'the API name of a field, such as Product_Line__c');

export const salesforce = {
    system: 'salesforce',
    title: 'Salesforce',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('salesforce'),
        /** My Domain of the org. */
        domain: z
            .string()
            .regex(
                /^[a-z0-9-]+(\.[a-z0-9-]+)*\.salesforce\.com$/,
                'My Domain, such as example.my.salesforce.com',
            ),
        version: z
            .string()
            .regex(/^v\d+\.0$/, 'a version such as v67.0')
            .default('v67.0'),
        grant: z.enum(['client_credentials', 'jwt']).default('client_credentials'),
        /** User on whose behalf is asked; with `jwt` alone. */
        username: z.string().min(1).optional(),
        /** Whom a JWT is for; `https://test.salesforce.com` for a sandbox. */
        audience: z
            .url('https://login.salesforce.com or that of a sandbox')
            .default('https://login.salesforce.com'),
        /** Currency of an org with one currency, which the API does not say. */
        currency: z.string().length(3).optional(),
        /** Values of Lead Status, and the step that a lead takes with them; null for none. */
        lead_statuses: z.record(z.string(), z.enum(leadSteps).nullable()).default({
            ...{ 'Working - Contacted': 'sal', 'Closed - Not Converted': 'rejected' },
            ...{ 'Open - Not Contacted': null, 'Closed - Converted': null },
        }),
        fields: z
            .strictObject({
                lead_channel: field.default('LeadSource'),
                lead_campaign_id: field.optional(),
                lead_visitor_id: field.optional(),
                lead_landing_page: field.optional(),
                lead_product_line: field.optional(),
                deal_product_line: field.optional(),
                deal_amount: field.default('Amount'),
                deal_lost_reason: field.optional(),
            })
            .prefault({}),
        /** Fields of a lead for tags and click ids that are not called as what they hold. */
        touch_fields: touchFieldsSetting({}, field),
        /** What was deleted lies in the bin for 15 days: after that, comparing ids finds it. */
        compare_ids_every_days: z.int().min(1).max(15).default(7),
    }),
    streams: ['leads', 'lead_touches', 'lead_events', 'deals', 'deal_stage_history', 'activities'],
    provenStreams: ['leads', 'deals'],
    secrets: [
        { name: 'client_id', what: 'consumer key of the External Client App' },
        { name: 'client_secret', what: 'consumer secret', isOptional: true },
        { name: 'private_key', what: 'private key of the certificate, for jwt', isOptional: true },
    ],
    asked: [
        { name: 'domain', what: 'My Domain of the org', example: 'example.my.salesforce.com' },
        {
            name: 'currency',
            what: 'currency of the org, if it has one alone',
            example: 'EUR',
            isOptional: true,
        },
        {
            name: 'grant',
            what: 'kind of access: client_credentials or jwt',
            example: 'client_credentials',
            isOptional: true,
        },
        {
            name: 'username',
            what: 'user on whose behalf is asked, for jwt',
            example: 'reports@example.com',
            isOptional: true,
        },
    ],
    access:
        'In Setup > External Client App Manager (new connected apps are switched off since Spring 26) ' +
        'create an app with the OAuth scope api alone, enable the client credentials flow and choose a ' +
        'run-as user; or enable the JWT bearer flow, upload a certificate and pre-authorise the user. Give ' +
        'that user a permission set with API Enabled, View All on Lead, Opportunity and Account, read on ' +
        'Task and Event and no edit right: what it may not see is left out without a word. Logging in ' +
        'with user name and password ends on 2027-02-20 and is not offered.',
    version: {
        default: 'v67.0',
        // Versions are answered for three years at least; those up to v30.0 are gone.
        lastDays: {},
    },
} as const satisfies SystemSettings;
