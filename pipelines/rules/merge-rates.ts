import type { RuleRow } from './rule-table.ts';

/** What a bank published for a day. */
export interface DayRate {
    readonly day: string;
    readonly currency: string;
    readonly rate: string;
}

export interface RatesToMerge {
    /** Rows of the file as they are. */
    readonly rows: readonly Pick<RuleRow, 'cells'>[];
    readonly published: readonly DayRate[];
    readonly bank: string;
    readonly to: string;
    readonly currencies: readonly string[];
    /** Days that are filled, both included. */
    readonly from: string;
    readonly until: string;
}

export type RateCells = Readonly<Record<string, string | null | undefined>>;

export interface MergedRates {
    readonly rows: readonly RateCells[];
    /** Days and currencies of which a person had written the rate, where the bank says another one. */
    readonly kept: readonly {
        readonly day: string;
        readonly currency: string;
        readonly written: string;
        readonly published: string;
    }[];
    /** Days and currencies that got the last known rate, because the bank published none. */
    readonly carried: number;
    /** Days and currencies before the first rate of the bank. */
    readonly unknown: number;
}

/**
 * Rates of a bank beside those that people wrote, which stay as they are: of their days the bank says
 * nothing. What was fetched before is replaced in the days that are fetched, and ends where they begin.
 * A day without a rate has the last one before it, marked as carried.
 */
export function mergeRates(merge: RatesToMerge): MergedRates {
    const { rows, to, bank, from, until } = merge;
    const kept: MergedRates['kept'][number][] = [];
    let carried = 0;
    let unknown = 0;
    const isPair = (cells: RateCells, currency: string) =>
        cells.currency_code === currency && cells.to_currency_code === to;
    const fetched: RateCells[] = [];
    for (const currency of merge.currencies) {
        const written = rows.filter(({ cells }) => isPair(cells, currency) && !cells.source);
        const ofDay = new Map(
            merge.published
                .filter((one) => one.currency === currency)
                .map(({ day, rate }) => [day, rate]),
        );
        let last = [...ofDay.keys()]
            .filter((day) => day < from)
            .sort()
            .at(-1);
        for (let day = from; day <= until; day = nextDay(day)) {
            if (ofDay.has(day)) last = day;
            const rate = ofDay.get(last ?? '');
            const own = written.find(({ cells }) => isIn(cells, day));
            if (own) {
                const said = own.cells.rate ?? '';
                if (last === day && rate !== undefined && Number(said) !== Number(rate)) {
                    kept.push({ day, currency, written: said, published: rate });
                }
                continue;
            }
            if (rate === undefined) {
                unknown += 1;
                continue;
            }
            const isCarried = last !== day;
            carried += isCarried ? 1 : 0;
            fetched.push({
                currency_code: currency,
                to_currency_code: to,
                rate,
                valid_from: day,
                valid_to: nextDay(day),
                source: bank,
                is_carried: isCarried ? 'true' : null,
            });
        }
    }
    const others = rows.flatMap(({ cells }) => {
        const isOurs = merge.currencies.some((currency) => isPair(cells, currency)) && cells.source;
        return isOurs ? outside(cells, from, nextDay(until)) : [cells];
    });
    return { rows: [...others, ...joined(fetched)], kept, carried, unknown };
}

/** What is left of a row before and after some days. */
function outside(cells: RateCells, from: string, end: string): readonly RateCells[] {
    const start = cells.valid_from ?? '';
    const stop = cells.valid_to ?? '9999-12-31';
    return [
        ...(start < from ? [{ ...cells, valid_to: stop < from ? cells.valid_to : from }] : []),
        ...(stop > end ? [{ ...cells, valid_from: start > end ? start : end }] : []),
    ];
}

/** Days one after another with one rate and one mark are one row. */
function joined(days: readonly RateCells[]): readonly RateCells[] {
    const rows: RateCells[] = [];
    for (const day of days) {
        const before = rows.at(-1);
        const isSame =
            before?.valid_to === day.valid_from &&
            ['currency_code', 'rate', 'is_carried'].every((name) => before?.[name] === day[name]);
        if (before && isSame) rows[rows.length - 1] = { ...before, valid_to: day.valid_to };
        else rows.push(day);
    }
    return rows;
}

function isIn(cells: RateCells, day: string): boolean {
    return (cells.valid_from ?? '') <= day && day < (cells.valid_to ?? '9999-12-31');
}

function nextDay(day: string): string {
    return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
