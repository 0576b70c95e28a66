import { beforeAll, describe, expect, test } from 'vitest';
import { handMade } from '../end-to-end/support/companies.ts';
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

const browser = await browserFor(handMade);
const eva = `Eva "Ev" O'Lupu <b>{x}`;

describe.skipIf(!browser)(
    'the pages of a company with one quarter, a day without a rate, and quotes, slashes and tags in its names',
    () => {
        let site: OpenSite;
        beforeAll(async () => {
            site = await openSite(handMade);
        });

        test.each(browser ? builtPages(handMade) : ['/'])('%s is sound', async (path) => {
            const opened = await site.read(path);
            await expectSoundPage(opened);
            expect(await opened.page.evaluate('window.hasRun')).toBe(undefined);
            expect(await opened.page.locator('main img').count()).toBe(0);
        });

        test('give what is known, and the reason where one day makes a number unknown', async () => {
            const { page } = await site.read('/marketing');
            expect(await bigNumber(page, 'Collected revenue').innerText()).toBe('€1,250');
            expect(await bigNumber(page, 'Ad spend').innerText()).toBe('n/a');
            expect(await page.locator('main').innerText()).toContain('without an exchange rate');
        });

        test('show a campaign by its name', async () => {
            const { page } = await site.read('/marketing');
            const names = (await tableRows(page, 'Campaign')).map((row) => row.Campaign);
            expect(names).toContain(
                `Gates "search" <img src=x onerror="window.hasRun = true"> {it's}`,
            );
        });

        test('have one for the payee, linked from the payouts', async () => {
            const { page, trouble } = await site.open('/finance');
            await page.getByRole('link', { name: eva, exact: true }).first().click();
            await settled(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(eva);
            await settled(() => bigNumber(page, 'Payable, EUR').innerText()).toMatch(/^\d/);
            expect((await tableRows(page, 'Line'))[0]?.Line).toContain(`Booked 'revenue' <{`);
            expect(trouble).toEqual([]);
        });

        test('have one for the channel, linked from the channels', async () => {
            const { page, trouble } = await site.open('/marketing');
            const label = `O'B "radio" <i>{1}`;
            await page.getByRole('link', { name: label, exact: true }).first().click();
            await settled(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(label);
            await settled(() => bigNumber(page, 'Leads').innerText()).toMatch(/^\d/);
            expect(trouble).toEqual([]);
        });

        test('give the month of one person, worked out by hand, when it is chosen', async () => {
            const { page, trouble } = await site.open('/sales');
            const expectMonth = async () => {
                await settled(() => bigNumber(page, 'Booked revenue').innerText()).toBe('€1,000');
                const answered = bigNumber(page, 'SLA compliance (sales)');
                await settled(() => answered.innerText()).toBe('50.0%');
            };
            await choose(page, 'Period', 'Feb 2026');
            await choose(page, 'Person', eva);
            await expectMonth();
            expect(new URL(page.url()).searchParams.get('person')).toBe(`e'va/"<{`);
            await page.reload({ waitUntil: 'networkidle' });
            await expectMonth();
            expect(trouble).toEqual([]);
        });
    },
);
