import type { z } from 'zod';
import { adSpend } from '../../contracts/streams/ad-spend.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import type { insights } from './records.ts';

export const platform = 'meta_ads';

/** Cost of campaigns by day, in the currency of the account. */
export function spendRows(
    { data }: z.output<typeof insights>,
    conversionAction: string | undefined,
): readonly CanonicalRow[] {
    return data.map((row) =>
        rowOf(adSpend, {
            platform,
            account_id: row.account_id,
            campaign_id: row.campaign_id,
            campaign_name: row.campaign_name,
            spend_date: row.date_start,
            spend_amount: row.spend,
            currency_code: row.account_currency,
            impressions: row.impressions,
            clicks: row.clicks,
            claimed_conversions:
                conversionAction === undefined
                    ? null
                    : (row.actions.find(({ action_type: type }) => type === conversionAction)
                          ?.value ?? '0'),
        }),
    );
}
