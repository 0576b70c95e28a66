import type { z } from 'zod';
import { censusPlan } from '../api/census.ts';
import type { CanonicalRow, Connector, Feed, PageContent, Tools } from '../api/connector.ts';
import { askOptional } from '../api/http.ts';
import type { Json } from '../api/json.ts';
import { parsePage } from '../api/parse-page.ts';
import { planProven, provenOf } from '../api/plan-days.ts';
import { touchFieldNames, usualTouchFields } from '../api/touches.ts';
import { createTrail } from '../api/trail.ts';
import { noticeUnnamed, type UnnamedSteps } from '../api/unnamed-steps.ts';
import {
    createSalesforceClient,
    type SalesforceClient,
    type SalesforceSettings,
} from './client.ts';
import {
    anyList,
    conversionList,
    dealPage,
    description,
    eventList,
    type Lookups,
    leadHistoryList,
    leadList,
    lookups as lookupsSchema,
    opportunityList,
    organizationList,
    stageEntryList,
    taskList,
    userList,
} from './records.ts';
import { dealRows, eventRows, instantOf, leadHistoryRows, leadRows, taskRow } from './rows.ts';
import { salesforce } from './settings.ts';

/** A transaction that began before may end after: its records show up with the earlier time. */
const overlapMs = 15 * 60_000;
const pageSize = 2000;
/** Ids of as many deals fit into the address of a question. */
const dealPageSize = 200;

interface Known {
    readonly lookups: Lookups;
    /** By the clock of the system; milliseconds since 1970. */
    readonly at: number;
}

/** How records of one kind are asked and read. */
interface List {
    readonly name: string;
    readonly streams: readonly string[];
    readonly object: string;
    readonly fields: (known: Lookups) => readonly string[];
    /** Field that says when a record changed. */
    readonly changed: 'SystemModstamp' | 'CreatedDate';
    readonly limit: number;
    /** What belongs to a page beside it. */
    readonly complete?: (text: string) => Promise<string>;
    readonly rows: (text: string, known: Lookups) => readonly CanonicalRow[];
}

/** Leads, deals, their histories and activities. */
export function openSalesforce(settings: SalesforceSettings, tools: Tools): Connector {
    const client = createSalesforceClient(settings, tools);
    let known: Promise<Known> | undefined;
    const readLookups = () => {
        known ??= lookupsOf(client, settings.name, tools);
        return known;
    };
    const unnamed = noticeUnnamed('lead_statuses', settings.lead_statuses, tools.onNote);
    const lists = listsOf(client, settings, unnamed);
    return {
        close: async () => unnamed.tell(),
        feeds: [
            ...lists.map((list) => changesFeed(list, client, settings, readLookups)),
            idsFeed('leads', 'Lead', client, settings, tools),
            idsFeed('deals', 'Opportunity', client, settings, tools),
        ],
        test: async () => {
            const { lookups } = await readLookups();
            for (const list of lists) {
                const fields = list.fields(lookups).join(', ');
                await client.queryAll(`SELECT ${fields} FROM ${list.object} LIMIT 1`);
            }
            const objects = lists.map(({ object }) => object).join(', ');
            return `${Object.keys(lookups.users).length} users, days of ${lookups.timezone}, and ${objects} can be read`;
        },
    };
}

function listsOf(
    client: SalesforceClient,
    settings: SalesforceSettings,
    unnamed: UnnamedSteps,
): readonly List[] {
    const { name } = settings;
    const own = (prefix: string) =>
        Object.entries(settings.fields).flatMap(([key, field]) =>
            key.startsWith(prefix) && field ? [field] : [],
        );
    const activity = ['Id', 'WhoId', 'WhatId', 'OwnerId', 'CreatedDate', 'SystemModstamp'];
    return [
        {
            name: 'leads',
            streams: ['leads', 'lead_touches'],
            object: 'Lead',
            changed: 'SystemModstamp',
            limit: pageSize,
            fields: ({ touch_fields: usual }) =>
                unique([
                    ...['Id', 'CreatedDate', 'Name', 'Email', 'Company', 'SystemModstamp'],
                    ...['IsDeleted', 'MasterRecordId', ...own('lead_')],
                    ...Object.values(
                        touchFieldNames(
                            usual,
                            settings.touch_fields,
                            settings.fields.lead_landing_page,
                        ),
                    ),
                ]),
            rows: (text, known) =>
                parsePage(leadList, text, `${name}, leads`).records.flatMap((one) =>
                    leadRows(one, known, settings),
                ),
        },
        {
            name: 'lead_history',
            streams: ['lead_events'],
            object: 'LeadHistory',
            changed: 'CreatedDate',
            limit: pageSize,
            fields: () => ['Id', 'LeadId', 'Field', 'NewValue', 'CreatedDate', 'IsDeleted'],
            rows: (text, known) =>
                parsePage(leadHistoryList, text, `${name}, lead history`).records.flatMap((one) => {
                    if (one.Field === 'Status') unnamed.see(one.NewValue);
                    return leadHistoryRows(one, known, settings);
                }),
        },
        {
            name: 'deals',
            streams: ['deals', 'deal_stage_history'],
            object: 'Opportunity',
            changed: 'SystemModstamp',
            limit: dealPageSize,
            fields: ({ hasCurrencies }) =>
                unique([
                    ...['Id', 'CreatedDate', 'AccountId', 'OwnerId', 'StageName', 'IsWon'],
                    ...['IsClosed', 'CloseDate', 'SystemModstamp', 'IsDeleted', ...own('deal_')],
                    ...(hasCurrencies ? ['CurrencyIsoCode'] : []),
                ]),
            complete: (text) => withHistory(client, text, `${name}, deals`),
            rows: (text, known) => dealPageRows(text, known, settings),
        },
        {
            name: 'tasks',
            streams: ['activities'],
            object: 'Task',
            changed: 'SystemModstamp',
            limit: pageSize,
            fields: () => [
                ...activity,
                ...['TaskSubtype', 'IsClosed', 'ActivityDate', 'CompletedDateTime', 'CallType'],
                'IsDeleted',
            ],
            rows: (text, known) =>
                parsePage(taskList, text, `${name}, tasks`).records.map((one) =>
                    taskRow(one, known),
                ),
        },
        {
            name: 'events',
            streams: ['activities'],
            object: 'Event',
            changed: 'SystemModstamp',
            limit: pageSize,
            fields: () => [
                ...activity,
                ...['StartDateTime', 'IsChild', 'IsRecurrence', 'IsDeleted'],
            ],
            rows: (text, known) =>
                parsePage(eventList, text, `${name}, events`).records.flatMap((one) =>
                    eventRows(one, known),
                ),
        },
    ];
}

const unique = (names: readonly string[]) => [...new Set(names)];

/**
 * Records that changed at or after an instant, in the order of their changes, and of their ids where
 * an import changed many at once. The next page begins behind the last record of the one before: the
 * locators that the system gives out end after a while, and with them a run that was killed.
 */
function changesFeed(
    list: List,
    client: SalesforceClient,
    settings: SalesforceSettings,
    readLookups: () => Promise<Known>,
): Feed {
    return {
        name: list.name,
        streams: list.streams,
        plan: async (cursor) => {
            const { lookups, at } = await readLookups();
            const since =
                cursor === null ? Date.parse(settings.since) : Date.parse(cursor) - overlapMs;
            const fields = list.fields(lookups).join(', ');
            const place = { fields, since: new Date(since).toISOString(), id: '' };
            const slices = [{ name: list.name, place }];
            const streams = provenOf(salesforce, list.streams);
            const proof = { streams, since: settings.since, cursor, at };
            return planProven({ slices, lookups }, proof, async () => {
                const { text } = await client.query(
                    `SELECT Id FROM ${list.object} ORDER BY Id ASC LIMIT 1`,
                );
                const { records } = parsePage(anyList, text, `${settings.name}, ${list.name}`);
                return records.length > 0;
            });
        },
        ask: async (json) => {
            const place = json as Readonly<Record<'fields' | 'since' | 'id', string>>;
            const { since, id } = place;
            const { changed } = list;
            const behind =
                id === ''
                    ? `${changed} >= ${since}`
                    : `(${changed} > ${since} OR (${changed} = ${since} AND Id > '${id}'))`;
            const { text } = await client.queryAll(
                `SELECT ${place.fields} FROM ${list.object} WHERE ${behind} ` +
                    `ORDER BY ${changed} ASC, Id ASC LIMIT ${list.limit}`,
            );
            const found = parsePage(anyList, text, `${settings.name}, ${list.name}`);
            const last = found.records.at(-1);
            // An answer may hold fewer than were asked for, and says so.
            const isLast = found.done && found.records.length < list.limit;
            const next =
                isLast || last === undefined
                    ? undefined
                    : { ...place, since: instantOf(last[changed]) ?? since, id: last.Id };
            return { text: (await list.complete?.(text)) ?? text, next };
        },
        read: (text, lookups) => ({ rows: list.rows(text, lookupsSchema.parse(lookups ?? {})) }),
    };
}

/** All stages that the deals of a page were in, and the leads they grew from. */
async function withHistory(client: SalesforceClient, text: string, page: string): Promise<string> {
    const { records } = parsePage(opportunityList, text, page);
    if (records.length === 0) return `{"deals":${text},"history":[],"conversions":[]}`;
    const ids = records.map(({ Id: id }) => `'${id}'`).join(',');
    const history = await allOf(
        client,
        `SELECT Id, OpportunityId, StageName, CreatedDate FROM OpportunityHistory WHERE OpportunityId IN (${ids})`,
        page,
        (answer) => parsePage(stageEntryList, answer, page).nextRecordsUrl,
    );
    const conversions = await allOf(
        client,
        `SELECT Id, ConvertedOpportunityId FROM Lead WHERE ConvertedOpportunityId IN (${ids}) ORDER BY CreatedDate ASC, Id ASC`,
        page,
        (answer) => parsePage(conversionList, answer, page).nextRecordsUrl,
    );
    return `{"deals":${text},"history":[${history.join(',')}],"conversions":[${conversions.join(',')}]}`;
}

async function allOf(
    client: SalesforceClient,
    soql: string,
    page: string,
    nextOf: (text: string, page: string) => string | undefined,
): Promise<readonly string[]> {
    const answers = [(await client.queryAll(soql)).text];
    const follow = createTrail(page);
    for (let next = nextOf(answers[0] as string, page); next !== undefined; ) {
        follow(next);
        const { text } = await client.get(next);
        answers.push(text);
        next = nextOf(text, page);
    }
    return answers;
}

function dealPageRows(
    text: string,
    known: Lookups,
    settings: SalesforceSettings,
): readonly CanonicalRow[] {
    const { deals, history, conversions } = parsePage(dealPage, text, `${settings.name}, deals`);
    const entries = Map.groupBy(
        history.flatMap(({ records }) => records),
        ({ OpportunityId: id }) => id,
    );
    const leads = Map.groupBy(
        conversions.flatMap(({ records }) => records),
        ({ ConvertedOpportunityId: id }) => id,
    );
    return deals.records.flatMap((deal) => {
        const leadIds = (leads.get(deal.Id) ?? []).map(({ Id: id }) => id);
        return dealRows(deal, entries.get(deal.Id) ?? [], leadIds, known, settings);
    });
}

/** All ids there are, now and then: what was deleted is told for 15 days, and then not at all. */
function idsFeed(
    stream: string,
    object: string,
    client: SalesforceClient,
    settings: SalesforceSettings,
    { clock }: Tools,
): Feed {
    const page = `${settings.name}, ids`;
    return {
        name: `${stream}_ids`,
        streams: [],
        census: stream,
        plan: censusPlan(settings.compare_ids_every_days, clock, () => [
            { name: stream, place: { after: '' } },
        ]),
        ask: async (json) => {
            const { after } = json as Readonly<Record<string, string>>;
            const behind = after === '' ? '' : ` WHERE Id > '${after}'`;
            const { text } = await client.query(
                `SELECT Id FROM ${object}${behind} ORDER BY Id ASC LIMIT ${pageSize}`,
            );
            const { done, records } = parsePage(anyList, text, page);
            const last = records.at(-1)?.Id;
            const isLast = (done && records.length < pageSize) || last === undefined;
            return { text, next: isLast ? undefined : ({ after: last } as Json) };
        },
        read: (text): PageContent => ({
            rows: [],
            ids: parsePage(anyList, text, page).records.map(({ Id: id }) => id),
        }),
    };
}

async function lookupsOf(
    client: SalesforceClient,
    connection: string,
    { onNote }: Tools,
): Promise<Known> {
    const answer = await client.query('SELECT TimeZoneSidKey FROM Organization');
    const [org] = parsePage(organizationList, answer.text, `${connection}, org`).records;
    const fieldsOf = async (object: string) => {
        const { text } = await client.describe(object);
        return parsePage(description, text, `${connection}, fields of ${object}`).fields;
    };
    const fields = await fieldsOf('Opportunity');
    const leadFields = await askOptional(
        () => fieldsOf('Lead'),
        `${connection}: fields of tags and click ids are not looked for`,
        onNote,
    );
    const users: Record<string, string> = {};
    const answers = await allOf(
        client,
        'SELECT Id, Name FROM User',
        `${connection}, users`,
        (text, page) => parsePage(userList, text, page).nextRecordsUrl,
    );
    for (const page of answers) {
        const { records }: z.output<typeof userList> = parsePage(
            userList,
            page,
            `${connection}, users`,
        );
        for (const { Id: id, Name: name } of records) users[id] = name ?? id;
    }
    const lookups = {
        timezone: org?.TimeZoneSidKey ?? 'UTC',
        hasCurrencies: fields.some(({ name }) => name === 'CurrencyIsoCode'),
        touch_fields: usualTouchFields(
            (leadFields ?? []).map(({ name }) => ({ label: name, name })),
        ),
        users,
    };
    return { lookups, at: answer.at };
}
