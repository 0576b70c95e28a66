import { join } from 'node:path';
import {
    loadInputs,
    sampleFromFiles,
    sampleRows,
} from '../test/integration/same-company/compare.ts';
import { hubspotWay } from '../test/integration/same-company/hubspot-way.ts';
import { startGoogleAds } from '../test/sources/google-ads/mock.ts';
import { startHubspot } from '../test/sources/hubspot/mock.ts';
import { sampleInHubspot } from '../test/sources/hubspot/sample.ts';
import { sampleDays } from '../test/sources/sample-spend.ts';
import { walk } from './walk.ts';

/*
 * From `connect` to a served first page, as a new user goes: HubSpot and Google Ads hold the sample
 * company, on this machine. `npm run first-connection`; set-up is done before.
 */

const since = '2025-01-01';

const files = await sampleFromFiles(0.05);
await loadInputs(files, hubspotWay.replaces);
const rows = await sampleRows(files.company, hubspotWay.replaces);
files.company.close();
const hubspot = await startHubspot();
const google = await startGoogleAds('4182207731', 1000);
Object.assign(hubspot, sampleInHubspot(rows));
google.setDays(sampleDays(rows.ad_spend, 'google_ads', (claimed) => claimed ?? '0'));

try {
    await walk('first-connection', async (way) => {
        const { folder, config, step, converse, edit, firstPage, say, sum } = way;
        await step('init', join(folder, 'first-connection'));
        edit([
            ["name: 'My Company'", "name: 'Gates & Parts'"],
            ["timezone: 'Europe/Berlin'", "timezone: 'Europe/Bucharest'"],
            ["country: 'DE'", "country: 'RO'"],
        ]);
        // Where the systems stand here is no part of what a user types.
        await converse(
            [
                [/Name of the connection/, ''],
                [/First day/, since],
                [/service key/, 'service-key'],
            ],
            ...['connect', 'hubspot', '--config', config, '--set', `address=${hubspot.address}`],
        );
        await converse(
            [
                [/Name of the connection/, 'google'],
                [/First day/, since],
                [/Ids of the ad accounts/, '418-220-7731'],
                [/manager account/, ''],
                [/client id/, 'id'],
                [/client secret/, 'secret'],
                [/refresh token/, 'refresh-me'],
            ],
            ...['connect', 'google_ads', '--config', config, '--set', `address=${google.address}`],
        );
        await step('doctor', '--config', config);
        await step('run', '--config', config);
        await firstPage(3910);
        say(`\nHubSpot and Google Ads: ${sum()}`);
    });
} finally {
    await hubspot.close();
    await google.close();
}
