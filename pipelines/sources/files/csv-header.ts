import type { CsvFormat } from '../../config-schema.ts';
import { type CsvRecord, csvRecords } from '../../csv-records.ts';
import type { FoundFile } from './find-files.ts';
import { openText } from './text-stream.ts';

export interface Headed {
    readonly found: FoundFile;
    readonly encoding: string;
    readonly header: CsvRecord;
}

/** `sep=;` in the first line tells Excel the delimiter; the header stands below it. */
export async function withSaidDelimiter(found: FoundFile, format: CsvFormat, encoding: string) {
    if (format.header_row !== 1) return format;
    for await (const piece of openText(found.path, found.name, encoding)) {
        const delimiter = /^"?sep=(.)"?\r?\n/i.exec(piece)?.[1];
        return delimiter ? { ...format, delimiter, header_row: 2 } : format;
    }
    return format;
}

export async function titleLines(found: FoundFile, encoding: string, format: CsvFormat) {
    if (format.header_row === 1) return [];
    let top = '';
    for await (const piece of openText(found.path, found.name, encoding)) {
        top += piece;
        if (top.split('\n').length >= format.header_row) break;
    }
    const lines = top.split('\n').slice(0, format.header_row - 1);
    return lines.map((line) => line.replaceAll(format.quote, '').trim());
}

export async function hasStrayQuote(
    { found, encoding, header }: Headed,
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

export async function readHeader(found: FoundFile, format: CsvFormat, encoding: string) {
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

export async function* skipLines(text: AsyncIterable<string>, count: number) {
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
