import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { builtPages, type OpenSite, openSite } from './support/site.ts';

const browser = inject('browser');

/** An empty cell has a dash, which is nothing to look for. */
const isWritten = (text: string) => text !== '' && text !== '–';

describe.skipIf(!browser)('every box to search a table', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(sample, browser);
    });
    afterAll(() => site.close());

    test.each(browser ? builtPages(sample) : ['/'])('of %s finds what is written', async (path) => {
        const { page, trouble } = await site.open(path);
        for (const summary of await page.locator('main summary:visible').all()) {
            await summary.click();
        }
        const searched = page.locator('main p.search:has(input[type=search]) + .frame');
        for (const frame of await searched.all()) {
            const box = frame.locator('xpath=preceding-sibling::p[1]//input');
            const rows = frame.locator('tbody tr');
            const cells = await rows.first().locator('td').allInnerTexts();
            const before = await rows.count();
            // Numbers and dates are found as they are written, like words.
            for (const cell of cells.map((text) => text.trim()).filter(isWritten)) {
                await box.fill(cell);
                const found = await rows.allInnerTexts();
                expect(found.length, `${cell} on ${path}`).toBeGreaterThan(0);
                const words = cell.toLowerCase().split(/\s+/);
                for (const row of found) {
                    for (const word of words) expect(row.toLowerCase()).toContain(word);
                }
            }
            await box.fill('no such thing anywhere');
            expect(await rows.count()).toBe(0);
            expect(await frame.innerText()).toContain('No row matches “no such thing anywhere”.');
            await box.fill('');
            expect(await rows.count()).toBe(before);
        }
        expect(trouble).toEqual([]);
        await page.context().close();
    });

    test('stands where tables are long', async () => {
        const counts = await Promise.all(
            ['/sales', '/definitions', '/data-health', '/marketing/paid_search'].map(
                async (path) => {
                    const { page } = await site.open(path);
                    return page.locator('main input[type=search]').count();
                },
            ),
        );
        for (const count of counts) expect(count).toBeGreaterThan(0);
    });
});
