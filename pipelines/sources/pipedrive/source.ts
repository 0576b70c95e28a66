import type { z } from 'zod';
import { censusPlan } from '../api/census.ts';
import type { Connector, Feed, Page, PageContent, Plan, Tools } from '../api/connector.ts';
import { askOptional } from '../api/http.ts';
import type { Json } from '../api/json.ts';
import { tellMissing } from '../api/missing-fields.ts';
import { parsePage } from '../api/parse-page.ts';
import { planProven } from '../api/plan-days.ts';
import { usualTouchFields } from '../api/touches.ts';
import { createTrail } from '../api/trail.ts';
import { createPipedriveClient, type PipedriveClient, type PipedriveSettings } from './client.ts';
import {
    activityList,
    anyList,
    changeList,
    dealList,
    dealPage,
    fieldList,
    type Lookups,
    leadList,
    leadPage,
    lookups as lookupsSchema,
    self,
    stageList,
    userList,
} from './records.ts';
import { activityRow, dealRows, leadRows } from './rows.ts';

/** A change shows up in lists a little after it was made. */
const overlapMs = 5 * 60_000;
/** As many people as can be asked for by their ids at once. */
const pageSize = 100;
const idPageSize = 500;

interface Known {
    readonly lookups: Lookups;
    /** By the clock of the system; milliseconds since 1970. */
    readonly at: number;
}

interface Context {
    readonly client: PipedriveClient;
    readonly settings: PipedriveSettings;
    readonly readLookups: () => Promise<Known>;
}

/** Deals with their stages, the leads inbox, and activities. */
export function openPipedrive(settings: PipedriveSettings, tools: Tools): Connector {
    const client = createPipedriveClient(settings, tools);
    let known: Promise<Known> | undefined;
    const readLookups = () => {
        known ??= lookupsOf(client, settings, tools);
        return known;
    };
    const context = { client, settings, readLookups };
    const isDealsOnly = settings.inquiries === 'deals';
    return {
        feeds: [
            // Archived and deleted deals stand in lists of their own.
            dealsFeed('deals', 'api/v2/deals', {}, context, {
                streams: isDealsOnly ? ['deals', 'leads'] : ['deals'],
                paths: ['api/v2/deals', 'api/v2/deals/archived'],
            }),
            dealsFeed('deals_archived', 'api/v2/deals/archived', {}, context),
            dealsFeed('deals_deleted', 'api/v2/deals', { status: 'deleted' }, context),
            ...(isDealsOnly
                ? []
                : [
                      leadsFeed('leads', 'v1/leads', true, context, {
                          streams: ['leads'],
                          paths: ['v1/leads', 'v1/leads/archived'],
                      }),
                      leadsFeed('leads_archived', 'v1/leads/archived', false, context),
                  ]),
            activitiesFeed(context),
            idsFeed('deals', client, settings, tools),
            ...(isDealsOnly ? [idsFeed('leads', client, settings, tools)] : []),
        ],
        test: async () => {
            const { lookups } = await readLookups();
            const paths = ['api/v2/deals', 'api/v2/activities', 'api/v2/persons'];
            for (const path of paths) await client.get(path, { limit: '1' });
            const users = Object.keys(lookups.users).length;
            const stages = Object.keys(lookups.stages).length;
            return `${users} users, ${stages} stages, and deals, activities and people can be read`;
        },
    };
}

function sinceOf(cursor: string | null, { since }: PipedriveSettings): string {
    // The system takes no fractions of a second.
    const at = cursor === null ? Date.parse(since) : Date.parse(cursor) - overlapMs;
    return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Streams of which a record in one of the lists proves that they can be read. */
interface Proof {
    readonly streams: readonly string[];
    readonly paths: readonly string[];
}

async function planChanges(
    cursor: string | null,
    name: string,
    { client, settings, readLookups }: Context,
    proof: Proof = { streams: [], paths: [] },
): Promise<Plan> {
    const { lookups, at } = await readLookups();
    const place = { since: sinceOf(cursor, settings), cursor: '', isFirst: cursor === null };
    const slices = [{ name, place }];
    const { streams, paths } = proof;
    const run = { streams, since: settings.since, cursor, at };
    return planProven({ slices, lookups }, run, async () => {
        for (const path of paths) {
            const { text } = await client.get(path, { limit: '1' });
            if (parsePage(anyList, text, `${settings.name}, ${name}`).data?.length) return true;
        }
        return false;
    });
}

interface Place {
    readonly since: string;
    /** Of the page; empty for the first. */
    readonly cursor: string;
    /** Whether nothing is known yet. */
    readonly isFirst?: boolean;
}

const cursorOf = ({ cursor }: Pick<Place, 'cursor'>) => (cursor === '' ? {} : { cursor });

/** Deals by their change. The cursor of a page stands at a record, not at a number of records. */
function dealsFeed(
    name: string,
    path: string,
    query: Readonly<Record<string, string>>,
    context: Context,
    proof?: Proof,
): Feed {
    const { client, settings } = context;
    const page = `${settings.name}, ${name}`;
    return {
        name,
        streams: ['deals', 'deal_stage_history', 'lead_events', 'leads', 'lead_touches'],
        plan: (cursor) => planChanges(cursor, name, context, proof),
        ask: async (json) => {
            const place = json as unknown as Place;
            const { text } = await client.get(path, {
                ...query,
                updated_since: place.since,
                sort_by: 'update_time',
                sort_direction: 'asc',
                include_fields: 'source_lead_id',
                limit: String(pageSize),
                ...cursorOf(place),
            });
            const { data, additional_data: more } = parsePage(dealList, text, page);
            const found = data ?? [];
            const people =
                settings.inquiries === 'deals' ? await askPeople(client, found) : '{"data":[]}';
            const histories: string[] = [];
            for (const deal of settings.stage_history ? found : []) {
                const changed = deal.stage_change_time;
                // One that never moved has no history, and one that moved before a later run is known already.
                const isKnown =
                    !place.isFirst && changed && Date.parse(changed) < Date.parse(place.since);
                if (deal.is_deleted || isKnown) continue;
                const answers = changed ? await askChanges(client, deal.id, settings.name) : [];
                histories.push(`${JSON.stringify(deal.id)}:[${answers.join(',')}]`);
            }
            const next = more?.next_cursor;
            return {
                text: `{"deals":${text},"people":${people},"changes":{${histories.join(',')}}}`,
                next: next ? { ...place, cursor: next } : undefined,
            };
        },
        read: (text, json) => {
            const { deals, people, changes } = parsePage(dealPage, text, page);
            const byId = new Map((people.data ?? []).map((person) => [person.id, person]));
            const lookups = lookupsSchema.parse(json ?? {});
            return {
                rows: (deals.data ?? []).flatMap((deal) => {
                    const person = byId.get(deal.person_id ?? '');
                    const own = changes[deal.id]?.flatMap(({ data }) => data ?? []);
                    return dealRows({ deal, person, changes: own }, lookups, settings);
                }),
            };
        },
    };
}

async function askChanges(
    client: PipedriveClient,
    id: string,
    connection: string,
): Promise<readonly string[]> {
    const answers: string[] = [];
    const page = `${connection}, changes of deal ${id}`;
    const follow = createTrail(page);
    for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined; ) {
        follow(cursor);
        const { text } = await client.get(`v1/deals/${id}/changelog`, {
            limit: String(idPageSize),
            ...cursorOf({ cursor }),
        });
        answers.push(text);
        const changes: z.output<typeof changeList> = parsePage(changeList, text, page);
        cursor = changes.additional_data?.next_cursor;
    }
    return answers;
}

async function askPeople(
    client: PipedriveClient,
    records: readonly { readonly person_id?: string | null | undefined }[],
): Promise<string> {
    const ids = [...new Set(records.flatMap(({ person_id: id }) => (id ? [id] : [])))];
    if (ids.length === 0) return '{"data":[]}';
    const query = { ids: ids.join(','), limit: String(pageSize) };
    return (await client.get('api/v2/persons', query)).text;
}

/**
 * The leads inbox, which pages by number. By id a lead that changes keeps its place; one that leaves
 * the inbox pulls others forward, so that each page begins before the end of the one before.
 */
function leadsFeed(
    name: string,
    path: string,
    isByChange: boolean,
    context: Context,
    proof?: Proof,
): Feed {
    const { client, settings } = context;
    const page = `${settings.name}, ${name}`;
    return {
        name,
        streams: ['leads', 'lead_touches'],
        plan: (cursor) => planChanges(cursor, name, context, proof),
        ask: async (json): Promise<Page> => {
            const place = json as unknown as Place;
            const start = Number(place.cursor);
            const { text } = await client.get(path, {
                sort: 'id ASC',
                start: String(start),
                limit: String(pageSize),
                ...(isByChange ? { updated_since: place.since } : {}),
            });
            const { data, additional_data: more } = parsePage(leadList, text, page);
            const people = await askPeople(client, data ?? []);
            const next = more?.pagination?.more_items_in_collection
                ? String(start + pageSize - leadOverlap)
                : undefined;
            return {
                text: `{"leads":${text},"people":${people}}`,
                next: next === undefined ? undefined : { since: place.since, cursor: next },
            };
        },
        read: (text, json) => {
            const { leads, people } = parsePage(leadPage, text, page);
            const byId = new Map((people.data ?? []).map((person) => [person.id, person]));
            const lookups = lookupsSchema.parse(json ?? {});
            return {
                rows: (leads.data ?? []).flatMap((lead) =>
                    leadRows(lead, byId.get(lead.person_id ?? ''), lookups, settings),
                ),
            };
        },
    };
}

const leadOverlap = 20;

function activitiesFeed(context: Context): Feed {
    const { client, settings } = context;
    const page = `${settings.name}, activities`;
    return {
        name: 'activities',
        streams: ['activities'],
        plan: (cursor) => planChanges(cursor, 'activities', context),
        ask: async (json) => {
            const place = json as unknown as Place;
            const { text } = await client.get('api/v2/activities', {
                updated_since: place.since,
                sort_by: 'update_time',
                sort_direction: 'asc',
                limit: String(idPageSize),
                ...cursorOf(place),
            });
            const next = parsePage(activityList, text, page).additional_data?.next_cursor;
            return { text, next: next ? { since: place.since, cursor: next } : undefined };
        },
        read: (text, json) => {
            const lookups = lookupsSchema.parse(json ?? {});
            const { data } = parsePage(activityList, text, page);
            return { rows: (data ?? []).map((activity) => activityRow(activity, lookups)) };
        },
    };
}

/** All ids there are, now and then: a deal is listed as deleted for 30 days, and then not at all. */
function idsFeed(
    stream: string,
    client: PipedriveClient,
    settings: PipedriveSettings,
    { clock }: Tools,
): Feed {
    const page = `${settings.name}, ids`;
    const paths = ['api/v2/deals', 'api/v2/deals/archived'];
    return {
        name: `${stream}_ids`,
        streams: [],
        census: stream,
        plan: censusPlan(settings.compare_ids_every_days, clock, () =>
            paths.map((path) => ({ name: path, place: { path, cursor: '' } })),
        ),
        ask: async (json) => {
            const place = json as Readonly<Record<'path' | 'cursor', string>>;
            const { text } = await client.get(place.path, {
                sort_by: 'id',
                sort_direction: 'asc',
                limit: String(idPageSize),
                ...cursorOf(place),
            });
            const next = parsePage(anyList, text, page).additional_data?.next_cursor;
            return { text, next: next ? ({ ...place, cursor: next } as Json) : undefined };
        },
        read: (text): PageContent => ({
            rows: [],
            ids: (parsePage(anyList, text, page).data ?? []).map(({ id }) => id),
        }),
    };
}

async function lookupsOf(
    client: PipedriveClient,
    { name: connection, fields: named }: PipedriveSettings,
    { onNote }: Tools,
): Promise<Known> {
    const answer = await client.get('v1/users');
    const people = parsePage(userList, answer.text, `${connection}, users`).data ?? [];
    const stages: Record<string, string> = {};
    const fields: Lookups['fields'] = {};
    await eachPage(client, 'api/v2/stages', `${connection}, stages`, (text, page) => {
        const list = parsePage(stageList, text, page);
        for (const { id, name } of list.data ?? []) stages[id] = name;
        return list.additional_data?.next_cursor;
    });
    await eachPage(client, 'api/v2/dealFields', `${connection}, fields`, (text, page) => {
        const list = parsePage(fieldList, text, page);
        for (const { field_code: key, field_name: name, options } of list.data ?? []) {
            const labels = Object.fromEntries((options ?? []).map(({ id, label }) => [id, label]));
            const known = { key, options: labels };
            fields[key] = known;
            fields[name] ??= known;
        }
        return list.additional_data?.next_cursor;
    });
    tellMissing(connection, named, fields, onNote);
    const users = Object.fromEntries(people.map(({ id, name }) => [id, name ?? id]));
    const me = await askOptional(
        () => client.get('v1/users/me'),
        `${connection}: lead cards have no link to the record`,
        onNote,
    );
    const domain = me && parsePage(self, me.text, `${connection}, user`).data.company_domain;
    const site = domain ? `https://${encodeURIComponent(domain)}.pipedrive.com` : null;
    const usual = usualTouchFields(
        Object.entries(fields).map(([label, { key }]) => ({ label, name: key })),
    );
    const lookups = { site, touch_fields: usual, users, stages, fields };
    return { lookups, at: answer.at };
}

/**
 * @param page as messages name it
 * @param read takes a page and says the cursor of the next one
 */
async function eachPage(
    client: PipedriveClient,
    path: string,
    page: string,
    read: (text: string, page: string) => string | null | undefined,
): Promise<void> {
    const follow = createTrail(page);
    for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined; ) {
        follow(cursor);
        const query = { limit: String(idPageSize), ...cursorOf({ cursor }) };
        cursor = read((await client.get(path, query)).text, page);
    }
}
