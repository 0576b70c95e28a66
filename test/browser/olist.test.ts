import { beforeAll, describe, expect, inject, test } from 'vitest';
import { olist } from '../end-to-end/support/companies.ts';
import { expectSoundPage } from './support/expect-sound-page.ts';
import {
    bigNumber,
    browserFor,
    choose,
    type OpenSite,
    openSite,
    pagesOfEachKind,
    settled,
} from './support/site.ts';

const browser = inject('hasOlist') ? await browserFor(olist) : '';

describe.skipIf(!browser)('the pages of a company with leads and won deals only', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(olist);
    });

    test.each(browser ? pagesOfEachKind(olist) : ['/'])('%s is sound', async (path) => {
        await expectSoundPage(await site.read(path));
    });

    test.each([
        ['/', 'No targets for both departments and the company yet.'],
        ['/leadership', "Add an input for the stream “payments” to the company's config"],
        ['/marketing', "Add an input for the stream “ad_spend” to the company's config"],
        ['/sales', "Add an input for the stream “activities” to the company's config"],
        ['/marketing/lead-quality', "Write them into the company's rules as lead_quality/"],
        ['/qa', 'add an input for the stream “lead_audits”'],
        ['/finance', "To add a plan, write three files into the company's rules"],
    ])('%s says what is missing and how to add it: %s', async (path, advice) => {
        const { page } = await site.read(path);
        const notices = await page.locator('.notice').allInnerTexts();
        expect(notices.join('\n')).toContain(advice);
    });

    test('/data-health names the sources that are not connected', async () => {
        const { page } = await site.read('/data-health');
        const text = await page.locator('main').innerText();
        for (const stream of [
            ...[
                'ad_spend',
                'sessions',
                'lead_events',
                'deal_stage_history',
                'payments',
                'activities',
                'lead_answers',
                'lead_audits',
                'internal_requests',
                'clock_pauses',
                'client_assignments',
                'complaints',
            ],
        ]) {
            expect(text).toContain(`stream “${stream}”`);
        }
    });

    test('an unknown number is not available with its reason, never zero', async () => {
        const { page } = await site.read('/leadership');
        expect(await bigNumber(page, 'Collected revenue').innerText()).toBe('n/a');
        const cards = await page.locator('.kpi-card').allInnerTexts();
        expect(cards.join('\n')).toContain('source not connected: payments');
    });

    test('filters work without the sources that are missing', async () => {
        const opened = await site.open('/');
        await choose(opened.page, 'Quarter', '2018 Q1');
        const { page } = opened;
        await settled(() => page.locator('.answer').innerText()).toContain('Q1 2018');
        expect(opened.trouble).toEqual([]);
    });
});
