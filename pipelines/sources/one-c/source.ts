import { censusPlan } from '../api/census.ts';
import type { Connector, Feed, Page, PageContent, Tools } from '../api/connector.ts';
import { addDays, dayIn, daysToAsk } from '../api/days.ts';
import type { Json } from '../api/json.ts';
import { parsePage } from '../api/parse-page.ts';
import { createOneCClient, type OneCClient, type OneCSettings } from './client.ts';
import { currencies, documents, type Lookups, lookups as lookupsSchema } from './records.ts';
import { currencyOf, documentRows } from './rows.ts';
import type { DocumentSettings } from './settings.ts';

const pageSize = 500;

interface Place {
    readonly from: string;
    /** Documents of that very time that have come. */
    readonly skip: number;
}

/** Documents that are money, by the names they have in the configuration. */
export function openOneC(settings: OneCSettings, tools: Tools): Connector {
    const client = createOneCClient(settings, tools);
    let known: Promise<Lookups> | undefined;
    const readLookups = () => {
        known ??= lookupsOf(client, settings);
        return known;
    };
    return {
        feeds: [
            ...settings.documents.map((named) =>
                documentsFeed(named, client, settings, tools, readLookups),
            ),
            idsFeed(client, settings, tools),
        ],
        test: async () => {
            await readLookups();
            const found: string[] = [];
            for (const { resource } of settings.documents) {
                const text = await client.list(resource, { $top: '1' });
                const { value } = parsePage(documents, text, `${settings.name}, ${resource}`);
                found.push(
                    `${resource}: ${value.length > 0 ? 'can be read' : 'has no document, or none that this user may see'}`,
                );
            }
            return found.join('; ');
        },
    };
}

/**
 * Documents by their dates: what was changed in an older one is not told, so the last days are asked
 * for again on each run, and more of them every week.
 */
function documentsFeed(
    named: DocumentSettings,
    client: OneCClient,
    settings: OneCSettings,
    { clock }: Tools,
    readLookups: () => Promise<Lookups>,
): Feed {
    const { resource } = named;
    const label = `${settings.name}, ${resource}`;
    return {
        name: nameOf(named),
        streams: ['payments'],
        plan: async (cursor) => {
            const today = dayIn(settings.timezone, clock.now());
            const days = daysToAsk(cursor, addDays(today, 1), {
                since: settings.since,
                reloadDays: settings.reload_days,
                deepReloadDays: settings.deep_reload_days,
                deepReloadEveryDays: settings.deep_reload_every_days,
            });
            if (days === undefined) return { slices: [] };
            const place = { from: `${days.from}T00:00:00`, skip: 0 };
            return {
                slices: [{ name: nameOf(named), place }],
                lookups: await readLookups(),
                cursor: days.to,
            };
        },
        ask: async (json): Promise<Page> => {
            const place = json as unknown as Place;
            const text = await client.list(resource, {
                $filter: `Date ge datetime'${place.from}'`,
                $orderby: 'Date,Ref_Key',
                $top: String(pageSize),
                $skip: String(place.skip),
            });
            return { text, next: nextPlace(parsePage(documents, text, label).value, place) };
        },
        read: (text, json) => {
            const known = lookupsSchema.parse(json);
            const read = parsePage(documents, text, label).value.map((own) =>
                documentRows(own, named, known, settings),
            );
            return {
                rows: read.flatMap(({ rows }) => rows),
                records: read.map(({ record }) => record),
            };
        },
    };
}

/** Names of feeds are names of folders. */
const nameOf = ({ resource }: { readonly resource: string }) => resource.toLowerCase();

/** The next page begins at the time of the last document of this one; only those of that time are counted. */
function nextPlace(
    found: readonly { readonly Date: string }[],
    { from, skip }: Place,
): { from: string; skip: number } | undefined {
    const last = found.at(-1);
    if (found.length < pageSize || last === undefined) return undefined;
    return last.Date > from ? { from: last.Date, skip: 0 } : { from, skip: skip + found.length };
}

/** All references there are, now and then: of a document that was removed, nothing is told. */
function idsFeed(client: OneCClient, settings: OneCSettings, { clock }: Tools): Feed {
    const idsOf = (text: string) => parsePage(documents, text, `${settings.name}, ids`).value;
    return {
        name: 'payment_ids',
        streams: [],
        census: 'payments',
        plan: censusPlan(settings.compare_ids_every_days, clock, () =>
            settings.documents.map(({ resource }) => ({
                name: resource,
                place: { resource, from: `${settings.since}T00:00:00`, skip: 0 },
            })),
        ),
        ask: async (json) => {
            const { resource, ...place } = json as unknown as Place & { readonly resource: string };
            const text = await client.list(resource, {
                $select: 'Ref_Key,Date,DeletionMark,Posted',
                $filter: `Date ge datetime'${place.from}'`,
                $orderby: 'Date,Ref_Key',
                $top: String(pageSize),
                $skip: String(place.skip),
            });
            const next = nextPlace(idsOf(text), place);
            return { text, next: next ? ({ resource, ...next } as Json) : undefined };
        },
        read: (text): PageContent => ({
            rows: [],
            ids: idsOf(text)
                .filter(({ Posted, DeletionMark }) => Posted && !DeletionMark)
                .map(({ Ref_Key }) => Ref_Key),
        }),
    };
}

async function lookupsOf(client: OneCClient, settings: OneCSettings): Promise<Lookups> {
    if (settings.documents.every(({ currency_key: key }) => key === undefined)) {
        return { currencies: {} };
    }
    const text = await client.list(settings.currencies, { $select: 'Ref_Key,Code,Description' });
    const { value } = parsePage(currencies, text, `${settings.name}, ${settings.currencies}`);
    const entries = value.flatMap((entry) => {
        const currency = currencyOf(entry);
        return currency ? [[entry.Ref_Key, currency] as const] : [];
    });
    return { currencies: Object.fromEntries(entries) };
}
