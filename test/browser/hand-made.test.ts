import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
} from './support/site.ts';

const browser = await browserFor(handMade);

describe.skipIf(!browser)(
    'the pages of a company with one quarter, no plan and a day without a rate',
    () => {
        let site: OpenSite;
        beforeAll(async () => {
            site = await openSite(handMade, browser);
        });
        afterAll(() => site.close());

        test.each(browser ? builtPages(handMade) : ['/'])('%s is sound', async (path) => {
            await expectSoundPage(await site.read(path));
        });

        test('give what is known, and the reason where one day makes a number unknown', async () => {
            const { page } = await site.read('/marketing');
            expect(await bigNumber(page, 'Collected revenue').innerText()).toBe('€1,250');
            expect(await bigNumber(page, 'Ad spend').innerText()).toBe('n/a');
            expect(await page.locator('main').innerText()).toContain('without an exchange rate');
        });

        test('and give the month of one person, worked out by hand, when it is chosen', async () => {
            const { page, trouble } = await site.open('/sales');
            await choose(page, 'Period', 'Feb 2026');
            await choose(page, 'Person', 'Eva Lupu');
            await settled(() => bigNumber(page, 'Booked revenue').innerText()).toBe('€1,000');
            const answered = bigNumber(page, 'SLA compliance (sales)');
            await settled(() => answered.innerText()).toBe('50.0%');
            expect(trouble).toEqual([]);
        });
    },
);
