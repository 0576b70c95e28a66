import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportMart } from '../end-to-end/support/exports.ts';
import { expectSoundPage } from './support/expect-sound-page.ts';
import { builtPages, type OpenSite, openSite } from './support/site.ts';

const browser = inject('browser');

/** Pages every company has, whatever else is built. */
const fixedPages = [
    '/',
    '/data-health',
    '/definitions',
    '/finance',
    '/leadership',
    '/marketing',
    '/sales',
];

describe.skipIf(!browser)('the pages of the sample company', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(sample, browser);
    });
    afterAll(() => site.close());

    test('are the fixed ones, one per channel with results and one per payee', async () => {
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

    test('are all reached by following links from the first one, and no link leads nowhere', async () => {
        const seen = new Map<string, number>();
        const waiting = ['/'];
        for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
            if (seen.has(path)) continue;
            const { page, status } = await site.open(path);
            seen.set(path, status);
            const links = (await page.evaluate(
                `[...document.querySelectorAll('a[href]')].map((link) => link.href)`,
            )) as string[];
            await page.context().close();
            for (const link of links.map((href) => new URL(href))) {
                expect(link.host, `a link of ${path}`).toBe(new URL(page.url()).host);
                waiting.push(link.pathname.replace(/(?<=.)\/$/, ''));
            }
        }
        expect([...seen].filter(([, status]) => status !== 200)).toEqual([]);
        expect([...seen.keys()].toSorted()).toEqual(builtPages(sample));
    });

    test.each(browser ? builtPages(sample) : ['/'])(
        '%s is sound on a desk and on a phone',
        async (path) => {
            const opened = await site.open(path);
            await expectSoundPage(opened);
            await opened.page.context().close();
        },
    );

    test('a page that does not exist says so', async () => {
        expect((await site.open('/nowhere')).status).toBe(404);
    });
});
