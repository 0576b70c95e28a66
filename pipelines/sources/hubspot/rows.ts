import { activities } from '../../contracts/streams/activities.ts';
import { dealStageHistory } from '../../contracts/streams/deal-stage-history.ts';
import { deals } from '../../contracts/streams/deals.ts';
import { leadEvents } from '../../contracts/streams/lead-events.ts';
import { leads } from '../../contracts/streams/leads.ts';
import { dealAmount } from '../api/amounts.ts';
import { clientIdOf } from '../api/client-id.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { recordLink } from '../api/record-link.ts';
import { clickOf, originOfAddress, touchRow, touchRows } from '../api/touches.ts';
import type { HubspotSettings } from './client.ts';
import type { CrmRecord, Lookups } from './records.ts';

/** A record with the ids of those it is linked to. */
export interface LinkedRecord extends CrmRecord {
    readonly contacts: readonly string[];
    readonly deals: readonly string[];
    /** The primary one first. */
    readonly companies: readonly string[];
}

export type ToRows = (
    record: LinkedRecord,
    lookups: Lookups,
    settings: HubspotSettings,
) => readonly CanonicalRow[];

/** An inquiry, and every step in its life with the time at which it was taken. */
export const contactRows: ToRows = (record, lookups, { properties: named, ...settings }) => {
    const { properties: own } = record;
    const lead = rowOf(leads, {
        lead_id: record.id,
        created_at: own.createdate ?? record.createdAt,
        visitor_id: propertyOf(own, named.lead_visitor_id),
        channel: propertyOf(own, named.lead_channel),
        campaign_id: propertyOf(own, named.lead_campaign_id),
        landing_page: propertyOf(own, named.lead_landing_page),
        product_line: propertyOf(own, named.lead_product_line),
        full_name: [own.firstname, own.lastname].filter(Boolean).join(' '),
        email: own.email,
        company_name: own.company,
        country_code: own.hs_country_region_code,
        updated_at: changedAt(record),
        record_url: recordLink(lookups.contacts, record.id),
        is_deleted: record.archived ? 'true' : null,
        merged_ids: own.hs_merged_object_ids,
    });
    const event = (type: string, at: string, of: string, person?: string) =>
        rowOf(leadEvents, {
            event_id: `${record.id}:${of}:${at}`,
            lead_id: record.id,
            event_type: type,
            occurred_at: at,
            person_id: person,
            is_deleted: record.archived ? 'true' : null,
        });
    const history = (property: string) => record.propertiesWithHistory[property] ?? [];
    return [
        lead,
        ...contactTouches(record, lead, settings.touch_fields),
        ...history('lifecyclestage').flatMap(({ value, timestamp }) => {
            const step = settings.lifecycle_stages[value];
            return step ? [event(step, timestamp, value)] : [];
        }),
        ...history('hs_lead_status').flatMap(({ value, timestamp }) => {
            const step = settings.lead_statuses[value];
            return step ? [event(step, timestamp, value)] : [];
        }),
        ...history('hubspot_owner_id').flatMap(({ value, timestamp }) =>
            value ? [event('assigned', timestamp, 'assigned', ownerOf(value, lookups))] : [],
        ),
    ];
};

/** Properties in which the system keeps the click on an ad of a platform. */
export const clickProperties: Readonly<Record<string, string>> = {
    hs_google_click_id: 'gclid',
    hs_facebook_click_id: 'fbclid',
    hs_linkedin_click_id: 'li_fat_id',
    hs_tiktok_click_id: 'ttclid',
};

/** What a form wrote down is there a moment after the contact that it made. */
const formMs = 10 * 60_000;

/**
 * The first page of the first visit, later pages with tags or a click id, clicks that the system has
 * written down besides, each with its time, and what a form has put into fields of the company.
 */
function contactTouches(
    record: CrmRecord,
    lead: CanonicalRow,
    fields: HubspotSettings['touch_fields'],
): readonly CanonicalRow[] {
    const { id, properties: own, propertiesWithHistory: histories } = record;
    if (record.archived) return [];
    const created = own.createdate ?? record.createdAt ?? undefined;
    const settled = (at: string) => {
        const late = Date.parse(at) - Date.parse(created ?? at);
        return late > 0 && late <= formMs ? created : at;
    };
    const seen = new Set<string>();
    const isNew = (sign: string | undefined) => {
        if (sign === undefined || seen.has(sign)) return false;
        seen.add(sign);
        return true;
    };
    const pageOf = (address: string) => {
        const { tags, clicks } = originOfAddress(address);
        const [click] = clicks;
        return {
            sign: click ?? (Object.keys(tags).length > 0 ? JSON.stringify(tags) : undefined),
            cells: { ...tags, click_id: click, landing_page: address },
        };
    };
    const first = own.hs_analytics_first_url;
    const rows: CanonicalRow[] = [];
    if (first) {
        const { sign, cells } = pageOf(first);
        isNew(sign);
        rows.push(
            touchRow(`${id}:first`, id, own.hs_analytics_first_timestamp ?? created, {
                ...cells,
                referrer: own.hs_analytics_first_referrer,
                channel: own.hs_analytics_source,
            }),
        );
    }
    const inOrder = (property: string) =>
        (histories[property] ?? []).toSorted((one, other) =>
            one.timestamp.localeCompare(other.timestamp),
        );
    for (const { value, timestamp } of inOrder('hs_analytics_last_url')) {
        const { sign, cells } = pageOf(value);
        // A visit has many pages, of which those without a tag of their own lead nowhere.
        if (isNew(sign)) {
            rows.push(touchRow(`${id}:page:${timestamp}`, id, settled(timestamp), cells));
        }
    }
    for (const [property, parameter] of Object.entries(clickProperties)) {
        for (const { value, timestamp } of inOrder(property)) {
            const click = clickOf(parameter, value);
            if (!isNew(click)) continue;
            const at = settled(timestamp);
            rows.push(touchRow(`${id}:${parameter}:${timestamp}`, id, at, { click_id: click }));
        }
    }
    const form = touchRows(lead, (field) => own[fields[field] ?? '']);
    const isKnown = ({ cells }: CanonicalRow) =>
        rows.some(({ cells: known }) =>
            cells.click_id === null
                ? ['utm_source', 'utm_medium', 'utm_campaign'].every(
                      (tag) => cells[tag] === known[tag],
                  )
                : cells.click_id === known.click_id,
        );
    const touches = [...rows, ...form.filter((row) => !isKnown(row))];
    // Of a first page alone, without its time, the lead says as much.
    const [only, ...others] = touches;
    const saysMore = ['click_id', 'utm_source', 'utm_medium', 'referrer'].some(
        (column) => only?.cells[column] !== null,
    );
    return others.length > 0 || saysMore || own.hs_analytics_first_timestamp ? touches : [];
}

/** A deal, and every stage it entered with the time. */
export const dealRows: ToRows = (record, lookups, { properties: named }) => {
    const { properties: own } = record;
    const stage = lookups.stages[own.dealstage ?? ''];
    const closed = own.hs_is_closed_won === 'true' ? 'won' : 'lost';
    const status = stage?.status ?? (own.hs_is_closed === 'true' ? closed : 'open');
    const deal = rowOf(deals, {
        deal_id: record.id,
        lead_id: record.contacts.join(';'),
        client_id: clientIdOf(record.companies[0], record.contacts[0]),
        person_id: ownerOf(own.hubspot_owner_id, lookups),
        product_line: propertyOf(own, named.deal_product_line),
        amount: dealAmount(propertyOf(own, named.deal_amount)),
        currency_code: own.deal_currency_code || lookups.currency,
        status,
        stage: stage?.label ?? own.dealstage,
        lost_reason: status === 'lost' ? propertyOf(own, named.deal_lost_reason) : null,
        created_at: own.createdate ?? record.createdAt,
        closed_at: own.closedate || (status === 'open' ? null : enteredAt(record, own.dealstage)),
        updated_at: changedAt(record),
        is_deleted: record.archived ? 'true' : null,
        merged_ids: own.hs_merged_object_ids,
    });
    const entered = (record.propertiesWithHistory.dealstage ?? []).flatMap(
        ({ value, timestamp }) =>
            value
                ? [
                      rowOf(dealStageHistory, {
                          deal_id: record.id,
                          stage: lookups.stages[value]?.label ?? value,
                          entered_at: timestamp,
                      }),
                  ]
                : [],
    );
    return [deal, ...entered];
};

/** When a deal last entered a stage. */
function enteredAt(
    { propertiesWithHistory: histories }: CrmRecord,
    stage: string | null | undefined,
): string | undefined {
    return (histories.dealstage ?? [])
        .flatMap(({ value, timestamp }) => (value === stage ? [timestamp] : []))
        .sort()
        .at(-1);
}

const directions: Readonly<Record<string, string>> = {
    INBOUND: 'inbound',
    INCOMING_EMAIL: 'inbound',
    OUTBOUND: 'outbound',
    EMAIL: 'outbound',
    FORWARDED_EMAIL: 'internal',
};

/** Sources of a record that no person stands behind. */
const machines = new Set(['AUTOMATION_PLATFORM', 'SEQUENCES', 'WORKFLOWS', 'MARKETING_EMAIL']);

/** Calls, e-mails, meetings and notes. */
export const activityRows =
    (type: string): ToRows =>
    (record, lookups) => {
        const { properties: own } = record;
        const direction = own.hs_call_direction ?? own.hs_email_direction ?? '';
        return [
            rowOf(activities, {
                activity_id: `${type}:${record.id}`,
                lead_id: record.contacts[0],
                deal_id: record.deals[0],
                person_id: ownerOf(own.hubspot_owner_id, lookups),
                activity_type: type,
                direction: directions[direction],
                is_automated: own.hs_object_source
                    ? String(machines.has(own.hs_object_source))
                    : null,
                occurred_at: own.hs_timestamp ?? record.createdAt,
                is_deleted: record.archived ? 'true' : null,
            }),
        ];
    };

/** When the record last changed: to be archived is a change, too. */
export function changedAt(record: CrmRecord): string | undefined {
    const { hs_lastmodifieddate: object, lastmodifieddate: contact } = record.properties;
    const known = [object ?? contact ?? record.updatedAt, record.archivedAt];
    return (
        known
            .filter((one) => one != null)
            .sort()
            .at(-1) ?? undefined
    );
}

function ownerOf(id: string | null | undefined, { owners }: Lookups): string | undefined {
    return id ? (owners[id] ?? id) : undefined;
}

function propertyOf(
    properties: CrmRecord['properties'],
    name: string | undefined,
): string | null | undefined {
    return name === undefined ? undefined : properties[name];
}
