import { z } from 'zod';
import { leadSteps } from '../../contracts/streams/lead-events.ts';
import { compareIds, connectionBase, type SystemSettings } from '../api/settings.ts';
import { touchFieldsSetting } from '../api/touches.ts';

const steps = z.record(z.string(), z.enum(leadSteps).nullable());

export const hubspot = {
    system: 'hubspot',
    title: 'HubSpot',
    schema: z.strictObject({
        ...connectionBase,
        system: z.literal('hubspot'),
        version: z
            .string()
            .regex(/^\d{4}-\d{2}$/, 'a version such as 2026-09')
            .default('2026-09'),
        /** Lifecycle stages, by their internal names, and the step that a lead takes with them; null for none. */
        lifecycle_stages: steps.default({
            marketingqualifiedlead: 'mql',
            salesqualifiedlead: 'sql',
            opportunity: 'opportunity',
            customer: 'customer',
            ...{ subscriber: null, lead: null, evangelist: null, other: null },
        }),
        /** Values of Lead status, likewise. */
        lead_statuses: steps.default({
            IN_PROGRESS: 'sal',
            UNQUALIFIED: 'rejected',
            BAD_TIMING: 'recycled',
            ...{ NEW: null, OPEN: null, OPEN_DEAL: null },
            ...{ ATTEMPTED_TO_CONTACT: null, CONNECTED: null },
        }),
        /** Internal names of properties that only this company has. */
        properties: z
            .strictObject({
                lead_product_line: z.string().min(1).optional(),
                lead_campaign_id: z.string().min(1).optional(),
                lead_visitor_id: z.string().min(1).optional(),
                lead_landing_page: z.string().min(1).default('hs_analytics_first_url'),
                lead_channel: z.string().min(1).default('hs_analytics_source'),
                deal_product_line: z.string().min(1).optional(),
                deal_amount: z.string().min(1).default('amount'),
                deal_lost_reason: z.string().min(1).default('closed_lost_reason'),
            })
            .prefault({}),
        /**
         * Properties into which forms write tags and click ids. The system itself keeps pages and, of
         * four platforms, click ids; a property that is not there is passed over.
         */
        touch_fields: touchFieldsSetting({
            utm_source: 'utm_source',
            utm_medium: 'utm_medium',
            utm_campaign: 'utm_campaign',
            utm_content: 'utm_content',
            utm_term: 'utm_term',
            msclkid: 'msclkid',
            yclid: 'yclid',
        }),
        /** To be restored is no change, and what was purged is in no list: comparing ids finds both. */
        ...compareIds,
    }),
    streams: ['leads', 'lead_touches', 'lead_events', 'deals', 'deal_stage_history', 'activities'],
    provenStreams: ['leads', 'deals'],
    secrets: [{ name: 'token', what: 'service key' }],
    asked: [],
    access:
        'In HubSpot, under Settings > Integrations > Service keys (new private apps of the old kind can no ' +
        'longer be made), create a key with read scopes alone: crm.objects.contacts.read, ' +
        'crm.objects.companies.read, crm.objects.deals.read and crm.objects.owners.read; calls, e-mails, meetings and notes are read ' +
        'with crm.objects.contacts.read, the bodies of e-mails (sales-email-read) are not needed. A super ' +
        'admin makes it; it has no end of its own and is revoked in the same place.',
    version: {
        default: '2026-09',
        // A version is supported for 18 months.
        lastDays: { '2026-03': '2027-09-30', '2026-09': '2028-03-31' },
    },
} as const satisfies SystemSettings;
