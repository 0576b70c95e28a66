import { configText } from '../config-text.ts';
import { type Column, isCurrency } from '../contracts/columns.ts';
import { isStatement } from '../sources/files/format-of.ts';
import {
    type DateGuess,
    guessDateFormat,
    guessSeparators,
} from '../sources/files/layouts/guess-format.ts';
import type { Fit, Recognised } from '../sources/files/layouts/recognise.ts';
import { filledCells } from '../sources/files/layouts/table-top.ts';

/** Begins the remark on what only a person knows. */
export const toDo = 'to do: ';

export const key = (text: string) => (/^[a-z_]\w*$/i.test(text) ? text : configText(text));

interface Reading {
    readonly format?: string | undefined;
    readonly values?: Readonly<Record<string, string>> | undefined;
}

/** What an input has to say of one column beside its layout. */
export function columnLine(file: Recognised, column: Column, name: string, known: Reading) {
    const nothing = { lines: [], remarks: [] };
    const values = valuesOf(file, name);
    if (column.type === 'date' || column.type === 'timestamp') {
        const guess = datesOf(file, values, known.format);
        if (guess === undefined) return nothing;
        const remarks = twoWayRemarks(guess, name, values);
        if (guess.format === known.format) return { lines: [], remarks };
        const format = guess.format ? `, format: ${configText(guess.format)}` : '';
        return { lines: [`${column.name}: { column: ${configText(name)}${format} },`], remarks };
    }
    if (column.name === 'currency_code') {
        return { lines: [], remarks: currencyRemarks(column.name, name, values, known) };
    }
    if (column.values === undefined) return nothing;
    const words = [...new Set(values)];
    const strange = words.filter((word) => !known.values?.[word] && !column.values?.includes(word));
    if (strange.length === 0) return nothing;
    const pairs = [
        ...Object.entries(known.values ?? {}).filter(([word]) => words.includes(word)),
        ...strange.map((word) => [word, '?'] as const),
    ];
    return {
        lines: [
            `${column.name}: {`,
            `    column: ${configText(name)},`,
            `    values: { ${pairs.map(([from, to]) => `${key(from)}: ${configText(to)}`).join(', ')} },`,
            '},',
        ],
        remarks: [
            `${toDo}${column.name} has to be one of ${column.values.join(', ')}: write it for the ? of ${strange.map(configText).join(', ')}, or leave such rows out with skip_rows`,
        ],
    };
}

/**
 * How a file writes these dates. Where they do not tell day from month, its other columns may: one
 * export writes all of them in one order. Else the layout's order counts.
 */
export function datesOf(
    file: Recognised,
    values: readonly string[],
    known?: string,
): DateGuess | undefined {
    const guess = guessDateFormat(values);
    if (!guess?.isTwoWay || guess.format === undefined) return guess;
    const told = file.header.cells
        .map((name) => guessDateFormat(valuesOf(file, name)))
        .flatMap((one) => (one?.isTwoWay ? [] : (one?.format?.slice(0, 3) ?? [])));
    const isDayFirst = told.includes('%d/');
    const isTwoWay = isDayFirst === told.includes('%m/');
    const start = isTwoWay ? known : isDayFirst ? '%d/' : '%m/';
    const format = start?.startsWith('%d/')
        ? guess.format.replace('%m/%d/', '%d/%m/')
        : guess.format;
    return { format, isTwoWay };
}

/** What is said of dates that can be read in two ways. */
export function twoWayRemarks(
    { format, isTwoWay }: DateGuess,
    name: string,
    values: readonly string[],
): readonly string[] {
    if (!isTwoWay) return [];
    const order = format?.startsWith('%d') ? 'day/month' : 'month/day';
    return [
        `${name} may be day/month or month/day: ${values.slice(0, 3).join(', ')}; read as ${order} until you write another format`,
    ];
}

/** Some exports write the name of a currency for its code, and no rate has that name. */
function currencyRemarks(
    column: string,
    name: string,
    values: readonly string[],
    known: Reading,
): readonly string[] {
    const strange = [...new Set(values)].filter(
        (word) => !isCurrency((known.values?.[word] ?? word).toUpperCase()),
    );
    if (strange.length === 0) return [];
    const pairs = strange.map((word) => `${key(word)}: '?'`).join(', ');
    return [
        `${toDo}${column} has to be a code of ISO 4217 such as EUR: write columns: { ${column}: { column: ${configText(name)}, values: { ${pairs} } } } with a code for each ?`,
    ];
}

/** How a file writes its numbers. */
export function numbersOf(file: Recognised, columns: readonly Column[], match: Fit['match']) {
    // The format of a statement says how its numbers are written.
    if (isStatement(file)) return {};
    const names = columns
        .filter(({ type }) => /^(decimal|bigint)/.test(type))
        .flatMap(({ name }) => match.names.get(name) ?? []);
    return guessSeparators(names.flatMap((name) => valuesOf(file, name)));
}

/** Cells of a column that are not empty. */
export function valuesOf(file: Recognised, name: string): readonly string[] {
    return filledCells(file.header.cells, file.rows, name);
}
