import type { z } from 'zod';
import { censusPlan } from '../api/census.ts';
import type { Connector, Feed, Page, PageContent, Tools } from '../api/connector.ts';
import { askOptional } from '../api/http.ts';
import type { Json } from '../api/json.ts';
import { parsePage } from '../api/parse-page.ts';
import { daysOfChanges, provenOf } from '../api/plan-days.ts';
import { createTrail } from '../api/trail.ts';
import { noticeUnnamed, type UnnamedSteps } from '../api/unnamed-steps.ts';
import { createHubspotClient, type HubspotClient, type HubspotSettings } from './client.ts';
import {
    account,
    type CrmRecord,
    type Lookups,
    lookups as lookupsSchema,
    owners,
    page,
    pipelines,
    recordList,
} from './records.ts';
import {
    activityRows,
    changedAt,
    clickProperties,
    contactRows,
    dealRows,
    type ToRows,
} from './rows.ts';
import { hubspot } from './settings.ts';

type Linked = 'contacts' | 'deals' | 'companies';

interface CrmObject {
    readonly name: string;
    /** Property that says when a record changed. */
    readonly changed: string;
    readonly streams: readonly string[];
    readonly properties: readonly string[];
    /** Properties of which every value with its time is wanted. */
    readonly history: readonly string[];
    /** Kinds of records it is linked to. */
    readonly linked: readonly Linked[];
    readonly rows: ToRows;
}

/** As lists call it; other companies of a deal are `deal_to_company_unlabeled`. */
const primaryCompany = 'deal_to_company';
const listLimit = 100;
/** With values and their times, half as many. */
const historyLimit = 50;
const searchLimit = 200;
/** A change is found by search a little after it was made. */
const overlapMs = 15 * 60_000;

function objectsOf(
    { properties: named, touch_fields: touch }: HubspotSettings,
    unnamed: Readonly<Record<string, UnnamedSteps>>,
): readonly CrmObject[] {
    const given = (prefix: string) =>
        Object.entries(named).flatMap(([name, property]) =>
            name.startsWith(prefix) && property ? [property] : [],
        );
    const activity = (name: string, type: string, properties: readonly string[]): CrmObject => ({
        name,
        changed: 'hs_lastmodifieddate',
        streams: ['activities'],
        properties: ['hs_timestamp', 'hubspot_owner_id', 'hs_object_source', ...properties],
        history: [],
        linked: ['contacts', 'deals'],
        rows: activityRows(type),
    });
    return [
        {
            name: 'contacts',
            changed: 'lastmodifieddate',
            streams: ['leads', 'lead_touches', 'lead_events'],
            properties: unique([
                ...['createdate', 'firstname', 'lastname', 'email', 'company'],
                ...['hs_country_region_code', 'hs_merged_object_ids', ...given('lead_')],
                ...['hs_analytics_first_url', 'hs_analytics_first_timestamp'],
                ...['hs_analytics_first_referrer', 'hs_analytics_source'],
                ...Object.values(touch),
            ]),
            history: [
                ...['lifecyclestage', 'hs_lead_status', 'hubspot_owner_id'],
                ...['hs_analytics_last_url', ...Object.keys(clickProperties)],
            ],
            linked: [],
            rows: (record, ...known) => {
                for (const [property, steps] of Object.entries(unnamed)) {
                    const values = record.propertiesWithHistory[property] ?? [];
                    for (const { value } of values) steps.see(value);
                }
                return contactRows(record, ...known);
            },
        },
        {
            name: 'deals',
            changed: 'hs_lastmodifieddate',
            streams: ['deals', 'deal_stage_history'],
            properties: [
                ...['createdate', 'closedate', 'dealstage', 'pipeline', 'hubspot_owner_id'],
                ...['deal_currency_code', 'hs_is_closed', 'hs_is_closed_won'],
                ...['hs_merged_object_ids', ...given('deal_')],
            ],
            history: ['dealstage'],
            linked: ['contacts', 'companies'],
            rows: dealRows,
        },
        activity('calls', 'call', ['hs_call_direction']),
        activity('emails', 'email', ['hs_email_direction']),
        activity('meetings', 'meeting', []),
        activity('notes', 'note', []),
    ];
}

const unique = (names: readonly string[]) => [...new Set(names)];

/** Leads, deals, their histories and activities. */
export function openHubspot(settings: HubspotSettings, tools: Tools): Connector {
    const client = createHubspotClient(settings, tools);
    let known: Promise<z.output<typeof lookupsSchema>> | undefined;
    const readLookups = () => {
        known ??= lookupsOf(client, settings.name, tools);
        return known;
    };
    const { lifecycle_stages: stages, lead_statuses: statuses } = settings;
    const unnamed = {
        lifecyclestage: noticeUnnamed('lifecycle_stages', stages, tools.onNote),
        hs_lead_status: noticeUnnamed('lead_statuses', statuses, tools.onNote),
    };
    const objects = objectsOf(settings, unnamed);
    return {
        close: async () => {
            for (const { tell } of Object.values(unnamed)) tell();
        },
        feeds: [
            ...objects.flatMap((object) => [
                liveFeed(object, client, settings, readLookups, tools),
                archivedFeed(object, client, settings, readLookups),
            ]),
            idsFeed('leads', 'contacts', client, settings, tools),
            idsFeed('deals', 'deals', client, settings, tools),
        ],
        test: async () => {
            const { owners: people, stages } = await readLookups();
            for (const name of [...objects.map((object) => object.name), 'companies']) {
                await client.get(`objects/*/${name}`, { limit: '1' });
            }
            const count = Object.keys(stages).length;
            return `${Object.keys(people).length} owners, ${count} deal stages, and ${objects.map(({ name }) => name).join(', ')} can be read`;
        },
    };
}

type ReadLookups = () => Promise<z.output<typeof lookupsSchema>>;

/** What changed, by search: at first since the day that the connection begins with. */
function liveFeed(
    object: CrmObject,
    client: HubspotClient,
    settings: HubspotSettings,
    readLookups: ReadLookups,
    { clock }: Tools,
): Feed {
    const changed = [object.changed, ...object.properties];
    return {
        name: object.name,
        streams: object.streams,
        plan: async (cursor) => {
            // Whatever changes from here on is for the next run, which begins here.
            const text = await client.search(object.name, {
                sorts: [{ propertyName: object.changed, direction: 'DESCENDING' }],
                properties: [object.changed],
                limit: 1,
            });
            const [latest] = parsePage(recordList, text, settings.name).results;
            const until = latest && changedAt(latest);
            const from = { since: settings.since, cursor };
            const proven = provenOf(hubspot, object.streams);
            const since =
                cursor === null ? Date.parse(settings.since) : Date.parse(cursor) - overlapMs;
            return {
                slices: [{ name: object.name, place: { since: new Date(since).toISOString() } }],
                lookups: await readLookups(),
                ...(until === undefined
                    ? {}
                    : { cursor: until, covered: daysOfChanges(proven, from, clock.now()) }),
            };
        },
        ask: (json) => {
            const place = json as Readonly<Record<string, string>>;
            return askChanged(object, client, settings.name, place, changed);
        },
        read: (text, lookups) => readPage(object, text, lookups, settings),
    };
}

/** Records that were archived: the search does not find them. */
function archivedFeed(
    object: CrmObject,
    client: HubspotClient,
    settings: HubspotSettings,
    readLookups: ReadLookups,
): Feed {
    const changed = [object.changed, ...object.properties];
    return {
        name: `${object.name}_archived`,
        streams: object.streams,
        plan: async () => ({
            slices: [{ name: object.name, place: { list: '' } }],
            lookups: await readLookups(),
        }),
        ask: (json) => {
            const { list = '' } = json as Readonly<Record<string, string>>;
            return askArchived(object, client, settings.name, list, changed);
        },
        read: (text, lookups) => readPage(object, text, lookups, settings),
    };
}

/** All ids there are, now and then: a record that is restored is found by no search for changes. */
function idsFeed(
    stream: string,
    object: string,
    client: HubspotClient,
    settings: HubspotSettings,
    { clock }: Tools,
): Feed {
    const page = `${settings.name}, ids of ${object}`;
    return {
        name: `${stream}_ids`,
        streams: [],
        census: stream,
        plan: censusPlan(settings.compare_ids_every_days, clock, () => [
            { name: stream, place: { list: '' } },
        ]),
        ask: async (json) => {
            const { list = '' } = json as Readonly<Record<string, string>>;
            const text = await client.get(`objects/*/${object}`, {
                limit: String(listLimit),
                properties: 'hs_object_id',
                ...(list === '' ? {} : { after: list }),
            });
            const { paging: next } = parsePage(recordList, text, page);
            return { text, next: next === undefined ? undefined : { list: next } };
        },
        read: (text): PageContent => ({
            rows: [],
            ids: parsePage(recordList, text, page).results.map(({ id }) => id),
        }),
    };
}

async function askArchived(
    object: CrmObject,
    client: HubspotClient,
    connection: string,
    after: string,
    properties: readonly string[],
): Promise<Page> {
    const records = await client.get(`objects/*/${object.name}`, {
        limit: String(listLimit),
        archived: 'true',
        properties: properties.join(','),
        ...(object.linked.length > 0 ? { associations: object.linked.join(',') } : {}),
        ...(after === '' ? {} : { after }),
    });
    const { paging: next } = parsePage(recordList, records, `${connection}, ${object.name}`);
    return {
        text: `{"records":[${records}]}`,
        next: next === undefined ? undefined : { list: next },
    };
}

/**
 * Records that changed at or after an instant, in the order of their changes. Each page begins where
 * the last record of the one before stood, never at a number of records: one that changes in the
 * meantime would push another out of sight. So the ceiling of 10,000 results is not met either. What the
 * key may not see takes its place on a page: one that is short is the last only where no other is named,
 * and behind an empty one there is nothing to begin with but what it names.
 */
async function askChanged(
    object: CrmObject,
    client: HubspotClient,
    connection: string,
    { since = '', id, after }: Readonly<Record<string, string>>,
    properties: readonly string[],
): Promise<Page> {
    const at = String(Date.parse(since));
    // Where one instant fills a page, such as that of an import, its records come by their ids.
    const filters =
        id === undefined
            ? [{ propertyName: object.changed, operator: 'GTE', value: at }]
            : [
                  { propertyName: object.changed, operator: 'EQ', value: at },
                  { propertyName: 'hs_object_id', operator: 'GT', value: id },
              ];
    const sort = id === undefined ? object.changed : 'hs_object_id';
    const found = await client.search(object.name, {
        filterGroups: [{ filters }],
        sorts: [{ propertyName: sort, direction: 'ASCENDING' }],
        // The others come with their times.
        properties: object.history.length > 0 ? [object.changed] : properties,
        limit: searchLimit,
        ...(after === undefined ? {} : { after }),
    });
    const { results, paging } = parsePage(recordList, found, `${connection}, ${object.name}`);
    return {
        text: await withLinks(object, client, found, results, properties),
        next: nextPlace(results, paging, since, id),
    };
}

function nextPlace(
    results: readonly CrmRecord[],
    after: string | undefined,
    since: string,
    id: string | undefined,
): Json | undefined {
    const last = results.at(-1);
    if (last === undefined && after !== undefined) {
        return { since, ...(id === undefined ? {} : { id }), after };
    }
    if (last === undefined || (results.length < searchLimit && after === undefined)) {
        if (id === undefined) return undefined;
        // All of the one instant have come: on with the next millisecond.
        return { since: new Date(Date.parse(since) + 1).toISOString() };
    }
    if (id !== undefined) return { since, id: last.id };
    const reached = new Date(Date.parse(changedAt(last) ?? since)).toISOString();
    return reached > since ? { since: reached } : { since, id: '0' };
}

/** What the search leaves out: values with their times, and records on the other side. */
async function withLinks(
    object: CrmObject,
    client: HubspotClient,
    found: string,
    results: readonly CrmRecord[],
    properties: readonly string[],
): Promise<string> {
    const ids = results.map(({ id }) => id);
    const records: string[] = [];
    if (object.history.length === 0) records.push(found);
    else {
        for (const some of inParts(ids, historyLimit)) {
            const body = {
                inputs: some.map((id) => ({ id })),
                properties,
                propertiesWithHistory: object.history,
            };
            records.push(await client.batch(`objects/*/${object.name}/batch/read`, body));
        }
    }
    const links: string[] = [];
    for (const other of ids.length > 0 ? object.linked : []) {
        const path = `associations/*/${object.name}/${other}/batch/read`;
        const linked = await client.batch(path, { inputs: ids.map((id) => ({ id })) });
        links.push(`"${other}":${linked}`);
    }
    return `{"records":[${records.join(',')}],"associations":{${links.join(',')}}}`;
}

function inParts<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
    return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
        items.slice(index * size, (index + 1) * size),
    );
}

function readPage(
    object: CrmObject,
    text: string,
    json: Json | undefined,
    settings: HubspotSettings,
) {
    const { records, associations } = parsePage(page, text, `${settings.name}, ${object.name}`);
    const lookups = lookupsSchema.parse(json ?? {});
    const linkedTo = (record: CrmRecord, other: Linked) => {
        const listed = record.associations[other]?.results ?? [];
        const read = (associations[other]?.results ?? [])
            .filter(({ from }) => from.id === record.id)
            .flatMap(({ to }) => to);
        const all = [
            ...listed.map(({ id, type }) => ({ id, isPrimary: type === primaryCompany })),
            ...read.map(({ toObjectId: id, associationTypes: types }) => ({
                id,
                isPrimary: types.some(({ label }) => label === 'Primary'),
            })),
        ].sort((one, another) => Number(another.isPrimary) - Number(one.isPrimary));
        return [...new Set(all.map(({ id }) => id))];
    };
    const rows = records
        .flatMap(({ results }) => results)
        .flatMap((record) => {
            const linked = {
                contacts: linkedTo(record, 'contacts'),
                deals: linkedTo(record, 'deals'),
                companies: linkedTo(record, 'companies'),
            };
            return object.rows({ ...record, ...linked }, lookups, settings);
        });
    return { rows };
}

async function lookupsOf(
    client: HubspotClient,
    connection: string,
    { onNote }: Tools,
): Promise<z.output<typeof lookupsSchema>> {
    const people: Record<string, string> = {};
    for (const archived of ['false', 'true']) {
        const follow = createTrail(`${connection}, owners`);
        for (let after: string | undefined = ''; after !== undefined; ) {
            follow(after);
            const query = { limit: '100', archived, ...(after === '' ? {} : { after }) };
            const text = await client.get('owners/*', query);
            const answer: z.output<typeof owners> = parsePage(
                owners,
                text,
                `${connection}, owners`,
            );
            for (const { id, email, firstName, lastName } of answer.results) {
                const name = [firstName, lastName].filter(Boolean).join(' ');
                people[id] ??= name || email || id;
            }
            after = answer.paging;
        }
    }
    const text = await client.get('pipelines/*/deals');
    const all = parsePage(pipelines, text, `${connection}, pipelines`).results;
    const stages = all.flatMap((pipeline) =>
        pipeline.stages.map(({ id, label, metadata }) => {
            return [id, { label, status: statusIn(metadata ?? {}) }] as const;
        }),
    );
    return lookupsSchema.parse({
        ...(await accountOf(client, connection, onNote)),
        owners: people,
        stages: Object.fromEntries(stages),
    });
}

/** What a deal in a stage is; null where the stage does not say whether it is closed. */
function statusIn({
    isClosed,
    probability,
}: {
    readonly isClosed?: string | null | undefined;
    readonly probability?: string | null | undefined;
}): Lookups['stages'][string]['status'] {
    if (isClosed === 'false') return 'open';
    if (isClosed !== 'true' || !probability) return null;
    return Number(probability) > 0 ? 'won' : 'lost';
}

/** Where the pages of contacts are, but for their ids, and the currency of the account. */
async function accountOf(
    client: HubspotClient,
    connection: string,
    onNote: Tools['onNote'],
): Promise<Partial<Lookups>> {
    const text = await askOptional(
        client.account,
        `${connection}: lead cards have no link to the contact, and deals without a currency are taken as of that of the company`,
        onNote,
    );
    if (text === undefined) return {};
    const own = parsePage(account, text, `${connection}, account`);
    const site = own.uiDomain && `https://${own.uiDomain}/contacts/${own.portalId}`;
    return {
        contacts: site ? `${site}/record/0-1/` : null,
        currency: own.companyCurrency ?? null,
    };
}
