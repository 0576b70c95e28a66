import type { InputConfig } from '../../../config-schema.ts';
import { ContractError } from '../../../errors.ts';
import type { FoundFile } from '../find-files.ts';
import { formatOf, isSheet } from '../format-of.ts';
import type { ExportLayout } from './export-layout.ts';
import { type HeaderMatch, isNamed, matchHeader } from './match-header.ts';
import { csvTops, sheetTop, type TableRow, type TableTop } from './table-top.ts';

/** Rows in which a header is looked for: titles are above it. */
const titleRows = 25;

interface FoundHeader {
    readonly top: TableTop;
    readonly row: TableRow;
    readonly match: HeaderMatch;
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
    const format = formatOf(input, [file]);
    if (format.type !== 'csv' && !isSheet(format)) return input;
    const { footer, ...known } = layout.format;
    const own = withoutGaps(input.format ?? {}) as { decimal_separator?: string };
    // An input that says what stands before decimals says what cannot stand between thousands.
    if (own.decimal_separator === known.thousands_separator) delete known.thousands_separator;
    const written = {
        ...known,
        ...(format.type === 'csv' && footer ? { footer } : {}),
        ...own,
    };
    const tops = isSheet(format)
        ? [await sheetTop(file, format, titleRows)]
        : await csvTops(file, written as { encoding?: string }, titleRows);
    const found = bestHeader(layout, tops, input.format && headerRowOf(input.format));
    if (tops.every(({ rows }) => rows.every(isTitle))) return undefined;
    if (!found?.match.isWhole) throw otherLayout(input, layout, file, tops, found);
    const { match, row, top } = found;
    const constants = { ...layout.constants, ...currencyConstant(layout, match) };
    const said = new Set([...Object.keys(input.columns), ...Object.keys(input.constants)]);
    const isFree = (column: string) => !said.has(column);
    return {
        ...input,
        ...(layout.timezone && input.timezone === undefined ? { timezone: layout.timezone } : {}),
        format: {
            ...(format.type === 'csv' ? { quote: format.quote } : {}),
            ...written,
            type: format.type,
            ...(top.delimiter ? { delimiter: top.delimiter } : {}),
            header_row: row.line,
        } as NonNullable<InputConfig['format']>,
        columns: { ...columnsOf(layout, match, isFree), ...input.columns },
        skip_rows: input.skip_rows.length > 0 ? input.skip_rows : skipsOf(layout, row.cells),
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

/** The row that has most of the columns of a layout, in the reading that finds most. */
export function bestHeader(
    layout: ExportLayout,
    tops: readonly TableTop[],
    line?: number,
): FoundHeader | undefined {
    let best: FoundHeader | undefined;
    for (const top of tops) {
        for (const row of top.rows) {
            if (line !== undefined && row.line !== line) continue;
            const match = matchHeader(layout, row.cells);
            if (best === undefined || rank(match) > rank(best.match)) best = { top, row, match };
        }
    }
    return best;
}

function rank(match: HeaderMatch): number {
    return match.names.size + (match.isWhole ? 1000 : 0);
}

function columnsOf(
    layout: ExportLayout,
    match: HeaderMatch,
    isFree: (column: string) => boolean,
): InputConfig['columns'] {
    return Object.fromEntries(
        [...match.names]
            .filter(([column]) => isFree(column))
            .map(([column, name]) => {
                const { names: _, ...reading } = layout.columns[column] ?? { names: [] };
                return [column, { column: name, ...reading }];
            }),
    );
}

function skipsOf(layout: ExportLayout, header: readonly string[]): InputConfig['skip_rows'] {
    return layout.skip.flatMap(({ columns, ...condition }) =>
        columns.flatMap((candidate) => {
            const column = header.find((name) => isNamed(name, candidate));
            return column === undefined ? [] : [{ column, ...condition }];
        }),
    );
}

function currencyConstant(layout: ExportLayout, match: HeaderMatch): Record<string, string> {
    const hasColumn = layout.stream === 'ad_spend' || layout.stream === 'payments';
    return match.currency && hasColumn ? { currency_code: match.currency } : {};
}

function headerRowOf(format: NonNullable<InputConfig['format']>): number | undefined {
    return 'header_row' in format ? format.header_row : undefined;
}

function withoutGaps<Settings extends object>(settings: Settings): Partial<Settings> {
    const filled = Object.entries(settings).filter(([, value]) => value !== undefined);
    return Object.fromEntries(filled) as Partial<Settings>;
}

function otherLayout(
    input: InputConfig,
    layout: ExportLayout,
    file: FoundFile,
    tops: readonly TableTop[],
    found: FoundHeader | undefined,
): ContractError {
    const missing = found?.match.missing ?? layout.signature;
    const wanted = missing.map(
        (column) => `${column} (${layout.columns[column]?.names.join(', ')})`,
    );
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
