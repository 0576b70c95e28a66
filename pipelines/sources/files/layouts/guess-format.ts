/** Days as they are written around the world; a time of day may follow. */
const days: readonly (readonly [RegExp, string])[] = [
    [/^\d{4}\/\d{1,2}\/\d{1,2}$/, '%Y/%m/%d'],
    [/^\d{8}$/, '%Y%m%d'],
    [/^\d{1,2}\.\d{1,2}\.\d{4}$/, '%d.%m.%Y'],
    [/^\d{1,2}\.\d{1,2}\.\d{2}$/, '%d.%m.%y'],
    [/^\d{1,2}-\d{1,2}-\d{4}$/, '%d-%m-%Y'],
    [/^[A-Z][a-z]{2} \d{1,2}, \d{4}$/, '%b %d, %Y'],
    [/^[A-Z][a-z]{2}, [A-Z][a-z]{2} \d{1,2}, \d{4}$/, '%a, %b %d, %Y'],
    [/^[A-Z][a-z]{3,} \d{1,2}, \d{4}$/, '%B %d, %Y'],
    [/^\d{1,2} [A-Z][a-z]{2} \d{4}$/, '%d %b %Y'],
    [/^\d{1,2} [A-Z][a-z]{3,} \d{4}$/, '%d %B %Y'],
    [/^\d{1,2}-[A-Z][a-z]{2}-\d{4}$/, '%d-%b-%Y'],
    [/^\d{1,2}-[A-Z][a-z]{2}-\d{2}$/, '%d-%b-%y'],
];
const times: readonly (readonly [RegExp, string])[] = [
    [/ \d{1,2}:\d{2}:\d{2} [AP]M$/i, ' %I:%M:%S %p'],
    [/ \d{1,2}:\d{2} [AP]M$/i, ' %I:%M %p'],
    [/ \d{1,2}:\d{2}:\d{2}$/, ' %H:%M:%S'],
    [/ \d{1,2}:\d{2}$/, ' %H:%M'],
];

export interface DateGuess {
    /** As in strptime; undefined for ISO, which needs none. */
    readonly format?: string | undefined;
    /** Day and month could be the other way round as well. */
    readonly isTwoWay: boolean;
}

/** How the dates of a column are written, from some of its values; undefined when nothing fits. */
export function guessDateFormat(values: readonly string[]): DateGuess | undefined {
    const [first] = values;
    if (first === undefined) return undefined;
    if (values.every((value) => /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/.test(value))) {
        return { isTwoWay: false };
    }
    const time = times.find(([pattern]) => values.every((value) => pattern.test(value)));
    const plain = values.map((value) => (time ? value.replace(time[0], '') : value));
    const suffix = time?.[1] ?? '';
    const day = days.find(([pattern]) => plain.every((value) => pattern.test(value)));
    if (day) return { format: day[1] + suffix, isTwoWay: false };
    const slashed = [/^\d{1,2}\/\d{1,2}\/\d{4}$/, /^\d{1,2}\/\d{1,2}\/\d{2}$/];
    const place = slashed.findIndex((pattern) => plain.every((value) => pattern.test(value)));
    if (place < 0) return undefined;
    const year = place === 0 ? '%Y' : '%y';
    const parts = plain.map((value) => value.split('/').map(Number));
    if (parts.some(([one = 0]) => one > 12))
        return { format: `%d/%m/${year}${suffix}`, isTwoWay: false };
    const isMonthFirst = parts.some(([, two = 0]) => two > 12);
    return { format: `%m/%d/${year}${suffix}`, isTwoWay: !isMonthFirst };
}

export interface SeparatorGuess {
    readonly decimal_separator?: '.' | ',';
    readonly thousands_separator?: string;
}

/** How numbers are written, whatever currency stands around them; empty when they do not tell. */
export function guessSeparators(values: readonly string[]): SeparatorGuess {
    const numbers = values
        .map((value) => value.replace(/^[^\d.,]+|[^\d]+$/g, ''))
        .filter((value) => /^[\d.,\u00a0\u202f ]*\d$/.test(value));
    const hasDecimalComma = numbers.some((value) => /,\d{1,2}$|,\d{4,}$/.test(value));
    const hasDecimalPoint = numbers.some((value) => /\.\d{1,2}$|\.\d{4,}$/.test(value));
    if (hasDecimalComma === hasDecimalPoint) return {};
    const [decimal, other] = hasDecimalComma ? ([',', '.'] as const) : (['.', ','] as const);
    const grouped = [other, '\u00a0', '\u202f', ' '].find((sign) =>
        numbers.some((value) => value.includes(sign)),
    );
    return { decimal_separator: decimal, ...(grouped ? { thousands_separator: grouped } : {}) };
}
