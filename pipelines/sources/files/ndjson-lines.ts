import { isGzip, openBytes, readPieces } from './text-stream.ts';

/** Longer text is cut: it is there to be recognised, not to be read. */
const longestText = 2000;

/** A line of nothing but these is no row, as the engine sees it. */
const blank = /^[ \t\v\f\r]*$/;

export interface FoundRow {
    /** Of the file, from 1. */
    readonly line: number;
    readonly text: string;
}

/** Line and text of each wanted row, counted from 1. Reads no further than needed. */
export async function findRows(
    text: AsyncIterable<string>,
    rows: readonly number[],
): Promise<ReadonlyMap<number, FoundRow>> {
    const wanted = new Set(rows);
    const last = rows.reduce((latest, row) => Math.max(latest, row), 0);
    const found = new Map<number, FoundRow>();
    for await (const some of rowsOf(text)) {
        for (const { row, line, content } of some) {
            if (!wanted.has(row)) continue;
            found.set(row, { line, text: content.trim().slice(0, longestText) });
        }
        if ((some.at(-1)?.row ?? 0) >= last) break;
    }
    return found;
}

/** The first row of more than so many bytes. */
export async function findLongRow(
    text: AsyncIterable<string>,
    mostBytes: number,
): Promise<{ readonly row: number; readonly line: number } | undefined> {
    for await (const some of rowsOf(text)) {
        const long = some.find(({ content }) => Buffer.byteLength(content) > mostBytes);
        if (long) return { row: long.row, line: long.line };
    }
    return undefined;
}

interface NumberedRow {
    readonly row: number;
    readonly line: number;
    readonly content: string;
}

/** The rows of a text with their lines, as many at a time as a piece of it holds. */
async function* rowsOf(text: AsyncIterable<string>): AsyncGenerator<readonly NumberedRow[]> {
    let line = 0;
    let row = 0;
    let rest = '';
    const numbered = (lines: readonly string[]) =>
        lines.flatMap((content) => {
            line += 1;
            if (blank.test(content)) return [];
            row += 1;
            return [{ row, line, content }];
        });
    for await (const piece of text) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        yield numbered(lines);
    }
    yield numbered([rest]);
}

/** Bytes in which a row of few keys ends, mostly many times over. */
const stride = 4096;

const lineFeed = 0x0a;

/**
 * The first long line of a file of which `look` finds something, be it the last one: what the first
 * rows look like says nothing of it. A line is looked at only where a whole stride holds no end of
 * it, so that the search costs little more than reading the bytes. One that is longer than `longest`
 * is looked at as far as it was read.
 * @param mostBytes where to stop
 */
export async function inLongLines<Found>(
    path: string,
    look: (line: Buffer) => Found | undefined,
    { longest, mostBytes }: { readonly longest: number; readonly mostBytes: number },
): Promise<Found | undefined> {
    /** What came before of a line that goes on in the next piece. */
    let before: Buffer[] = [];
    let beforeBytes = 0;
    let isLong = false;
    let read = 0;
    const pieces = isGzip(path) ? (openBytes(path) as AsyncIterable<Buffer>) : readPieces(path);
    for await (const piece of pieces) {
        let start = 0;
        let at = 0;
        while (at < piece.length) {
            const next = Math.min(at + stride, piece.length);
            const end = isLong
                ? piece.indexOf(lineFeed, at)
                : piece.subarray(at, next).lastIndexOf(lineFeed) + at;
            if (end < at) {
                at = isLong ? piece.length : next;
                isLong = true;
                continue;
            }
            if (isLong) {
                const found = look(Buffer.concat([...before, piece.subarray(start, end)]));
                if (found !== undefined) return found;
            }
            at = isLong ? end + 1 : next;
            before = [];
            beforeBytes = 0;
            isLong = false;
            start = end + 1;
        }
        before.push(Buffer.from(piece.subarray(start)));
        beforeBytes += piece.length - start;
        read += piece.length;
        if (beforeBytes > longest) break;
        if (read >= mostBytes) return undefined;
    }
    return look(Buffer.concat(before));
}
