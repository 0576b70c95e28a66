import type { InputConfig } from '../../../config-schema.ts';
import { findStream } from '../../../contracts/registry.ts';
import { ContractError } from '../../../errors.ts';
import type { FoundFile } from '../find-files.ts';
import { formatOf, isSheet, isStatement } from '../format-of.ts';
import { withoutGaps } from '../without-gaps.ts';
import { assertByDay } from './by-day.ts';
import { type ExportLayout, exportLayouts, namesOf } from './export-layout.ts';
import { bestHeader, type FoundHeader } from './find-header.ts';
import { mergedSkips, skipsOf } from './kept-rows.ts';
import type { HeaderMatch } from './match-header.ts';
import { readColumns } from './read-columns.ts';
import { csvTops, sheetTop, statementHeader, type TableRow, type TableTop } from './table-top.ts';

/** Rows from which it is seen how a file writes its dates. */
const lookedAt = 200;

/**
 * A report that sums up its days does so as well where an input says itself how it is read: then the
 * day on which they are to stand is its choice, and worth a word.
 */
export async function noteOnSumOfDays(
    input: InputConfig,
    file: FoundFile,
): Promise<string | undefined> {
    const { format } = input;
    if (format === undefined || headerRowOf(format) === undefined) return undefined;
    for (const layout of exportLayouts()) {
        const { period, stream } = layout;
        if (!period || stream !== input.stream || isSpread(input, period.day)) continue;
        const whole = await formatOf(input, [file]);
        const tops = isSheet(whole)
            ? [await sheetTop(file, whole, lookedAt)]
            : await csvTops(file, format as { encoding?: string }, lookedAt);
        const found = bestHeader(layout, tops, headerRowOf(format));
        try {
            if (found?.match.hasOthers) assertByDay(input, layout, found, file);
        } catch (error) {
            if (error instanceof ContractError) return `${error.trouble.what} ${error.trouble.fix}`;
            throw error;
        }
    }
    return undefined;
}

function isSpread({ columns }: InputConfig, day: string): boolean {
    const mapping = columns[day];
    return typeof mapping === 'object' && !Array.isArray(mapping) && 'until' in mapping;
}

/**
 * The settings with which one file of a known layout is read: what the layout says, wherever the
 * input itself says nothing.
 * @returns undefined for a file of titles alone: the report of a time in which nothing happened
 * @throws ContractError for a file that is in another layout
 */
export async function applyLayout(
    input: InputConfig,
    layout: ExportLayout,
    file: FoundFile,
): Promise<InputConfig | undefined> {
    const { footer, type, ...known } = layout.format;
    // Visits are named as the stream is, whatever their events are written in.
    if (type === 'ga4_events') return input;
    const format = await formatOf(
        type && input.format === undefined ? { ...input, format: { type } } : input,
        [file],
    );
    if (format.type === 'ndjson' || format.type === 'parquet') return input;
    const own = withoutGaps(input.format ?? {}) as { decimal_separator?: string };
    // An input that says what stands before decimals says what cannot stand between thousands.
    if (own.decimal_separator === known.thousands_separator) delete known.thousands_separator;
    const written = {
        ...known,
        ...(format.type === 'csv' && footer ? { footer } : {}),
        ...own,
    };
    const tops = isStatement(format)
        ? [{ rows: [statementHeader] }]
        : isSheet(format)
          ? [await sheetTop(file, format, lookedAt)]
          : await csvTops(file, written as { encoding?: string }, lookedAt);
    const found = bestHeader(layout, tops, input.format && headerRowOf(input.format));
    if (tops.every(({ rows }) => rows.every(isTitle))) return undefined;
    const said = new Set([...Object.keys(input.columns), ...Object.keys(input.constants)]);
    const isFree = (column: string) => !said.has(column);
    if (!found?.match.hasOthers || found.match.missing.some(isFree)) {
        throw otherLayout(input, layout, file, tops, found);
    }
    if (layout.period && isFree(layout.period.day)) assertByDay(input, layout, found, file);
    const { match, row, top } = found;
    const constants = { ...layout.constants, ...currencyConstant(layout, match) };
    return {
        ...input,
        ...timezoneOf(input, layout, match),
        format: {
            ...(format.type === 'csv' ? { quote: format.quote } : {}),
            ...written,
            type: format.type,
            ...(top.delimiter ? { delimiter: top.delimiter } : {}),
            ...(isStatement(format) ? {} : { header_row: row.line }),
        } as NonNullable<InputConfig['format']>,
        columns: { ...readColumns(layout, found, isFree), ...input.columns },
        skip_rows: mergedSkips(input.skip_rows, skipsOf(layout, row.cells)),
        constants: {
            ...Object.fromEntries(
                Object.entries(constants).filter(
                    ([column]) => isFree(column) && !match.names.has(column),
                ),
            ),
            ...input.constants,
        },
    };
}

/** A title stands alone in its row. */
function isTitle({ cells }: TableRow): boolean {
    return cells.filter((cell) => cell !== '').length < 2;
}

function currencyConstant(layout: ExportLayout, match: HeaderMatch): Record<string, string> {
    const hasColumn = findStream(layout.stream)?.columns.some(
        ({ name }) => name === 'currency_code',
    );
    return match.currency && hasColumn ? { currency_code: match.currency } : {};
}

function headerRowOf(format: NonNullable<InputConfig['format']>): number | undefined {
    return 'header_row' in format ? format.header_row : undefined;
}

function timezoneOf(
    { timezone }: InputConfig,
    layout: ExportLayout,
    match: HeaderMatch,
): { timezone?: string } {
    if (timezone !== undefined) return { timezone };
    const own = [...match.names.values()].map((name) => layout.timezones[name]);
    const found = own.find((zone) => zone !== undefined) ?? layout.timezone;
    return found === undefined ? {} : { timezone: found };
}

function otherLayout(
    input: InputConfig,
    layout: ExportLayout,
    file: FoundFile,
    tops: readonly TableTop[],
    found: FoundHeader | undefined,
): ContractError {
    const missing = found?.match.missing ?? layout.signature;
    const wanted = missing.map((column) => `${column} (${namesOf(layout, column).join(', ')})`);
    const longest = tops
        .flatMap(({ rows }) => rows)
        .reduce<readonly string[]>(
            (most, { cells }) => (cells.length > most.length ? cells : most),
            [],
        );
    return new ContractError({
        what: `${file.name} is not in the layout ${layout.name} (${layout.title}).`,
        file: file.name,
        expected: wanted.length > 0 ? `a column for ${wanted.join(', ')}` : layout.title,
        got: longest.map((name) => `'${name}'`).join(', '),
        fix: `in input ${input.name} leave layout out and name the columns, or export the file with those columns`,
    });
}
