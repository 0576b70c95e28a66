import type { z } from 'zod';
import { censusPlan } from '../api/census.ts';
import type { CanonicalRow, Connector, Feed, PageContent, Tools } from '../api/connector.ts';
import { askOptional } from '../api/http.ts';
import type { Json } from '../api/json.ts';
import { tellMissing } from '../api/missing-fields.ts';
import { parsePage } from '../api/parse-page.ts';
import { daysOfChanges, provenOf } from '../api/plan-days.ts';
import { touchFieldNames, usualTouchFields } from '../api/touches.ts';
import { createTrail } from '../api/trail.ts';
import { noticeUnnamed, type UnnamedSteps } from '../api/unnamed-steps.ts';
import { type Bitrix24Client, type Bitrix24Settings, createBitrix24Client } from './client.ts';
import {
    activityList,
    fieldList,
    items,
    type Lookups,
    lookups as lookupsSchema,
    stageEntries,
    statuses,
    users,
} from './records.ts';
import { activityRow, dealRow, isTemplate, leadEventRows, leadRows, stageRow } from './rows.ts';
import { bitrix24 } from './settings.ts';

const lead = 1;
const deal = 2;
const pageSize = 50;
/** Clocks of a portal's servers differ a little. */
const overlapMs = 5 * 60_000;

/** How a list is asked and read. */
interface List {
    readonly name: string;
    readonly streams: readonly string[];
    readonly method: string;
    readonly parameters: object;
    /** Fields that are asked for beside those. */
    readonly fields?: (known: Lookups) => readonly string[];
    readonly id: string;
    /** Field that says when a record changed. */
    readonly changed: string;
    /** Ids and changes of a page, in its order. */
    readonly records: (
        text: string,
    ) => readonly { id: string; changed: string | null | undefined }[];
    readonly rows: (text: string, known: Lookups) => readonly CanonicalRow[];
}

/** Leads, deals, their histories and activities. */
export function openBitrix24(settings: Bitrix24Settings, tools: Tools): Connector {
    const client = createBitrix24Client(settings, tools);
    let known: Promise<Lookups> | undefined;
    const readLookups = () => {
        known ??= lookupsOf(client, settings, tools);
        return known;
    };
    const unnamed = noticeUnnamed('lead_statuses', settings.lead_statuses, tools.onNote);
    const lists = listsOf(settings, unnamed);
    return {
        close: async () => unnamed.tell(),
        feeds: [
            ...lists.map((list) => changesFeed(list, client, settings, readLookups, tools)),
            idsFeed('leads', lead, client, settings, tools),
            idsFeed('deals', deal, client, settings, tools),
        ],
        test: async () => {
            const lookups = await readLookups();
            for (const list of lists) await client.call(list.method, parametersOf(list, lookups));
            const people = Object.keys(lookups.users).length;
            const stages = Object.keys(lookups.stages).length;
            return `${people} users, ${stages} stages, and leads, deals and activities can be read`;
        },
    };
}

function listsOf(settings: Bitrix24Settings, unnamed: UnnamedSteps): readonly List[] {
    const { name, fields } = settings;
    const own = (prefix: string) =>
        Object.entries(fields).flatMap(([key, field]) =>
            key.startsWith(prefix) && field ? [field] : [],
        );
    const itemList = (
        listName: string,
        streams: readonly string[],
        entityTypeId: number,
        select: (known: Lookups) => readonly string[],
        rowsOfItem: typeof leadRows,
    ): List => ({
        name: listName,
        streams,
        method: 'crm.item.list',
        parameters: { entityTypeId },
        fields: (known) => [
            ...['id', 'stageId', 'stageSemanticId', 'assignedById', 'createdTime', 'updatedTime'],
            ...select(known),
        ],
        id: 'id',
        changed: 'updatedTime',
        records: (text) =>
            parsePage(items, text, `${name}, ${listName}`).result.items.map((one) => ({
                id: one.id,
                changed: one.updatedTime,
            })),
        rows: (text, known) =>
            parsePage(items, text, `${name}, ${listName}`).result.items.flatMap((one) =>
                rowsOfItem(one, known, settings),
            ),
    });
    const stageList = (
        listName: string,
        stream: string,
        entityTypeId: number,
        rows: (
            entry: z.output<typeof stageEntries>['result']['items'][number],
            known: Lookups,
        ) => readonly CanonicalRow[],
    ): List => ({
        name: listName,
        streams: [stream],
        method: 'crm.stagehistory.list',
        parameters: { entityTypeId },
        id: 'ID',
        changed: 'CREATED_TIME',
        records: (text) =>
            parsePage(stageEntries, text, `${name}, ${listName}`).result.items.map((one) => ({
                id: one.ID,
                changed: one.CREATED_TIME,
            })),
        rows: (text, known) =>
            parsePage(stageEntries, text, `${name}, ${listName}`).result.items.flatMap((one) =>
                rows(one, known),
            ),
    });
    return [
        itemList(
            'leads',
            ['leads', 'lead_touches'],
            lead,
            ({ touch_fields: usual }) => [
                ...['name', 'lastName', 'companyTitle', 'sourceId', ...own('lead_')],
                ...Object.values(touchFieldNames(usual, settings.touch_fields, undefined)),
            ],
            leadRows,
        ),
        itemList(
            'deals',
            ['deals'],
            deal,
            () => [
                ...['leadId', 'companyId', 'contactId', 'opportunity', 'currencyId'],
                ...['isManualOpportunity', 'isRecurring', 'closedate', 'movedTime'],
                ...own('deal_'),
            ],
            (one, known) => (isTemplate(one) ? [] : [dealRow(one, known, settings)]),
        ),
        stageList('lead_stages', 'lead_events', lead, (entry) => {
            unnamed.see(entry.STATUS_ID);
            return leadEventRows(entry, settings);
        }),
        stageList('deal_stages', 'deal_stage_history', deal, (entry, known) => [
            stageRow(entry, known),
        ]),
        {
            name: 'activities',
            streams: ['activities'],
            method: 'crm.activity.list',
            parameters: {
                select: [
                    ...['ID', 'OWNER_ID', 'OWNER_TYPE_ID', 'TYPE_ID', 'PROVIDER_ID', 'DIRECTION'],
                    ...['RESPONSIBLE_ID', 'CREATED', 'START_TIME', 'LAST_UPDATED', 'COMPLETED'],
                ],
            },
            id: 'ID',
            changed: 'LAST_UPDATED',
            records: (text) =>
                parsePage(activityList, text, `${name}, activities`).result.map((one) => ({
                    id: one.ID,
                    changed: one.LAST_UPDATED,
                })),
            rows: (text, known) =>
                parsePage(activityList, text, `${name}, activities`).result.map((one) =>
                    activityRow(one, known),
                ),
        },
    ];
}

function parametersOf({ parameters, fields }: List, lookups: Lookups) {
    return { ...parameters, ...(fields ? { select: [...new Set(fields(lookups))] } : {}) };
}

interface Place {
    /** The last id that is known. */
    readonly after: string;
    readonly since: string;
    /** Which list it is, and its fields. */
    readonly parameters: Readonly<Record<string, Json>>;
}

/**
 * Records that changed at or after an instant, by their ids: the next page begins after the last id
 * of the one before, so that a record that vanishes or changes in between moves no other.
 */
function changesFeed(
    list: List,
    client: Bitrix24Client,
    settings: Bitrix24Settings,
    readLookups: () => Promise<Lookups>,
    { clock }: Tools,
): Feed {
    return {
        name: list.name,
        streams: list.streams,
        plan: async (cursor) => {
            const lookups = await readLookups();
            const parameters = parametersOf(list, lookups);
            // Whatever changes from here on is for the next run, which begins here.
            const newest = await client.call(list.method, {
                ...parameters,
                order: { [list.changed]: 'DESC' },
                start: -1,
            });
            const changed = list.records(newest)[0]?.changed;
            const since = cursor ?? `${settings.since}T00:00:00Z`;
            const from = new Date(Date.parse(since) - (cursor === null ? 0 : overlapMs));
            // As the system writes times, without parts of a second.
            const instant = from.toISOString().replace(/\.\d+Z$/, '+00:00');
            const place = { after: '0', since: instant, parameters };
            return {
                slices: [{ name: list.name, place }],
                lookups,
                ...(changed
                    ? {
                          cursor: new Date(Date.parse(changed)).toISOString(),
                          covered: daysOfChanges(
                              provenOf(bitrix24, list.streams),
                              { since: settings.since, cursor },
                              clock.now(),
                          ),
                      }
                    : {}),
            };
        },
        ask: async (json) => {
            const place = json as unknown as Place;
            const { after, since, parameters } = place;
            const text = await client.call(list.method, {
                ...parameters,
                filter: { [`>${list.id}`]: after, [`>=${list.changed}`]: since },
                order: { [list.id]: 'ASC' },
                start: -1,
            });
            const records = list.records(text);
            const last = records.at(-1)?.id;
            const isLast = records.length < pageSize || last === undefined;
            return { text, next: isLast ? undefined : ({ ...place, after: last } as Json) };
        },
        read: (text, lookups) => ({ rows: list.rows(text, lookupsSchema.parse(lookups ?? {})) }),
    };
}

/** All ids there are, now and then: the system says nothing of what was deleted. */
function idsFeed(
    stream: string,
    entityTypeId: number,
    client: Bitrix24Client,
    settings: Bitrix24Settings,
    { clock }: Tools,
): Feed {
    const read = (text: string) => parsePage(items, text, `${settings.name}, ids`).result.items;
    return {
        name: `${stream}_ids`,
        streams: [],
        census: stream,
        plan: censusPlan(settings.compare_ids_every_days, clock, () => [
            { name: stream, place: { after: '0' } },
        ]),
        ask: async (json) => {
            const { after } = json as Readonly<Record<string, string>>;
            const text = await client.call('crm.item.list', {
                entityTypeId,
                select: entityTypeId === deal ? ['id', 'isRecurring'] : ['id'],
                filter: { '>id': after },
                order: { id: 'ASC' },
                start: -1,
            });
            const found = read(text);
            const last = found.at(-1)?.id;
            const isLast = found.length < pageSize || last === undefined;
            return { text, next: isLast ? undefined : ({ after: last } as Json) };
        },
        read: (text): PageContent => ({
            rows: [],
            ids: read(text).flatMap((one) => (isTemplate(one) ? [] : [one.id])),
        }),
    };
}

async function lookupsOf(
    client: Bitrix24Client,
    { name: connection, fields: named }: Bitrix24Settings,
    { onNote }: Tools,
): Promise<Lookups> {
    const people: Record<string, string> = {};
    const followUsers = createTrail(`${connection}, users`);
    for (let start: number | undefined = 0; start !== undefined; ) {
        followUsers(start);
        const text = await client.call('user.get', { start });
        const page: z.output<typeof users> = parsePage(users, text, `${connection}, users`);
        for (const { ID: id, NAME: name, LAST_NAME: last, EMAIL: email } of page.result) {
            people[id] = [name, last].filter(Boolean).join(' ') || email || id;
        }
        start = page.next ?? undefined;
    }
    const sources: Record<string, string> = {};
    const stages: Lookups['stages'] = {};
    const followStatuses = createTrail(`${connection}, statuses`);
    for (let start: number | undefined = 0; start !== undefined; ) {
        followStatuses(start);
        const text = await client.call('crm.status.list', { start });
        const page: z.output<typeof statuses> = parsePage(
            statuses,
            text,
            `${connection}, statuses`,
        );
        for (const {
            ENTITY_ID: kind,
            STATUS_ID: id,
            NAME: named,
            SEMANTICS: semantics,
        } of page.result) {
            const name = named ?? id;
            if (kind === 'SOURCE') sources[id] = name;
            const status = semantics === 'S' ? 'won' : semantics === 'F' ? 'lost' : 'open';
            if (kind.startsWith('DEAL_STAGE')) stages[id] = { name, status };
        }
        start = page.next ?? undefined;
    }
    const fieldsOf = async (entityTypeId: number, without: string) => {
        const text = await askOptional(
            () => client.call('crm.item.fields', { entityTypeId }),
            `${connection}: ${without}`,
            onNote,
        );
        if (text === undefined) return [];
        return Object.entries(parsePage(fieldList, text, `${connection}, fields`).result.fields);
    };
    const ofLeads = await fieldsOf(
        lead,
        'fields of click ids are not looked for, and values of lists of leads stay numbers',
    );
    const ofDeals = await fieldsOf(deal, 'values of lists of deals stay numbers');
    const fields: Lookups['fields'] = {};
    for (const [key, { upperName, items: words }] of [...ofLeads, ...ofDeals]) {
        const options = Object.fromEntries((words ?? []).map((one) => [one.ID, one.VALUE]));
        // Leads and deals may have a field of one name; ids of words are those of one of them alone.
        const known = { key, options: { ...fields[key]?.options, ...options } };
        fields[key] = known;
        if (upperName) fields[upperName] = known;
    }
    tellMissing(connection, named, fields, onNote);
    const usual = usualTouchFields(
        ofLeads.map(([name, { title }]) => ({ label: title ?? '', name })),
    );
    const leads = `${client.portal}/crm/lead/details/`;
    return { leads, touch_fields: usual, fields, users: people, sources, stages };
}
