/** Reports of the three ad platforms, each with its own headers, separators and dates. */
export function adInputs(directory: string) {
    return [
        {
            name: 'google_ads',
            stream: 'ad_spend',
            files: [`${directory}/google_ads/*.csv`, `${directory}/google_ads/restated/*.csv`],
            format: { type: 'csv', header_row: 3, null_values: ['--'] },
            columns: {
                spend_date: 'Day',
                campaign_name: 'Campaign',
                campaign_id: 'Campaign ID',
                currency_code: 'Currency code',
                spend_amount: { column: 'Cost (micros)', multiply_by: '0.000001' },
                impressions: 'Impr.',
                clicks: 'Clicks',
                claimed_conversions: 'Conversions',
            },
            constants: { platform: 'google_ads', account_id: '418-220-7731' },
        },
        {
            name: 'meta_ads',
            stream: 'ad_spend',
            files: [`${directory}/meta_ads/*.csv`],
            format: { type: 'csv' },
            columns: {
                spend_date: 'Reporting starts',
                campaign_name: 'Campaign name',
                campaign_id: 'Campaign ID',
                spend_amount: 'Amount spent (EUR)',
                impressions: 'Impressions',
                clicks: 'Link clicks',
                claimed_conversions: 'Results',
            },
            constants: { platform: 'meta_ads', account_id: 'act_7720114', currency_code: 'EUR' },
        },
        {
            name: 'linkedin_ads',
            stream: 'ad_spend',
            files: [`${directory}/linkedin_ads/*.csv`],
            format: {
                type: 'csv',
                delimiter: ';',
                decimal_separator: ',',
                thousands_separator: '.',
            },
            columns: {
                spend_date: { column: 'Start Date (in UTC)', format: '%d.%m.%Y' },
                campaign_name: 'Campaign Name',
                campaign_id: 'Campaign ID',
                spend_amount: 'Total Spent',
                currency_code: 'Currency',
                impressions: 'Impressions',
                clicks: 'Clicks',
                claimed_conversions: 'Leads',
            },
            constants: { platform: 'linkedin_ads', account_id: '508811902' },
        },
    ];
}
