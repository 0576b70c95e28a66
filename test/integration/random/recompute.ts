import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/*
 * The sums of a company straight from its files, by other means than the product: no engine, no
 * loader, no model. Amounts are whole millionths.
 */

/** `2026-02 paid_search spend` and its exact value. */
export type Sums = Map<string, bigint>;

const million = 1_000_000n;

/** Units of the company's currency for one, in thousandths. */
const rates: Readonly<Record<string, bigint>> = { EUR: 1000n, USD: 900n, RUB: 11n };

const channels: Readonly<Record<string, string>> = {
    Google: 'paid_search',
    Facebook: 'paid_social',
    Empfehlung: 'referral',
    Mail: 'email',
    Event: 'event',
};

/** Adds up one company. @param timezone in which a month begins */
export function recompute(folder: string, timezone: string): Sums {
    const sums: Sums = new Map();
    const add = (month: string, channel: string, kpi: string, value: bigint) => {
        const key = `${month} ${channel} ${kpi}`;
        sums.set(key, (sums.get(key) ?? 0n) + value);
    };
    const monthOf = monthIn(timezone);
    for (const [day, channel, amount, currency] of spendOf(folder)) {
        add(day.slice(0, 7), channel, 'spend', converted(amount, currency));
    }
    const leads = leadsOf(folder);
    for (const { created, channel, isCounted } of leads.values()) {
        if (isCounted) add(monthOf(created), channel, 'leads', million);
    }
    const deals = dealsOf(folder);
    // A deleted deal or lead is none: who names it names nothing.
    const channelOf = (id: string): string => {
        const deal = deals.get(survivor(deals, id));
        const lead = deal?.isCounted ? leads.get(survivor(leads, deal.lead)) : undefined;
        return lead?.isCounted ? lead.channel : 'unattributed';
    };
    for (const [id, { status, closed, isCounted }] of deals) {
        if (isCounted && status === 'gewonnen')
            add(monthOf(closed), channelOf(id), 'won_deals', million);
    }
    for (const { paid, deal, amount, currency } of paymentsOf(folder)) {
        add(
            monthOf(paid),
            channelOf(deal),
            'collected_revenue',
            inCents(converted(amount, currency)),
        );
    }
    return new Map([...sums].filter(([, value]) => value !== 0n));
}

/** An amount such as `1,210.75` or `-1210,75` in millionths. */
function millionths(text: string, point: '.' | ',' = '.'): bigint {
    const plain = text.trim().replaceAll(point === '.' ? ',' : '.', '');
    const [whole = '', rest = ''] = plain.replace('-', '').split(point);
    const value = BigInt(whole) * million + BigInt(rest.padEnd(6, '0'));
    return plain.startsWith('-') ? -value : value;
}

function converted(amount: bigint, currency: string): bigint {
    const rate = rates[currency];
    if (rate === undefined) throw new Error(`no rate of ${currency}`);
    const product = amount * rate;
    if (product % 1000n !== 0n) throw new Error('more than six decimals');
    return product / 1000n;
}

/** A payment is a line of money: rounded once, to the cent, half away from zero. */
function inCents(amount: bigint): bigint {
    const half = amount < 0n ? -5_000n : 5_000n;
    return ((amount + half) / 10_000n) * 10_000n;
}

const dayOf = (dotted: string) => dotted.split('.').reverse().join('-');

/** Cells of lines; a cell may be quoted. */
function cellsOf(text: string, delimiter: string): string[][] {
    const lines = text
        .replace(/^\ufeff/, '')
        .split(/\r?\n/)
        .filter((line) => line !== '');
    const cell = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^${delimiter}]*))`, 'g');
    return lines.map((line) =>
        [...line.matchAll(cell)].map((found) => found[1]?.replaceAll('""', '"') ?? found[2] ?? ''),
    );
}

type Spend = readonly [day: string, channel: string, amount: bigint, currency: string];

function spendOf(folder: string): Spend[] {
    return readdirSync(folder).flatMap((name): Spend[] => {
        const bytes = readFileSync(join(folder, name));
        if (name === 'google.csv') return googleSpend(bytes);
        if (name === 'meta.csv') {
            const rows = bytes.toString().trim().split('\r\n').slice(2);
            return cellsOf([...new Set(rows)].join('\n'), ',').map((cells) => [
                cells[0] ?? '',
                'paid_social',
                millionths(cells[5] ?? ''),
                'EUR',
            ]);
        }
        if (name === 'yandex.csv') {
            return cellsOf(bytes.toString(), ';')
                .slice(1)
                .filter(([day]) => day !== 'Итого')
                .map((cells) => [
                    dayOf(cells[0] ?? ''),
                    'paid_search',
                    millionths(cells[3] ?? '', ','),
                    'RUB',
                ]);
        }
        return name === 'own-1.ndjson.gz' ? ownSpend(folder) : [];
    });
}

function googleSpend(bytes: Buffer): Spend[] {
    const isGerman = bytes[0] === 0xff;
    const text = bytes.toString(isGerman ? 'utf16le' : 'utf8');
    const [, , , ...rows] = cellsOf(text, isGerman ? '\t' : ',');
    return rows
        .filter(([day]) => !/^(Total|Gesamt)/.test(day ?? ''))
        .map((cells) => [
            isGerman ? dayOf(cells[0] ?? '') : (cells[0] ?? ''),
            'paid_search',
            millionths(cells[5] ?? '', isGerman ? ',' : '.'),
            'EUR',
        ]);
}

/** The later file holds the days it speaks of anew. */
function ownSpend(folder: string): Spend[] {
    interface Row {
        date: string;
        campaign: { id: string };
        cost_micros: number;
    }
    const rowsOf = (text: string) =>
        text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Row);
    const rows = new Map<string, Row>();
    const first = gunzipSync(readFileSync(join(folder, 'own-1.ndjson.gz'))).toString();
    const second = readFileSync(join(folder, 'own-2.ndjson'), 'utf8');
    for (const row of [...rowsOf(first), ...rowsOf(second)]) {
        rows.set(`${row.date} ${row.campaign.id}`, row);
    }
    return [...rows.values()].map((row) => [
        row.date,
        'paid_social',
        BigInt(row.cost_micros),
        'USD',
    ]);
}

interface Lead {
    readonly created: string;
    readonly channel: string;
    readonly changed: string;
    readonly into: string;
    readonly isCounted: boolean;
}

function leadsOf(folder: string): Map<string, Lead> {
    const leads = new Map<string, Lead>();
    const [, ...rows] = cellsOf(readFileSync(join(folder, 'leads.csv'), 'utf8'), ';');
    for (const [id = '', created = '', source = '', changed = '', deleted, into = ''] of rows) {
        if (created === 'unbekannt') continue;
        const before = leads.get(id.trim());
        if (before && before.changed > changed) continue;
        const channel = channels[source] ?? '';
        leads.set(id.trim(), { created, channel, changed, into, isCounted: deleted === 'false' });
    }
    return leads;
}

interface Deal {
    readonly lead: string;
    readonly status: string;
    readonly closed: string;
    readonly into: string;
    readonly isCounted: boolean;
}

function dealsOf(folder: string): Map<string, Deal> {
    const deals = new Map<string, Deal>();
    for (const file of ['deals.csv', 'deals (1).csv']) {
        const [, ...rows] = cellsOf(readFileSync(join(folder, file), 'utf8'), ',');
        for (const [id = '', lead = '', status = '', , closed = '', deleted, into = ''] of rows) {
            deals.set(id, { lead, status, closed, into, isCounted: deleted === 'false' && !into });
        }
    }
    return deals;
}

/** Who is left of a record that was merged into others. */
function survivor(records: ReadonlyMap<string, { into: string }>, id: string): string {
    const into = records.get(id)?.into;
    return into ? survivor(records, into) : id;
}

function paymentsOf(folder: string) {
    const deal = (text = '') => /D\d+-\d+/.exec(text)?.[0] ?? '';
    if (existsSync(join(folder, 'balance.csv'))) {
        const text = readFileSync(join(folder, 'balance.csv'), 'utf8');
        const [, ...rows] = cellsOf([...new Set(text.split('\n'))].join('\n'), ',');
        return rows
            .filter(([, type]) => type === 'charge' || type === 'refund')
            .map((cells) => ({
                paid: `${cells[6]}Z`,
                deal: deal(cells[7]),
                amount: millionths(cells[2] ?? ''),
                currency: (cells[5] ?? '').toUpperCase(),
            }));
    }
    return ['payments.csv', 'refunds.csv'].flatMap((file) => {
        const sign = file === 'refunds.csv' ? -1n : 1n;
        const [, ...rows] = cellsOf(readFileSync(join(folder, file), 'latin1'), ';');
        return rows
            .filter(([number]) => !number?.startsWith('Summe'))
            .map(([, paid = '', amount = '', currency = '', text]) => ({
                paid: `${dayOf(paid.slice(0, 10))}${paid.slice(10)}`,
                deal: deal(text),
                amount: sign * millionths(amount, ','),
                currency,
            }));
    });
}

/** Month of a time by the clock on the wall, or with an offset. */
function monthIn(timezone: string) {
    const format = new Intl.DateTimeFormat('en', {
        timeZone: timezone,
        year: 'numeric',
        month: '2-digit',
    });
    return (text: string): string => {
        if (!/(Z|[+-]\d\d:\d\d)$/.test(text)) return text.slice(0, 7);
        const parts = format.formatToParts(new Date(text.replace(' ', 'T')));
        const part = (type: string) => parts.find((one) => one.type === type)?.value;
        return `${part('year')}-${part('month')}`;
    };
}
