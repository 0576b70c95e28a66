import { z } from 'zod';
import { category, instant, optional, text } from '../columns.ts';
import { mergeable } from '../removal.ts';
import { defineStream } from '../stream.ts';

export const leads = defineStream({
    name: 'leads',
    description: 'One inquiry of a person or company as the CRM holds it now.',
    key: ['lead_id'],
    strategy: { kind: 'merge', cursor: 'updated_at' },
    eventColumn: 'created_at',
    rules: [
        {
            column: 'record_url',
            // A page makes a link of it.
            expected: 'an address that begins with https://',
            broken: `record_url not like 'https://_%' or contains(record_url, ' ')`,
        },
    ],
    row: z.object({
        lead_id: text('Lead.'),
        created_at: instant('When the lead came in, UTC.'),
        visitor_id: optional(text('Browser the lead came from; joins sessions.')),
        channel: optional(category('Origin as the CRM recorded it.')),
        campaign_id: optional(category('Campaign the CRM recorded.')),
        landing_page: optional(text('Page of the form.')),
        product_line: optional(category('Product line the lead asked for.')),
        full_name: optional(text('Name of the person.')),
        email: optional(text('E-mail address of the person.')),
        company_name: optional(text('Company of the person.')),
        country_code: optional(category('Country, ISO 3166 alpha-2.')),
        updated_at: optional(instant('Last change in the CRM, UTC; the later row wins.')),
        record_url: optional(text('Address of the record in the CRM.')),
        ...mergeable,
    }),
});
