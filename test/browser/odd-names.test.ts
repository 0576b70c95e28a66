import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oddNames } from '../end-to-end/support/companies.ts';
import { hoverCharts } from './support/charts.ts';
import { expectSoundPage } from './support/expect-sound-page.ts';
import {
    bigNumber,
    browserFor,
    builtPages,
    choose,
    type OpenSite,
    openSite,
    settled,
    tableRows,
} from './support/site.ts';

const browser = await browserFor(oddNames);
const eva = `Eva "Ev" O'Lupu <b>{x}`;

describe.skipIf(!browser)('a company whose ids and names hold quotes, slashes and tags', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(oddNames, browser);
    });
    afterAll(() => site.close());

    test.each(browser ? builtPages(oddNames) : ['/'])(
        'has a sound page %s, whose charts run nothing',
        async (path) => {
            const opened = await site.open(path);
            await expectSoundPage(opened);
            await hoverCharts(opened.page);
            expect(await opened.page.evaluate('window.hasRun')).toBe(undefined);
            expect(await opened.page.locator('main img').count()).toBe(0);
            expect(opened.trouble).toEqual([]);
            await opened.page.context().close();
        },
    );

    test('has a statement for its payee, linked from the payouts', async () => {
        const { page, trouble } = await site.open('/finance');
        await page.getByRole('link', { name: eva, exact: true }).first().click();
        await settled(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(eva);
        expect(await bigNumber(page, 'Payable, EUR').innerText()).toMatch(/^\d/);
        expect((await tableRows(page, 'Line'))[0]?.Line).toContain(`Booked 'revenue' <{`);
        expect(trouble).toEqual([]);
    });

    test('has a page for its channel, linked from the channels', async () => {
        const { page, trouble } = await site.open('/marketing');
        const label = `O'B "radio" <i>{1}`;
        await page.getByRole('link', { name: label, exact: true }).first().click();
        await settled(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(label);
        await settled(() => bigNumber(page, 'Leads').innerText()).toMatch(/^\d/);
        expect(trouble).toEqual([]);
    });

    test('can be filtered by the person with a quote in the name', async () => {
        const { page, trouble } = await site.open('/sales');
        await choose(page, 'Period', 'Feb 2026');
        await choose(page, 'Person', eva);
        await settled(() => bigNumber(page, 'Booked revenue').innerText()).toBe('€1,000');
        expect(new URL(page.url()).searchParams.get('person')).toBe(`e'va/"<{`);
        await page.reload({ waitUntil: 'networkidle' });
        await settled(() => bigNumber(page, 'Booked revenue').innerText()).toBe('€1,000');
        expect(trouble).toEqual([]);
    });

    test('shows its campaign by its name', async () => {
        const { page } = await site.open('/marketing');
        const names = (await tableRows(page, 'Campaign')).map((row) => row.Campaign);
        expect(names).toContain(`Gates "search" <img src=x onerror="window.hasRun = true"> {it's}`);
    });
});
