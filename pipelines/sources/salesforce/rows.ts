import { activities } from '../../contracts/streams/activities.ts';
import { dealStageHistory } from '../../contracts/streams/deal-stage-history.ts';
import { deals } from '../../contracts/streams/deals.ts';
import { leadEvents } from '../../contracts/streams/lead-events.ts';
import { leads } from '../../contracts/streams/leads.ts';
import { dealAmount } from '../api/amounts.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { noonOf } from '../api/days.ts';
import { recordLink } from '../api/record-link.ts';
import { touchFieldNames, touchRows } from '../api/touches.ts';
import type { SalesforceSettings } from './client.ts';
import type {
    Event,
    Lead,
    LeadHistory,
    Lookups,
    Opportunity,
    StageEntry,
    Task,
} from './records.ts';

/** An inquiry, and the visit that brought it. One that was merged names the record that took it in. */
export function leadRows(
    record: Lead,
    lookups: Lookups,
    { fields, domain, touch_fields: named }: SalesforceSettings,
): readonly CanonicalRow[] {
    const lead = rowOf(leads, {
        lead_id: record.Id,
        created_at: instantOf(record.CreatedDate),
        visitor_id: fieldOf(record, fields.lead_visitor_id),
        channel: fieldOf(record, fields.lead_channel),
        campaign_id: fieldOf(record, fields.lead_campaign_id),
        landing_page: fieldOf(record, fields.lead_landing_page),
        product_line: fieldOf(record, fields.lead_product_line),
        full_name: record.Name,
        email: record.Email,
        company_name: record.Company,
        updated_at: instantOf(record.SystemModstamp),
        record_url: recordLink(`https://${domain}/`, record.Id),
        is_deleted: record.IsDeleted ? 'true' : null,
        merged_into: record.MasterRecordId,
    });
    const names = touchFieldNames(lookups.touch_fields, named, fields.lead_landing_page);
    return [lead, ...touchRows(lead, (field) => fieldOf(record, names[field]))];
}

/** A step in the life of a lead: a status, an owner, its conversion. */
export function leadHistoryRows(
    record: LeadHistory,
    lookups: Lookups,
    { lead_statuses: statuses }: SalesforceSettings,
): readonly CanonicalRow[] {
    const value = record.NewValue ?? '';
    const step = (type: string, person?: string | null) => [
        rowOf(leadEvents, {
            event_id: record.Id,
            lead_id: record.LeadId,
            event_type: type,
            occurred_at: instantOf(record.CreatedDate),
            person_id: person,
            is_deleted: record.IsDeleted ? 'true' : null,
        }),
    ];
    if (record.Field === 'leadConverted') return step('opportunity');
    if (record.Field === 'Status') return statuses[value] ? step(statuses[value]) : [];
    // An owner is written twice, by name and by id; a queue is nobody.
    const isUser = record.Field === 'Owner' && /^005\w{12,15}$/.test(value);
    return isUser ? step('assigned', userOf(value, lookups)) : [];
}

/** A deal, and the stages it entered. */
export function dealRows(
    record: Opportunity,
    history: readonly StageEntry[],
    leadIds: readonly string[],
    lookups: Lookups,
    settings: SalesforceSettings,
): readonly CanonicalRow[] {
    const { fields } = settings;
    const status = record.IsWon ? 'won' : record.IsClosed ? 'lost' : 'open';
    const deal = rowOf(deals, {
        deal_id: record.Id,
        lead_id: leadIds.join(';'),
        client_id: record.AccountId,
        person_id: userOf(record.OwnerId, lookups),
        product_line: fieldOf(record, fields.deal_product_line),
        amount: dealAmount(fieldOf(record, fields.deal_amount)),
        currency_code: record.CurrencyIsoCode ?? settings.currency,
        status,
        stage: record.StageName,
        lost_reason: status === 'lost' ? fieldOf(record, fields.deal_lost_reason) : null,
        created_at: instantOf(record.CreatedDate),
        closed_at: record.CloseDate && noonOf(record.CloseDate, lookups.timezone),
        updated_at: instantOf(record.SystemModstamp),
        is_deleted: record.IsDeleted ? 'true' : null,
    });
    return [deal, ...stageRows(history)];
}

/** The history has an entry for every sum and date, too: only another stage is entered. */
function stageRows(history: readonly StageEntry[]): readonly CanonicalRow[] {
    return [...history]
        .sort((one, other) => one.CreatedDate.localeCompare(other.CreatedDate))
        .filter(({ StageName: stage }, index, all) => stage && stage !== all[index - 1]?.StageName)
        .map(({ OpportunityId: id, StageName: stage, CreatedDate: at }) =>
            rowOf(dealStageHistory, { deal_id: id, stage, entered_at: instantOf(at) }),
        );
}

const taskKinds: Readonly<Record<string, string>> = {
    Call: 'call',
    Email: 'email',
    ListEmail: 'email',
    LinkedIn: 'message',
};

const directions: Readonly<Record<string, string>> = {
    Inbound: 'inbound',
    Outbound: 'outbound',
    Internal: 'internal',
};

/** What is planned is a task until it is done: a call to be made is no call. */
export function taskRow(record: Task, lookups: Lookups): CanonicalRow {
    const kind = taskKinds[record.TaskSubtype ?? ''];
    const planned = record.ActivityDate && noonOf(record.ActivityDate, lookups.timezone);
    const done = instantOf(record.CompletedDateTime ?? record.CreatedDate);
    return rowOf(activities, {
        ...linksOf(record, lookups),
        activity_type: record.IsClosed && kind ? kind : 'task',
        direction: record.IsClosed ? directions[record.CallType ?? ''] : null,
        is_automated: String(record.TaskSubtype === 'ListEmail'),
        occurred_at: record.IsClosed ? done : (planned ?? instantOf(record.CreatedDate)),
    });
}

/** A meeting, once, however many were invited. */
export function eventRows(record: Event, lookups: Lookups): readonly CanonicalRow[] {
    if (record.IsChild || record.IsRecurrence) return [];
    return [
        rowOf(activities, {
            ...linksOf(record, lookups),
            activity_type: 'meeting',
            is_automated: 'false',
            occurred_at: instantOf(record.StartDateTime ?? record.CreatedDate),
        }),
    ];
}

/** What kind of record an id belongs to is said by its first three letters. */
function linksOf(
    record: Omit<Event, 'StartDateTime' | 'IsChild' | 'IsRecurrence'>,
    lookups: Lookups,
) {
    const ofKind = (id: string | null | undefined, prefix: string) =>
        id?.startsWith(prefix) ? id : null;
    return {
        activity_id: record.Id,
        lead_id: ofKind(record.WhoId, '00Q'),
        deal_id: ofKind(record.WhatId, '006'),
        person_id: userOf(record.OwnerId, lookups),
        is_deleted: record.IsDeleted ? 'true' : null,
    };
}

function userOf(id: string | null | undefined, { users }: Lookups): string | null {
    return id ? (users[id] ?? id) : null;
}

function fieldOf(
    record: Readonly<Record<string, unknown>>,
    name: string | undefined,
): string | undefined {
    const value = name === undefined ? undefined : record[name];
    return value === null || value === undefined || typeof value === 'object'
        ? undefined
        : String(value);
}

/** The system writes `2026-10-05T10:00:00.000+0000`. */
export function instantOf(time: string | null | undefined): string | undefined {
    return time ? time.replace(/\+0000$/, 'Z') : undefined;
}
