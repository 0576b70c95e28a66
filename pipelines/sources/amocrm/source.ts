import { censusPlan } from '../api/census.ts';
import type { CanonicalRow, Connector, Feed, PageContent, Tools } from '../api/connector.ts';
import type { Json } from '../api/json.ts';
import { parsePage } from '../api/parse-page.ts';
import { planProven, provenOf } from '../api/plan-days.ts';
import { noticeUnnamed, type UnnamedSteps } from '../api/unnamed-steps.ts';
import { type AmocrmClient, type AmocrmSettings, createAmocrmClient } from './client.ts';
import {
    account,
    anyList,
    eventList,
    type Lookups,
    leadList,
    leadPage,
    lookups as lookupsSchema,
    noteList,
    pipelineList,
    taskList,
    userList,
} from './records.ts';
import { eventRows, eventTypes, leadRows, noteRow, taskRows } from './rows.ts';
import { amocrm } from './settings.ts';
import { askStep, firstStep, type Listing, type Step } from './walk.ts';

/** A change shows up in lists a little after it was made. */
const overlapSeconds = 5 * 60;
const eventLimit = 100;
/** Days of events that are asked for in one go, so that no list of them gets long. */
const eventDays = 30;
/** Ids that fit into an address. */
const idsAtOnce = 50;

const leadsQuery = { with: 'contacts,loss_reason,source' };

interface Account {
    readonly lookups: Lookups;
    /** Whether the account may ask for what changed: it is a package of its own. */
    readonly isFiltering: boolean;
    /** By the clock of the system; milliseconds since 1970. */
    readonly at: number;
}

/** Deals, which are inquiries too, their histories and activities. */
export function openAmocrm(settings: AmocrmSettings, tools: Tools): Connector {
    const client = createAmocrmClient(settings, tools);
    let known: Promise<Account> | undefined;
    const readAccount = () => {
        known ??= accountOf(client, settings.name, tools);
        return known;
    };
    const unnamed = noticeUnnamed('lead_stages', settings.lead_stages, tools.onNote);
    return {
        close: async () => unnamed.tell(),
        feeds: [
            leadsFeed(client, settings, readAccount),
            eventsFeed(client, settings, readAccount, unnamed),
            notesFeed(client, settings, readAccount),
            tasksFeed(client, settings, readAccount),
            idsFeed('leads', client, settings, tools),
            idsFeed('deals', client, settings, tools),
        ],
        test: async () => {
            const { lookups, isFiltering } = await readAccount();
            await client.get('leads', { limit: '1' });
            await client.get('events', { limit: '1' });
            const users = Object.keys(lookups.users).length;
            const stages = Object.keys(lookups.stages).length;
            const filter = isFiltering
                ? ''
                : '; the account has no package API filtering, so names and addresses of contacts are left out';
            return `${users} users, ${stages} stages, and deals and events can be read${filter}`;
        },
    };
}

type ReadAccount = () => Promise<Account>;

/** The second from which is asked. */
function sinceOf(cursor: string | null, settings: AmocrmSettings): number {
    if (cursor === null) return Date.parse(`${settings.since}T00:00:00Z`) / 1000;
    return Math.floor(Date.parse(cursor) / 1000) - overlapSeconds;
}

const instant = (at: number) => new Date(at).toISOString();

interface ListFeed {
    readonly name: string;
    readonly streams: readonly string[];
    readonly listing: (since: number, isFiltering: boolean) => Listing;
    /** What belongs to a page beside it. */
    readonly complete?: (text: string, isFiltering: boolean) => Promise<string>;
    readonly rows: (text: string, known: Lookups) => readonly CanonicalRow[];
}

/** Records that changed since an instant, over a list with numbered pages. */
function changesFeed(
    list: ListFeed,
    client: AmocrmClient,
    settings: AmocrmSettings,
    readAccount: ReadAccount,
): Feed {
    return {
        name: list.name,
        streams: list.streams,
        plan: async (cursor) => {
            const { lookups, isFiltering, at } = await readAccount();
            const since = sinceOf(cursor, settings);
            const place = { ...firstStep(at), since, isFiltering };
            const slices = [{ name: list.name, place }];
            const streams = provenOf(amocrm, list.streams);
            const proof = { streams, since: settings.since, cursor, at };
            return planProven({ slices, lookups }, proof, async () => {
                const { text } = await client.get(list.listing(since, false).path, { limit: '1' });
                const shown = parsePage(anyList, text, `${settings.name}, ${list.name}`)._embedded;
                return Object.values(shown).flat().length > 0;
            });
        },
        ask: async (json) => {
            const { since, isFiltering, ...step } = json as unknown as Step & {
                readonly since: number;
                readonly isFiltering: boolean;
            };
            const listing = list.listing(since, isFiltering);
            const { text, next } = await askStep(client, settings.name, listing, step);
            return {
                text: (await list.complete?.(text, isFiltering)) ?? text,
                next: next && ({ ...(next as object), since, isFiltering } as Json),
            };
        },
        read: (text, lookups) => ({ rows: list.rows(text, lookupsSchema.parse(lookups ?? {})) }),
    };
}

function leadsFeed(client: AmocrmClient, settings: AmocrmSettings, readAccount: ReadAccount): Feed {
    const page = `${settings.name}, leads`;
    const list: ListFeed = {
        name: 'leads',
        streams: ['leads', 'lead_touches', 'deals'],
        // Without the package a filter is not refused, but passed over: then the newest come first.
        listing: (since, isFiltering) => ({
            path: 'leads',
            removal: 'lead_deleted',
            query: isFiltering
                ? { ...leadsQuery, 'filter[updated_at][from]': String(since) }
                : leadsQuery,
            ...(isFiltering ? {} : { downTo: since }),
        }),
        complete: async (text, isFiltering) => {
            const found = parsePage(leadList, text, page)._embedded.leads;
            const ids = found.flatMap(
                ({ _embedded: { contacts } }) =>
                    (contacts.find(({ is_main: isMain }) => isMain) ?? contacts[0] ?? { id: [] })
                        .id,
            );
            const contacts = isFiltering ? await askContacts(client, [...new Set(ids)]) : [];
            return `{"leads":${text},"contacts":[${contacts.join(',')}]}`;
        },
        rows: (text, known) => {
            const { leads, contacts } = parsePage(leadPage, text, page);
            const byId = new Map(
                contacts
                    .flatMap(({ _embedded: embedded }) => embedded.contacts)
                    .map((contact) => [contact.id, contact]),
            );
            return leads._embedded.leads.flatMap((lead) => leadRows(lead, byId, known, settings));
        },
    };
    return changesFeed(list, client, settings, readAccount);
}

async function askContacts(
    client: AmocrmClient,
    ids: readonly string[],
): Promise<readonly string[]> {
    const answers: string[] = [];
    for (let start = 0; start < ids.length; start += idsAtOnce) {
        const some = ids.slice(start, start + idsAtOnce);
        const filters = some.map((id, index) => [`filter[id][${index}]`, id]);
        const query = { ...Object.fromEntries(filters), limit: String(idsAtOnce) };
        answers.push((await client.get('contacts', query)).text);
    }
    return answers;
}

function notesFeed(client: AmocrmClient, settings: AmocrmSettings, readAccount: ReadAccount): Feed {
    const list: ListFeed = {
        name: 'notes',
        streams: ['activities'],
        // Notes can be asked for by their change in every account.
        listing: (since) => ({
            path: 'leads/notes',
            removal: 'common_note_deleted',
            query: { 'filter[updated_at][from]': String(since) },
        }),
        rows: (text, known) =>
            parsePage(noteList, text, `${settings.name}, notes`)._embedded.notes.map((note) =>
                noteRow(note, known),
            ),
    };
    return changesFeed(list, client, settings, readAccount);
}

function tasksFeed(client: AmocrmClient, settings: AmocrmSettings, readAccount: ReadAccount): Feed {
    const list: ListFeed = {
        name: 'tasks',
        streams: ['activities'],
        listing: (since) => ({
            path: 'tasks',
            removal: 'task_deleted',
            query: {
                'filter[updated_at][from]': String(since),
                'filter[entity_type]': 'leads',
            },
        }),
        rows: (text, known) =>
            parsePage(taskList, text, `${settings.name}, tasks`)._embedded.tasks.flatMap((task) =>
                taskRows(task, known),
            ),
    };
    return changesFeed(list, client, settings, readAccount);
}

/** Events never change, so that those of a time that is over stand still while they are read. */
function eventsFeed(
    client: AmocrmClient,
    settings: AmocrmSettings,
    readAccount: ReadAccount,
    unnamed: UnnamedSteps,
): Feed {
    const types = eventTypes.map((type, index) => [`filter[type][${index}]`, type]);
    const page = `${settings.name}, events`;
    return {
        name: 'events',
        streams: ['lead_events', 'deal_stage_history', 'activities'],
        plan: async (cursor) => {
            const { lookups, at } = await readAccount();
            const end = Math.floor(at / 1000);
            const slices: { name: string; place: Json }[] = [];
            for (let from = sinceOf(cursor, settings); from <= end; from += eventDays * 86_400) {
                const to = Math.min(end, from + eventDays * 86_400 - 1);
                const name = instant(from * 1000).slice(0, 10);
                slices.push({ name, place: { from, to, page: 1 } });
            }
            return { slices, lookups, cursor: instant(at) };
        },
        ask: async (json) => {
            const place = json as Readonly<Record<'from' | 'to' | 'page', number>>;
            const { text } = await client.get('events', {
                ...Object.fromEntries(types),
                'filter[entity][0]': 'lead',
                'filter[created_at][from]': String(place.from),
                'filter[created_at][to]': String(place.to),
                limit: String(eventLimit),
                page: String(place.page),
            });
            const { _links: links, _embedded: embedded } = parsePage(eventList, text, page);
            const isLast = links?.next === undefined || embedded.events.length === 0;
            return { text, next: isLast ? undefined : { ...place, page: place.page + 1 } };
        },
        read: (text, lookups) => ({
            rows: parsePage(eventList, text, page)._embedded.events.flatMap((event) => {
                const known = lookupsSchema.parse(lookups ?? {});
                const { id, pipeline_id: pipeline } = event.value_after?.[0]?.lead_status ?? {};
                const stage = `${pipeline}:${id}`;
                // A pipeline may have its own step for a stage that all have.
                if (settings.lead_stages[stage] === undefined) {
                    unnamed.see(id, `${stage} (${known.stages[stage] ?? 'a stage that is gone'})`);
                }
                return eventRows(event, known, settings);
            }),
        }),
    };
}

/** All ids there are, now and then: what was deleted is shown only while it lies in the bin. */
function idsFeed(
    stream: string,
    client: AmocrmClient,
    settings: AmocrmSettings,
    { clock }: Tools,
): Feed {
    const listing: Listing = { path: 'leads', query: {}, removal: 'lead_deleted' };
    return {
        name: `${stream}_ids`,
        streams: [],
        census: stream,
        plan: censusPlan(settings.compare_ids_every_days, clock, async () => {
            const { at } = await client.get('account');
            return [{ name: stream, place: firstStep(at) as unknown as Json }];
        }),
        ask: (json) => askStep(client, settings.name, listing, json as unknown as Step),
        read: (text): PageContent => {
            const { _embedded: embedded } = parsePage(anyList, text, `${settings.name}, ids`);
            return {
                rows: [],
                ids: Object.values(embedded)
                    .flat()
                    .map(({ id }) => id),
            };
        },
    };
}

async function accountOf(
    client: AmocrmClient,
    connection: string,
    { onNote }: Tools,
): Promise<Account> {
    const { text, at } = await client.get('account', { with: 'is_api_filter_enabled' });
    const own = parsePage(account, text, `${connection}, account`);
    const isFiltering = own.is_api_filter_enabled === true;
    if (!isFiltering) {
        onNote(
            `${connection}: the account has no package API filtering; names and addresses of contacts are left out`,
        );
    }
    const users: Record<string, string> = {};
    for (let page = 1, isLast = false; !isLast; page += 1) {
        const answer = await client.get('users', { limit: '250', page: String(page) });
        const list = parsePage(userList, answer.text, `${connection}, users`);
        for (const { id, name } of list._embedded.users) users[id] = name ?? id;
        isLast = list._links?.next === undefined;
    }
    const pipelines = await client.get('leads/pipelines');
    const stages: Record<string, string> = {};
    for (const pipeline of parsePage(pipelineList, pipelines.text, `${connection}, pipelines`)
        ._embedded.pipelines) {
        for (const { id, name } of pipeline._embedded.statuses)
            stages[`${pipeline.id}:${id}`] = name;
    }
    const lookups = { currency: own.currency ?? null, users, stages };
    return { lookups, isFiltering, at };
}
