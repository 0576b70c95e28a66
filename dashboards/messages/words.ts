import type { Catalogue } from './catalogue.ts';
import { createFormats, type Decimal, type FiscalPeriods, fill, type Locale } from './formats.ts';

/** A value in a message: a text or a number as it is, or one of the kinds of `KINDS` below. */
type Value = string | number | boolean | null | { readonly [kind: string]: unknown };

export type Words = ReturnType<typeof createWords>;

/** How a company wants to be spoken to. */
export interface Settings {
    readonly language: string;
    readonly number_locale: string;
    readonly currency: string;
    readonly fiscal_periods?: FiscalPeriods;
}

/** The locale of a catalogue: what numbers and days are written by. */
export function localeOf(catalogue: Catalogue, settings: Settings): Locale {
    const words = [...catalogue]
        .filter(([key]) => key.startsWith('format.'))
        .map(([key, text]) => [key.slice('format.'.length), text]);
    return { ...settings, words: Object.fromEntries(words) };
}

/**
 * The one renderer of messages: what SQL yields as `{"key": ..., name: value}` (macros/messages) becomes
 * a sentence. Pages, statements, files and the command line all call it.
 */
export function createWords(catalogue: Catalogue, settings: Settings) {
    const locale = localeOf(catalogue, settings);
    const formats = createFormats(locale);
    const known = new Map<string, string>();

    /** One value of a message as ICU takes it: a number stays one, so that it can have a plural. */
    function shownValue(value: Value): string | number {
        if (value === null) return 'none';
        if (typeof value === 'boolean') return String(value);
        if (typeof value !== 'object') return value;
        const kind = Object.keys(value)[0] ?? '';
        const format = KINDS[kind];
        if (format === undefined) throw new Error(`there is no kind of value ${kind}`);
        if (value[kind] === null) return 'none';
        return format(value);
    }

    const text = (value: unknown) => value as string;
    const decimal = (value: unknown) => value as Decimal;
    const optional = (value: unknown) => (value ?? undefined) as string | undefined;

    const KINDS: Record<string, (value: Record<string, unknown>) => string> = {
        money: ({ money, currency }) => formats.money(decimal(money), optional(currency)),
        exact_money: ({ exact_money, currency }) =>
            formats.exactMoney(decimal(exact_money), optional(currency)),
        percent: ({ percent, decimals }) =>
            formats.percent(decimal(percent), (decimals as number | null) ?? 1),
        attainment: ({ attainment }) => formats.attainment(decimal(attainment)),
        number: ({ number, decimals }) =>
            formats.number(decimal(number), (decimals as number | null) ?? 2),
        day: ({ day }) => formats.day(text(day)),
        time: ({ time }) => formats.time(text(time)),
        from: ({ from, to }) => formats.range(text(from), (to ?? null) as string | null),
        period: ({ period, start }) => formats.period(text(period), text(start)),
        kpi: ({ kpi, unit, currency, target, attainment }) =>
            formats.kpi(
                decimal(kpi),
                text(unit),
                {
                    target: (target ?? null) as Decimal | null,
                    attainment: (attainment ?? null) as Decimal | null,
                },
                optional(currency),
            ),
        change: ({ change, unit }) => formats.change(decimal(change), text(unit)),
        message: ({ message }) => render(text(message)),
        codes: ({ codes, names }) =>
            formats.list(
                text(codes)
                    .split('|')
                    .map((id) => say(text(names), { id })),
            ),
        list: ({ list }) =>
            formats.list(
                (list as Value[])
                    .filter((one) => one !== null)
                    .map((one) => String(shownValue(one))),
            ),
    };

    /** @throws Error for a key or a value that is not there */
    function say(key: string, values: Readonly<Record<string, Value>> = {}): string {
        const icu = catalogue.get(key);
        if (icu === undefined) throw new Error(`there is no message ${key}`);
        const shown = Object.fromEntries(
            Object.entries(values).map(([name, value]) => [name, shownValue(value)]),
        );
        try {
            return fill(icu, shown, locale);
        } catch (error) {
            throw new Error(`message ${key}: ${(error as Error).message}`, { cause: error });
        }
    }

    /**
     * @param message JSON `{"key": ..., name: value}`, or a list of such and of lists: sentences, nulls left out
     * @throws Error for anything else, or a key or value that is not there
     */
    function render(message: string): string {
        let found = known.get(message);
        if (found === undefined) {
            const parsed = JSON.parse(message);
            found = Array.isArray(parsed)
                ? parsed
                      .flat(Number.POSITIVE_INFINITY)
                      .filter((one) => one !== null)
                      .map(sentence)
                      .join(' ')
                : sentence(parsed);
            known.set(message, found);
        }
        return found;
    }

    function sentence({ key, ...values }: { key: string } & Record<string, Value>): string {
        return say(key, values);
    }

    return { say, render, formats, locale, icu: (key: string) => catalogue.get(key) };
}
