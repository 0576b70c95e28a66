import {
    namesOf,
    peopleOf,
    type SampleRow,
    type SampleRows,
    stagesOf,
    textOf,
} from '../sample-rows.ts';
import type { MockBitrix24 } from './mock.ts';

/** Statuses of a lead: three that every portal has, and what this one has added. */
const leadStatuses = {
    IN_PROCESS: 'sal',
    CONVERTED: 'sql',
    JUNK: 'junk',
    UC_MQL: 'mql',
    UC_OPPORTUNITY: 'opportunity',
    UC_CUSTOMER: 'customer',
    UC_RECYCLED: 'recycled',
    UC_REJECTED: 'rejected',
} as const;

/** Settings of a connection that reads it. */
export const bitrix24Settings = {
    lead_statuses: leadStatuses,
    fields: {
        lead_product_line: 'ufCrm_1700000001',
        lead_visitor_id: 'ufCrm_1700000002',
        deal_product_line: 'ufCrm_1700000003',
        deal_lost_reason: 'ufCrm_1700000004',
    },
} as const;

const kinds: Readonly<Record<string, string>> = { meeting: '1', call: '2', email: '4' };
const directions: Readonly<Record<string, string>> = { inbound: '1', outbound: '2' };

/** The clock of the portal; the company's. */
const timezone = 'Europe/Bucharest';

type Sample = Pick<MockBitrix24, 'items' | 'entries' | 'activities' | 'users' | 'statuses'>;

/** The CRM of the sample company, kept in Bitrix24. People and sources are called as the rules call them. */
export function sampleInBitrix24(rows: SampleRows): Sample {
    const people = peopleOf(rows);
    const userOf = (person: string | null | undefined) =>
        person ? people.indexOf(person) + 1 : null;
    const stages = stagesOf(rows);
    const stageOf = (stage: string | null | undefined) =>
        `C1:${stages.findIndex((one) => one.stage === stage) + 1}`;
    const channels = [...new Set(rows.leads.flatMap(({ channel }) => channel ?? []))].sort();
    const semantics = { open: 'P', won: 'S', lost: 'F' } as const;
    const statusIds = Object.entries(leadStatuses);
    return {
        users: people.map((person, place) => ({
            ID: String(place + 1),
            NAME: person,
            LAST_NAME: '',
            EMAIL: `${person}@gates.example`,
        })),
        statuses: [
            ...channels.map((channel) => ({
                ENTITY_ID: 'SOURCE',
                STATUS_ID: channel.toUpperCase(),
                NAME: channel,
                SEMANTICS: null,
            })),
            ...stages.map(({ stage, status }) => ({
                ENTITY_ID: 'DEAL_STAGE_1',
                STATUS_ID: stageOf(stage),
                NAME: stage,
                SEMANTICS: status === 'open' ? null : semantics[status],
            })),
        ],
        items: {
            1: rows.leads.map((lead) => leadItem(lead)),
            2: rows.deals.map((deal) => ({
                ...dealItem(deal),
                stageId: stageOf(deal.stage),
                stageSemanticId: semantics[deal.status as keyof typeof semantics],
                assignedById: userOf(deal.person_id),
            })),
        },
        entries: {
            1: rows.lead_events.flatMap((event) => {
                const status = statusIds.find(([, step]) => step === event.event_type)?.[0];
                if (status === undefined) return [];
                return [
                    {
                        ID: Number(event.event_id),
                        OWNER_ID: Number(event.lead_id),
                        CREATED_TIME: shown(event.occurred_at),
                        STATUS_ID: status,
                    },
                ];
            }),
            2: rows.deal_stage_history.map((entry, place) => ({
                ID: place + 1,
                OWNER_ID: Number(entry.deal_id),
                CREATED_TIME: shown(entry.entered_at),
                STAGE_ID: stageOf(entry.stage),
            })),
        },
        activities: rows.activities.flatMap((one) => {
            const kind = kinds[one.activity_type ?? ''];
            if (kind === undefined) return [];
            return [
                {
                    ID: one.activity_id,
                    OWNER_ID: one.deal_id ?? one.lead_id,
                    OWNER_TYPE_ID: one.deal_id ? '2' : '1',
                    TYPE_ID: kind,
                    DIRECTION: directions[one.direction ?? ''],
                    RESPONSIBLE_ID: String(userOf(one.person_id) ?? ''),
                    CREATED: shown(one.occurred_at),
                    START_TIME: shown(one.occurred_at),
                    LAST_UPDATED: shown(one.occurred_at),
                },
            ];
        }),
    };
}

function leadItem(lead: SampleRow) {
    const [name, lastName] = namesOf(lead.full_name);
    const { fields } = bitrix24Settings;
    return {
        id: Number(lead.lead_id),
        name,
        lastName,
        companyTitle: lead.company_name ?? null,
        sourceId: lead.channel?.toUpperCase() ?? null,
        utmCampaign: lead.campaign_id ?? null,
        createdTime: shown(lead.created_at),
        updatedTime: shown(lead.updated_at),
        [fields.lead_product_line]: lead.product_line ?? null,
        [fields.lead_visitor_id]: lead.visitor_id ?? null,
    };
}

function dealItem(deal: SampleRow) {
    const { fields } = bitrix24Settings;
    return {
        id: Number(textOf(deal, 'deal_id')),
        leadId: Number(deal.lead_id ?? 0),
        companyId: Number(deal.client_id ?? 0),
        contactId: 0,
        opportunity: Number(deal.amount),
        currencyId: deal.currency_code ?? null,
        createdTime: shown(deal.created_at),
        updatedTime: shown(deal.updated_at),
        movedTime: shown(deal.closed_at ?? deal.updated_at),
        closedate: deal.closed_at ? dayShown(deal.closed_at) : null,
        [fields.deal_product_line]: deal.product_line ?? null,
        [fields.deal_lost_reason]: deal.lost_reason ?? null,
    };
}

/** A time as the portal writes it: by its clock, with the offset of that day. */
function shown(instant: string | null | undefined): string | null {
    if (instant == null) return null;
    const local = localOf(instant);
    const ahead = (Date.parse(`${local}Z`) - Date.parse(instant)) / 3_600_000;
    return `${local}+${String(ahead).padStart(2, '0')}:00`;
}

/** A day as the portal writes it: midnight in Greenwich, by its own clock. */
function dayShown(instant: string): string | null {
    return shown(`${localOf(instant).slice(0, 10)}T00:00:00Z`);
}

/** By another way than the product's: its own is what is tested. */
function localOf(instant: string): string {
    const parts = new Intl.DateTimeFormat('sv-SE', {
        timeZone: timezone,
        dateStyle: 'short',
        timeStyle: 'medium',
    });
    return parts.format(new Date(instant)).replace(' ', 'T');
}
