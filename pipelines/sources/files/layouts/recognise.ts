import { SourceError } from '../../../errors.ts';
import type { DescribeQuery } from '../compile-context.ts';
import type { FoundFile } from '../find-files.ts';
import { type Format, isStatement, typeOf } from '../format-of.ts';
import { type ExportLayout, exportLayouts } from './export-layout.ts';
import { bestHeader } from './find-header.ts';
import type { HeaderMatch } from './match-header.ts';
import {
    csvTops,
    ndjsonTop,
    parquetTop,
    sheetTop,
    statementTop,
    type TableRow,
    type TableTop,
} from './table-top.ts';

/** What a file was taken for, and what was seen of it. */
export interface Recognised {
    readonly type: Format['type'];
    /** In which it had to be read, when it is not UTF-8. */
    readonly encoding?: string;
    readonly delimiter?: string;
    readonly header: TableRow;
    /** Rows below the header. */
    readonly rows: readonly (readonly string[])[];
    /** The layouts that fit, best first; none for a file that nobody knows. */
    readonly fits: readonly Fit[];
    /** Of a file that none fits: the layout that lacks the least of it. */
    readonly nearest?: Fit;
}

export interface Fit {
    readonly layout: ExportLayout;
    readonly match: HeaderMatch;
}

const lookedAt = 400;
const encodings = ['utf-8', 'windows-1251', 'windows-1252'] as const;

/**
 * Looks into a file and says in which layouts it may be.
 * @param describe asks the engine, which alone can look into Parquet
 * @returns undefined for a format that is not looked into
 * @throws SourceError for a file that cannot be read
 */
export async function recognise(
    file: FoundFile,
    describe: DescribeQuery,
): Promise<Recognised | undefined> {
    const type = await typeOf(file);
    if (type === undefined) return undefined;
    const other = isStatement({ type }) ? type : isOfObjects(type) ? 'ga4_events' : undefined;
    const { tops, encoding } = await topsOf(file, type, describe);
    const near = tops.map((top) => ({ ...top, rows: top.rows.slice(0, 25) }));
    const tried = exportLayouts()
        .filter(({ format }) => format.type === other)
        .flatMap((layout) => {
            const best = bestHeader(layout, near);
            return best ? [{ layout, ...best }] : [];
        })
        .sort((left, right) => right.match.score - left.match.score);
    const found = tried.filter(({ match }) => match.isWhole);
    const [first] = found;
    const nearest = first ? undefined : tried.find(isNear);
    const known = first ?? nearest;
    const place = known
        ? { top: known.top, header: known.row }
        : widestRow(near.filter(({ rows }) => rows.length > 0));
    if (place === undefined) return undefined;
    const top = tops.find((one) => one.delimiter === place.top.delimiter) ?? place.top;
    return {
        type,
        ...(encoding === undefined || encoding === 'utf-8' ? {} : { encoding }),
        ...(top.delimiter ? { delimiter: top.delimiter } : {}),
        header: place.header,
        rows: top.rows.filter(({ line }) => line > place.header.line).map(({ cells }) => cells),
        fits: found
            .filter(({ row, top: one }) => row.line === place.header.line && one === place.top)
            .map(({ layout, match }) => ({ layout, match })),
        ...(nearest ? { nearest: { layout: nearest.layout, match: nearest.match } } : {}),
    };
}

/** One column of those that have to be there is not, and much else is. */
function isNear({ match }: Fit): boolean {
    return match.hasOthers && match.missing.length === 1 && match.score >= 4;
}

/** Rows name their columns in the words of a system's API, not in those of its tables. */
function isOfObjects(type: Recognised['type']): boolean {
    return type === 'ndjson' || type === 'parquet';
}

function topsOf(file: FoundFile, type: Recognised['type'], describe: DescribeQuery) {
    if (type === 'xlsx' || type === 'ods') {
        return readableTops(['utf-8'], async () => [await sheetTop(file, { type }, lookedAt)]);
    }
    if (type === 'parquet') {
        return readableTops(['utf-8'], async () => [await parquetTop(file, lookedAt, describe)]);
    }
    if (type === 'ndjson') {
        return readableTops(['utf-8'], async () => [await ndjsonTop(file, lookedAt, describe)]);
    }
    if (type === 'csv') {
        return readableTops(encodings, (encoding) => csvTops(file, { encoding }, lookedAt));
    }
    // The others say themselves in what they are written.
    const own = type === 'mt940' ? encodings : ['utf-8'];
    return readableTops(own, async (encoding) => {
        const format = type === 'mt940' ? { type, encoding } : { type };
        return [await statementTop(file, format, lookedAt)];
    });
}

/** Bytes that are no UTF-8 are text of Windows: Cyrillic where most letters are. */
async function readableTops(
    encodings: readonly string[],
    read: (encoding: string) => Promise<readonly TableTop[]>,
) {
    for (const encoding of encodings) {
        try {
            const tops = await read(encoding);
            if (encoding === 'windows-1251' && !isCyrillic(tops)) continue;
            return { tops, encoding };
        } catch (error) {
            if (!(error instanceof SourceError) || encoding === encodings.at(-1)) throw error;
        }
    }
    return { tops: [], encoding: 'utf-8' };
}

function isCyrillic(tops: readonly TableTop[]): boolean {
    const text = tops[0]?.rows.map(({ cells }) => cells.join(' ')).join(' ') ?? '';
    const foreign = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
    const inWords = text.match(/[а-яё]{3,}/giu)?.join('').length ?? 0;
    return inWords > foreign / 2;
}

/** The first row that is as wide as any: titles above it are narrow. */
function widestRow(tops: readonly TableTop[]) {
    let best: { top: TableTop; header: TableRow } | undefined;
    for (const top of tops) {
        for (const header of top.rows) {
            const width = header.cells.filter((cell) => cell !== '').length;
            const most = best?.header.cells.filter((cell) => cell !== '').length ?? 0;
            if (width > most) best = { top, header };
        }
    }
    return best;
}
