import type { z } from 'zod';
import { visitCounts } from '../../contracts/streams/visit-counts.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import type { report } from './records.ts';

/** Visits by day and channel. */
export function visitRows(
    { rows }: z.output<typeof report>,
    site: string,
): readonly CanonicalRow[] {
    return rows.map(({ dimensionValues: [day, channel], metricValues: [visits, views] }) =>
        rowOf(visitCounts, {
            site,
            visit_date: dayOf(day?.value ?? ''),
            channel: channel?.value,
            visits: visits?.value,
            page_views: views?.value,
        }),
    );
}

/** `20261129` is `2026-11-29`. */
function dayOf(written: string): string {
    return written.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}
