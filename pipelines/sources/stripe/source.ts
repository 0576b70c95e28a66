import type { Connector, Feed, Slice, Tools } from '../api/connector.ts';
import { addDays, byMonth, dayIn } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { createStripeClient, type StripeSettings } from './client.ts';
import { transactions } from './records.ts';
import { paymentRows } from './rows.ts';

/** A transaction may stand in the ledger a little after its second. */
const overlapSeconds = 3600;

const secondsOf = (text: string) => Math.floor(Date.parse(text) / 1000);

/** Payments, refunds and disputes, from the ledger: what is written in it never changes. */
export function openStripe(settings: StripeSettings, tools: Tools): Connector {
    const client = createStripeClient(settings, tools);
    const read = (text: string) => parsePage(transactions, text, settings.name);

    const ledger: Feed = {
        name: 'balance_transactions',
        streams: ['payments'],
        concurrency: 4,
        plan: async (cursor) => {
            const [latest] = read(await client.transactions({ limit: '1' })).data;
            // What comes in from here on is for the next run, which begins here.
            const until = latest?.created;
            if (until === undefined) return { slices: [] };
            return {
                slices: slicesOf(cursor, until, settings.since),
                cursor: new Date(until * 1000).toISOString(),
            };
        },
        ask: async (json) => {
            const place = json as Readonly<Record<string, string>>;
            const text = await client.transactions({
                limit: '100',
                'expand[]': 'data.source',
                'created[gte]': place.from as string,
                'created[lt]': place.to as string,
                ...(place.after === undefined ? {} : { starting_after: place.after }),
            });
            const { data, has_more: hasMore } = read(text);
            const last = data.at(-1)?.id;
            const hasNext = hasMore && last !== undefined;
            return { text, next: hasNext ? { ...place, after: last } : undefined };
        },
        read: (text) => ({ rows: paymentRows(read(text), settings.deal_metadata) }),
    };

    return {
        feeds: [ledger],
        test: async () => {
            const [latest] = read(await client.transactions({ limit: '1' })).data;
            if (latest === undefined) return 'the ledger can be read, and is empty';
            return `the ledger can be read; its latest transaction is of ${new Date(latest.created * 1000).toISOString()}`;
        },
    };
}

/** At first a month each; afterwards what has come since, at once. */
function slicesOf(cursor: string | null, until: number, since: string): readonly Slice[] {
    const to = until + 1;
    if (cursor !== null) {
        const from = secondsOf(cursor) - overlapSeconds;
        return [{ name: 'new', place: { from: String(from), to: String(to) } }];
    }
    return byMonth({ from: since, to: dayIn('UTC', until * 1000) }).map((month) => {
        const end = Math.min(to, secondsOf(`${addDays(month.to, 1)}T00:00:00Z`));
        const from = secondsOf(`${month.from}T00:00:00Z`);
        return { name: month.from, place: { from: String(from), to: String(end) } };
    });
}
