import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { TestInput } from '../loading/company.ts';

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomOf(seed: number) {
    let state = seed;
    const next = () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
    const below = (limit: number) => Math.floor(next() * limit);
    return {
        below,
        from: (low: number, high: number) => low + below(high - low + 1),
        chance: (share: number) => next() < share,
        pick: <One>(list: readonly One[]): One => list[below(list.length)] as One,
    };
}

type Random = ReturnType<typeof randomOf>;

const two = (number: number) => String(number).padStart(2, '0');

/** Months of company `k`: three of its own, so that many companies fit into one warehouse. */
function daysOf(k: number, random: Random) {
    return () => {
        const month = 3 * k + random.below(3);
        const year = 2019 + Math.floor(month / 12);
        return { year, month: (month % 12) + 1, day: random.from(1, 28) };
    };
}

type Day = ReturnType<ReturnType<typeof daysOf>>;

const iso = ({ year, month, day }: Day) => `${year}-${two(month)}-${two(day)}`;
const dotted = ({ year, month, day }: Day) => `${two(day)}.${two(month)}.${year}`;
const clock = (random: Random) =>
    `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}`;

/** Cents as text: `1210.75`, `1,210.75` or `1210,75`. */
function money(cents: number, style: 'plain' | 'english' | 'comma'): string {
    const sign = cents < 0 ? '-' : '';
    const whole = String(Math.floor(Math.abs(cents) / 100));
    const rest = two(Math.abs(cents) % 100);
    if (style === 'comma') return `${sign}${whole},${rest}`;
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return `${sign}${style === 'plain' ? whole : grouped}.${rest}`;
}

const quoted = (text: string) => (/[,;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

interface Context {
    readonly k: number;
    readonly folder: string;
    readonly random: Random;
    readonly day: () => Day;
}

/**
 * Writes the exports of a small company: ad reports of two or more systems, leads, deals and payments
 * as different systems write them, with the dirt that exports have.
 * @returns how the product is told to read them
 */
export function writeCompany(k: number, seed: number, root: string): readonly TestInput[] {
    const folder = join(root, `c${k}`);
    mkdirSync(folder, { recursive: true });
    const random = randomOf(seed * 1000 + k);
    const context = { k, folder, random, day: daysOf(k, random) };
    const ads = [google, meta, yandex, ownAds];
    const first = random.below(ads.length);
    const second = (first + 1 + random.below(ads.length - 1)) % ads.length;
    return [
        ...[first, second].flatMap((at) => ads[at]?.(context) ?? []),
        ...leads(context),
        ...deals(context),
        ...payments(context),
    ];
}

function input(
    { k }: Context,
    name: string,
    stream: string,
    files: readonly string[],
    rest: object = {},
) {
    return {
        name: `c${k}_${name}`,
        stream,
        files: files.map((file) => `c${k}/${file}`),
        ...rest,
    } as TestInput;
}

/** Title lines, a row per device, totals at the end; in English, or in German as UTF-16. */
function google(context: Context): TestInput[] {
    const { k, folder, random, day } = context;
    const isGerman = random.chance(0.5);
    const names = isGerman
        ? ['Tag', 'Kampagne', 'Kampagnen-ID', 'Gerät', 'Währungscode', 'Kosten', 'Kampagnentyp']
        : ['Day', 'Campaign', 'Campaign ID', 'Device', 'Currency code', 'Cost', 'Campaign type'];
    const cell = (cents: number) => money(cents, isGerman ? 'comma' : 'english');
    const rows = new Map<string, string[]>();
    let total = 0;
    for (let at = 0; at < 40; at += 1) {
        const campaign = random.below(4);
        const device = random.pick(['Computers', 'Mobile phones', 'Tablets']);
        const date = day();
        const cents = random.below(250_000);
        const key = `${iso(date)} ${campaign} ${device}`;
        if (rows.has(key)) continue;
        total += cents;
        rows.set(key, [
            isGerman ? dotted(date) : iso(date),
            `Tore, Nr. ${campaign}`,
            `${k}00${campaign}`,
            ...[device, 'EUR', cell(cents), 'Search'],
        ]);
    }
    const delimiter = isGerman ? '\t' : ',';
    const line = (cells: readonly string[]) =>
        cells.map((one) => (isGerman ? one : quoted(one))).join(delimiter);
    const totals = isGerman ? 'Gesamt: Konto' : 'Total: Account';
    const text = [
        isGerman ? 'Kampagnenbericht' : 'Campaign report',
        '"January 1, 2019 - December 31, 2030"',
        line(names),
        ...[...rows.values()].map(line),
        line([totals, ' --', ' --', ' --', 'EUR', cell(total), ' --']),
    ].join('\n');
    const bytes = isGerman ? Buffer.from(`\ufeff${text}\n`, 'utf16le') : Buffer.from(`${text}\n`);
    writeFileSync(join(folder, 'google.csv'), bytes);
    const format = isGerman
        ? { type: 'csv', decimal_separator: ',' }
        : { type: 'csv', thousands_separator: ',', decimal_separator: '.' };
    const date = { column: names[0], ...(isGerman ? { format: '%d.%m.%Y' } : {}) };
    return [
        input(context, 'google', 'ad_spend', ['google.csv'], {
            layout: 'google-ads-ui',
            format,
            columns: { spend_date: date },
            constants: { account_id: `g${k}` },
        }),
    ];
}

/** A row per ad, rows that stand twice, and a row of totals without a campaign at the top. */
function meta(context: Context): TestInput[] {
    const { k, folder, random, day } = context;
    const header =
        'Reporting starts,Reporting ends,Campaign name,Ad name,Campaign ID,Amount spent (EUR),Impressions,Account ID';
    const rows: string[] = [];
    let total = 0;
    for (let at = 0; at < 40; at += 1) {
        const date = iso(day());
        const cents = random.pick([1000, random.below(90_000)]);
        total += cents;
        const campaign = random.below(3);
        const ad = `Ad ${random.below(3)}`;
        rows.push(
            `${date},${date},"Parts, ${campaign}",${ad},m${k}-${campaign},${money(cents, 'plain')},${random.below(9)},x${k}`,
        );
        if (random.chance(0.1)) rows.push(rows.at(-1) ?? '');
    }
    const text = [header, `,,,,,${money(total, 'plain')},,`, ...rows].join('\r\n');
    writeFileSync(join(folder, 'meta.csv'), `\ufeff${text}\r\n`);
    return [input(context, 'meta', 'ad_spend', ['meta.csv'], { layout: 'meta-ads-manager' })];
}

/** Roubles with a decimal comma, days with points, a row of totals. */
function yandex(context: Context): TestInput[] {
    const { k, folder, random, day } = context;
    const rows = new Map<string, string>();
    let total = 0;
    for (let at = 0; at < 30; at += 1) {
        const [date, campaign, cents] = [dotted(day()), random.below(3), random.below(900_000)];
        if (rows.has(`${date} ${campaign}`)) continue;
        total += cents;
        rows.set(
            `${date} ${campaign}`,
            `${date};${k}77${campaign};Ворота ${campaign};${money(cents, 'comma')};${random.below(50)}`,
        );
    }
    const header = 'Дата;№ Кампании;Название кампании;Расход, руб.;Клики';
    const lines = [header, ...rows.values(), `Итого;;;${money(total, 'comma')};`];
    writeFileSync(join(folder, 'yandex.csv'), `${lines.join('\n')}\n`);
    return [
        input(context, 'yandex', 'ad_spend', ['yandex.csv'], {
            layout: 'yandex-direct-report',
            format: { type: 'csv', delimiter: ';', decimal_separator: ',' },
            columns: { spend_amount: 'Расход, руб.' },
            constants: { account_id: `y${k}`, currency_code: 'RUB' },
        }),
    ];
}

/** Micros of dollars in gzipped NDJSON, one file restating days of the other. */
function ownAds(context: Context): TestInput[] {
    const { k, folder, random, day } = context;
    const days = Array.from({ length: 25 }, () => iso(day()));
    const line = (date: string, campaign: number) =>
        JSON.stringify({
            date,
            campaign: { id: `l${k}-${campaign}` },
            cost_micros: random.below(300_000) * 10_000,
            currency: 'USD',
        });
    // A report speaks for all days between its first and its last.
    const unique = [...new Set(days)].sort();
    const file = (dates: readonly string[]) =>
        `${dates.flatMap((date) => [line(date, 0), line(date, 1)]).join('\n')}\n`;
    writeFileSync(join(folder, 'own-1.ndjson.gz'), gzipSync(file(unique)));
    writeFileSync(join(folder, 'own-2.ndjson'), file(unique.slice(0, 5)));
    return [
        input(context, 'own', 'ad_spend', ['own-*.ndjson', 'own-1.ndjson.gz', 'own-2.ndjson'], {
            columns: {
                spend_date: 'date',
                campaign_id: 'campaign.id',
                spend_amount: { column: 'cost_micros', multiply_by: '0.000001' },
                currency_code: 'currency',
            },
            constants: { platform: 'linkedin_ads', account_id: `l${k}` },
            max_loss_share: 1,
        }),
    ];
}

const words = ['Google', 'Facebook', 'Empfehlung', 'Mail', 'Event'];

/** Corrected, deleted and merged leads, one that cannot be read, and ids with spaces around them. */
function leads(context: Context): TestInput[] {
    const { k, folder, random, day } = context;
    const header = 'Id;Angelegt;Quelle;Geändert;IsDeleted;MasterRecordId;Name';
    const rows: string[] = [];
    for (let at = 0; at < 30; at += 1) {
        const created = `${iso(day())} ${clock(random)}${random.pick(['', 'Z', '+05:30'])}`;
        const line = (source: string, changed: string, deleted = 'false', master = '') =>
            `${random.pick(['', ' '])}L${k}-${at};${created};${source};${changed};${deleted};${master};"Ana; ""Ö"""`;
        const changed = '2025-01-01 10:00:00';
        const fate = at > 2 ? random.below(10) : 9;
        if (at === 7) rows.push(`L${k}-${at};unbekannt;Google;${changed};false;;`);
        else if (fate === 0) rows.push(line(random.pick(words), changed, 'true'));
        else if (fate === 1) {
            rows.push(line(random.pick(words), changed, 'true', `L${k}-${random.below(2)}`));
        } else {
            rows.push(line(random.pick(words), '2019-02-01 10:00:00'));
            if (random.chance(0.3)) rows.push(line(random.pick(words), '2024-02-01 10:00:00'));
        }
    }
    writeFileSync(join(folder, 'leads.csv'), `${[header, ...rows].join('\n')}\n`);
    return [
        input(context, 'leads', 'leads', ['leads.csv'], {
            format: { type: 'csv', delimiter: ';' },
            max_reject_share: 0.1,
            columns: {
                lead_id: 'Id',
                created_at: 'Angelegt',
                updated_at: 'Geändert',
                full_name: 'Name',
                channel: {
                    column: 'Quelle',
                    values: {
                        Google: 'paid_search',
                        Facebook: 'paid_social',
                        Empfehlung: 'referral',
                        Mail: 'email',
                        Event: 'event',
                    },
                },
            },
        }),
    ];
}

const deals_ = 16;

/** Two downloads, the later one with what was won since; deleted and merged deals. */
function deals(context: Context): TestInput[] {
    const { k, folder, random, day } = context;
    const header = 'Deal,Contact,Status,Betrag,Closed,IsDeleted,merged_into';
    const before: string[] = [];
    const after: string[] = [];
    for (let at = 0; at < deals_; at += 1) {
        const lead = random.chance(0.85) ? `L${k}-${random.below(30)}` : '';
        const closed = `${iso(day())} ${clock(random)}`;
        const line = (status: string, deleted = 'false', into = '') =>
            `D${k}-${at},${lead},${status},"${money(random.below(9_000_00), 'comma')}",${status === 'offen' ? '' : closed},${deleted},${into}`;
        if (random.chance(0.4)) before.push(line('offen'));
        const fate = at > 2 ? random.below(7) : 6;
        if (fate === 0) after.push(line('gewonnen', 'true'));
        else if (fate === 1) after.push(line('gewonnen', 'false', `D${k}-1`));
        else
            after.push(
                line(
                    at < 3
                        ? 'gewonnen'
                        : random.pick(['gewonnen', 'gewonnen', 'verloren', 'offen']),
                ),
            );
    }
    writeFileSync(join(folder, 'deals.csv'), `${[header, ...before].join('\n')}\n`);
    writeFileSync(join(folder, 'deals (1).csv'), `${[header, ...after].join('\n')}\n`);
    return [
        input(context, 'deals', 'deals', ['deals*.csv'], {
            format: { type: 'csv', decimal_separator: ',' },
            columns: {
                deal_id: 'Deal',
                lead_id: 'Contact',
                amount: 'Betrag',
                closed_at: 'Closed',
                status: {
                    column: 'Status',
                    values: { offen: 'open', gewonnen: 'won', verloren: 'lost' },
                },
            },
            constants: { currency_code: 'EUR' },
        }),
    ];
}

/** A balance list with payouts and fees, or payments and positive refunds in files of their own. */
function payments(context: Context): TestInput[] {
    const { k, folder, random, day } = context;
    const deal = () => `D${k}-${random.below(deals_)}`;
    const currency = () => random.pick(['EUR', 'EUR', 'USD']);
    const columns = { deal_id: { column: 'Description', extract: `(D${k}-[0-9]+)` } };
    if (random.chance(0.5)) {
        const header = 'id,Type,Amount,Fee,Net,currency,Created (UTC),Description';
        const rows: string[] = [];
        for (let at = 0; at < 40; at += 1) {
            const type = random.pick([
                'charge',
                'charge',
                'charge',
                'refund',
                'payout',
                'stripe_fee',
            ]);
            const cents = random.from(1, 200_000) * (type === 'charge' ? 1 : -1);
            const amount = money(cents, 'plain');
            const created = `${iso(day())} ${clock(random)}`;
            rows.push(
                `txn_${k}_${at},${type},${amount},0.10,${amount},${currency().toLowerCase()},${created},Invoice for ${deal()}`,
            );
            if (random.chance(0.1)) rows.push(rows.at(-1) ?? '');
        }
        writeFileSync(join(folder, 'balance.csv'), `${[header, ...rows].join('\n')}\n`);
        return [
            input(context, 'balance', 'payments', ['balance.csv'], {
                layout: 'stripe-balance',
                columns,
            }),
        ];
    }
    const write = (file: string, mark: string, count: number) => {
        const rows = Array.from(
            { length: count },
            (_, at) =>
                `${mark}${k}-${at};${dotted(day())} ${clock(random)};${money(random.from(1, 150_000), 'comma')} ;${currency()};Rechnung ${deal()}`,
        );
        const lines = [
            'Nr;Datum;Betrag;Währung;Description',
            ...rows,
            '',
            'Summe der Zahlungen: 4711,00',
        ];
        writeFileSync(join(folder, file), Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'));
    };
    write('payments.csv', 'P', 30);
    write('refunds.csv', 'R', 6);
    const own = (sign: object) => ({
        format: {
            type: 'csv',
            delimiter: ';',
            decimal_separator: ',',
            encoding: 'windows-1252',
            footer: '^Summe',
        },
        columns: {
            ...columns,
            payment_id: 'Nr',
            paid_at: { column: 'Datum', format: '%d.%m.%Y %H:%M:%S' },
            net_amount: { column: 'Betrag', ...sign },
            currency_code: 'Währung',
        },
    });
    return [
        input(context, 'paid', 'payments', ['payments.csv'], {
            ...own({}),
            constants: { kind: 'payment' },
        }),
        input(context, 'refunds', 'payments', ['refunds.csv'], {
            ...own({ multiply_by: '-1' }),
            constants: { kind: 'refund' },
        }),
    ];
}
