import { z } from 'zod';
import { category, date, decimal, integer, optional } from '../columns.ts';
import { defineStream } from '../stream.ts';

/** A platform restates the last days until conversions settle, so a file speaks for its window. */
export const adSpend = defineStream({
    name: 'ad_spend',
    description: 'Cost of one campaign on one day as the ad platform bills it.',
    key: ['platform', 'account_id', 'campaign_id', 'spend_date'],
    strategy: { kind: 'replace', window: 'spend_date', partition: ['platform', 'account_id'] },
    eventColumn: 'spend_date',
    dayWithoutRows: 'missing',
    amountColumn: 'spend_amount',
    row: z.object({
        platform: category('Ad platform, for example google_ads.'),
        account_id: category('Account at the platform.'),
        campaign_id: category('Campaign at the platform.'),
        campaign_name: optional(category('Name of the campaign on that day.')),
        spend_date: date('Day in the time zone of the account.'),
        spend_amount: decimal(18, 6, 'Cost without tax.', { minimum: '0', isAdditive: true }),
        currency_code: category('Currency of spend_amount, ISO 4217.'),
        impressions: optional(
            integer('Times an ad was shown.', { minimum: '0', isAdditive: true }),
        ),
        clicks: optional(integer('Times an ad was clicked.', { minimum: '0', isAdditive: true })),
        claimed_conversions: optional(
            decimal(18, 2, 'Conversions the platform claims for itself.', {
                rounds: true,
                isAdditive: true,
            }),
        ),
    }),
});
