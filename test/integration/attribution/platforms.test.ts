import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { transform } from '../../../pipelines/run/transform.ts';
import { createTestCompany, type TestCompany } from '../loading/company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

test('the cost of a platform that belongs to no channel is refused with the line to add', async () => {
    company.write(
        'ads.csv',
        [
            'platform,campaign_id,spend_date,spend_amount,currency_code',
            'google_ads,1,2026-05-01,10,EUR',
            ' Radio_Ads,2,2026-05-01,10.5,EUR',
            'radio_ads,2,2026-05-02,20,EUR',
            'radio_ads,2,2026-05-03,7,USD',
            '',
        ].join('\n'),
    );
    company.configure([
        { name: 'ads', stream: 'ad_spend', files: ['ads.csv'], constants: { account_id: 'main' } },
    ]);
    await company.load();
    const paths = statePaths('test', company.warehousePath);
    const build = transform(await readConfig(company.configPath), paths, { isFullRefresh: false });
    await expect(build).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(
            /platform radio_ads belongs to no channel: 3 rows, 30\.50 EUR and 7\.00 USD\.[\s\S]*platform_channels\.csv[\s\S]*add the line radio_ads,CHANNEL \(paid_search, .*display/,
        ),
    });
});
