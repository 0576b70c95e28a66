import type { CsvFormat } from '../../config-schema.ts';
import { csvRecords, type LineEnd } from '../../csv-records.ts';
import { type CsvFile, rowsText } from './csv-file.ts';
import { skipLines } from './csv-header.ts';

export interface OddRow {
    readonly row: number;
    readonly line: number;
    readonly text: string;
    /** No row that is as it should be follows it. */
    readonly isLast: boolean;
}

/**
 * The first row whose number of cells is not that of the header; where rows may be short, above it.
 * The engine says which record of its own count it stumbled over, and that count knows neither blank
 * lines nor line breaks in cells.
 */
export async function findOddRow(file: CsvFile, format: CsvFormat): Promise<OddRow | undefined> {
    let row = 0;
    let odd: OddRow | undefined;
    for await (const record of recordsOf(file, format)) {
        row += 1;
        const [cells, wanted] = [record.fields.length, file.header.fields.length];
        const isWhole = cells === wanted || (format.short_rows === true && cells < wanted);
        if (odd && isWhole) return { ...odd, isLast: false };
        if (odd || isWhole) continue;
        const line = record.firstLine + file.header.lastLine;
        odd = { row, line, text: record.fields.join(file.delimiter), isLast: true };
    }
    return odd;
}

/** The first row that is longer than the engine reads at once. */
export async function findLongRow(
    file: CsvFile,
    format: CsvFormat,
    longest: number,
): Promise<{ readonly row: number; readonly line: number; readonly column: string } | undefined> {
    let row = 0;
    for await (const record of recordsOf(file, format)) {
        row += 1;
        const size = record.fields.reduce((sum, field) => sum + field.length, 0);
        // Without an end it is no long row, but a quote that is never closed.
        if (size < longest || record.lineEnd === undefined) continue;
        const sizes = record.fields.map(({ length }) => length);
        const column = file.header.fields[sizes.indexOf(Math.max(...sizes))] ?? '';
        return { row, line: record.firstLine + file.header.lastLine, column };
    }
    return undefined;
}

/** The first row that ends in another way than the header: a file put together of two. */
export async function findOtherLineEnd(
    file: CsvFile,
    format: CsvFormat,
): Promise<
    | {
          readonly row: number;
          readonly line: number;
          readonly expected: LineEnd;
          readonly got: LineEnd;
      }
    | undefined
> {
    const expected = file.header.lineEnd;
    let row = 0;
    for await (const { lineEnd: got, lastLine } of recordsOf(file, format)) {
        row += 1;
        if (expected === undefined || got === undefined || got === expected) continue;
        return { row, line: lastLine + file.header.lastLine, expected, got };
    }
    return undefined;
}

function recordsOf(file: CsvFile, format: CsvFormat) {
    const text = skipLines(rowsText(file, format), file.header.lastLine);
    return csvRecords(text, { delimiter: file.delimiter, quote: format.quote });
}
