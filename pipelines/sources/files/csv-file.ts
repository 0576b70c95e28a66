import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CsvFormat } from '../../config-schema.ts';
import type { SourceFile } from '../../contracts/batch.ts';
import { type CsvRecord, csvRecords } from '../../csv-records.ts';
import { SourceError } from '../../errors.ts';
import type { FoundFile } from './find-files.ts';
import { untilFooter } from './footer.ts';
import { linesOfRows } from './lines-of-rows.ts';
import { detectEncoding, openText } from './text-stream.ts';

export interface CsvFile {
    readonly found: FoundFile;
    readonly encoding: string;
    readonly delimiter: string;
    readonly header: CsvRecord;
    /** Lines above the header, without quotes. */
    readonly titles: readonly string[];
    /** What the engine reads: the file itself, or its copy in UTF-8 of the rows alone. */
    readonly readPath: string;
    /** Lines above the first data row in what the engine reads. */
    readonly skippedLines: number;
    /** Lines below the data that are no rows. */
    readonly footerLines: number;
}

type Headed = Pick<CsvFile, 'found' | 'encoding' | 'header'>;

/**
 * Reads the header of a file and makes it readable for the engine.
 * @returns undefined for a file that ends above its header
 * @throws SourceError for a file in another encoding
 */
export async function prepareCsv(
    found: FoundFile,
    format: CsvFormat,
    copyPath: string,
): Promise<CsvFile | undefined> {
    const encoding = await detectEncoding(found.path, format.encoding);
    const top = await readHeader(found, await withSaidDelimiter(found, format, encoding), encoding);
    if (!top) return undefined;
    const { header, delimiter } = top;
    const titles = await titleLines(found, encoding, format);
    const file = { found, encoding, delimiter, header, titles };
    // The engine reads UTF-8 without an extension that would have to be downloaded. When it skips
    // lines it minds quotes: a stray one in a title would swallow the whole file in silence.
    const isReadable = ['utf-8', 'utf8'].includes(encoding.toLowerCase()) && !format.footer;
    if (isReadable && !(await hasStrayQuote(file, format.quote))) {
        return { ...file, readPath: found.path, skippedLines: header.lastLine, footerLines: 0 };
    }
    let footerLines = 0;
    const text = rowsText(file, format, (lines) => {
        footerLines = lines;
    });
    const rows = skipLines(text, header.lastLine);
    await pipeline(Readable.from(rows), createWriteStream(copyPath, 'utf8'));
    return { ...file, readPath: copyPath, skippedLines: 0, footerLines };
}

/** A file that ends above its header, where no other file has one. */
export function noHeader({ name }: FoundFile, format: CsvFormat): SourceError {
    return new SourceError({
        what: `${name} has no header in line ${format.header_row}.`,
        file: name,
        fix: 'export it again, or set format.header_row of the input',
    });
}

/** The file as messages and the warehouse know it. */
export function sourceFile(file: CsvFile, format: CsvFormat): SourceFile {
    const { found, header, delimiter, footerLines } = file;
    return {
        name: found.name,
        path: found.path,
        leftOutLines: footerLines,
        linesOf: (rows) =>
            linesOfRows(rowsText(file, format), {
                rows,
                quote: format.quote,
                delimiter,
                headerLines: header.lastLine,
            }),
    };
}

/** The text of a file without its footer. */
function rowsText(
    { found, encoding, header }: Headed,
    { footer, quote }: CsvFormat,
    onFooter?: (lines: number) => void,
): AsyncIterable<string> {
    const text = openText(found.path, found.name, encoding);
    if (footer === undefined) return text;
    const headerLines = header.lastLine;
    return untilFooter(text, { file: found.name, pattern: footer, headerLines, quote }, onFooter);
}

export interface OddRow {
    readonly row: number;
    readonly line: number;
    readonly text: string;
    /** No row that is as it should be follows it. */
    readonly isLast: boolean;
}

/**
 * The first row whose number of cells is not that of the header. The engine says which record of
 * its own count it stumbled over, and that count knows neither blank lines nor line breaks in cells.
 */
export async function findOddRow(file: CsvFile, format: CsvFormat): Promise<OddRow | undefined> {
    let row = 0;
    let odd: OddRow | undefined;
    for await (const record of recordsOf(file, format)) {
        row += 1;
        const isWhole = record.fields.length === file.header.fields.length;
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

function recordsOf(file: CsvFile, format: CsvFormat) {
    const text = skipLines(rowsText(file, format), file.header.lastLine);
    return csvRecords(text, { delimiter: file.delimiter, quote: format.quote });
}

/** `sep=;` in the first line tells Excel the delimiter; the header stands below it. */
async function withSaidDelimiter(found: FoundFile, format: CsvFormat, encoding: string) {
    if (format.header_row !== 1) return format;
    for await (const piece of openText(found.path, found.name, encoding)) {
        const delimiter = /^"?sep=(.)"?\r?\n/i.exec(piece)?.[1];
        return delimiter ? { ...format, delimiter, header_row: 2 } : format;
    }
    return format;
}

async function titleLines(found: FoundFile, encoding: string, format: CsvFormat) {
    if (format.header_row === 1) return [];
    let top = '';
    for await (const piece of openText(found.path, found.name, encoding)) {
        top += piece;
        if (top.split('\n').length >= format.header_row) break;
    }
    const lines = top.split('\n').slice(0, format.header_row - 1);
    return lines.map((line) => line.replaceAll(format.quote, '').trim());
}

async function hasStrayQuote({ found, encoding, header }: Headed, quote: string): Promise<boolean> {
    let top = '';
    for await (const piece of openText(found.path, found.name, encoding)) {
        top += piece;
        if (top.split('\n').length > header.lastLine) break;
    }
    const lines = top.split('\n').slice(0, header.lastLine);
    return lines.some((line) => line.split(quote).length % 2 === 0);
}

async function readHeader(found: FoundFile, format: CsvFormat, encoding: string) {
    const start = async (delimiter: string) => {
        const text = skipLines(openText(found.path, found.name, encoding), format.header_row - 1);
        for await (const record of csvRecords(text, { delimiter, quote: format.quote })) {
            const offset = format.header_row - 1;
            return {
                ...record,
                fields: record.fields.map((field) => field.trim()),
                firstLine: record.firstLine + offset,
                lastLine: record.lastLine + offset,
            };
        }
        return undefined;
    };
    if (format.delimiter) {
        const header = await start(format.delimiter);
        return header && { header, delimiter: format.delimiter };
    }
    let best: { header: CsvRecord; delimiter: string } | undefined;
    for (const delimiter of [',', ';', '\t', '|']) {
        const header = await start(delimiter);
        if (!header) return undefined;
        if (!best || header.fields.length > best.header.fields.length) best = { header, delimiter };
    }
    return best;
}

async function* skipLines(text: AsyncIterable<string>, count: number) {
    let left = count;
    for await (const piece of text) {
        let start = 0;
        while (left > 0) {
            const end = piece.indexOf('\n', start);
            if (end === -1) break;
            start = end + 1;
            left -= 1;
        }
        if (left === 0) yield piece.slice(start);
    }
}
