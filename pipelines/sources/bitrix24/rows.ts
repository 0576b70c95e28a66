import type { z } from 'zod';
import { activities } from '../../contracts/streams/activities.ts';
import { dealStageHistory } from '../../contracts/streams/deal-stage-history.ts';
import { deals } from '../../contracts/streams/deals.ts';
import { leadEvents } from '../../contracts/streams/lead-events.ts';
import { leads } from '../../contracts/streams/leads.ts';
import { dealAmount, plainNumber } from '../api/amounts.ts';
import { clientIdOf } from '../api/client-id.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { recordLink } from '../api/record-link.ts';
import { touchFieldNames, touchRows } from '../api/touches.ts';
import type { Bitrix24Settings } from './client.ts';
import type { activityList, Item, Lookups, stageEntries } from './records.ts';

/** An inquiry as the CRM holds it now, and the visit that brought it. */
export function leadRows(
    item: Item,
    known: Lookups,
    { fields, touch_fields: named }: Bitrix24Settings,
): readonly CanonicalRow[] {
    const source = textOf(item, 'sourceId');
    const lead = rowOf(leads, {
        lead_id: item.id,
        created_at: item.createdTime,
        visitor_id: wordOf(item, fields.lead_visitor_id, known),
        channel: source === null ? null : (known.sources[source] ?? source),
        campaign_id: wordOf(item, fields.lead_campaign_id, known),
        product_line: wordOf(item, fields.lead_product_line, known),
        full_name: ['name', 'lastName']
            .map((name) => textOf(item, name))
            .filter(Boolean)
            .join(' '),
        company_name: textOf(item, 'companyTitle'),
        updated_at: item.updatedTime,
        record_url: recordLink(known.leads, item.id, '/'),
    });
    const names = touchFieldNames(known.touch_fields, named, undefined);
    return [lead, ...touchRows(lead, (field) => wordOf(item, names[field], known))];
}

/** What a deal that recurs is made from: the system lists it among the deals, but for its own pages. */
export function isTemplate(item: Item): boolean {
    return item.isRecurring === 'Y' || item.isRecurring === true;
}

/** A deal as the CRM holds it now. A sum that is not typed is that of its products. */
export function dealRow(item: Item, known: Lookups, { fields }: Bitrix24Settings): CanonicalRow {
    const stage = known.stages[item.stageId ?? ''];
    const semantics: Readonly<Record<string, string>> = { S: 'won', F: 'lost', P: 'open' };
    const status = semantics[item.stageSemanticId ?? ''] ?? stage?.status ?? 'open';
    return rowOf(deals, {
        deal_id: item.id,
        lead_id: idOf(item, 'leadId'),
        client_id: clientIdOf(idOf(item, 'companyId'), idOf(item, 'contactId')),
        person_id: personOf(item.assignedById, known),
        product_line: wordOf(item, fields.deal_product_line, known),
        amount: dealAmount(textOf(item, 'opportunity')),
        currency_code: textOf(item, 'currencyId'),
        status,
        stage: stage?.name ?? item.stageId,
        lost_reason: status === 'lost' ? wordOf(item, fields.deal_lost_reason, known) : null,
        created_at: item.createdTime,
        closed_at: closedAt(item) ?? (status === 'open' ? null : textOf(item, 'movedTime')),
        updated_at: item.updatedTime,
    });
}

type StageEntry = z.output<typeof stageEntries>['result']['items'][number];

/** A step in the life of a lead; a status that nobody mapped is none. */
export function leadEventRows(
    entry: StageEntry,
    { lead_statuses: steps }: Bitrix24Settings,
): readonly CanonicalRow[] {
    const step = steps[entry.STATUS_ID ?? ''];
    if (!step) return [];
    return [
        rowOf(leadEvents, {
            event_id: entry.ID,
            lead_id: entry.OWNER_ID,
            event_type: step,
            occurred_at: entry.CREATED_TIME,
        }),
    ];
}

/** An entry of a deal into a stage. */
export function stageRow(entry: StageEntry, known: Lookups): CanonicalRow {
    return rowOf(dealStageHistory, {
        deal_id: entry.OWNER_ID,
        stage: known.stages[entry.STAGE_ID ?? '']?.name ?? entry.STAGE_ID,
        entered_at: entry.CREATED_TIME,
    });
}

const types: Readonly<Record<string, string>> = { 1: 'meeting', 2: 'call', 3: 'task', 4: 'email' };
const directions: Readonly<Record<string, string>> = { 1: 'inbound', 2: 'outbound' };

/** A call, an e-mail, a meeting or a task. */
export function activityRow(
    one: z.output<typeof activityList>['result'][number],
    known: Lookups,
): CanonicalRow {
    const type = types[one.TYPE_ID ?? ''] ?? one.PROVIDER_ID ?? 'other';
    // A call to be made is no call; one that came in and that nobody took is one.
    const isPlanned =
        type === 'call' && one.COMPLETED === 'N' && directions[one.DIRECTION ?? ''] !== 'inbound';
    return rowOf(activities, {
        activity_id: one.ID,
        lead_id: one.OWNER_TYPE_ID === '1' ? one.OWNER_ID : null,
        deal_id: one.OWNER_TYPE_ID === '2' ? one.OWNER_ID : null,
        person_id: personOf(one.RESPONSIBLE_ID, known),
        activity_type: isPlanned ? 'task' : type,
        direction: isPlanned ? null : directions[one.DIRECTION ?? ''],
        occurred_at: one.START_TIME ?? one.CREATED,
    });
}

function personOf(id: string | null | undefined, { users }: Lookups): string | undefined {
    return id ? (users[id] ?? id) : undefined;
}

/**
 * When a deal was closed. The field is a day, written as midnight UTC by the clock of the portal; the
 * time is that of the last change of stage, where that was on the day, else noon.
 */
function closedAt(item: Item): string | null {
    const written = textOf(item, 'closedate');
    if (written === null || Number.isNaN(Date.parse(written))) return written;
    const utc = new Date(written).toISOString();
    const day = (utc.endsWith('T00:00:00.000Z') ? utc : written).slice(0, 10);
    const moved = textOf(item, 'movedTime');
    if (moved?.startsWith(day)) return moved;
    const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(written)?.[0] ?? 'Z';
    return `${day}T12:00:00${offset}`;
}

/** A record that is named; 0 names none. */
function idOf(item: Item, name: string): string | null {
    const id = textOf(item, name);
    return id === '0' ? null : id;
}

/** The value of a field that the config names; of a list its word. */
function wordOf(item: Item, name: string | undefined, { fields }: Lookups): string | null {
    const field = name === undefined ? undefined : fields[name];
    const value = textOf(item, field?.key ?? name);
    return value === null ? null : (field?.options[value] ?? value);
}

/** The value of a field; of several values the first. */
function textOf(item: Item, name: string | undefined): string | null {
    const value = name === undefined ? undefined : item[name];
    const one: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof one === 'number') return plainNumber(one);
    return typeof one === 'string' && one !== '' ? one : null;
}
