import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportKpis, exportMart } from '../end-to-end/support/exports.ts';
import {
    bigNumber,
    browserFor,
    choose,
    filterOf,
    type OpenPage,
    type OpenSite,
    openSite,
    settled,
    tableRows,
} from './support/site.ts';
import { cents, euros } from './support/written.ts';

const browser = await browserFor(sample);

/** Collected revenue of the company in a quarter, as a card writes it. */
const collectedIn = async (quarter: string) => {
    const filter = ['--select=collected_revenue', '--scope=company', '--period=quarter'];
    const rows = await exportKpis(sample, ...filter);
    return euros(rows.find((row) => row.period_start === quarter)?.value ?? null);
};

/** Ad spend in a quarter by channel, where there is any. */
const spendOfChannels = async (quarter: string) => {
    const rows = await exportKpis(sample, '--select=spend', '--scope=channel', '--period=quarter');
    return new Map(
        rows
            .filter((row) => row.period_start === quarter && row.value !== null)
            .map((row) => [row.scope_id, Number(row.value)]),
    );
};

const isBusy = (page: Page) => page.locator('main').getAttribute('aria-busy');

/** What stands in the filters of a page. */
const chosen = async (page: Page) =>
    Promise.all((await page.locator('.filter select').all()).map((one) => one.inputValue()));

/** Notes in `seen` every amount of the first card that a reader sees undimmed, from the first paint on. */
const watchUndimmed = `
    window.seen = [];
    (function look() {
        const isDimmed = document.querySelector('.pending, .has-filters') !== null;
        const cards = [...document.querySelectorAll('.kpi-card')];
        const card = cards.find((one) => one.querySelector('.label').textContent === 'Collected revenue');
        if (card && !isDimmed) window.seen.push(card.querySelector('.value').textContent.trim());
        requestAnimationFrame(look);
    })();
`;

describe.skipIf(!browser)('another value of a filter', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(sample);
    });

    /** Nothing went wrong, and the engine that answers filters was fetched for it. */
    function expectWorkingEngine({ trouble, requests }: OpenPage) {
        expect(trouble).toEqual([]);
        expect(requests.some((path) => path.endsWith('.wasm'))).toBe(true);
    }

    test('of the quarter on / keeps the old numbers, dimmed, until the new ones are there', async () => {
        const opened = await site.open('/');
        const { page } = opened;
        const number = bigNumber(page, 'Collected revenue');
        const before = await number.innerText();
        const expected = await collectedIn('2024-07-01');
        expect(expected).not.toBe(before);
        let release = () => {};
        const isReleased = new Promise<void>((done) => {
            release = done;
        });
        await page.route('**/*.wasm', async (route) => {
            await isReleased;
            await route.continue();
        });
        await choose(page, 'Quarter', '2024 Q3');
        await settled(() => isBusy(page)).toBe('true');
        const opacity = () =>
            page.evaluate(`getComputedStyle(document.querySelector('main .cards')).opacity`);
        await settled(() => opacity()).toBe('0.45');
        // Whatever was shown instead of the old numbers, after a moment of grace, would stand by then.
        await page.waitForTimeout(500);
        expect(await number.innerText()).toBe(before);
        release();
        await settled(() => isBusy(page)).toBe('false');
        expect(await number.innerText()).toBe(expected);
        await settled(() => page.locator('.answer').innerText()).toContain('Q3 2024');
        await settled(() => opacity()).toBe('1');
        expectWorkingEngine(opened);
    });

    test('says so when its numbers cannot be fetched, and shows them when they can', async () => {
        const { page } = await site.open('/leadership');
        const number = bigNumber(page, 'Collected revenue');
        expect(await number.count()).toBe(1);
        await page.route('**/*.parquet', (route) => route.abort());
        await choose(page, 'Quarter', '2024 Q3');
        await settled(() => page.locator('main').innerText()).toContain(
            'These numbers could not be read',
        );
        await settled(() => number.count()).toBe(0);
        await settled(() => isBusy(page)).toBe('false');
        await page.unroute('**/*.parquet');
        await choose(page, 'Quarter', '2024 Q2');
        await settled(() => number.count()).toBe(1);
        await settled(() => number.innerText()).toBe(await collectedIn('2024-04-01'));
        await settled(() => page.locator('.answer').innerText()).toContain('Q2 2024');
    });

    test('of the person and, by keyboard, the period on /sales, a month of 2023 too', async () => {
        const opened = await site.open('/sales');
        const { page } = opened;
        const filter = ['--select=booked_revenue', '--scope=person', '--period=quarter'];
        const rows = await exportKpis(sample, ...filter);
        const latest = rows
            .map((row) => row.period_start)
            .toSorted()
            .at(-1);
        const elena = rows.find((row) => row.scope_id === 'elena' && row.period_start === latest);
        await choose(page, 'Person', 'Elena Stoica');
        const number = bigNumber(page, 'Booked revenue');
        await settled(() => number.innerText()).toBe(euros(elena?.value ?? null));
        await settled(() => page.locator('.answer').innerText()).toContain('Elena');

        const period = filterOf(page, 'Period');
        await period.focus();
        await page.keyboard.type('Sep 2023');
        await page.keyboard.press('Enter');
        await settled(() => page.locator('.state').innerText()).toContain('Period Sep 2023');
        expect(await period.inputValue()).toBe('Sep 2023');
        expect(await period.evaluate((one) => one.matches(':focus'))).toBe(true);
        expect(new URL(page.url()).searchParams.get('period')).toBe('sep-2023');
        expectWorkingEngine(opened);
    });

    test('of the month on /finance and, with the link of a person, on the statement', async () => {
        const opened = await site.open('/finance?period=2024-q3');
        const { page } = opened;
        await settled(() => page.locator('.filters').innerText()).toContain(
            '“2024-q3” is not available on this page.',
        );
        const boris = (await exportMart(sample, 'fct_bonus_statements')).find(
            (row) => row.payee_id === 'boris' && row.period_start === '2025-08-01',
        );
        const payable = cents(String(boris?.payable_amount));
        await choose(page, 'Month', 'Aug 2025');
        const paid = async () =>
            (await tableRows(page, 'Person')).find((row) => row.Person === 'Boris Popa')?.Payable;
        await settled(paid).toBe(payable);
        await page.getByRole('link', { name: 'Boris Popa', exact: true }).first().click();
        await settled(() => bigNumber(page, 'Payable, EUR').innerText()).toBe(payable);
        expect(new URL(page.url()).pathname).toBe('/finance/statement/boris/');
        expect(await filterOf(page, 'Month').inputValue()).toBe('Aug 2025');
        expectWorkingEngine(opened);
    });

    test('of the period and the attribution model on /marketing, printed and sent to a colleague', async () => {
        const opened = await site.open('/marketing');
        const { page } = opened;
        const collected = async () =>
            (await tableRows(page, 'Channel')).map((row) => `${row.Channel} ${row.Collected}`);
        const total = `Total ${await collectedIn('2024-07-01')}`;
        await choose(page, 'Period', '2024 Q3');
        const spend = await spendOfChannels('2024-07-01');
        const sum = [...spend.values()].reduce((all, one) => all + one, 0);
        await settled(() => bigNumber(page, 'Ad spend').innerText()).toBe(euros(String(sum)));
        await settled(collected).toContain(total);
        const before = await collected();
        // Another model moves money between channels, and none in or out.
        await choose(page, 'Attribution model', 'First touch');
        await settled(async () => (await collected()).toSorted()).not.toEqual(before.toSorted());
        await settled(collected).toContain(total);
        expect((await collected()).length).toBeGreaterThan(3);
        await settled(() => isBusy(page)).toBe('false');
        expect(new URL(page.url()).search).toBe('?period=2024-q3&model=first');
        expectWorkingEngine(opened);

        await page.emulateMedia({ media: 'print' });
        const printed = (await page.locator('.filters').innerText()).replace(/\s+/g, ' ');
        expect(printed).toContain('Period 2024 Q3');
        expect(printed).toContain('Attribution model First touch');
        expect(await page.locator('.filters select').first().isVisible()).toBe(false);

        // The same numbers, and never undimmed ones of another choice: the first time and after a reload.
        const colleague = await site.open(page.url(), watchUndimmed);
        const shown = (on: Page) =>
            Promise.all(
                ['Collected revenue', 'Won deals'].map((card) => bigNumber(on, card).innerText()),
            );
        const seen = await shown(page);
        const expectSame = async () => {
            await settled(() => isBusy(colleague.page)).toBe('false');
            await settled(() => shown(colleague.page)).toEqual(seen);
            expect(await chosen(colleague.page)).toEqual(['2024 Q3', 'First touch']);
            expect(await colleague.page.evaluate('[...new Set(window.seen)]')).toEqual([seen[0]]);
        };
        await expectSame();
        await colleague.page.reload({ waitUntil: 'networkidle' });
        await expectSame();
        expect(colleague.trouble).toEqual([]);
    });

    test('goes along with every link and comes back with Back', async () => {
        const { page } = await site.open('/marketing');
        const start = await chosen(page);
        await choose(page, 'Period', '2024 Q3');
        await settled(() => isBusy(page)).toBe('false');
        await page.getByRole('link', { name: 'Paid search' }).first().click();
        await settled(async () => new URL(page.url()).pathname).toBe('/marketing/paid_search/');
        await settled(() => chosen(page)).toEqual(['2024 Q3', start[1]]);
        const spend = (await spendOfChannels('2024-07-01')).get('paid_search');
        await settled(() => bigNumber(page, 'Ad spend').innerText()).toBe(euros(String(spend)));
        await settled(() => isBusy(page)).toBe('false');
        await page.getByRole('link', { name: 'Leadership', exact: true }).click();
        await settled(async () => new URL(page.url()).pathname).toBe('/leadership/');
        await settled(() => chosen(page)).toEqual(['2024 Q3']);
        const collected = await collectedIn('2024-07-01');
        await settled(() => bigNumber(page, 'Collected revenue').innerText()).toBe(collected);
        await page.goBack();
        await settled(() => chosen(page)).toEqual(['2024 Q3', start[1]]);
        await page.goBack();
        await settled(async () => new URL(page.url()).pathname).toMatch(/^\/marketing\/?$/);
        await settled(() => chosen(page)).toEqual(['2024 Q3', start[1]]);
        await page.goBack();
        await settled(() => chosen(page)).toEqual(start);
    });

    test.each(['/marketing/nobody', '/finance/statement/nobody', '/marketing/~zz'])(
        'an address of nobody, %s, is told like any unknown one',
        async (path) => {
            const { page, status } = await site.open(path);
            expect(status).toBe(404);
            const heading = page.getByRole('heading', { level: 1 });
            expect(await heading.allInnerTexts()).toEqual(['There is no such page']);
            expect(await page.title()).toBe('There is no such page · Jointly');
        },
    );
});
