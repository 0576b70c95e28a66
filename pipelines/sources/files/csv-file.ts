import { constants, createWriteStream } from 'node:fs';
import { copyFile, stat, truncate } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CsvFormat } from '../../config-schema.ts';
import type { SourceFile } from '../../contracts/batch.ts';
import type { CsvRecord } from '../../csv-records.ts';
import { SourceError } from '../../errors.ts';
import {
    type Headed,
    hasStrayQuote,
    readHeader,
    skipLines,
    titleLines,
    withSaidDelimiter,
} from './csv-header.ts';
import type { FoundFile } from './find-files.ts';
import { type FooterSize, untilFooter } from './footer.ts';
import { linesOfRows } from './lines-of-rows.ts';
import { detectEncoding, isGzip, openText } from './text-stream.ts';

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
    const isReadable = ['utf-8', 'utf8'].includes(encoding.toLowerCase());
    if (isReadable && !(await hasStrayQuote(file, format.quote))) {
        const asItIs = { ...file, skippedLines: header.lastLine, footerLines: 0 };
        if (!format.footer) return { ...asItIs, readPath: found.path };
        if (!isGzip(found.path)) {
            const footerLines = await copyAboveFooter(file, format, copyPath);
            return { ...asItIs, readPath: copyPath, footerLines };
        }
    }
    let footerLines = 0;
    const text = rowsText(file, format, ({ lines }) => {
        footerLines = lines;
    });
    const rows = skipLines(text, header.lastLine);
    await pipeline(Readable.from(rows), createWriteStream(copyPath, 'utf8'));
    return { ...file, readPath: copyPath, skippedLines: 0, footerLines };
}

/**
 * Copies a file in UTF-8 byte by byte and cuts its footer off, which is much less work than to write
 * its text anew.
 * @returns lines of the footer
 */
async function copyAboveFooter(file: Headed, format: CsvFormat, copyPath: string): Promise<number> {
    await copyFile(file.found.path, copyPath, constants.COPYFILE_FICLONE);
    let footer: FooterSize = { lines: 0, bytes: 0 };
    const copied = { ...file, found: { ...file.found, path: copyPath } };
    const text = rowsText(copied, format, (size) => {
        footer = size;
    });
    for await (const _ of text);
    await truncate(copyPath, (await stat(copyPath)).size - footer.bytes);
    return footer.lines;
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
export function rowsText(
    { found, encoding, header }: Headed,
    { footer, quote }: CsvFormat,
    onFooter?: (size: FooterSize) => void,
): AsyncIterable<string> {
    const text = openText(found.path, found.name, encoding);
    if (footer === undefined) return text;
    const headerLines = header.lastLine;
    return untilFooter(text, { file: found.name, pattern: footer, headerLines, quote }, onFooter);
}
