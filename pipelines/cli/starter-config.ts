import { streamNames } from '../contracts/registry.ts';

/**
 * The config `init` writes: it is valid as it stands, and its comments are the manual.
 * @param id of the company: two that share one would share a warehouse
 * @param inputs text of the inputs that are known already
 */
export const starterConfig = (id: string, inputs = '') => `import { defineConfig } from 'jointly';

export default defineConfig({
    company: {
        id: '${id}', // names the state folder: companies do not share one
        name: 'My Company',
        currency: 'EUR',                // KPIs and pages are in this currency
        timezone: 'Europe/Berlin',      // decides which day a date and time belong to
        country: 'DE',                  // holidays and work hours
        // fiscal_year_starts: '02',    // month; default: the calendar year
        // language: 'en',              // of pages, statements and files: a file in dashboards/messages
        // number_locale: 'de-DE',      // how numbers, amounts and dates are written; default: en-GB
    },
    rules: './rules',                   // people, product lines, targets, bonus plans
    // ledger: './ledger',              // signed months, kept for good: back this folder up
    // as_of: '2026-06-30',             // data through this date; default: the latest event
    // conversions: { google: { closed: 'Deal won', collected: 'Deal paid' } }, // names at the ad platform: export conversions
    // serve: { public_url: 'https://numbers.example.com' }, // of a proxy in front; people sign in: npx jointly users add
    max_reject_share: 0.01,             // an input with more rejected rows than this is refused
    // max_loss_share: 0.2,             // and a later file that lacks more than this of what it restates

    // Systems that are asked over their API: npx jointly connect SYSTEM writes an entry.
    connections: [],

    // One entry per export. Columns that already have the name of the contract need no mapping.
    inputs: [
${
    inputs === ''
        ? ''
        : `${inputs}
`
}        // {
        //     name: 'google_ads',
        //     stream: 'ad_spend',      // one of ${wrapped(streamNames)}
        //     files: ['exports/google_ads/*.csv'],
        //     format: {
        //         type: 'csv',             // or xlsx, ods, ndjson, parquet, camt053, mt940, 1c_client_bank
        //         delimiter: ';',          // default: found in the header
        //         decimal_separator: ',',
        //         thousands_separator: '.',
        //         encoding: 'utf-8',       // or utf-16le, windows-1252, windows-1251 ...
        //         quote: '"',
        //         header_row: 3,           // line of the column names; titles above are skipped
        //         null_values: ['--'],
        //         footer: '^Total rows',   // first line below the data that is no row
        //     },
        //     skip_rows: [{ column: 'Day', pattern: '^Total' }], // or values, or is_empty: true
        //     sum_to_key: true,            // rows for each ad or device are added up
        //     timezone: 'UTC',             // of dates and times without an offset; default: the company's
        //     columns: {
        //         spend_date: { column: 'Day', format: '%d.%m.%Y' }, // or excel, unix_s, unix_ms
        //         spend_amount: { column: 'Cost', multiply_by: '0.000001' },
        //         campaign_id: ['Campaign ID', 'Campaign'], // the first that is not empty
        //         campaign_name: { column: 'Ad', extract: '^(.*) / ' }, // a part of the cell
        //     },
        //     constants: { platform: 'google_ads', account_id: '123', currency_code: 'EUR' },
        // },
        // {
        //     name: 'crm_deals',
        //     stream: 'deals',
        //     files: ['exports/crm/deals.csv'],
        //     columns: {
        //         deal_id: 'Opportunity',
        //         // Words of the export for the words of the stream.
        //         status: {
        //             column: 'Stage',
        //             values: { Gewonnen: 'won', Verloren: 'lost', Offen: 'open' },
        //         },
        //     },
        // },
    ],
});
`;

/** Names in lines that continue the comment behind `stream:`. */
function wrapped(names: readonly string[]): string {
    const lines: string[] = [];
    for (let at = 0; at < names.length; at += 4) lines.push(names.slice(at, at + 4).join(', '));
    return lines.join(`,\n        //${' '.repeat(30)}// `);
}
