import type { z } from 'zod';
import { visitCounts } from '../../contracts/streams/visit-counts.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import type { queryAnswer } from './records.ts';

/** Visits by day and channel. */
export function visitRows(
    { results }: z.output<typeof queryAnswer>,
    site: string,
): readonly CanonicalRow[] {
    return results.map(({ dimensions: [day, channel], metrics: [visits, pages] }) =>
        rowOf(visitCounts, { site, visit_date: day, channel, visits, page_views: pages }),
    );
}
