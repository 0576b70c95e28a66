import type { Page } from 'playwright-core';

/** Places across and down a chart where the pointer rests: enough to meet every kind of mark. */
const across = 24;
const down = 8;

/** Moves the pointer over every chart of a page; gives the tooltips of each chart as texts. */
export async function hoverCharts(page: Page): Promise<readonly (readonly string[])[]> {
    const charts = await page.locator('.chart:visible').all();
    const tooltips: string[][] = [];
    for (const chart of charts) {
        await chart.scrollIntoViewIfNeeded();
        const box = await chart.boundingBox();
        if (box === null) continue;
        const texts = new Set<string>();
        for (let row = 1; row < down; row++) {
            for (let column = 1; column < across; column++) {
                await page.mouse.move(
                    box.x + (box.width * column) / across,
                    box.y + (box.height * row) / down,
                );
                for (const text of await chart.locator('> div:not(:has(canvas))').allInnerTexts()) {
                    if (text.trim() !== '') texts.add(text);
                }
            }
        }
        tooltips.push([...texts]);
    }
    return tooltips;
}
