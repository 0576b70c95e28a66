import { z } from 'zod';
import { ContractError } from '../../errors.ts';
import { parsePage, scalar } from '../api/parse-page.ts';
import { readXmlText } from '../files/xml.ts';
import { exactRate } from './exact-rate.ts';

/** What one unit of a currency was worth in the bank's, on the day that the bank names. */
export interface PublishedRate {
    readonly day: string;
    readonly currency: string;
    readonly rate: string;
}

interface Element {
    readonly name: string;
    readonly attributes: Record<string, string>;
    text: string;
    readonly parts: Element[];
}

/** Reference rates of the European Central Bank: how much of each currency a euro is worth. */
export async function parseEcb(text: string): Promise<readonly PublishedRate[]> {
    const days = all(await elementsOf(text, 'ECB'), 'Cube').filter((one) => one.attributes.time);
    return days.flatMap(({ attributes: { time = '' }, parts }) =>
        parts.map(({ attributes: { currency, rate } }) =>
            published('ECB', time, currency, rate, '1', true),
        ),
    );
}

/** Table A of Narodowy Bank Polski, as JSON. */
export function parseNbp(text: string): readonly PublishedRate[] {
    return parsePage(nbpTables, text, 'NBP').flatMap(({ effectiveDate, rates }) =>
        rates.map(({ code, mid }) => published('NBP', effectiveDate, code, mid)),
    );
}

const nbpTables = z.array(
    z.object({
        effectiveDate: z.iso.date(),
        rates: z.array(z.object({ code: z.string(), mid: scalar })),
    }),
);

/**
 * Rates of the banks of Russia and Moldova, which share a form: `Nominal` units are worth `Value`,
 * with a comma in the one and a point in the other. The day is that from which they hold.
 */
export async function parseValCurs(text: string, bank: string): Promise<readonly PublishedRate[]> {
    const roots = all(await elementsOf(text, bank), 'ValCurs');
    if (roots.length === 0) throw unreadable(bank, text.slice(0, 100));
    return roots.flatMap(({ attributes: { Date: written = '' }, parts }) => {
        const [, day, month, year] = /^(\d\d)[./](\d\d)[./](\d{4})$/.exec(written) ?? [];
        if (day === undefined) throw unreadable(bank, `Date ${written}`);
        return parts
            .filter(({ name }) => name === 'Valute')
            .map((one) => {
                const of = (name: string) => one.parts.find((part) => part.name === name)?.text;
                const nominal = of('Nominal') ?? '1';
                return published(
                    bank,
                    `${year}-${month}-${day}`,
                    of('CharCode'),
                    of('Value'),
                    nominal,
                );
            });
    });
}

/** Rates of Banca Națională a României; `multiplier` units are worth the number. */
export async function parseBnr(text: string): Promise<readonly PublishedRate[]> {
    const days = all(await elementsOf(text, 'BNR'), 'Cube');
    return days.flatMap(({ attributes: { date = '' }, parts }) =>
        parts
            // A currency that is not quoted on a day has a dash.
            .filter(({ text: value }) => value !== '-')
            .map(({ attributes: { currency, multiplier }, text: value }) =>
                published('BNR', date, currency, value, multiplier),
            ),
    );
}

function published(
    bank: string,
    day: string,
    currency: string | undefined,
    written: string | undefined,
    nominal = '1',
    isInverse = false,
): PublishedRate {
    try {
        if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new TypeError(`${day} is no day`);
        if (!/^[A-Z]{3}$/.test(currency ?? '')) throw new TypeError('no currency');
        return {
            day,
            currency: currency ?? '',
            rate: exactRate(written ?? '', nominal, isInverse),
        };
    } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw unreadable(bank, `${day} ${currency ?? ''} ${written ?? ''}: ${reason}`);
    }
}

function unreadable(bank: string, got: string): ContractError {
    return new ContractError({
        what: `The rates of ${bank} are not what the bank promises.`,
        expected: 'a day, currencies and their rates',
        got,
        fix: 'run again; when it stays so, report it with these lines, and write the rates by hand',
    });
}

async function elementsOf(text: string, bank: string): Promise<readonly Element[]> {
    const root: Element = { name: '', attributes: {}, text: '', parts: [] };
    const open = [root];
    await readXmlText(piecesOf(text), {
        open: (name) => {
            const element: Element = { name, attributes: {}, text: '', parts: [] };
            open.at(-1)?.parts.push(element);
            open.push(element);
        },
        attribute: (name, value) => {
            const element = open.at(-1);
            if (element) element.attributes[name] = value;
        },
        text: (piece) => {
            const element = open.at(-1);
            if (element) element.text = (element.text + piece).trim();
        },
        close: () => {
            open.pop();
        },
    });
    // A page that says that the bank is being worked on is well-formed too.
    if (root.parts.length === 0 || all(root.parts, 'html').length > 0)
        throw unreadable(bank, text.slice(0, 100));
    return root.parts;
}

/** All elements of a name, however deep. */
function all(elements: readonly Element[], name: string): readonly Element[] {
    return elements.flatMap((one) => [
        ...(one.name === name ? [one] : []),
        ...all(one.parts, name),
    ]);
}

async function* piecesOf(text: string): AsyncGenerator<string> {
    yield text;
}
