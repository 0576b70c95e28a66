import { z } from 'zod';
import { category, instant, integer, optional, text } from '../columns.ts';
import { defineStream } from '../stream.ts';

export const sessions = defineStream({
    name: 'sessions',
    description: 'One visit to the web site.',
    key: ['session_id'],
    strategy: { kind: 'merge' },
    eventColumn: 'started_at',
    dayWithoutRows: 'quiet',
    row: z.object({
        session_id: text('Visit.'),
        visitor_id: text('Browser that visits; the same one is one visitor.'),
        started_at: instant('Start of the visit, UTC.'),
        landing_page: optional(text('First page of the visit.')),
        referrer: optional(text('Page that linked here.')),
        utm_source: optional(category('Tag utm_source of the landing page.')),
        utm_medium: optional(category('Tag utm_medium of the landing page.')),
        utm_campaign: optional(category('Tag utm_campaign of the landing page.')),
        utm_content: optional(category('Tag utm_content of the landing page.')),
        utm_term: optional(text('Tag utm_term of the landing page.')),
        click_id: optional(text('Click identifier an ad platform added.')),
        campaign_id: optional(category('Campaign at the ad platform, when it is known.')),
        channel: optional(category('Channel as the web analytics names it.')),
        page_views: optional(integer('Pages seen in the visit.', { minimum: '0' })),
    }),
});
