import { activities } from '../../contracts/streams/activities.ts';
import { dealStageHistory } from '../../contracts/streams/deal-stage-history.ts';
import { deals } from '../../contracts/streams/deals.ts';
import { leadEvents } from '../../contracts/streams/lead-events.ts';
import { leads } from '../../contracts/streams/leads.ts';
import { dealAmount } from '../api/amounts.ts';
import { clientIdOf } from '../api/client-id.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { noonOf } from '../api/days.ts';
import { recordLink } from '../api/record-link.ts';
import { touchFieldNames, touchRows } from '../api/touches.ts';
import type { PipedriveSettings } from './client.ts';
import type { Activity, Change, Deal, Lead, Lookups, Person } from './records.ts';

export interface DealWithMore {
    readonly deal: Deal;
    readonly person: Person | undefined;
    /** What changed of it; undefined when nobody asked. */
    readonly changes: readonly Change[] | undefined;
}

/** A deal, the stages it entered and, where there is no inbox of leads, the inquiry that it is. */
export function dealRows(
    { deal, person, changes }: DealWithMore,
    lookups: Lookups,
    settings: PipedriveSettings,
): readonly CanonicalRow[] {
    const { id, custom_fields: own } = deal;
    const leadId = settings.inquiries === 'deals' ? id : deal.source_lead_id;
    const isDeleted = deal.is_deleted || deal.status === 'deleted' ? 'true' : null;
    const status = statusOf(deal);
    // A day without an hour.
    const expected = deal.expected_close_date && noonOf(deal.expected_close_date, 'UTC');
    const productLine =
        fieldOf(own, settings.fields.product_line, lookups) ??
        settings.product_lines[deal.pipeline_id ?? ''];
    const row = rowOf(deals, {
        deal_id: id,
        lead_id: leadId,
        client_id: clientIdOf(deal.org_id, deal.person_id),
        person_id: nameOf(deal.owner_id, lookups.users),
        product_line: productLine,
        amount: dealAmount(deal.value),
        currency_code: deal.currency,
        status,
        stage: nameOf(deal.stage_id, lookups.stages),
        lost_reason: status === 'lost' ? deal.lost_reason : null,
        created_at: instantOf(deal.add_time),
        closed_at: status === 'open' ? expected : closedAt(deal, status),
        updated_at: instantOf(deal.update_time),
        is_deleted: isDeleted,
    });
    const entries = stageEntries(deal, changes);
    const step = (type: string, at: string | null | undefined, of: string) =>
        leadId && at
            ? [
                  rowOf(leadEvents, {
                      event_id: `${id}:${of}:${at}`,
                      lead_id: leadId,
                      event_type: type,
                      occurred_at: at,
                      is_deleted: isDeleted,
                  }),
              ]
            : [];
    const inquiry = () => {
        const lead = rowOf(leads, {
            lead_id: id,
            created_at: instantOf(deal.add_time),
            ...originOf(own, lookups, settings),
            product_line: productLine,
            ...contactOf(person),
            updated_at: instantOf(deal.update_time),
            record_url: recordLink(lookups.site && `${lookups.site}/deal/`, id),
            is_deleted: isDeleted,
        });
        return [lead, ...touchesOf(lead, own, lookups, settings)];
    };
    return [
        row,
        ...(settings.inquiries === 'deals'
            ? inquiry()
            : // The lead has left the inbox for the deal.
              step('opportunity', instantOf(deal.add_time), 'opportunity')),
        ...(status === 'won' ? step('customer', closedAt(deal, status), 'customer') : []),
        ...entries.flatMap(({ stage, at }) => [
            rowOf(dealStageHistory, {
                deal_id: id,
                stage: nameOf(stage, lookups.stages),
                entered_at: at,
            }),
            ...(settings.lead_stages[stage]
                ? step(settings.lead_stages[stage] as string, at, stage)
                : []),
        ]),
    ];
}

/** A deal that was deleted while it was won says so by its time alone. */
function statusOf(deal: Deal): string {
    if (deal.status !== 'deleted') return deal.status;
    if (deal.won_time) return 'won';
    return deal.lost_time ? 'lost' : 'open';
}

/** A deal that was won, opened again and lost may still have the time of the first. */
function closedAt(deal: Deal, status: string): string | undefined {
    const [own, other] =
        status === 'won' ? [deal.won_time, deal.lost_time] : [deal.lost_time, deal.won_time];
    return instantOf(own ?? deal.close_time ?? other);
}

/** The first stage has no change: it is the one that the first change left, or the present one. */
function stageEntries(deal: Deal, changes: readonly Change[] | undefined) {
    const createdAt = instantOf(deal.add_time);
    if (changes === undefined || createdAt === undefined) return [];
    const moves = changes
        .filter(({ field_key: key }) => key === 'stage_id')
        .map(({ old_value: from, new_value: to, time }) => ({
            from,
            to,
            at: instantOf(time) as string,
        }))
        .sort((one, other) => one.at.localeCompare(other.at));
    // Of moves in one second the first is the one that no other leads to.
    const together = moves.filter(({ at }) => at === moves[0]?.at);
    const begin = together.find(({ from }) => together.every(({ to }) => to !== from)) ?? moves[0];
    const first = begin === undefined ? deal.stage_id : begin.from;
    return [
        ...(first ? [{ stage: first, at: createdAt }] : []),
        ...moves.flatMap(({ to, at }) => (to ? [{ stage: to, at }] : [])),
    ];
}

/** An entry of the leads inbox, and the visit that brought it. */
export function leadRows(
    record: Lead,
    person: Person | undefined,
    lookups: Lookups,
    settings: PipedriveSettings,
): readonly CanonicalRow[] {
    const origin = originOf(record, lookups, settings);
    const lead = rowOf(leads, {
        lead_id: record.id,
        created_at: instantOf(record.add_time),
        ...origin,
        channel: origin.channel ?? record.source_name,
        product_line: fieldOf(record, settings.fields.product_line, lookups),
        ...contactOf(person),
        updated_at: instantOf(record.update_time),
        record_url: recordLink(lookups.site && `${lookups.site}/leads/inbox/`, record.id),
    });
    return [lead, ...touchesOf(lead, record, lookups, settings)];
}

/** What is planned is a task until it is done: a call to be made is no call. */
export function activityRow(record: Activity, lookups: Lookups): CanonicalRow {
    const type = record.type ?? 'task';
    const due = record.due_date
        ? `${record.due_date}T${record.due_time?.slice(0, 5) ?? '00:00'}:00Z`
        : undefined;
    const isKept = record.done || type === 'meeting';
    const done = record.done ? instantOf(record.marked_as_done_time) : undefined;
    return rowOf(activities, {
        activity_id: record.id,
        lead_id: record.lead_id,
        deal_id: record.deal_id,
        person_id: nameOf(record.owner_id, lookups.users),
        activity_type: isKept ? type : 'task',
        occurred_at:
            type === 'meeting' ? (due ?? done) : (done ?? due ?? instantOf(record.add_time)),
        is_deleted: record.is_deleted ? 'true' : null,
    });
}

function touchesOf(
    lead: CanonicalRow,
    own: Readonly<Record<string, unknown>> | null | undefined,
    lookups: Lookups,
    { fields, touch_fields: named }: PipedriveSettings,
): readonly CanonicalRow[] {
    const names = touchFieldNames(lookups.touch_fields, named, fields.lead_landing_page);
    return touchRows(lead, (field) => fieldOf(own, names[field], lookups));
}

function originOf(
    own: Readonly<Record<string, unknown>> | null | undefined,
    lookups: Lookups,
    { fields }: PipedriveSettings,
) {
    return {
        visitor_id: fieldOf(own, fields.lead_visitor_id, lookups),
        channel: fieldOf(own, fields.lead_channel, lookups),
        campaign_id: fieldOf(own, fields.lead_campaign_id, lookups),
        landing_page: fieldOf(own, fields.lead_landing_page, lookups),
    };
}

function contactOf(person: Person | undefined) {
    const emails = person?.emails ?? [];
    const email = emails.find(({ primary: isPrimary }) => isPrimary) ?? emails[0];
    return { full_name: person?.name, email: email?.value };
}

/** The value of a custom field, with the label of an option for its number. */
function fieldOf(
    own: Readonly<Record<string, unknown>> | null | undefined,
    name: string | undefined,
    { fields }: Lookups,
): string | undefined {
    if (name === undefined) return undefined;
    const known = fields[name];
    const value = plainOf(own?.[known?.key ?? name]);
    if (value === undefined || known === undefined) return value;
    // The older generation writes several options as one text.
    return known.options[value] ?? known.options[value.split(',')[0] ?? ''] ?? value;
}

/** Several options are a list, of which the first counts; a sum and a time are written with what they are in. */
function plainOf(value: unknown): string | undefined {
    if (value === null || value === undefined || value === '') return undefined;
    if (Array.isArray(value)) return plainOf(value[0]);
    if (typeof value !== 'object') return String(value);
    return 'value' in value ? plainOf(value.value) : undefined;
}

function nameOf(
    id: string | null | undefined,
    names: Readonly<Record<string, string>>,
): string | undefined {
    return id ? (names[id] ?? id) : undefined;
}

/** The older generation writes UTC without saying so: `2026-02-12 14:16:12`. */
function instantOf(time: string | null | undefined): string | undefined {
    if (!time) return undefined;
    return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time) ? `${time.replace(' ', 'T')}Z` : time;
}
