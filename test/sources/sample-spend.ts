import type { AdDay } from '../integration/connections/ad-platform.ts';
import { type SampleRow, textOf } from './sample-rows.ts';

/** Days of a platform's campaigns. @param conversionsOf what the platform says where it claims none */
export function sampleDays(
    rows: readonly SampleRow[],
    platform: string,
    conversionsOf: (claimed: string | null | undefined) => string,
): readonly AdDay[] {
    return rows
        .filter((row) => row.platform === platform)
        .map((row) => ({
            campaign: textOf(row, 'campaign_id'),
            date: textOf(row, 'spend_date'),
            amount: textOf(row, 'spend_amount').replace(/(\.\d\d)0*$/, '$1'),
            name: textOf(row, 'campaign_name'),
            impressions: textOf(row, 'impressions'),
            clicks: textOf(row, 'clicks'),
            conversions: conversionsOf(row.claimed_conversions),
        }));
}
