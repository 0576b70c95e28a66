import type { z } from 'zod';
import { ContractError } from '../../errors.ts';
import { censusPlan } from '../api/census.ts';
import type { Connector, Feed, Page, PageContent, Tools } from '../api/connector.ts';
import type { Json } from '../api/json.ts';
import { isZero } from '../api/money-parts.ts';
import { parsePage } from '../api/parse-page.ts';
import {
    createQuickbooksClient,
    type QuickbooksClient,
    type QuickbooksSettings,
} from './client.ts';
import {
    anyRecords,
    changes,
    idList,
    invoices,
    lookups as lookupsSchema,
    paymentPage,
    payments,
    preferences,
    receipts,
} from './records.ts';
import {
    type MoneyEntity,
    moneyEntities,
    paymentRows,
    type Read,
    receiptRows,
    recordIdOf,
    wholeOf,
} from './rows.ts';

const pageSize = 1000;
/** Ids in one condition: a query has to fit into an address. */
const idsAtOnce = 100;
/** A change is found a little after it was made. */
const overlapMs = 5 * 60_000;
/** Deletions are told for 30 days; older ones are found by comparing ids. */
const toldDays = 29;

type Place = Readonly<Record<string, string>>;

/** Money that came in and went back: payments with the invoices they pay, receipts and refunds. */
export function openQuickbooks(settings: QuickbooksSettings, tools: Tools): Connector {
    const client = createQuickbooksClient(settings, tools);
    let known: Promise<{ homeCurrency: string }> | undefined;
    const readLookups = () => {
        known ??= lookupsOf(client, settings.name);
        return known;
    };
    const context = { client, settings, tools, readLookups };
    return {
        feeds: [
            changesFeed('Payment', 'payments', context),
            changesFeed('SalesReceipt', 'sales_receipts', context),
            changesFeed('RefundReceipt', 'refund_receipts', context),
            // A deal that is written on an invoice later changes what its payments are for.
            changesFeed('Invoice', 'invoices', context),
            deletionsFeed(context),
            idsFeed(context),
        ],
        test: async () => {
            const { homeCurrency } = await readLookups();
            for (const entity of [...moneyEntities, 'Invoice']) {
                await client.query(`select Id from ${entity} maxresults 1`);
            }
            return `company ${settings.realm_id}, ${homeCurrency}; payments, receipts and invoices can be read`;
        },
    };
}

interface Context {
    readonly client: QuickbooksClient;
    readonly settings: QuickbooksSettings;
    readonly tools: Tools;
    readonly readLookups: () => Promise<{ homeCurrency: string }>;
}

/**
 * Records that changed at or after an instant, in the order of their changes; where one instant fills
 * a page, by their ids. Never by a position, which a change in the meantime would move.
 */
function changesFeed(entity: MoneyEntity | 'Invoice', name: string, context: Context): Feed {
    const { client, settings, tools, readLookups } = context;
    const isInvoice = entity === 'Invoice';
    return {
        name,
        streams: ['payments'],
        plan: async (cursor) => {
            // Whatever changes from here on is for the next run, which begins here.
            const newest = await client.query(
                `select * from ${entity} orderby MetaData.LastUpdatedTime desc maxresults 1`,
            );
            const [latest] = parsePage(anyRecords, newest, settings.name).QueryResponse;
            const now = new Date(tools.clock.now()).toISOString();
            const reached = latest
                ? new Date(latest.MetaData.LastUpdatedTime).toISOString()
                : cursor;
            const since = new Date(Date.parse(cursor ?? reached ?? now) - overlapMs).toISOString();
            // At first, payments bring their invoices, and everything else is by day of the document.
            const place: Place = cursor === null && !isInvoice ? { all: '' } : { since };
            return {
                slices: [{ name, place }],
                lookups: await readLookups(),
                ...(reached === null ? {} : { cursor: reached }),
            };
        },
        ask: async (json) => {
            const place = json as Place;
            const text = await client.query(questionOf(entity, place, settings));
            const page = `${settings.name}, ${name}`;
            const records = parsePage(anyRecords, text, page).QueryResponse;
            const next = nextPlace(records, place);
            if (entity === 'Payment')
                return { text: await withInvoices(client, [text], page), next };
            return isInvoice
                ? { text: await paymentsOf(client, text, page), next }
                : { text, next };
        },
        read: (text, json) => {
            const { homeCurrency } = lookupsSchema.parse(json);
            const page = `${settings.name}, ${name}`;
            if (entity !== 'Payment' && !isInvoice) {
                const found = parsePage(receipts, text, page).QueryResponse[entity];
                return contentOf(
                    found.map((one) =>
                        one.TxnDate < settings.since
                            ? earlier(entity, one.Id)
                            : receiptRows(entity, one, homeCurrency, settings),
                    ),
                );
            }
            const answers = parsePage(paymentPage, text, page);
            const ofId = new Map(
                answers.invoices
                    .flatMap(({ QueryResponse }) => QueryResponse.Invoice)
                    .map((invoice) => [invoice.Id, invoice]),
            );
            return contentOf(
                answers.payments
                    .flatMap(({ QueryResponse }) => QueryResponse.Payment)
                    .map((payment) =>
                        payment.TxnDate < settings.since
                            ? earlier('Payment', payment.Id)
                            : paymentRows(payment, ofId, homeCurrency, settings),
                    ),
            );
        },
    };
}

/** A record of a day before all that is asked for: if it was moved there, its rows are gone. */
const earlier = (entity: MoneyEntity, id: string): Read => ({
    rows: [],
    record: wholeOf(recordIdOf(entity, id), []),
});

function contentOf(read: readonly Read[]): PageContent {
    return {
        rows: read.flatMap(({ rows }) => rows),
        records: read.map(({ record }) => record),
    };
}

function questionOf(entity: string, place: Place, { since }: QuickbooksSettings): string {
    const end = `maxresults ${pageSize}`;
    if (place.all !== undefined) {
        return `select * from ${entity} where TxnDate >= '${since}' and Id > '${place.all || '0'}' orderby Id asc ${end}`;
    }
    if (place.at === undefined) {
        return `select * from ${entity} where MetaData.LastUpdatedTime >= '${place.since}' orderby MetaData.LastUpdatedTime asc ${end}`;
    }
    return `select * from ${entity} where MetaData.LastUpdatedTime = '${place.at}' and Id > '${place.id}' orderby Id asc ${end}`;
}

interface Changed {
    readonly Id: string;
    readonly MetaData: { readonly LastUpdatedTime: string };
}

function nextPlace(records: readonly Changed[], place: Place): Place | undefined {
    const last = records.at(-1);
    const isFull = records.length >= pageSize && last !== undefined;
    if (place.all !== undefined) return isFull ? { all: last.Id } : undefined;
    if (place.at !== undefined) {
        if (isFull) return { at: place.at, id: last.Id };
        // All of the one instant have come: on with the next second, which is what times are told in.
        return { since: new Date(Date.parse(place.at) + 1000).toISOString() };
    }
    if (!isFull) return undefined;
    const reached = new Date(last.MetaData.LastUpdatedTime).toISOString();
    return reached > (place.since ?? '') ? { since: reached } : { at: reached, id: '0' };
}

/** Payments beside the invoices they pay, which say the deal and how much is tax. */
async function withInvoices(
    client: QuickbooksClient,
    texts: readonly string[],
    page: string,
): Promise<string> {
    const ids = texts
        .flatMap((text) => parsePage(payments, text, page).QueryResponse.Payment)
        .flatMap(({ Line }) => Line)
        .flatMap(({ LinkedTxn }) => LinkedTxn)
        .filter(({ TxnType }) => TxnType === 'Invoice')
        .map(({ TxnId }) => TxnId);
    const found = await queryByIds(client, 'Invoice', ids);
    return `{"payments":[${texts.join(',')}],"invoices":[${found.join(',')}]}`;
}

async function paymentsOf(client: QuickbooksClient, text: string, page: string): Promise<string> {
    const ids = parsePage(invoices, text, page)
        .QueryResponse.Invoice.flatMap(({ LinkedTxn }) => LinkedTxn)
        .filter(({ TxnType }) => TxnType === 'Payment')
        .map(({ TxnId }) => TxnId);
    return withInvoices(client, await queryByIds(client, 'Payment', ids), page);
}

async function queryByIds(
    client: QuickbooksClient,
    entity: string,
    ids: readonly string[],
): Promise<readonly string[]> {
    const all = [...new Set(ids)];
    const answers: string[] = [];
    for (let start = 0; start < all.length; start += idsAtOnce) {
        const some = all.slice(start, start + idsAtOnce).map((id) => `'${id}'`);
        const question = `select * from ${entity} where Id in (${some.join(', ')}) maxresults ${pageSize}`;
        answers.push(await client.query(question));
    }
    return answers;
}

/** What was deleted since the last run: the query does not find it. */
function deletionsFeed({ client, settings, tools }: Context): Feed {
    return {
        name: 'deletions',
        streams: ['payments'],
        plan: async (cursor) => {
            const now = tools.clock.now();
            const since = Math.max(
                Date.parse(cursor ?? new Date(now).toISOString()) - overlapMs,
                now - toldDays * 86_400_000,
            );
            const place = { since: new Date(since).toISOString() };
            return {
                slices: moneyEntities.map((entity) => ({
                    name: entity,
                    place: { ...place, entity },
                })),
            };
        },
        ask: async (json): Promise<Page> => {
            const { entity = '', since = '' } = json as Place;
            return { text: await client.changes([entity], since), next: undefined };
        },
        read: (text) => {
            const found = parsePage(changes, text, `${settings.name}, deletions`);
            const lists = found.CDCResponse.flatMap(({ QueryResponse }) => QueryResponse.flat());
            return {
                rows: [],
                latest: new Date(found.time).toISOString(),
                records: lists.flatMap(({ entity, records }) =>
                    records
                        .filter(({ status }) => status === 'Deleted')
                        .map(({ Id }) => wholeOf(recordIdOf(entityOf(entity, settings), Id), [])),
                ),
            };
        },
    };
}

function entityOf(name: string, settings: QuickbooksSettings): MoneyEntity {
    const entity = moneyEntities.find((one) => one === name);
    if (entity) return entity;
    throw new ContractError({
        what: `${settings.name}: the changes hold ${name}, which was not asked for.`,
        expected: moneyEntities.join(', '),
        got: name,
        fix: 'report it with this line',
    });
}

/** All ids there are, now and then: changes show no more than 1,000 records, and 30 days. */
function idsFeed({ client, settings, tools }: Context): Feed {
    const idsOf = (text: string) => parsePage(idList, text, `${settings.name}, ids`).QueryResponse;
    return {
        name: 'payment_ids',
        streams: [],
        census: 'payments',
        plan: censusPlan(settings.compare_ids_every_days, tools.clock, () =>
            moneyEntities.map((entity) => ({ name: entity, place: { entity, after: '0' } })),
        ),
        ask: async (json) => {
            const { entity = '', after = '' } = json as Place;
            const text = await client.query(
                `select Id, TotalAmt from ${entity} where Id > '${after}' orderby Id asc maxresults ${pageSize}`,
            );
            const found = Object.values(idsOf(text)).flat();
            const last = found.at(-1);
            const isLast = found.length < pageSize || last === undefined;
            return { text, next: isLast ? undefined : ({ entity, after: last.Id } as Json) };
        },
        read: (text): PageContent => ({
            rows: [],
            // What was voided is there with zeros, and counts no more than what is gone.
            ids: moneyEntities.flatMap((entity) =>
                (idsOf(text)[entity] ?? [])
                    .filter(({ TotalAmt }) => !isZero(TotalAmt))
                    .map(({ Id }) => recordIdOf(entity, Id)),
            ),
        }),
    };
}

async function lookupsOf(
    client: QuickbooksClient,
    connection: string,
): Promise<z.output<typeof lookupsSchema>> {
    const text = await client.query('select * from Preferences');
    const [first] = parsePage(preferences, text, `${connection}, preferences`).QueryResponse
        .Preferences;
    return { homeCurrency: first?.CurrencyPrefs.HomeCurrency.value ?? '' };
}
