import { z } from 'zod';
import { leadSteps } from '../../contracts/streams/lead-events.ts';
import { connectionBase, type SystemSettings } from '../api/settings.ts';
import { touchFieldsSetting } from '../api/touches.ts';

/** The key of a custom field, which is 40 letters and digits, or its name. */
const field = z.string().min(1);

export const pipedrive = {
    system: 'pipedrive',
    title: 'Pipedrive',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('pipedrive'),
        version: z.literal('v2').default('v2'),
        /** What an inquiry is: an entry of the leads inbox, or a deal where no inbox is used. */
        inquiries: z.enum(['leads', 'deals']).default('leads'),
        /** Whether each deal that changed its stage is asked for its history: one question for each. */
        stage_history: z.boolean().default(true),
        /** Stages by id, and the step that a lead takes with them. */
        lead_stages: z.record(z.string(), z.enum(leadSteps)).default({}),
        /** Pipelines by id, and the product line that is sold in them. */
        product_lines: z.record(z.string(), z.string().min(1)).default({}),
        fields: z
            .strictObject({
                lead_channel: field.optional(),
                lead_campaign_id: field.optional(),
                lead_visitor_id: field.optional(),
                lead_landing_page: field.optional(),
                product_line: field.optional(),
            })
            .prefault({}),
        /** Custom fields of tags and click ids that are not called as what they hold. */
        touch_fields: touchFieldsSetting({}, field),
        /** Deals that were deleted are listed for 30 days: after that, comparing ids finds them. */
        compare_ids_every_days: z.int().min(1).max(30).default(7),
    }),
    streams: ['leads', 'lead_touches', 'lead_events', 'deals', 'deal_stage_history', 'activities'],
    provenStreams: ['leads', 'deals'],
    secrets: [{ name: 'token', what: 'API token of a user' }],
    asked: [
        {
            name: 'inquiries',
            what: 'what an inquiry is: leads (the leads inbox is used) or deals',
            example: 'leads',
            isOptional: true,
        },
    ],
    access:
        'In Pipedrive, log in as a user of the connection (best one of its own, with a permission set ' +
        'that may see all deals, people, activities and leads of all visibility groups and edit none), and ' +
        'copy the token under Company settings > Personal preferences > API. A token has the rights of ' +
        'its user and no scopes, and what the user may not see is left out without a word. It ends when ' +
        'it is made anew or the user is switched off.',
    version: { default: 'v2', lastDays: {} },
} as const satisfies SystemSettings;
