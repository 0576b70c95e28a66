import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
        site = await openSite(sample, browser);
    });
    afterAll(() => site.close());

    /** Nothing went wrong, and the engine that answers filters was fetched for it. */
    function expectWorkingEngine({ trouble, requests }: OpenPage) {
        expect(trouble).toEqual([]);
        expect(requests.some((path) => path.endsWith('.wasm'))).toBe(true);
    }

    test.each(['/', '/leadership'])('of the quarter on %s', async (path) => {
        const opened = await site.open(path);
        const number = bigNumber(opened.page, 'Collected revenue');
        const before = await number.innerText();
        await choose(opened.page, 'Quarter', '2024 Q3');
        const expected = await collectedIn('2024-07-01');
        expect(expected).not.toBe(before);
        await settled(() => number.innerText()).toBe(expected);
        await settled(() => opened.page.locator('.answer').innerText()).toContain('Q3 2024');
        expectWorkingEngine(opened);
    });

    test.each(['/marketing', '/marketing/paid_search'])('of the period on %s', async (path) => {
        const opened = await site.open(path);
        const filter = ['--select=spend', '--scope=channel', '--period=quarter'];
        const spend = (await exportKpis(sample, ...filter)).filter(
            (row) => row.period_start === '2024-07-01' && row.value !== null,
        );
        const kept =
            path === '/marketing' ? spend : spend.filter((row) => row.scope_id === 'paid_search');
        const expected = kept.reduce((sum, row) => sum + Number(row.value), 0);
        await choose(opened.page, 'Period', '2024 Q3');
        const number = bigNumber(opened.page, 'Ad spend');
        await settled(() => number.innerText()).toBe(euros(String(expected)));
        expectWorkingEngine(opened);
    });

    test('of the attribution model moves money between channels and none in or out', async () => {
        const opened = await site.open('/marketing');
        const collected = async () =>
            (await tableRows(opened.page, 'Channel')).map(
                (row) => `${row.Channel} ${row.Collected}`,
            );
        const total = `Total ${await collectedIn('2024-07-01')}`;
        await choose(opened.page, 'Period', '2024 Q3');
        await settled(collected).toContain(total);
        const before = await collected();
        await choose(opened.page, 'Attribution model', 'First touch');
        await settled(async () => (await collected()).toSorted()).not.toEqual(before.toSorted());
        await settled(collected).toContain(total);
        expect((await collected()).length).toBeGreaterThan(3);
        expectWorkingEngine(opened);
    });

    test('is reached by keyboard, a month of 2023 too, and keeps the focus', async () => {
        const { page } = await site.open('/sales');
        const filter = filterOf(page, 'Period');
        await filter.focus();
        await page.keyboard.type('Sep 2023');
        await page.keyboard.press('Enter');
        await settled(() => page.locator('.state').innerText()).toContain('Period Sep 2023');
        expect(await filter.inputValue()).toBe('Sep 2023');
        expect(await filter.evaluate((one) => one.matches(':focus'))).toBe(true);
        expect(new URL(page.url()).search).toBe('?period=sep-2023');
    });

    test('of the person on /sales', async () => {
        const opened = await site.open('/sales');
        const filter = ['--select=booked_revenue', '--scope=person', '--period=quarter'];
        const rows = await exportKpis(sample, ...filter);
        const latest = rows
            .map((row) => row.period_start)
            .toSorted()
            .at(-1);
        const elena = rows.find((row) => row.scope_id === 'elena' && row.period_start === latest);
        await choose(opened.page, 'Person', 'Elena Stoica');
        const number = bigNumber(opened.page, 'Booked revenue');
        await settled(() => number.innerText()).toBe(euros(elena?.value ?? null));
        await settled(() => opened.page.locator('.answer').innerText()).toContain('Elena');
        expectWorkingEngine(opened);
    });

    test('of the month on a statement and on /finance', async () => {
        const statements = await exportMart(sample, 'fct_bonus_statements');
        const of = (payee: string) =>
            statements.find((row) => row.payee_id === payee && row.period_start === '2025-08-01');
        const statement = await site.open('/finance/statement/boris');
        await choose(statement.page, 'Month', 'Aug 2025');
        const number = bigNumber(statement.page, 'Payable, EUR');
        await settled(() => number.innerText()).toBe(cents(String(of('boris')?.payable_amount)));
        expectWorkingEngine(statement);

        const finance = await site.open('/finance');
        await choose(finance.page, 'Month', 'Aug 2025');
        const paid = async () =>
            (await tableRows(finance.page, 'Person')).find((row) => row.Person === 'Boris Popa')
                ?.Payable;
        await settled(paid).toBe(cents(String(of('boris')?.payable_amount)));
        expectWorkingEngine(finance);
    });

    test('keeps the old numbers, dimmed, until the new ones are there', async () => {
        const { page } = await site.open('/leadership');
        const number = bigNumber(page, 'Collected revenue');
        const before = await number.innerText();
        let release = () => {};
        const isReleased = new Promise<void>((done) => {
            release = done;
        });
        await page.route('**/*.wasm', async (route) => {
            await isReleased;
            await route.continue();
        });
        await choose(page, 'Quarter', '2024 Q3');
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('true');
        await page.waitForTimeout(1000);
        expect(await number.innerText()).toBe(before);
        const opacity = () =>
            page.evaluate(`getComputedStyle(document.querySelector('main .cards')).opacity`);
        await settled(() => opacity()).toBe('0.45');
        release();
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
        expect(await number.innerText()).toBe(await collectedIn('2024-07-01'));
        await settled(() => opacity()).toBe('1');
    });
});

describe.skipIf(!browser)('a filter whose numbers cannot be fetched', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(sample, browser);
    });
    afterAll(() => site.close());

    test('says so instead of showing those of another choice', async () => {
        const { page } = await site.open('/leadership');
        const number = bigNumber(page, 'Collected revenue');
        expect(await number.count()).toBe(1);
        await page.route('**/*.parquet', (route) => route.abort());
        await choose(page, 'Quarter', '2024 Q3');
        await settled(() => page.locator('main').innerText()).toContain(
            'These numbers could not be read',
        );
        await settled(() => number.count()).toBe(0);
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
    });
});

describe.skipIf(!browser)('the address of a page', () => {
    let site: OpenSite;
    beforeAll(async () => {
        site = await openSite(sample, browser);
    });
    afterAll(() => site.close());

    const chosen = async (page: Page) =>
        Promise.all((await page.locator('.filter select').all()).map((one) => one.inputValue()));

    test('shows a colleague the same numbers, also after a reload', async () => {
        const { page } = await site.open('/marketing');
        await choose(page, 'Period', '2024 Q3');
        await choose(page, 'Attribution model', 'Linear');
        await settled(async () => new URL(page.url()).search).toBe('?period=2024-q3&model=linear');
        const number = (on: Page) => bigNumber(on, 'Won deals').innerText();
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
        const seen = await number(page);
        const colleague = await site.open(page.url());
        await settled(() => number(colleague.page)).toBe(seen);
        expect(await chosen(colleague.page)).toEqual(['2024 Q3', 'Linear']);
        expect(colleague.trouble).toEqual([]);
        await colleague.page.reload({ waitUntil: 'networkidle' });
        await settled(() => number(colleague.page)).toBe(seen);
        expect(await chosen(colleague.page)).toEqual(['2024 Q3', 'Linear']);
    });

    test('never shows the numbers of another choice undimmed', async () => {
        const { page } = await site.open('/marketing?period=2024-q3');
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
        const final = await bigNumber(page, 'Collected revenue').innerText();
        await page.addInitScript(watchUndimmed);
        await page.reload({ waitUntil: 'networkidle' });
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
        const seen = await page.evaluate('[...new Set(window.seen)]');
        expect(seen).toEqual([final]);
    });

    test('goes along with every link and comes back with Back', async () => {
        const { page } = await site.open('/marketing');
        const start = await chosen(page);
        await choose(page, 'Period', '2024 Q3');
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
        await page.getByRole('link', { name: 'Paid search' }).first().click();
        await settled(async () => new URL(page.url()).pathname).toBe('/marketing/paid_search/');
        await settled(() => chosen(page)).toEqual(['2024 Q3', start[1]]);
        await settled(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
        await page.getByRole('link', { name: 'Leadership', exact: true }).click();
        await settled(() => chosen(page)).toEqual(['2024 Q3']);
        const collected = await collectedIn('2024-07-01');
        const direct = await site.open('/leadership?period=2024-q3');
        for (const shown of [page, direct.page]) {
            await settled(() => bigNumber(shown, 'Collected revenue').innerText()).toBe(collected);
        }
        await page.goBack();
        await settled(() => chosen(page)).toEqual(['2024 Q3', start[1]]);
        await page.goBack();
        await settled(async () => new URL(page.url()).pathname).toMatch(/^\/marketing\/?$/);
        await settled(() => chosen(page)).toEqual(['2024 Q3', start[1]]);
        await page.goBack();
        await settled(() => chosen(page)).toEqual(start);
    });

    test('that names what a page does not have says so', async () => {
        const { page, trouble } = await site.open('/finance?period=2024-q3');
        await settled(() => page.locator('.filters').innerText()).toContain(
            '“2024-q3” is not available on this page.',
        );
        expect(trouble).toEqual([]);
    });

    test('is printed as the choice it stands for', async () => {
        const { page } = await site.open('/marketing?period=2024-q3&model=first');
        await page.emulateMedia({ media: 'print' });
        const printed = await page.locator('.filters').innerText();
        expect(printed.replace(/\s+/g, ' ')).toContain('Period 2024 Q3');
        expect(printed.replace(/\s+/g, ' ')).toContain('Attribution model First touch');
        expect(await page.locator('.filters select').first().isVisible()).toBe(false);
    });

    test.each(['/marketing/nobody', '/finance/statement/nobody', '/marketing/~zz'])(
        'of nobody, %s, is told like any unknown one',
        async (path) => {
            const { page, status } = await site.open(path);
            expect(status).toBe(404);
            const heading = page.getByRole('heading', { level: 1 });
            expect(await heading.allInnerTexts()).toEqual(['There is no such page']);
            expect(await page.title()).toBe('There is no such page · Jointly');
        },
    );
});
