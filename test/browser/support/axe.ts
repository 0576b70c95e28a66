import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Faults that keep somebody from using a page, as `rule: element`; the lesser ones are left out. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    // What would be loaded before is for rules of lesser faults: media that play by themselves.
    const results = (await page.evaluate(
        "axe.run({ resultTypes: ['violations'], preload: false })",
    )) as axe.AxeResults;
    return results.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
            nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.target.join(' ')})`),
        );
}
