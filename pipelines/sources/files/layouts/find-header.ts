import type { ExportLayout } from './export-layout.ts';
import { type HeaderMatch, matchHeader } from './match-header.ts';
import type { TableRow, TableTop } from './table-top.ts';

/** Rows in which a header is looked for: titles are above it. */
const titleRows = 25;

export interface FoundHeader {
    readonly top: TableTop;
    readonly row: TableRow;
    readonly match: HeaderMatch;
}

/** The row that has most of the columns of a layout, in the reading that finds most. */
export function bestHeader(
    layout: ExportLayout,
    tops: readonly TableTop[],
    line?: number,
): FoundHeader | undefined {
    let best: FoundHeader | undefined;
    for (const top of tops) {
        for (const row of top.rows.slice(0, titleRows)) {
            if (line !== undefined && row.line !== line) continue;
            const titles = top.rows
                .filter(({ line: one }) => one < row.line)
                .map(({ cells }) => cells[0] ?? '');
            const match = matchHeader(layout, row.cells, titles);
            if (best === undefined || rank(match) > rank(best.match)) best = { top, row, match };
        }
    }
    return best;
}

function rank(match: HeaderMatch): number {
    return match.score + (match.isWhole ? 1000 : 0);
}
