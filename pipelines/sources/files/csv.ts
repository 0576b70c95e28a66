import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CsvFormat } from '../../config-schema.ts';
import { type SourceFile, sqlName, sqlText } from '../../contracts/batch.ts';
import { type CsvRecord, csvRecords, type LineEnd } from '../../csv-records.ts';
import { SourceError } from '../../errors.ts';
import { explainCsvError } from './csv-error.ts';
import type { FoundFile } from './find-files.ts';
import { jsonObject, type Layout, literalPath } from './layout.ts';
import { linesOfRows } from './lines-of-rows.ts';
import { detectEncoding, openText } from './text-stream.ts';

/**
 * A quarter of the engine's own choice: many of them fit into the memory limit, and larger ones
 * are given back to the system and asked for again, which takes time.
 */
const bufferBytes = 8 * 1024 * 1024;

/** The engine wants it written with backslashes. */
const lineEndSql: Record<LineEnd, string> = { '\r\n': `'\\r\\n'`, '\n': `'\\n'`, '\r': `'\\r'` };

interface CsvFile {
    readonly found: FoundFile;
    readonly encoding: string;
    readonly delimiter: string;
    readonly header: CsvRecord;
    /** What the engine reads: the file itself, or its copy in UTF-8 without the lines above. */
    readonly readPath: string;
    /** Lines above the first data row in what the engine reads. */
    readonly skippedLines: number;
}

/** Reads the headers and groups neighbouring files that look alike into one layout each. */
export async function csvLayouts(
    files: readonly FoundFile[],
    format: CsvFormat,
    scratchDirectory: string,
): Promise<readonly Layout[]> {
    const groups: CsvFile[][] = [];
    for (const [index, found] of files.entries()) {
        const file = await prepare(found, format, join(scratchDirectory, `${index}.csv`));
        const group = groups.at(-1);
        if (group?.[0] && looksLike(group[0], file)) group.push(file);
        else groups.push([file]);
    }
    return groups.map((group) => layoutOf(group, format));
}

async function prepare(found: FoundFile, format: CsvFormat, copyPath: string): Promise<CsvFile> {
    const encoding = await detectEncoding(found.path, format.encoding);
    const { header, delimiter } = await readHeader(found, format, encoding);
    const file = { found, encoding, delimiter, header };
    // The engine reads UTF-8 without an extension that would have to be downloaded. When it skips
    // lines it minds quotes: a stray one in a title would swallow the whole file in silence.
    const isReadable = ['utf-8', 'utf8'].includes(encoding.toLowerCase());
    if (isReadable && !(await hasStrayQuote(file, format.quote))) {
        return { ...file, readPath: found.path, skippedLines: header.lastLine };
    }
    const text = skipLines(openText(found.path, found.name, encoding), header.lastLine);
    await pipeline(Readable.from(text), createWriteStream(copyPath, 'utf8'));
    return { ...file, readPath: copyPath, skippedLines: 0 };
}

async function hasStrayQuote(
    { found, encoding, header }: Pick<CsvFile, 'found' | 'encoding' | 'header'>,
    quote: string,
): Promise<boolean> {
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
        throw new SourceError({
            what: `${found.name} has no header in line ${format.header_row}.`,
            file: found.name,
            fix: 'export it again, or set format.header_row of the input',
        });
    };
    if (format.delimiter) {
        return { header: await start(format.delimiter), delimiter: format.delimiter };
    }
    let best: { header: CsvRecord; delimiter: string } | undefined;
    for (const delimiter of [',', ';', '\t', '|']) {
        const header = await start(delimiter);
        if (!best || header.fields.length > best.header.fields.length) best = { header, delimiter };
    }
    return best as { header: CsvRecord; delimiter: string };
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

function looksLike(left: CsvFile, right: CsvFile): boolean {
    return (
        left.delimiter === right.delimiter &&
        left.skippedLines === right.skippedLines &&
        left.header.lineEnd === right.header.lineEnd &&
        left.header.fields.join('\n') === right.header.fields.join('\n')
    );
}

function layoutOf(group: readonly CsvFile[], format: CsvFormat): Layout {
    const [{ header, delimiter, skippedLines }] = group as [CsvFile, ...CsvFile[]];
    const files = group.map((file) => sourceFile(file, format));
    const position = new Map(header.fields.map((name, index) => [name, `c${index}`]));
    const cell = (name: string) => sqlName(position.get(name) ?? name);
    const paths = group.map((file) => sqlText(literalPath(file.readPath)));
    const types = header.fields.map((_, index) => `'c${index}': 'varchar'`);
    // Left to itself, the engine takes the first line break for it, which may stand inside a cell.
    const lineEnd = header.lineEnd ? [`new_line = ${lineEndSql[header.lineEnd]}`] : [];
    const nulls = ['', ...format.null_values].map(sqlText);
    const options = [
        'auto_detect = false',
        'header = false',
        `skip = ${skippedLines}`,
        `delim = ${sqlText(delimiter)}`,
        `quote = ${sqlText(format.quote)}`,
        `escape = ${sqlText(format.quote)}`,
        `nullstr = [${nulls.join(', ')}]`,
        `columns = {${types.join(', ')}}`,
        `buffer_size = ${bufferBytes}`,
        ...lineEnd,
    ];
    return {
        files,
        relation: `read_csv([${paths.join(', ')}], ${options.join(', ')})`,
        columns: header.fields,
        text: cell,
        numbers: {
            decimalSeparator: format.decimal_separator,
            thousandsSeparator: format.thousands_separator,
        },
        nullValues: format.null_values.map((word) => word.trim()),
        extra: (used) => {
            const names = [...position.keys()].filter((name) => name && !used.includes(name));
            return names.length === 0 ? 'null' : jsonObject(names, names.map(cell));
        },
        source: [...position.keys()].map(cell),
        raw: (source) => jsonObject([...position.keys()], source),
        megabytesPerThread: 40,
        explainError: (error) =>
            explainCsvError(error, {
                files: group.map((file, index) => ({
                    readPath: file.readPath,
                    source: files[index] as SourceFile,
                })),
                headerLines: skippedLines,
                encoding: format.encoding,
            }),
    };
}

function sourceFile({ found, encoding, header }: CsvFile, format: CsvFormat): SourceFile {
    return {
        name: found.name,
        path: found.path,
        linesOf: (rows) =>
            linesOfRows(openText(found.path, found.name, encoding), {
                rows,
                quote: format.quote,
                headerLines: header.lastLine,
            }),
    };
}
