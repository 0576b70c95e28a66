import type { z } from 'zod';
import { adSpend } from '../../contracts/streams/ad-spend.ts';
import { plainNumber, shiftPoint } from '../api/amounts.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import type { campaignDays } from './records.ts';

export const platform = 'google_ads';

/** Cost of campaigns by day. Micros are millionths of the currency of the account. */
export function spendRows(days: z.output<typeof campaignDays>): readonly CanonicalRow[] {
    return days.map(({ customer, campaign, segments, metrics }) =>
        rowOf(adSpend, {
            platform,
            account_id: customer.id,
            campaign_id: campaign.id,
            campaign_name: campaign.name,
            spend_date: segments.date,
            spend_amount: shiftPoint(metrics.costMicros, 6),
            currency_code: customer.currencyCode,
            impressions: metrics.impressions,
            clicks: metrics.clicks,
            claimed_conversions: plainNumber(metrics.conversions),
        }),
    );
}
