import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { CellKind, RowSink, TallCell } from './workbook.ts';

export interface SheetDialect {
    /** Number of the row that holds the column names, from 1. */
    readonly headerRow: number;
    readonly decimalSeparator?: '.' | ',' | undefined;
    readonly thousandsSeparator?: string | undefined;
    /** Cells that cover others below them. */
    readonly tall: readonly TallCell[];
    /** Rows below the header that are wanted; all when left out. */
    readonly maximumRows?: number | undefined;
}

/** A sheet as CSV. */
export interface SheetCsv extends RowSink {
    readonly header: () => readonly string[];
    /** Row of the sheet, from 1, in which a data row stands, from 1. */
    readonly rowOf: (dataRow: number) => number | undefined;
    readonly finish: () => Promise<void>;
}

const pieceLength = 1 << 16;

/** Writes the rows of a sheet from its header on; what is left of it stays flat in memory. */
export function csvOfSheet(path: string, dialect: SheetDialect): SheetCsv {
    const file = createWriteStream(path, 'utf8');
    const written = finished(file);
    // An error is met where the end is awaited.
    written.catch(() => {});
    const fill = filler(dialect.tall);
    const number = numberWriter(dialect);
    let texts: string[] = [];
    let kinds: CellKind[] = [];
    let header: string[] | undefined;
    let piece = '';
    let dataRows = 0;
    /** Data rows after which the sheet's row numbers make a jump, and how far they are ahead. */
    const jumps: { after: number; ahead: number }[] = [];

    const write = () => {
        const width = header?.length ?? 0;
        for (let column = 0; column < width; column += 1) {
            const text = texts[column];
            if (column > 0) piece += ',';
            // An empty line would be no row.
            if (text === undefined) piece += width === 1 ? '""' : '';
            else piece += kinds[column] === 'number' ? number(text) : quoted(text);
        }
        piece += '\n';
    };

    return {
        header: () => header ?? [],
        rowOf: (dataRow) => {
            const jump = jumps.findLast((one) => one.after < dataRow);
            return jump && dataRow <= dataRows ? dataRow + jump.ahead : undefined;
        },
        isDone: () => dataRows >= (dialect.maximumRows ?? Number.POSITIVE_INFINITY),
        cell: (column, text, kind) => {
            texts[column] = text;
            kinds[column] = kind;
        },
        endRow: (row) => {
            const isEmpty = texts.length === 0;
            // Above the header, too: a name may be merged into it.
            if (!isEmpty) fill(row, texts, kinds);
            if (!isEmpty && row >= dialect.headerRow - 1) {
                if (header === undefined) header = Array.from(texts, (text) => text?.trim() ?? '');
                else {
                    const ahead = row - dataRows;
                    if (jumps.at(-1)?.ahead !== ahead) jumps.push({ after: dataRows, ahead });
                    dataRows += 1;
                }
                write();
            }
            if (!isEmpty) {
                texts = [];
                kinds = [];
            }
        },
        drain: async () => {
            if (piece.length < pieceLength) return;
            const full = !file.write(piece);
            piece = '';
            if (full && !file.destroyed) await Promise.race([once(file, 'drain'), written]);
        },
        finish: async () => {
            file.end(piece);
            await written;
        },
    };
}

const needsQuotes = /[",\n\r]/;

function quoted(text: string): string {
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A number stands in the text as the input says that its texts write numbers. */
function numberWriter({ decimalSeparator, thousandsSeparator }: SheetDialect) {
    if (decimalSeparator === ',') return (text: string) => `"${text.replace('.', ',')}"`;
    if (decimalSeparator === '.' || thousandsSeparator) return (text: string) => text;
    // `1.500` is refused in a text, because it may be fifteen hundred; a number is what it is.
    return (text: string) => (text.at(-4) === '.' ? `${text}0` : text);
}

/**
 * A name or day that is merged over several rows holds for each of them. A number does not: it may
 * be the sum of them, and would be counted once for each row.
 */
function filler(tall: readonly TallCell[]) {
    const byColumn = new Map<number, TallCell[]>();
    for (const cell of tall) {
        byColumn.set(cell.column, [...(byColumn.get(cell.column) ?? []), cell]);
    }
    const columns = [...byColumn].map(([column, cells]) => ({
        column,
        cells: cells.sort((left, right) => left.firstRow - right.firstRow),
        next: 0,
        text: undefined as string | undefined,
        kind: 'text' as CellKind,
    }));
    return (row: number, texts: string[], kinds: CellKind[]) => {
        for (const one of columns) {
            while ((one.cells[one.next]?.lastRow ?? Number.POSITIVE_INFINITY) < row) one.next += 1;
            const cell = one.cells[one.next];
            if (cell === undefined || row < cell.firstRow) continue;
            if (row === cell.firstRow) {
                one.text = texts[one.column];
                one.kind = kinds[one.column] ?? 'text';
            } else if (texts[one.column] === undefined && one.kind !== 'number' && one.text) {
                texts[one.column] = one.text;
                kinds[one.column] = one.kind;
            }
        }
    };
}
