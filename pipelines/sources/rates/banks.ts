import { type Classify, classifyByStatus } from '../api/answer.ts';
import { type Clock, systemClock } from '../api/clock.ts';
import { addDays, type Days } from '../api/days.ts';
import { createHttp, type Http } from '../api/http.ts';
import { type PublishedRate, parseBnr, parseEcb, parseNbp, parseValCurs } from './parse-rates.ts';

/** A central bank that publishes what other currencies are worth in its own. */
export interface Bank {
    readonly title: string;
    readonly currency: string;
    readonly address: string;
    readonly read: (http: Http, address: string, days: Days) => Promise<readonly PublishedRate[]>;
}

/** A bank refuses a question for so many days; fewer are asked for. */
const nbpDays = 90;

export const banks = {
    ecb: {
        title: 'European Central Bank',
        currency: 'EUR',
        address: 'https://www.ecb.europa.eu',
        // The one file with all days: that of 90 days would be too short for a company that starts.
        read: async (http, address) =>
            parseEcb(await textOf(http, `${address}/stats/eurofxref/eurofxref-hist.xml`)),
    },
    nbp: {
        title: 'Narodowy Bank Polski',
        currency: 'PLN',
        address: 'https://api.nbp.pl',
        read: async (http, address, { from, to }) => {
            const found: PublishedRate[] = [];
            for (let start = from; start <= to; start = addDays(start, nbpDays)) {
                const [end] = [addDays(start, nbpDays - 1), to].sort();
                const url = `${address}/api/exchangerates/tables/A/${start}/${end}/?format=json`;
                const text = await textOf(http, url);
                // Of days without a table, it says that there is nothing.
                if (text !== nothing) found.push(...parseNbp(text));
            }
            return found;
        },
    },
    bnm: {
        title: 'Banca Națională a Moldovei',
        currency: 'MDL',
        address: 'https://www.bnm.md',
        read: (http, address, days) =>
            dayByDay(days, async (day) => {
                const [year, month, date] = day.split('-');
                const url = `${address}/en/official_exchange_rates?get_xml=1&date=${date}.${month}.${year}`;
                return parseValCurs(await textOf(http, url), 'BNM');
            }),
    },
    cbr: {
        title: 'Банк России',
        currency: 'RUB',
        address: 'https://www.cbr.ru',
        read: (http, address, days) =>
            dayByDay(days, async (day) => {
                const [year, month, date] = day.split('-');
                const url = `${address}/scripts/XML_daily.asp?date_req=${date}/${month}/${year}`;
                return parseValCurs(await textOf(http, url), 'CBR');
            }),
    },
    bnr: {
        title: 'Banca Națională a României',
        currency: 'RON',
        address: 'https://curs.bnr.ro',
        read: async (http, address, { from, to }) => {
            const found: PublishedRate[] = [];
            const last = Number(to.slice(0, 4));
            for (let year = Number(from.slice(0, 4)); year <= last; year += 1) {
                const url = `${address}/files/xml/years/nbrfxrates${year}.xml`;
                const text = await textOf(http, url);
                // The file of a year is there from its first working day on.
                if (text === nothing && year === last && found.length > 0) break;
                found.push(...(await parseBnr(text)));
            }
            return found;
        },
    },
} as const satisfies Readonly<Record<string, Bank>>;

export type BankName = keyof typeof banks;

export interface RatesToRead {
    readonly bank: BankName;
    readonly days: Days;
    readonly currencies: readonly string[];
    readonly address?: string | undefined;
    readonly clock?: Clock;
}

/**
 * The rates that a bank has published for some days, by day.
 * @throws SourceError when it does not answer, ContractError when the answer is none
 */
export async function readRates(options: RatesToRead): Promise<readonly PublishedRate[]> {
    const { days, currencies, clock = systemClock } = options;
    const bank: Bank = banks[options.bank];
    const http = createHttp({
        connection: bank.title,
        clock,
        classify: classifyBank,
        perSecond: () => 4,
        authorise: async () => ({}),
        onRefused: 'nobody needs access to these rates: run again later',
        secrets: [],
    });
    const found = await bank.read(http, options.address ?? bank.address, days);
    const wanted = new Map<string, PublishedRate>();
    for (const rate of found) {
        const isWanted = rate.day >= days.from && rate.day <= days.to;
        if (isWanted && currencies.includes(rate.currency)) {
            wanted.set(`${rate.day} ${rate.currency}`, rate);
        }
    }
    return [...wanted.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}

const nothing = '';

const classifyBank: Classify = (answer, now) =>
    answer.status === 404 ? { kind: 'ok' } : classifyByStatus(answer, now);

/** In the encoding that the answer names. @returns an empty text where there is nothing */
async function textOf(http: Http, url: string): Promise<string> {
    const { status, headers, bytes = Buffer.alloc(0) } = await http.ask({ url, expects: 'bytes' });
    if (status === 404) return nothing;
    const head = bytes.subarray(0, 200).toString('latin1');
    const [, declared] = /encoding=["']([\w-]+)["']/i.exec(head) ?? [];
    const [, sent] = /charset=([\w-]+)/i.exec(headers.get('content-type') ?? '') ?? [];
    return new TextDecoder(declared ?? sent ?? 'utf-8', { fatal: true }).decode(bytes);
}

/** For a day without rates these banks answer with those of the day before, and its date. */
async function dayByDay(
    { from, to }: Days,
    read: (day: string) => Promise<readonly PublishedRate[]>,
): Promise<readonly PublishedRate[]> {
    const found: PublishedRate[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) found.push(...(await read(day)));
    return found;
}
