import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeStarter } from '../../../pipelines/cli/init.ts';
import { inputsFrom } from '../../../pipelines/cli/init-from.ts';
import { readConfig } from '../../../pipelines/config.ts';
import { extractAndLoad } from '../../../pipelines/run/extract-load.ts';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';
import { realExports } from '../../sources/exports/all.ts';
import { bytesOf, type RealExport } from '../../sources/exports/real-export.ts';
import { createTestCompany, type TestCompany } from '../loading/company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

/** What lies in a folder of downloads, as three departments of one company have it. */
const downloads = [
    ['google-ads-ui', 'German'],
    ['meta-ads-manager', 'Polish'],
    ['linkedin-campaign-manager', 'UTF-16'],
    ['tiktok-ads-manager', 'German'],
    ['microsoft-advertising', 'titles'],
    ['yandex-direct-report', 'two rows of totals'],
    ['yandex-metrica-visits', 'times in UTC'],
    ['matomo-visits', 'UTF-16'],
    ['hubspot-contacts', 'German'],
    ['hubspot-deals', 'German'],
    ['amocrm-deals', 'Russian'],
    ['bank-statement', 'German'],
    ['yookassa-payments', 'no time'],
    ['paypal-activity', 'German'],
    ['stripe-balance', 'itemised'],
].map(([layout, variant = '']) => {
    const found = realExports.find((one) => one.layout === layout && one.variant.includes(variant));
    if (!found) throw new Error(`no export ${layout}: ${variant}`);
    return found;
});

/** The sum of a column over the rows that were computed by hand, in hundredths. */
function byHand(stream: string, column: string): number {
    const cellOf = ({ columns }: RealExport, row: readonly unknown[]) =>
        Number(row[columns.split(', ').indexOf(column)] ?? 0);
    return downloads
        .filter((one) => one.stream === stream)
        .flatMap((one) => one.rows.map((row) => Math.round(cellOf(one, row) * 100)))
        .reduce((sum, value) => sum + value, 0);
}

it('are recognised and load to the cent, without a word typed', async () => {
    for (const [index, one] of downloads.entries()) {
        company.write(`downloads/${index}/${one.file}`, bytesOf(one));
    }
    const target = `${company.directory}/acme`;
    const { inputs, report } = await inputsFrom(`${company.directory}/downloads`, target);
    expect(report.filter((line) => /to do|missing|no known/.test(line))).toEqual([]);
    writeStarter(target, inputs);
    const config = await readConfig(`${target}/company.config.ts`);
    expect(config.inputs.map(({ layout }) => layout).sort()).toEqual(
        downloads.map(({ layout }) => layout).sort(),
    );
    const warehouse = await openWarehouse(company.warehousePath);
    try {
        const outcomes = await extractAndLoad(warehouse, config, {
            isFullRefresh: false,
            onStream: () => {},
        });
        for (const outcome of outcomes) if (outcome.status === 'failed') throw outcome.error;
        const found = await warehouse.query(`
            select
                (select cast(sum(spend_amount) * 100 as bigint) from raw_files.ad_spend) as spend,
                (select cast(sum(net_amount) * 100 as bigint) from raw_files.payments) as cash,
                (select cast(sum(amount) * 100 as bigint) from raw_files.deals) as deals,
                (select count(*) from raw_files.sessions) as visits,
                (select count(*) from raw_files.leads) as leads,
                (select count(*) from jointly.rejects) as rejects`);
        expect(found).toEqual([
            {
                spend: byHand('ad_spend', 'spend_amount'),
                cash: byHand('payments', 'net_amount'),
                deals: byHand('deals', 'amount'),
                visits: 3,
                leads: 1,
                rejects: 0,
            },
        ]);
    } finally {
        await warehouse.close();
    }
});
