import { z } from 'zod';
import { leadSteps } from '../../contracts/streams/lead-events.ts';
import { connectionBase, type SystemSettings } from '../api/settings.ts';

export const bitrix24 = {
    system: 'bitrix24',
    title: 'Bitrix24',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('bitrix24'),
        /** Ids of lead statuses, and the step that a lead takes with them. */
        lead_statuses: z
            .record(z.string(), z.enum(leadSteps))
            .default({ IN_PROCESS: 'sal', CONVERTED: 'sql', JUNK: 'junk' }),
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
        /** The system does not say what was deleted: every this many days all ids are compared. */
        compare_ids_every_days: z.int().min(1).default(7),
    }),
    streams: ['leads', 'lead_events', 'deals', 'deal_stage_history', 'activities'],
    secrets: [
        {
            name: 'webhook',
            what: 'address of the incoming webhook, such as https://company.bitrix24.com/rest/1/abc/',
        },
    ],
    asked: [],
    access:
        'In Bitrix24, under Developer resources > Other > Inbound webhook, create a webhook with the two ' +
        'permissions crm and user_brief. It sees what its owner sees: make it as a user whose role reads ' +
        'all leads and deals and changes none, or records are missing without a word. The address is the ' +
        'secret; it has no end and is revoked in the same place.',
} as const satisfies SystemSettings;
