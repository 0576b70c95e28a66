import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { sample, testCompany } from '../end-to-end/support/companies.ts';
import { hoverCharts } from './support/charts.ts';
import { buildWithHostileNames, hostileEnding } from './support/hostile-names.ts';
import { type OpenSite, openSite } from './support/site.ts';

const browser = inject('browser');
const hostile = testCompany('hostile', sample.config);

/** Pages with charts; on the second name, the least a tooltip of each must have said. */
const pages = [
    ['/', 'Marketing'],
    ['/leadership', 'Collected Revenue'],
    ['/marketing', hostileEnding.trim()],
    ['/marketing/paid_search', 'Ad Spend'],
    ['/marketing/lead-quality', 'Qualified leads'],
    ['/sales', hostileEnding.trim()],
    ['/qa', 'Recovered revenue'],
    ['/finance', hostileEnding.trim()],
] as const;

describe.skipIf(!browser)('a name that looks like a script', () => {
    let site: OpenSite;
    beforeAll(async () => {
        await buildWithHostileNames(sample, hostile);
        site = await openSite(hostile, browser);
    });
    afterAll(() => site.close());

    test.each(pages)('is read and never run in any chart of %s', async (path, expected) => {
        const { page, trouble } = await site.open(path);
        const tooltips = await hoverCharts(page);
        for (const [chart, texts] of tooltips.entries()) {
            expect(texts.length, `tooltips of chart ${chart + 1}`).toBeGreaterThan(0);
        }
        expect(tooltips.flat().join('\n')).toContain(expected);
        expect(await page.evaluate('window.hasRun')).toBe(undefined);
        expect(await page.locator('main img').count()).toBe(0);
        expect(trouble).toEqual([]);
        await page.context().close();
    });
});
