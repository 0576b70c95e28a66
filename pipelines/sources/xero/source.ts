import type { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Page, Tools } from '../api/connector.ts';
import { parsePage } from '../api/parse-page.ts';
import { createXeroClient, type XeroClient, type XeroSettings } from './client.ts';
import {
    invoices,
    lookups as lookupsSchema,
    organisations,
    type Pagination,
    type Paid,
    paymentPage,
    payments,
} from './records.ts';
import { invoiceRows, paidBy, paymentRow } from './rows.ts';

const pageSize = 1000;
/** Without a word of it, pages hold a hundred. */
const smallestPageSize = 100;
/** An address has to hold them. */
const idsAtOnce = 40;
/** Times are asked for in whole seconds; a change is found a little after it was made. */
const overlapMs = 5 * 60_000;

interface Place {
    readonly since: string;
    readonly page: number;
}

type Lookups = z.output<typeof lookupsSchema>;

/** Payments of invoices, and refunds of credit notes. */
export function openXero(settings: XeroSettings, tools: Tools): Connector {
    const client = createXeroClient(settings, tools);
    let known: Promise<Lookups & { name: string }> | undefined;
    const readLookups = () => {
        known ??= client.get('Organisation').then((text) => {
            const page = parsePage(organisations, text, `${settings.name}, organisation`);
            const [own] = page.Organisations;
            return { name: own?.Name ?? '', baseCurrency: own?.BaseCurrency ?? '' };
        });
        return known;
    };
    return {
        feeds: [
            paymentsFeed(client, settings, readLookups),
            invoicesFeed(client, settings, readLookups),
        ],
        test: async () => {
            const { name, baseCurrency } = await readLookups();
            await client.get('Payments', { page: '1', pageSize: '1' });
            await client.get('Invoices', { page: '1', pageSize: '1' });
            return `organisation ${name}, ${baseCurrency}; payments and invoices can be read`;
        },
    };
}

function paymentsFeed(
    client: XeroClient,
    settings: XeroSettings,
    readLookups: () => Promise<Lookups>,
): Feed {
    const label = `${settings.name}, payments`;
    const where = `Date>=DateTime(${settings.since.split('-').join(',')})`;
    return {
        name: 'payments',
        streams: ['payments'],
        plan: async (cursor) => ({
            slices: [{ name: 'payments', place: { ...placeSince(cursor) } }],
            lookups: { baseCurrency: (await readLookups()).baseCurrency },
        }),
        ask: async (json): Promise<Page> => {
            const place = json as unknown as Place;
            const text = await askPage(client, 'Payments', place, { where });
            const { Payments: found, pagination } = parsePage(payments, text, label);
            const documents = await documentsOf(client, found);
            return {
                text: `{"payments":${text},${documents}}`,
                next: nextPlace(found, place, pagination, label),
            };
        },
        read: (text, json) => {
            const { baseCurrency } = lookupsSchema.parse(json);
            const page = parsePage(paymentPage, text, label);
            const paid = new Map<string, Paid>([
                ...page.invoices
                    .flatMap(({ Invoices }) => Invoices)
                    .map((one) => [one.InvoiceID, paidBy(one, one.InvoiceNumber)] as const),
                ...page.credit_notes
                    .flatMap(({ CreditNotes }) => CreditNotes)
                    .map((one) => [one.CreditNoteID, paidBy(one, one.CreditNoteNumber)] as const),
            ]);
            const found = page.payments.Payments;
            return {
                rows: found.flatMap(
                    (payment) => paymentRow(payment, paid, baseCurrency, settings) ?? [],
                ),
                latest: found.at(-1)?.UpdatedDateUTC,
            };
        },
    };
}

/** Invoices that changed after they were paid: of a deal that is written on one later, payments say nothing. */
function invoicesFeed(
    client: XeroClient,
    settings: XeroSettings,
    readLookups: () => Promise<Lookups>,
): Feed {
    const label = `${settings.name}, invoices`;
    const where = 'Type=="ACCREC"';
    return {
        name: 'invoices',
        streams: ['payments'],
        plan: async (cursor) => {
            // At first, payments bring their invoices: only the last change is wanted.
            const newest =
                cursor ??
                parsePage(
                    invoices,
                    await client.get('Invoices', {
                        where,
                        order: 'UpdatedDateUTC DESC',
                        page: '1',
                        pageSize: '1',
                    }),
                    label,
                ).Invoices[0]?.UpdatedDateUTC;
            return {
                slices: [{ name: 'invoices', place: { ...placeSince(newest ?? null) } }],
                lookups: { baseCurrency: (await readLookups()).baseCurrency },
            };
        },
        ask: async (json): Promise<Page> => {
            const place = json as unknown as Place;
            const text = await askPage(client, 'Invoices', place, { where });
            const { Invoices: found, pagination } = parsePage(invoices, text, label);
            return { text, next: nextPlace(found, place, pagination, label) };
        },
        read: (text, json) => {
            const { baseCurrency } = lookupsSchema.parse(json);
            const found = parsePage(invoices, text, label).Invoices;
            return {
                rows: found
                    .flatMap((one) => invoiceRows(one, baseCurrency, settings))
                    .filter(({ cells }) => String(cells.paid_at) >= settings.since),
                latest: found.at(-1)?.UpdatedDateUTC,
            };
        },
    };
}

function placeSince(cursor: string | null): Place {
    const since = cursor === null ? 0 : Date.parse(cursor) - overlapMs;
    return { since: secondsOf(since), page: 1 };
}

/** `2026-10-05T10:00:00`, which the header takes for UTC. */
const secondsOf = (time: number) => new Date(time).toISOString().slice(0, 19);

function askPage(
    client: XeroClient,
    path: string,
    { since, page }: Place,
    query: Readonly<Record<string, string>>,
): Promise<string> {
    const paged = { page: String(page), pageSize: String(pageSize), order: 'UpdatedDateUTC ASC' };
    return client.get(path, { ...query, ...paged }, since);
}

/**
 * The next page begins a second before the last record of this one: pages counted by number would
 * lose a record when another one changes in the meantime. Only what changed in one second is counted.
 */
function nextPlace(
    records: readonly { readonly UpdatedDateUTC: string }[],
    { since, page }: Place,
    pagination: Pagination,
    label: string,
): { since: string; page: number } | undefined {
    const last = records.at(-1);
    const isFull = pagination
        ? records.length >= pagination.pageSize
        : records.length % smallestPageSize === 0;
    const said = pagination?.itemCount ?? 0;
    const given = (page - 1) * (pagination?.pageSize ?? 0) + records.length;
    const isShort = !isFull && given < said;
    const reached = last && secondsOf(Date.parse(last.UpdatedDateUTC) - 1000);
    if (isShort && (reached === undefined || reached <= since)) {
        throw new SourceError({
            what: `${label}: Xero says ${said} records and gives ${given}.`,
            why: `of what changed since ${since}`,
            fix: 'run again; when it stays so, tell the support of Xero',
        });
    }
    if (reached === undefined || !(isFull || isShort)) return undefined;
    return reached > since ? { since: reached, page: 1 } : { since, page: page + 1 };
}

async function documentsOf(
    client: XeroClient,
    found: z.output<typeof payments>['Payments'],
): Promise<string> {
    const idsOf = (type: string) => [
        ...new Set(
            found
                .filter(({ PaymentType }) => PaymentType === type)
                .flatMap(({ Invoice }) => Invoice?.InvoiceID ?? []),
        ),
    ];
    const paid = idsOf('ACCRECPAYMENT');
    const credited = idsOf('ARCREDITPAYMENT');
    const texts: string[] = [];
    for (let start = 0; start < paid.length; start += idsAtOnce) {
        const IDs = paid.slice(start, start + idsAtOnce).join(',');
        texts.push(await client.get('Invoices', { IDs, page: '1', pageSize: '100' }));
    }
    const notes: string[] = [];
    // A list of ids is not taken for them.
    for (const id of credited) notes.push(await client.get(`CreditNotes/${id}`));
    return `"invoices":[${texts.join(',')}],"credit_notes":[${notes.join(',')}]`;
}
