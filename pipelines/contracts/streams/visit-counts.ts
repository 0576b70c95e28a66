import { z } from 'zod';
import { category, date, integer, optional } from '../columns.ts';
import { defineStream } from '../stream.ts';

/** A report of the web analytics changes for days until it has told robots from people. */
export const visitCounts = defineStream({
    name: 'visit_counts',
    description:
        'Visits of one day and channel as the web analytics counted them, where it does not hand over the visits.',
    key: ['site', 'visit_date', 'channel'],
    strategy: { kind: 'replace', window: 'visit_date', partition: ['site'] },
    eventColumn: 'visit_date',
    dayWithoutRows: 'missing',
    row: z.object({
        site: category('Web site on which they were counted.'),
        visit_date: date('Day in the time zone of the web analytics.'),
        channel: category('Channel, source or referrer as the web analytics names it.'),
        visits: integer('Visits that began on that day.', { minimum: '0', isAdditive: true }),
        page_views: optional(
            integer('Pages seen in these visits.', { minimum: '0', isAdditive: true }),
        ),
    }),
});
