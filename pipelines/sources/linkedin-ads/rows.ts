import type { z } from 'zod';
import { adSpend } from '../../contracts/streams/ad-spend.ts';
import { roundedTo } from '../api/amounts.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import type { analytics, lookups } from './records.ts';

export const platform = 'linkedin_ads';

/** Cost of campaigns by day, in the currency of the account. */
export function spendRows(
    account: string,
    { elements }: z.output<typeof analytics>,
    { currencies, campaigns }: z.output<typeof lookups>,
): readonly CanonicalRow[] {
    return elements.map(({ dateRange, pivotValues: [campaign = ''], ...metrics }) => {
        const id = campaign.slice(campaign.lastIndexOf(':') + 1);
        return rowOf(adSpend, {
            platform,
            account_id: account,
            campaign_id: id,
            campaign_name: campaigns[id],
            spend_date: dayOf(dateRange.start),
            // Sums of doubles, to 19 digits behind the point.
            spend_amount: roundedTo(metrics.costInLocalCurrency, 6),
            currency_code: currencies[account],
            impressions: metrics.impressions,
            clicks: metrics.clicks,
            claimed_conversions: metrics.externalWebsiteConversions,
        });
    });
}

function dayOf({ year, month, day }: { year: number; month: number; day: number }): string {
    const two = (part: number) => String(part).padStart(2, '0');
    return `${year}-${two(month)}-${two(day)}`;
}
