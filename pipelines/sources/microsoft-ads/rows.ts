import { adSpend } from '../../contracts/streams/ad-spend.ts';
import { ContractError } from '../../errors.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { readReport, reportColumns } from './records.ts';

export const platform = 'microsoft_ads';

/**
 * Cost of campaigns by day, in the currency of the account.
 * @throws ContractError when the report has not the columns that were asked for
 */
export function spendRows(report: string): readonly CanonicalRow[] {
    const rows = readReport(report);
    if (rows === undefined) {
        throw new ContractError({
            what: 'A report of Microsoft Advertising has other columns than were asked for.',
            expected: reportColumns.join(', '),
            got: report.slice(0, 200),
            fix: 'check the version of the API in the connection',
        });
    }
    return rows.map((row) =>
        rowOf(adSpend, {
            platform,
            account_id: row.AccountId,
            campaign_id: row.CampaignId,
            campaign_name: row.CampaignName,
            spend_date: row.TimePeriod,
            // The first format of reports groups thousands.
            spend_amount: row.Spend.replaceAll(',', ''),
            currency_code: row.CurrencyCode,
            impressions: row.Impressions.replaceAll(',', ''),
            clicks: row.Clicks.replaceAll(',', ''),
            claimed_conversions: row.Conversions.replaceAll(',', ''),
        }),
    );
}
