// node parse-pages.ts SOURCE DATABASE: the least that rows of an API cost here, which is to receive, parse and
// check their pages; nothing is kept of them, nothing is loaded.

import { parsePage } from '../../pipelines/sources/api/parse-page.ts';
import { campaignDays } from '../../pipelines/sources/google-ads/records.ts';
import type { PageSource } from '../measure/connection.ts';
import { reportLoad } from './report.ts';

const [source = ''] = process.argv.slice(-2);
const { address, accounts, firstYear, lastYear } = JSON.parse(source) as PageSource;
const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
const months = years.flatMap((year) =>
    Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`),
);

await reportLoad(async () => {
    let rows = 0;
    for (const account of accounts) {
        for (const month of months) {
            const page = await fetch(`${address}/customers/${account}/`, {
                method: 'POST',
                body: `BETWEEN '${month}-01'`,
            });
            rows += parsePage(campaignDays, await page.text(), 'bench').length;
        }
    }
    return rows;
});
