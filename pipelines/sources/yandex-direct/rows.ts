import type { z } from 'zod';
import { adSpend } from '../../contracts/streams/ad-spend.ts';
import { ContractError } from '../../errors.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { type page, type ReportRow, reportFields, rowLines } from './records.ts';

export const platform = 'yandex_direct';

/** The platform writes two dashes where it has no value. */
const noValue = '--';

/**
 * The rows of a report.
 * @throws ContractError when the columns are not those that were asked for
 */
function parseReport(report: string): readonly ReportRow[] {
    const header = report.split('\n', 1)[0]?.trimEnd().split('\t') ?? [];
    if (header.join() !== reportFields.join()) {
        throw new ContractError({
            what: 'A report of Yandex Direct has other columns than were asked for.',
            expected: reportFields.join(', '),
            got: header.join(', ').slice(0, 200),
            fix: 'check the version of the API in the connection',
        });
    }
    return rowLines(report).map((line) => {
        const cells = line.replace(/\r$/, '').split('\t');
        const named = reportFields.map((name, place) => [
            name,
            cells[place] === noValue ? null : (cells[place] ?? null),
        ]);
        return Object.fromEntries(named) as ReportRow;
    });
}

/** Cost of campaigns by day, without tax, in the currency of the account. */
export function spendRows({
    login,
    currency,
    report,
}: z.output<typeof page>): readonly CanonicalRow[] {
    return parseReport(report).map((row) =>
        rowOf(adSpend, {
            platform,
            account_id: login,
            campaign_id: row.CampaignId,
            campaign_name: row.CampaignName,
            spend_date: row.Date,
            spend_amount: row.Cost ?? '0',
            currency_code: currency,
            impressions: row.Impressions ?? '0',
            clicks: row.Clicks ?? '0',
            claimed_conversions: row.Conversions,
        }),
    );
}
