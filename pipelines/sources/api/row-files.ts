import { appendFileSync, closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Covered, RowMapping, SourceRow, WholeRecord } from './connector.ts';
import type { LandedPlace } from './landing.ts';

const flushLength = 1024 * 1024;

/** The rows of one stream that a run of a feed brought, as NDJSON. */
export interface RowFile {
    readonly stream: string;
    readonly path: string;
    readonly rows: number;
    /** Pages in the order of their rows, with the number of the last row of each, from 1. */
    readonly pages: readonly (LandedPlace & { readonly lastRow: number })[];
    /** Folder of the pages, as messages name it. */
    readonly name: string;
    readonly covered: readonly Covered[];
    /** NDJSON of records with the keys that are left of each, in the order in which they came. */
    readonly recordsPath?: string;
    /** How its rows become those of the stream; left out, they are. */
    readonly mapping?: RowMapping | undefined;
}

export interface RowFiles {
    readonly take: (rows: readonly SourceRow[], place: LandedPlace) => void;
    readonly takeRecords: (records: readonly WholeRecord[]) => void;
    /** Ids of a census. */
    readonly takeIds: (ids: readonly string[]) => void;
    /** NDJSON of the ids, each in `id`. */
    readonly idsPath: string;
    readonly close: (run: {
        readonly shownAs: string;
        readonly covered: readonly Covered[];
        readonly mapping?: RowMapping | undefined;
    }) => readonly RowFile[];
}

interface OpenFile {
    readonly path: string;
    readonly handle: number;
    readonly pages: { page: number; lastRow: number }[];
    text: string;
    rows: number;
}

/**
 * Writes rows to a file for each stream, as they come: a big feed never stands in memory.
 * @param streams each of which gets a file, be it empty
 */
export function createRowFiles(directory: string, streams: readonly string[]): RowFiles {
    const files = new Map(
        streams.map((stream): [string, OpenFile] => {
            const path = join(directory, `${stream}.ndjson`);
            const handle = openSync(path, 'w', 0o600);
            return [stream, { path, handle, pages: [], text: '', rows: 0 }];
        }),
    );
    const idsPath = join(directory, 'ids.ndjson');
    const withRecords = new Map<string, string>();
    const flush = (file: OpenFile) => {
        writeFileSync(file.handle, file.text);
        file.text = '';
    };
    return {
        idsPath,
        takeIds: (ids) =>
            appendFileSync(idsPath, ids.map((id) => `${JSON.stringify({ id })}\n`).join('')),
        takeRecords: (records) => {
            for (const [stream, own] of Map.groupBy(records, (record) => record.stream)) {
                const path = join(directory, `${stream}-records.ndjson`);
                withRecords.set(stream, path);
                const lines = own.map(({ id, keys }) => `${JSON.stringify({ id, keys })}\n`);
                appendFileSync(path, lines.join(''));
            }
        },
        take: (rows, { page }) => {
            for (const { stream, cells } of rows) {
                const file = files.get(stream);
                if (file === undefined) throw new TypeError(`the feed names no stream ${stream}`);
                file.text += `${JSON.stringify(cells)}\n`;
                file.rows += 1;
                const last = file.pages.at(-1);
                if (last?.page === page) last.lastRow = file.rows;
                else file.pages.push({ page, lastRow: file.rows });
                if (file.text.length >= flushLength) flush(file);
            }
        },
        close: ({ shownAs, covered, mapping }) =>
            [...files].map(([stream, file]) => {
                flush(file);
                closeSync(file.handle);
                const recordsPath = withRecords.get(stream);
                return {
                    stream,
                    path: file.path,
                    rows: file.rows,
                    pages: file.pages,
                    name: shownAs,
                    covered: covered.filter((one) => one.stream === stream),
                    mapping,
                    ...(recordsPath === undefined ? {} : { recordsPath }),
                };
            }),
    };
}
