import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../../pipelines/config.ts';
import { type PlanLoadOptions, planLoad } from '../../pipelines/run/plan-load.ts';
import type { MockAdPlatform } from '../integration/connections/ad-platform.ts';
import { createTestCompany, type TestCompany } from '../integration/loading/company.ts';
import { createTestClock } from '../sources/api/test-clock.ts';
import { startGoogleAds } from '../sources/google-ads/mock.ts';

let company: TestCompany;
let mock: MockAdPlatform;
const clock = createTestClock('2026-11-29T12:00:00Z');

beforeEach(async () => {
    mock = await startGoogleAds();
    company = createTestCompany();
    company.write(
        '.env',
        'GOOGLE_CLIENT_ID=id\nGOOGLE_CLIENT_SECRET=hush-hush\nGOOGLE_REFRESH_TOKEN=refresh-me\n',
    );
    company.write('deals.csv', 'deal_id,status\nd1,open\n');
    const columns = { deal_id: 'deal_id', status: 'status' };
    company.configure([{ name: 'crm', stream: 'deals', files: ['deals.csv'], columns }], {
        connections: [
            {
                name: 'google',
                system: 'google_ads',
                customer_ids: ['123-456-7890'],
                since: '2026-10-01',
                address: mock.address,
            },
        ],
    });
});
afterEach(async () => {
    company.close();
    await mock.close();
});

async function plan(more: Partial<PlanLoadOptions> = {}) {
    const lines: string[] = [];
    await planLoad(await readConfig(company.configPath), {
        isFullRefresh: false,
        stateDirectory: join(company.directory, 'planned'),
        warehouse: company.warehousePath,
        clock,
        onLine: (text) => lines.push(text.replaceAll(/ +/g, ' ')),
        onFailure: (name, { message }) => lines.push(`${name} failed: ${message.split('\n')[0]}`),
        ...more,
    });
    return lines;
}

it('says what a first load would read and ask for, and leaves no trace', async () => {
    expect(await plan()).toEqual([
        'load deals 1 file would be read',
        'load ad_spend (google) would ask for days 2026-10-01 to 2026-11-28, in 2 parts',
    ]);
    expect(existsSync(company.warehousePath)).toBe(false);
    expect(existsSync(join(company.directory, 'planned/connections/google/landing'))).toBe(false);
    expect(mock.asked()).toEqual([]);
});

it('says what is unchanged and where the next load begins', async () => {
    await company.load({ clock });
    expect(await plan()).toEqual([
        'load deals 1 file unchanged since the last load',
        'load ad_spend (google) would ask for days 2026-10-30 to 2026-11-28, in 2 parts',
    ]);
    expect(await plan({ isFullRefresh: true })).toEqual([
        'load deals 1 file would be read',
        'load ad_spend (google) would ask for days 2026-10-01 to 2026-11-28, in 2 parts',
    ]);
    company.write('deals.csv', 'deal_id,status\nd1,open\nd2,open\n');
    expect((await plan({ select: new Set(['deals']) })).join()).toBe(
        'load deals 1 file would be read',
    );
});

it('of a backfill says its days, and leaves files alone', async () => {
    expect(await plan({ days: { from: '2025-12-30', to: '2026-01-02' } })).toEqual([
        'load ad_spend (google) would ask for days 2025-12-30 to 2026-01-02, in 2 parts',
    ]);
    expect(await plan({ days: { from: '2026-11-29', to: '2026-12-01' } })).toEqual([
        'load ad_spend (google) nothing is due',
    ]);
});

it('names a source that cannot be planned, and goes on', async () => {
    company.remove('deals.csv');
    company.write('.env', '');
    const lines = await plan();
    expect(lines[0]).toMatch(/^deals failed: /);
    expect(lines[1]).toMatch(/^google failed: .*GOOGLE_[A-Z_]+ is not set/);
});
