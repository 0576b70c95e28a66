import {
    namesOf,
    peopleOf,
    type SampleRow,
    type SampleRows,
    stagesOf,
    textOf,
} from '../sample-rows.ts';
import type { MockHubspot, MockRecord } from './mock.ts';

const lifecycle: Readonly<Record<string, string>> = {
    mql: 'marketingqualifiedlead',
    sql: 'salesqualifiedlead',
    opportunity: 'opportunity',
    customer: 'customer',
};
const leadStatuses: Readonly<Record<string, string>> = {
    sal: 'IN_PROGRESS',
    rejected: 'UNQUALIFIED',
    recycled: 'BAD_TIMING',
    junk: 'JUNK',
};

/** Original source of a contact, as HubSpot calls what the sample calls by its channels. */
export const analyticsSources: Readonly<Record<string, string>> = {
    paid_search: 'PAID_SEARCH',
    paid_social: 'PAID_SOCIAL',
    organic_search: 'ORGANIC_SEARCH',
    direct: 'DIRECT_TRAFFIC',
    email: 'EMAIL_MARKETING',
    referral: 'REFERRALS',
};

/** Settings of a connection that reads it: what HubSpot has no field for stands in the company's own. */
export const hubspotSettings = {
    lead_statuses: {
        IN_PROGRESS: 'sal',
        UNQUALIFIED: 'rejected',
        BAD_TIMING: 'recycled',
        JUNK: 'junk',
    },
    properties: {
        lead_product_line: 'product_line',
        lead_campaign_id: 'campaign_id',
        lead_visitor_id: 'visitor_id',
        deal_product_line: 'product_line',
    },
} as const;

/** The CRM of the sample company, kept in HubSpot. People are called there as the rules call them. */
export function sampleInHubspot(
    rows: SampleRows,
): Pick<MockHubspot, 'objects' | 'owners' | 'stages'> {
    const people = peopleOf(rows);
    const ownerOf = (person: string | null | undefined) =>
        person ? String(people.indexOf(person) + 1) : null;
    const stages = stagesOf(rows);
    const stageId = (stage: string | null | undefined) =>
        String(stages.findIndex((one) => one.stage === stage) + 1);
    const events = Map.groupBy(rows.lead_events, ({ lead_id: lead }) => lead);
    const entries = Map.groupBy(rows.deal_stage_history, ({ deal_id: deal }) => deal);
    return {
        owners: people.map((person) => ({
            id: ownerOf(person) ?? '',
            email: `${person}@gates.example`,
            firstName: person,
            lastName: '',
            archived: false,
        })),
        stages: stages.map(({ stage, status }) => ({
            id: stageId(stage),
            label: stage,
            metadata: {
                isClosed: String(status !== 'open'),
                probability: status === 'won' ? '1.0' : status === 'lost' ? '0.0' : '0.5',
            },
        })),
        objects: {
            contacts: rows.leads.map((lead) =>
                contactOf(lead, events.get(lead.lead_id ?? null) ?? [], ownerOf),
            ),
            deals: rows.deals.map((deal) => {
                const entered = entries.get(deal.deal_id ?? null) ?? [];
                return {
                    ...dealOf(deal, ownerOf(deal.person_id), stageId(deal.stage)),
                    history: {
                        dealstage: entered.map((entry) => ({
                            value: stageId(entry.stage),
                            timestamp: textOf(entry, 'entered_at'),
                        })),
                    },
                };
            }),
            ...Object.fromEntries(
                ['call', 'email', 'meeting', 'note'].map((type) => [
                    `${type}s`,
                    rows.activities
                        .filter(({ activity_type: own }) => own === type)
                        .map((one) => activityOf(one, ownerOf(one.person_id))),
                ]),
            ),
        },
    };
}

function contactOf(
    lead: SampleRow,
    events: readonly SampleRow[],
    ownerOf: (person: string | null | undefined) => string | null,
): MockRecord {
    const [first, last] = namesOf(lead.full_name);
    const valuesOf = (read: (event: SampleRow) => string | null | undefined) =>
        events.flatMap((event) => {
            const value = read(event);
            return value ? [{ value, timestamp: textOf(event, 'occurred_at') }] : [];
        });
    return {
        id: textOf(lead, 'lead_id'),
        properties: {
            createdate: textOf(lead, 'created_at'),
            lastmodifieddate: textOf(lead, 'updated_at'),
            firstname: first,
            lastname: last,
            email: lead.email ?? null,
            company: lead.company_name ?? null,
            hs_country_region_code: lead.country_code ?? null,
            hs_analytics_source: analyticsSources[lead.channel ?? ''] ?? null,
            hs_analytics_first_url: lead.landing_page ?? null,
            visitor_id: lead.visitor_id ?? null,
            campaign_id: lead.campaign_id ?? null,
            product_line: lead.product_line ?? null,
        },
        history: {
            lifecyclestage: valuesOf(({ event_type: type }) => lifecycle[type ?? '']),
            hs_lead_status: valuesOf(({ event_type: type }) => leadStatuses[type ?? '']),
            hubspot_owner_id: valuesOf(({ event_type: type, person_id: person }) =>
                type === 'assigned' ? ownerOf(person) : null,
            ),
        },
    };
}

function dealOf(deal: SampleRow, owner: string | null, stage: string): MockRecord {
    return {
        id: textOf(deal, 'deal_id'),
        properties: {
            createdate: deal.created_at ?? null,
            closedate: deal.closed_at ?? null,
            hs_lastmodifieddate: textOf(deal, 'updated_at'),
            dealstage: stage,
            amount: deal.amount ?? null,
            deal_currency_code: deal.currency_code ?? null,
            hubspot_owner_id: owner,
            closed_lost_reason: deal.lost_reason ?? null,
            product_line: deal.product_line ?? null,
        },
        links: {
            contacts: deal.lead_id ? [deal.lead_id] : [],
            companies: deal.client_id ? [deal.client_id] : [],
        },
    };
}

function activityOf(activity: SampleRow, owner: string | null): MockRecord {
    const { direction, activity_type: type } = activity;
    const isInbound = direction === 'inbound';
    return {
        id: textOf(activity, 'activity_id'),
        properties: {
            hs_timestamp: textOf(activity, 'occurred_at'),
            hs_lastmodifieddate: textOf(activity, 'occurred_at'),
            hubspot_owner_id: owner,
            hs_object_source: activity.is_automated === 'true' ? 'AUTOMATION_PLATFORM' : 'CRM_UI',
            ...(type === 'call' ? { hs_call_direction: isInbound ? 'INBOUND' : 'OUTBOUND' } : {}),
            ...(type === 'email'
                ? { hs_email_direction: isInbound ? 'INCOMING_EMAIL' : 'EMAIL' }
                : {}),
        },
        links: {
            contacts: activity.lead_id ? [activity.lead_id] : [],
            deals: activity.deal_id ? [activity.deal_id] : [],
        },
    };
}
