import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { realExports } from '../test/sources/exports/all.ts';
import { bytesOf } from '../test/sources/exports/real-export.ts';
import { walk } from './walk.ts';

/*
 * From a folder of twelve downloads to a served first page, as a new user goes: prints what was typed,
 * what came, and the seconds of each step. `npm run first-page`; set-up is done before.
 */

/** What three departments of one company have, in German, Polish, Russian and English. */
const downloads = [
    ['google-ads-ui', 'German'],
    ['meta-ads-manager', 'Polish'],
    ['linkedin-campaign-manager', 'UTF-16'],
    ['yandex-direct-report', 'two rows of totals'],
    ['yandex-metrica-visits', 'times in UTC'],
    ['ga4-bigquery-events', 'last click'],
    ['hubspot-contacts', 'German'],
    ['hubspot-deals', 'German'],
    ['amocrm-deals', 'Russian'],
    ['bank-statement', 'German'],
    ['yookassa-payments', 'no time'],
    ['stripe-balance', 'itemised'],
] as const;

await walk('first-page', async ({ folder, config, step, edit, firstPage, say, sum }) => {
    const from = join(folder, 'Downloads');
    mkdirSync(from);
    for (const [layout, variant] of downloads) {
        const found = realExports.find(
            (one) => one.layout === layout && one.variant.includes(variant),
        );
        if (found === undefined) throw new Error(`no export ${layout}: ${variant}`);
        writeFileSync(join(from, basename(found.file)), bytesOf(found));
    }
    await step('init', join(folder, 'first-page'), '--from', from);
    // What only the company knows of itself.
    edit([
        ["name: 'My Company'", "name: 'Zäune & Tore'"],
        ["timezone: 'Europe/Berlin'", "timezone: 'Europe/Bucharest'"],
        ["country: 'DE'", "country: 'RO'"],
    ]);
    await step('doctor', '--config', config);
    await step('run', '--config', config);
    await firstPage(3900);
    say(`\n${downloads.length} downloads: ${sum()}, no mapping of a column`);
});
