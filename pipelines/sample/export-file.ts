import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface WrittenFile {
    /** Relative to the export directory, with forward slashes. */
    readonly path: string;
    /** Data rows, without title and header lines. */
    readonly rows: number;
    readonly bytes: number;
    /**
     * SHA-256 of the text before compression: compressed bytes differ between builds of zlib.
     */
    readonly contentSha256: string;
}

export interface CsvDialect {
    readonly delimiter?: string;
    readonly lineEnd?: string;
    readonly hasByteOrderMark?: boolean;
    /** Lines above the header, as reports of ad platforms have them. */
    readonly titleLines?: readonly string[];
}

/** A file that is written line by line; `close` returns what was written. */
export interface ExportFile {
    readonly rows: number;
    row(cells: readonly string[]): void;
    line(text: string): void;
    close(): WrittenFile;
}

const BUFFERED_CHARACTERS = 1 << 20;

export function createCsvFile(
    root: string,
    relativePath: string,
    header: readonly string[],
    dialect: CsvDialect = {},
): ExportFile {
    const { delimiter = ',', lineEnd = '\n', hasByteOrderMark = false, titleLines = [] } = dialect;
    const top = [...titleLines, toCsvLine(header, delimiter)].join(lineEnd);
    return openFile(root, relativePath, `${hasByteOrderMark ? '\uFEFF' : ''}${top}${lineEnd}`, {
        delimiter,
        lineEnd,
        isCompressed: false,
    });
}

/** Newline-delimited JSON, gzipped when the name ends in .gz. */
export function createLineFile(root: string, relativePath: string): ExportFile {
    const isCompressed = relativePath.endsWith('.gz');
    return openFile(root, relativePath, '', { delimiter: ',', lineEnd: '\n', isCompressed });
}

function openFile(
    root: string,
    relativePath: string,
    top: string,
    how: { delimiter: string; lineEnd: string; isCompressed: boolean },
): ExportFile {
    const target = path.join(root, relativePath);
    mkdirSync(path.dirname(target), { recursive: true });
    const descriptor = openSync(target, 'w');
    const hash = createHash('sha256');
    let pending = top;
    let rows = 0;
    let bytes = 0;

    function flush(): void {
        const content = Buffer.from(pending, 'utf8');
        pending = '';
        hash.update(content);
        // A compressed file is written in one go: some readers stop after the first gzip member.
        const stored = how.isCompressed ? gzipSync(content, { level: 2 }) : content;
        for (let done = 0; done < stored.length; ) done += writeSync(descriptor, stored, done);
        bytes += stored.length;
    }
    function line(text: string): void {
        pending += text + how.lineEnd;
        rows += 1;
        if (pending.length > BUFFERED_CHARACTERS && !how.isCompressed) flush();
    }

    return {
        get rows() {
            return rows;
        },
        row: (cells) => line(toCsvLine(cells, how.delimiter)),
        line,
        close: () => {
            flush();
            closeSync(descriptor);
            return { path: relativePath, rows, bytes, contentSha256: hash.digest('hex') };
        },
    };
}

function toCsvLine(cells: readonly string[], delimiter: string): string {
    return cells.map((cell) => quote(cell, delimiter)).join(delimiter);
}

function quote(cell: string, delimiter: string): string {
    const mustQuote = cell.includes(delimiter) || cell.includes('"') || cell.includes('\n');
    return mustQuote ? `"${cell.replaceAll('"', '""')}"` : cell;
}
