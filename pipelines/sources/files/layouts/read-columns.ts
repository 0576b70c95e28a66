import type { InputConfig } from '../../../config-schema.ts';
import { findStream } from '../../../contracts/registry.ts';
import type { ExportLayout, LayoutColumn } from './export-layout.ts';
import type { FoundHeader } from './find-header.ts';
import { guessDateFormat } from './guess-format.ts';
import { keptRows } from './kept-rows.ts';
import { findName } from './match-header.ts';
import { filledCells } from './table-top.ts';

const millionth = '0.000001';

/** How the columns that a file in a layout has are read. */
export function readColumns(
    layout: ExportLayout,
    { match, row, top }: FoundHeader,
    isFree: (column: string) => boolean,
): InputConfig['columns'] {
    const below = top.rows.filter(({ line }) => line > row.line).map(({ cells }) => cells);
    const rows = keptRows(layout, row.cells, below);
    const valuesOf = (name: string) => filledCells(row.cells, rows, name);
    const dates = (findStream(layout.stream)?.columns ?? [])
        .filter(({ type }) => type === 'date' || type === 'timestamp')
        .map(({ name }) => name);
    return Object.fromEntries(
        [...match.names]
            .filter(([column]) => isFree(column))
            .map(([column, name]) => {
                const {
                    names: _,
                    joined: __,
                    joined_with: between = true,
                    minus = [],
                    ...known
                } = layout.columns[column] as LayoutColumn;
                const parts = match.joined.get(column);
                if (parts) return [column, { column: [...parts], joined: between }];
                const other = findName(row.cells, minus)?.name;
                const { format, multiply_by: factor, ...reading } = known;
                const isMoney = factor === millionth && valuesOf(name).some(isDecimal);
                const written = dates.includes(column)
                    ? dateFormat(valuesOf(name), format)
                    : format;
                return [
                    column,
                    {
                        column: name,
                        ...reading,
                        ...(factor === undefined || isMoney ? {} : { multiply_by: factor }),
                        ...(written === undefined ? {} : { format: written }),
                        ...(other === undefined ? {} : { minus: other }),
                    },
                ];
            }),
    );
}

/**
 * How a file writes its dates, which follows the language of whoever exported it. Between slashes
 * a day may stand for a month, and another file of the input may not tell: there the layout counts.
 */
function dateFormat(values: readonly string[], known: string | undefined): string | undefined {
    const guess = guessDateFormat(values);
    return guess === undefined || guess.format?.includes('/') ? known : guess.format;
}

/** Money in millionths is a whole number: what has decimals was exported as money. */
function isDecimal(value: string): boolean {
    return /\d[.,]\d{1,2}$/.test(value);
}
