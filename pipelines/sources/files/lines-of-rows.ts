export interface RowSearch {
    /** Data rows wanted, from 1. */
    readonly rows: readonly number[];
    /** Lines above the first data row. */
    readonly headerLines: number;
    /** Character inside which a line break does not end the row. */
    readonly quote?: string;
}

/** The line each wanted row starts on; blank lines are no rows. Reads no further than needed. */
export async function linesOfRows(
    text: AsyncIterable<string>,
    { rows, headerLines, quote }: RowSearch,
): Promise<ReadonlyMap<number, number>> {
    const wanted = new Set(rows);
    const last = Math.max(...rows);
    const found = new Map<number, number>();
    const marks = quote ? new RegExp(`[\n${escapeForClass(quote)}]`, 'g') : /\n/g;
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

    for await (const piece of text) {
        let position = 0;
        for (const mark of piece.matchAll(marks)) {
            const before = piece.slice(position, mark.index);
            if (isBlank && line > headerLines && before !== '' && before !== '\r') isBlank = false;
            position = mark.index + 1;
            if (mark[0] !== '\n') {
                // Above the data, titles may hold a stray quote that opens nothing.
                if (line > headerLines) {
                    isQuoted = !isQuoted;
                    isBlank = false;
                }
                continue;
            }
            if (!isQuoted && line > headerLines) endRow();
            line += 1;
            if (!isQuoted) rowStart = line;
            if (row >= last) return found;
        }
        const rest = piece.slice(position);
        if (line > headerLines && rest !== '' && rest !== '\r') isBlank = false;
    }
    if (line > headerLines) endRow();
    return found;
}

function escapeForClass(character: string): string {
    return character.replace(/[\\\]^-]/, '\\$&');
}
