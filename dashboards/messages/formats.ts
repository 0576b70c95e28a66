import { IntlMessageFormat } from 'intl-messageformat';

/** A number as the warehouse has it; as text it keeps every digit. */
export type Decimal = number | string;

/** What of a company decides how numbers and days are written. */
export interface Locale {
    /** BCP 47 language of the words, such as `en`. */
    readonly language: string;
    /** BCP 47 locale of numbers and days, such as `en-GB`. */
    readonly number_locale: string;
    /** ISO 4217 code of amounts that name no other. */
    readonly currency: string;
    /** ICU texts `format.*` of the language, without that prefix. */
    readonly words: Readonly<Record<string, string>>;
    /** Quarters and years that are not the calendar's, as `quarter 2026-02-01`. */
    readonly fiscal_periods?: FiscalPeriods;
}

export type FiscalPeriods = Readonly<Record<string, FiscalPeriod>>;

/** What `dim_periods` says of a fiscal quarter or year. */
export interface FiscalPeriod {
    readonly year: number;
    /** Null of a year. */
    readonly quarter: number | null;
    /** First day after it; a year that another calendar cuts short ends early. */
    readonly end: string;
}

/** A value beside the target it is judged by. */
export interface Comparison {
    readonly target: Decimal | null;
    readonly attainment: Decimal | null;
}

type Digits = Intl.NumberFormatOptions;

/**
 * Everything that turns a number, an amount or a day into text for people, in one locale. Numbers are
 * rounded half away from zero to what is shown; where rounding would show a missed target as met, more
 * digits are shown, or "just below".
 */
export function createFormats(locale: Locale) {
    const numbers = new Map<string, Intl.NumberFormat>();

    function write(value: Decimal, options: Digits): string {
        const key = JSON.stringify(options);
        let format = numbers.get(key);
        if (format === undefined) {
            format = new Intl.NumberFormat(locale.number_locale, {
                signDisplay: 'negative',
                ...options,
            });
            numbers.set(key, format);
        }
        // Decimal text is formatted exactly; its type knows only digits written in the code.
        return format.format(value as number);
    }

    const date = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, options);
    const days = date({ day: 'numeric', month: 'short', year: 'numeric' });
    const moments = date({
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
    });
    const months = date({ month: 'short', year: 'numeric' });
    const list = new Intl.ListFormat(locale.language, { type: 'conjunction' });

    const word = (name: string, values: Record<string, string> = {}) =>
        fill(locale.words[name] ?? missing(`format.${name}`), values, locale);
    const withCurrency = (amount: string, currency: string | undefined) =>
        word('money', { amount, currency: currency ?? locale.currency });

    /** Up to `most` decimals; at least `least`. */
    const number = (value: Decimal, most = 2, least = 0) =>
        write(value, {
            minimumFractionDigits: least,
            maximumFractionDigits: Math.max(most, least),
        });
    /** 541,720 EUR */
    const money = (value: Decimal, currency?: string) => withCurrency(number(value, 0), currency);
    /** 1,391.19 EUR */
    const exactMoney = (value: Decimal, currency?: string) =>
        withCurrency(number(value, 2, minorDigits(currency ?? locale.currency)), currency);
    /** 0.542 is 54.2% */
    const percent = (value: Decimal, most = 1, least = 0) =>
        write(value, {
            style: 'percent',
            minimumFractionDigits: least,
            maximumFractionDigits: Math.max(most, least),
        });

    const inCurrency = (options: Digits): Digits => ({
        style: 'currency',
        currency: locale.currency,
        currencyDisplay: 'narrowSymbol',
        ...options,
    });

    /**
     * A number in a cell, on a card or in a chart by the tag that the page or the mart names: `money`,
     * `money_exact`, `money_short` (axes), `pct0` to `pct3`, `attainment` and `attainment2`, `num0` to
     * `num4`, `pct` and `num` (up to two decimals), `id`.
     * @throws Error for another tag
     */
    function tagged(value: Decimal, tag: string): string {
        const [, kind = '', decimals] = /^([a-z_]+)(\d?)$/.exec(tag) ?? [];
        const count = Number(decimals);
        const digits = decimals
            ? { minimumFractionDigits: count, maximumFractionDigits: count }
            : { maximumFractionDigits: 2 };
        if (kind === 'num') return write(value, digits);
        if (kind === 'pct') return write(value, { style: 'percent', ...digits });
        if (kind === 'attainment') return attainment(value, Number(decimals));
        switch (tag) {
            case 'money':
                return write(value, inCurrency({ maximumFractionDigits: 0 }));
            case 'money_exact':
                return write(value, inCurrency({}));
            case 'money_short':
                return write(value, inCurrency({ notation: 'compact', maximumFractionDigits: 1 }));
            case 'id':
                return write(value, { useGrouping: false });
            default:
                throw new Error(`there is no number format ${tag}`);
        }
    }

    const day = (value: string | Date) => days(dateOf(value));
    /** 30 Jun 2026, 14:05, of a time that is the company's already */
    const time = (value: string | Date) =>
        moments(
            value instanceof Date ? value : new Date(`${value.slice(0, 16).replace(' ', 'T')}Z`),
        );

    const units: Record<string, (value: Decimal, more: number, currency?: string) => string> = {
        currency: (value, more, currency) => withCurrency(number(value, more, more), currency),
        percent: (value, more) => percent(value, 1 + more),
        ratio: (value, more) => number(value, 2 + more, 2),
        flag: (value) => word(Number(value) === 1 ? 'yes' : 'no'),
    };

    /** The value of a KPI by its unit in the catalogue; beside its target as exactly as a miss asks for. */
    function kpi(value: Decimal, unit: string, comparison?: Comparison, currency?: string): string {
        const show = units[unit] ?? ((one, more) => number(one, more));
        return compared(value, (which, more) => show(which, more, currency), comparison);
    }

    /** The same as cells and charts write it: €541,720 and 93.0%. */
    function card(value: Decimal, unit: string, comparison?: Comparison): string {
        const tags: Record<string, string> = { currency: 'money', percent: 'pct1', ratio: 'num2' };
        const exact: Record<string, string> = {
            currency: 'money_exact',
            percent: 'pct3',
            ratio: 'num4',
        };
        const show = (which: Decimal, more: number) =>
            tagged(which, more === 0 ? (tags[unit] ?? 'num0') : (exact[unit] ?? 'num2'));
        return compared(value, show, comparison);
    }

    function compared(
        value: Decimal,
        shown: (which: Decimal, more: number) => string,
        comparison: Comparison | undefined,
    ): string {
        const { target = null, attainment = null } = comparison ?? {};
        const isMissed = target !== null && attainment !== null && Number(attainment) < 1;
        if (!isMissed || shown(value, 0) !== shown(target, 0)) return shown(value, 0);
        if (shown(value, 2) !== shown(target, 2)) return shown(value, 2);
        const name = Number(value) < Number(target) ? 'just_below' : 'just_above';
        return word(name, { target: shown(target, 0) });
    }

    /** 0.8149 is 81%; what misses its target is never 100%. */
    function attainment(value: Decimal, decimals = 0): string {
        const shown = (which: Decimal) => percent(which, decimals, decimals);
        return compared(value, shown, { target: 1, attainment: value });
    }

    /** A change by the unit of what changed: +14.0%, +5.0 pts, -0.50. */
    function change(value: Decimal, unit: string): string {
        if (Number(value) === 0) return word('no_change');
        const signed = { signDisplay: 'exceptZero' } as const;
        if (unit === 'ratio') {
            return write(value, { ...signed, minimumFractionDigits: 2, maximumFractionDigits: 2 });
        }
        const share = write(value, {
            ...signed,
            style: 'percent',
            minimumFractionDigits: 1,
            maximumFractionDigits: 1,
        });
        if (unit !== 'percent') return share;
        return word('points', { change: share.replace(/\s*%\s*/u, '') });
    }

    /** Q2 2026, Jun 2026, 2026, week 26 of 2026; Q1 FY27 of a fiscal year. */
    function period(type: string, start: string | Date): string {
        const from = dateOf(start);
        const year = String(from.getUTCFullYear());
        const fiscal = locale.fiscal_periods?.[`${type} ${from.toISOString().slice(0, 10)}`];
        if (fiscal) return fiscalPeriod(from, fiscal);
        switch (type) {
            case 'day':
                return day(from);
            case 'week':
                return word('week', isoWeek(from));
            case 'month':
                return months(from);
            case 'quarter':
                return word('quarter', {
                    quarter: String(Math.floor(from.getUTCMonth() / 3) + 1),
                    year,
                });
            case 'year':
                return year;
            case 'last_12_months':
                return word('last_12_months');
            default:
                throw new Error(`there is no period of type ${type}`);
        }
    }

    /** One cut short has its months beside it: the year after may have the same number. */
    function fiscalPeriod(from: Date, { year, quarter, end }: FiscalPeriod): string {
        const values = { year: String(year % 100).padStart(2, '0'), quarter: String(quarter) };
        const name = word(quarter === null ? 'fiscal_year' : 'fiscal_quarter', values);
        const after = dateOf(end);
        const length =
            (after.getUTCFullYear() - from.getUTCFullYear()) * 12 +
            (after.getUTCMonth() - from.getUTCMonth());
        if (length === (quarter === null ? 12 : 3)) return name;
        const last = new Date(after.getTime() - 86_400_000);
        return word('short_period', {
            name,
            months:
                length === 1
                    ? months(from)
                    : word('until_day', { from: months(from), to: months(last) }),
        });
    }

    /** since 1 Jul 2025; 1 Jul 2023 to 30 Jun 2025 */
    const range = (from: string | Date, to: string | Date | null) =>
        to === null
            ? word('from_day', { from: day(from) })
            : word('until_day', { from: day(from), to: day(to) });

    return {
        number,
        money,
        exactMoney,
        tagged,
        percent,
        attainment,
        change,
        kpi,
        card,
        day,
        time,
        period,
        range,
        list: (items: readonly string[]) => list.format(items),
    };
}

/** Names of months and days, from January and Sunday on, for what writes a calendar itself. */
export function calendarNames(locale: Pick<Locale, 'number_locale'>) {
    const names = (count: number, options: Intl.DateTimeFormatOptions) => {
        const format = dateFormat(locale, options);
        // The first of January 2023 is a Sunday.
        return Array.from({ length: count }, (_, index) =>
            format(
                new Date(options.month ? Date.UTC(2023, index, 1) : Date.UTC(2023, 0, 1 + index)),
            ),
        );
    };
    return {
        month: names(12, { month: 'long' }),
        monthAbbr: names(12, { month: 'short' }),
        dayOfWeek: names(7, { weekday: 'long' }),
        dayOfWeekAbbr: names(7, { weekday: 'short' }),
    };
}

/** British English abbreviates September to four letters; names of periods have three. */
function dateFormat(
    { number_locale }: Pick<Locale, 'number_locale'>,
    options: Intl.DateTimeFormatOptions,
): (moment: Date) => string {
    const format = new Intl.DateTimeFormat(number_locale, { ...options, timeZone: 'UTC' });
    return (moment) => format.format(moment).replace(/\bSept(?= |$)/, 'Sep');
}

/** Fills the places of an ICU text. @throws Error for a value that is missing */
export function fill(
    text: string,
    values: Readonly<Record<string, string | number>>,
    locale: Pick<Locale, 'language' | 'number_locale'>,
): string {
    const key = `${locale.language} ${locale.number_locale} ${text}`;
    let message = messages.get(key);
    if (message === undefined) {
        message = new IntlMessageFormat(text, locale.language, undefined, {
            ignoreTag: true,
            // The # of a plural is written as every other number, its form is that of the language.
            formatters: {
                getNumberFormat: (_, options) =>
                    new Intl.NumberFormat(locale.number_locale, options),
                getDateTimeFormat: (_, options) =>
                    new Intl.DateTimeFormat(locale.number_locale, options),
                getPluralRules: (...options) => new Intl.PluralRules(...options),
            },
        });
        messages.set(key, message);
    }
    return String(message.format(values));
}

const messages = new Map<string, IntlMessageFormat>();

function missing(key: string): never {
    throw new Error(`there is no message ${key}`);
}

const minorDigits = (currency: string) =>
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .minimumFractionDigits ?? 2;

/** `2026-06-30`, with or without a time: days have no zone. */
const dateOf = (value: string | Date) =>
    value instanceof Date ? value : new Date(`${value.slice(0, 10)}T00:00:00Z`);

/** The Thursday of a week says which year the week belongs to. */
function isoWeek(monday: Date): { week: string; year: string } {
    const thursday = new Date(monday.getTime() + 3 * 86_400_000);
    const year = thursday.getUTCFullYear();
    const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
    return { week: String(week), year: String(year) };
}
