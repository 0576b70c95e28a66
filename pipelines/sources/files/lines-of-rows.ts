export interface RowSearch {
    /** Data rows wanted, from 1. */
    readonly rows: readonly number[];
    /** Lines above the first data row. */
    readonly headerLines: number;
    /** Character inside which a line break does not end the row. */
    readonly quote?: string;
    /** Between cells; a quote opens a cell only at its beginning: `5" pipe` has none. */
    readonly delimiter?: string;
}

/** The line each wanted row starts on; blank lines are no rows. Reads no further than needed. */
export async function linesOfRows(
    text: AsyncIterable<string>,
    { rows, headerLines, quote, delimiter }: RowSearch,
): Promise<ReadonlyMap<number, number>> {
    const wanted = new Set(rows);
    const last = rows.reduce((latest, row) => Math.max(latest, row), 0);
    const found = new Map<number, number>();
    let line = 1;
    let rowStart = 1;
    let row = 0;
    let isQuoted = false;
    let isBlank = true;

    const endRow = () => {
        if (!isBlank) {
            row += 1;
            if (wanted.has(row)) found.set(row, rowStart);
        }
        isBlank = true;
    };

    const mayBeData = (piece: string, start: number, end: number) =>
        line > headerLines && end > start && !(end === start + 1 && piece[start] === '\r');

    /** What stands before the piece. */
    let before = '\n';
    const opens = (piece: string, at: number) => {
        const previous = at === 0 ? before : piece.charAt(at - 1);
        // A quote right after another one stands for a quote inside the cell.
        return [delimiter, quote, '\n', '\r', '\uFEFF'].includes(previous);
    };

    for await (const piece of text) {
        let start = 0;
        let nextLine = indexIn(piece, '\n', 0);
        let nextQuote = indexIn(piece, quote, 0);
        for (;;) {
            const mark = Math.min(nextLine, nextQuote);
            if (isBlank && mayBeData(piece, start, Math.min(mark, piece.length))) isBlank = false;
            if (mark === Number.POSITIVE_INFINITY) break;
            start = mark + 1;
            if (mark === nextQuote) {
                nextQuote = indexIn(piece, quote, start);
                // Above the data, titles may hold a stray quote that opens nothing.
                if (line > headerLines) {
                    if (isQuoted || delimiter === undefined || opens(piece, mark)) {
                        isQuoted = !isQuoted;
                    }
                    isBlank = false;
                }
                continue;
            }
            nextLine = indexIn(piece, '\n', start);
            if (!isQuoted && line > headerLines) endRow();
            line += 1;
            if (!isQuoted) rowStart = line;
            if (row >= last) return found;
        }
        before = piece.at(-1) ?? before;
    }
    if (line > headerLines) endRow();
    return found;
}

/** Where `mark` comes next; infinitely far when it does not. */
function indexIn(piece: string, mark: string | undefined, from: number): number {
    const index = mark === undefined ? -1 : piece.indexOf(mark, from);
    return index === -1 ? Number.POSITIVE_INFINITY : index;
}
