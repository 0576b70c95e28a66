import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** An empty cell has a dash, which is nothing to look for. */
const isWritten = (text: string) => text !== '' && text !== '–';

/** Types what is written into every box to search a table of a page; gives how many there are. */
export async function expectWorkingSearches(page: Page): Promise<number> {
    for (const summary of await page.locator('main summary:visible').all()) {
        await summary.click();
    }
    const searched = await page.locator('main p.search:has(input[type=search]) + .frame').all();
    for (const frame of searched) {
        const box = frame.locator('xpath=preceding-sibling::p[1]//input');
        const rows = frame.locator('tbody tr');
        const cells = await rows.first().locator('td').allInnerTexts();
        const before = await rows.count();
        // Numbers and dates are found as they are written, like words.
        for (const cell of cells.map((text) => text.trim()).filter(isWritten)) {
            await box.fill(cell);
            const found = await rows.allInnerTexts();
            expect(found.length, cell).toBeGreaterThan(0);
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
    return searched.length;
}
