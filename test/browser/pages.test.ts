import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportMart } from '../end-to-end/support/exports.ts';
import { seriousFaults } from './support/axe.ts';
import { crawl, pathOf } from './support/crawl.ts';
import { expectSoundPage } from './support/expect-sound-page.ts';
import { expectWorkingSearches } from './support/expect-working-searches.ts';
import {
    browserFor,
    builtPages,
    type OpenSite,
    openSite,
    pagesOfEachKind,
    settled,
} from './support/site.ts';

const browser = await browserFor(sample);

/** Pages every company has, whatever else is built. */
const fixedPages = [
    '/',
    '/data-health',
    '/data-health/restatements',
    '/definitions',
    '/finance',
    '/finance/changes',
    '/finance/plans',
    '/leadership',
    '/marketing',
    '/marketing/lead-quality',
    '/qa',
    '/sales',
    '/sales/lead',
    '/team/marketing',
    '/team/sales',
];

const longTables = ['/sales', '/definitions', '/data-health', '/marketing/paid_search'];

describe.skipIf(!browser)('the pages of the sample company', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(sample);
    });

    test('are the fixed ones, one per channel with results, per payee and per department', async () => {
        const payees = new Set(
            (await exportMart(sample, 'fct_bonus_statements')).map((row) => row.payee_id),
        );
        const channels = new Set(
            (await exportMart(sample, 'rpt_channel_results')).map((row) => row.channel_id),
        );
        channels.delete('all');
        expect(payees.size).toBe(8);
        expect(builtPages(sample)).toEqual(
            [
                ...fixedPages,
                ...[...payees].map((payee) => `/finance/statement/${payee}`),
                ...[...channels].map((channel) => `/marketing/${channel}`),
            ].toSorted(),
        );
    });

    test('are all reached by links from the first one, and no link leads nowhere', async () => {
        const pages = await crawl(site.url);
        expect([...pages.keys()].toSorted()).toEqual(builtPages(sample));
        for (const [path, { status, links }] of pages) {
            expect(status, path).toBe(200);
            for (const link of links) {
                expect(link.origin, `${link} on ${path}`).toBe(new URL(site.url).origin);
                if (!link.hash) continue;
                const { anchors } = pages.get(pathOf(link)) ?? {};
                expect(anchors, `${link} on ${path}`).toContain(link.hash.slice(1));
            }
        }
    });

    test.each(browser ? pagesOfEachKind(sample) : ['/'])(
        '%s is sound on a desk and on a phone, and its tables find what is written',
        async (path) => {
            const opened = await site.open(path);
            const { page, trouble } = opened;
            expect(await seriousFaults(page), 'faults on a desk').toEqual([]);
            await expectSoundPage(opened);
            const searches = await expectWorkingSearches(page);
            if (longTables.includes(path)) expect(searches).toBeGreaterThan(0);
            expect(trouble).toEqual([]);
        },
    );

    test('a page that does not exist says so, with the way back', async () => {
        const { page, status } = await site.open('/nowhere/at/all');
        expect(status).toBe(404);
        expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
            'There is no such page',
        );
        await page.getByRole('link', { name: 'Sales', exact: true }).click();
        await settled(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Sales');
        const script = await fetch(new URL('/nowhere.js', site.url));
        expect([script.status, await script.text()]).toEqual([404, 'Not found\n']);
    });
});
