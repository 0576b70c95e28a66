import { activities } from '../../contracts/streams/activities.ts';
import { dealStageHistory } from '../../contracts/streams/deal-stage-history.ts';
import { deals } from '../../contracts/streams/deals.ts';
import { leadEvents } from '../../contracts/streams/lead-events.ts';
import { leads } from '../../contracts/streams/leads.ts';
import { dealAmount } from '../api/amounts.ts';
import { clientIdOf } from '../api/client-id.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { recordLink } from '../api/record-link.ts';
import { touchFieldNames, touchRows, usualTouchFields } from '../api/touches.ts';
import type { AmocrmSettings } from './client.ts';
import type { Contact, CustomFields, Event, Lead, Lookups, Note, Task } from './records.ts';

const won = '142';
const lost = '143';

/** The one record is both the inquiry and the deal that grows from it. */
export function leadRows(
    record: Lead,
    contacts: ReadonlyMap<string, Contact>,
    lookups: Lookups,
    settings: AmocrmSettings,
): readonly CanonicalRow[] {
    const { fields } = settings;
    const { id, _embedded: embedded, custom_fields_values: own } = record;
    const pipeline = record.pipeline_id ?? '';
    const productLine = fieldOf(own, fields.product_line) ?? settings.product_lines[pipeline];
    const createdAt = instantOf(record.created_at);
    const updatedAt = instantOf(record.updated_at);
    const isDeleted = record.is_deleted ? 'true' : null;
    const main = embedded.contacts.find(({ is_main: isMain }) => isMain) ?? embedded.contacts[0];
    const contact = contacts.get(main?.id ?? '');
    const status = record.status_id === won ? 'won' : record.status_id === lost ? 'lost' : 'open';
    const reasons = [embedded.loss_reason ?? []].flat();
    const inquiry = rowOf(leads, {
        lead_id: id,
        created_at: createdAt,
        visitor_id: fieldOf(own, fields.lead_visitor_id),
        channel: fieldOf(own, fields.lead_channel) ?? embedded.source?.name,
        campaign_id: fieldOf(own, fields.lead_campaign_id),
        landing_page: fieldOf(own, fields.lead_landing_page),
        product_line: productLine,
        full_name: contact?.name,
        email: fieldOf(contact?.custom_fields_values, 'EMAIL'),
        updated_at: updatedAt,
        record_url: recordLink(`https://${settings.domain}/leads/detail/`, id),
        is_deleted: isDeleted,
    });
    return [
        inquiry,
        rowOf(deals, {
            deal_id: id,
            lead_id: id,
            client_id: clientIdOf(embedded.companies[0]?.id, main?.id),
            person_id: userOf(record.responsible_user_id, lookups),
            product_line: productLine,
            amount: amountOf(record),
            currency_code: lookups.currency,
            status,
            stage: stageOf(pipeline, record.status_id ?? '', lookups),
            lost_reason: status === 'lost' ? reasons[0]?.name : null,
            created_at: createdAt,
            // One that was opened again may have kept the time.
            closed_at: status === 'open' ? null : instantOf(record.closed_at),
            updated_at: updatedAt,
            is_deleted: isDeleted,
        }),
        ...touchesOf(inquiry, own, settings),
    ];
}

/** Fields for tracking have the names of tags as their codes; others are told by their names. */
function touchesOf(
    inquiry: CanonicalRow,
    own: CustomFields,
    { fields, touch_fields: named }: AmocrmSettings,
) {
    const usual = usualTouchFields(
        (own ?? []).flatMap(({ field_id: name, field_code: code, field_name: label }) =>
            [code, label].flatMap((one) => (one ? [{ label: one, name }] : [])),
        ),
    );
    const names = touchFieldNames(usual, named, fields.lead_landing_page);
    return touchRows(inquiry, (field) => fieldOf(own, names[field]));
}

/** Where nobody has entered a sum the system says 0, so that 0 says nothing. */
function amountOf({ price_with_minor_units: exact, price }: Lead): string | null {
    const amount = exact ?? price ?? '0';
    return Number(amount) === 0 ? null : dealAmount(amount);
}

const messages: Readonly<Record<string, string>> = {
    incoming_chat_message: 'inbound',
    outgoing_chat_message: 'outbound',
};

/** Kinds of events that are asked for. */
export const eventTypes = [
    'lead_status_changed',
    'entity_responsible_changed',
    ...Object.keys(messages),
] as const;

/** What happened to a deal: stages, owners and chat messages, with their times. */
export function eventRows(
    record: Event,
    lookups: Lookups,
    settings: AmocrmSettings,
): readonly CanonicalRow[] {
    // The same kinds happen to contacts, companies and customers.
    if (record.entity_type !== 'lead') return [];
    const occurredAt = instantOf(record.created_at);
    const direction = messages[record.type];
    if (direction !== undefined) {
        return [
            rowOf(activities, {
                activity_id: `event:${record.id}`,
                lead_id: record.entity_id,
                deal_id: record.entity_id,
                person_id: direction === 'outbound' ? userOf(record.created_by, lookups) : null,
                activity_type: 'message',
                direction,
                is_automated: String(direction === 'outbound' && isMachine(record.created_by)),
                occurred_at: occurredAt,
            }),
        ];
    }
    const [after] = record.value_after ?? [];
    const step = (type: string, person?: string | null) =>
        rowOf(leadEvents, {
            event_id: record.id,
            lead_id: record.entity_id,
            event_type: type,
            occurred_at: occurredAt,
            person_id: person,
        });
    if (record.type === 'entity_responsible_changed' && after?.responsible_user) {
        return [step('assigned', userOf(after.responsible_user.id, lookups))];
    }
    if (record.type !== 'lead_status_changed' || !after?.lead_status) return [];
    const { id: stage, pipeline_id: pipeline } = after.lead_status;
    const { lead_stages: steps } = settings;
    const own = steps[`${pipeline}:${stage}`];
    const type = own === undefined ? steps[stage] : own;
    return [
        rowOf(dealStageHistory, {
            deal_id: record.entity_id,
            stage: stageOf(pipeline ?? '', stage, lookups),
            entered_at: occurredAt,
        }),
        ...(type ? [step(type)] : []),
    ];
}

const noteKinds: Readonly<Record<string, readonly [type: string, direction: string | null]>> = {
    call_in: ['call', 'inbound'],
    call_out: ['call', 'outbound'],
    sms_in: ['message', 'inbound'],
    sms_out: ['message', 'outbound'],
    amomail_message: ['email', null],
};

const machineNotes = new Set(['service_message', 'extended_service_message']);

/** Calls, messages and what was written down. */
export function noteRow(record: Note, lookups: Lookups): CanonicalRow {
    const [type, direction] = noteKinds[record.note_type] ?? ['note', null];
    const person = isMachine(record.created_by) ? record.responsible_user_id : record.created_by;
    return rowOf(activities, {
        activity_id: `note:${record.id}`,
        lead_id: record.entity_id,
        deal_id: record.entity_id,
        person_id: userOf(person, lookups),
        activity_type: type,
        direction,
        is_automated: String(machineNotes.has(record.note_type)),
        occurred_at: instantOf(record.created_at),
    });
}

const meeting = '2';

/** Tasks are planned: a call that is to be made is no call, so only meetings keep their kind. */
export function taskRows(record: Task, lookups: Lookups): readonly CanonicalRow[] {
    if (record.entity_type !== 'leads' || !record.entity_id) return [];
    return [
        rowOf(activities, {
            activity_id: `task:${record.id}`,
            lead_id: record.entity_id,
            deal_id: record.entity_id,
            person_id: userOf(record.responsible_user_id, lookups),
            activity_type: record.task_type_id === meeting ? 'meeting' : 'task',
            is_automated: 'false',
            occurred_at: instantOf(record.complete_till ?? record.created_at),
        }),
    ];
}

/** Robots and integrations without a user write under the number 0. */
const isMachine = (user: string | null | undefined) => !user || user === '0';

function stageOf(pipeline: string, stage: string, { stages }: Lookups): string {
    return stages[`${pipeline}:${stage}`] ?? stage;
}

function userOf(id: string | null | undefined, { users }: Lookups): string | null {
    return isMachine(id) ? null : (users[id as string] ?? (id as string));
}

/** The first value of a field that is named by its code, its id or its name. */
function fieldOf(fields: CustomFields, name: string | undefined): string | undefined {
    // A field without a code or a name has none to be found by.
    if (name === undefined) return undefined;
    const found = (fields ?? []).find(
        (one) => one.field_code === name || one.field_id === name || one.field_name === name,
    );
    const value = found?.values[0]?.value;
    return value === undefined || value === null || typeof value === 'object'
        ? undefined
        : String(value);
}

/** @param seconds since 1970; 0 stands for none */
export function instantOf(seconds: number | null | undefined): string | undefined {
    return seconds ? new Date(seconds * 1000).toISOString() : undefined;
}
