import { z } from 'zod';
import { category, instant, optional, text } from '../columns.ts';
import { deletable } from '../removal.ts';
import { defineStream } from '../stream.ts';

export const leadTouches = defineStream({
    name: 'lead_touches',
    description: 'One contact that brought a lead, as the CRM or a form recorded it.',
    key: ['touch_id'],
    strategy: { kind: 'merge' },
    eventColumn: 'touched_at',
    row: z.object({
        touch_id: text('Touch.'),
        lead_id: text('Lead it brought.'),
        touched_at: instant('When it happened, UTC; when the lead came in, where nobody knows.'),
        landing_page: optional(text('Page that was opened.')),
        referrer: optional(text('Page that linked there.')),
        utm_source: optional(category('Tag utm_source of the link.')),
        utm_medium: optional(category('Tag utm_medium of the link.')),
        utm_campaign: optional(category('Tag utm_campaign of the link.')),
        utm_content: optional(category('Tag utm_content of the link.')),
        utm_term: optional(text('Tag utm_term of the link.')),
        click_id: optional(text('Click identifier an ad platform added.')),
        campaign_id: optional(category('Campaign at the ad platform, when it is known.')),
        channel: optional(category('Channel as the system names it.')),
        ...deletable,
    }),
});
