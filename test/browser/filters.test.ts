import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportKpis, exportMart } from '../end-to-end/support/exports.ts';
import {
    bigNumber,
    choose,
    type OpenPage,
    type OpenSite,
    openSite,
    settled,
    tableRows,
} from './support/site.ts';
import { cents, euros } from './support/written.ts';

const browser = inject('browser');

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

    const collectedIn = async (quarter: string) => {
        const filter = ['--select=collected_revenue', '--scope=company', '--period=quarter'];
        const row = (await exportKpis(sample, ...filter)).find(
            (one) => one.period_start === quarter,
        );
        return euros(row?.value ?? null);
    };

    test.each(['/', '/leadership'])('of the quarter on %s', async (path) => {
        const opened = await site.open(path);
        const number = bigNumber(opened.page, 'Collected revenue');
        const before = await number.innerText();
        await choose(opened.page, 'Quarter', '2024 Q3');
        const expected = await collectedIn('2024-07-01');
        expect(expected).not.toBe(before);
        await settled(() => number.innerText()).toBe(expected);
        await settled(() => opened.page.locator('.answer').innerText()).toContain('2024 Q3');
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
        await choose(opened.page, 'Deals credited to', 'First touch');
        await settled(async () => (await collected()).toSorted()).not.toEqual(before.toSorted());
        await settled(collected).toContain(total);
        expect((await collected()).length).toBeGreaterThan(3);
        expectWorkingEngine(opened);
    });

    test('leaves the focus on the filter it was chosen in', async () => {
        const { page } = await site.open('/leadership');
        const filter = page.getByRole('combobox', { name: 'Quarter', exact: true });
        await filter.click();
        await page.locator('[data-cmdk-input]').last().fill('2024 Q3');
        await page.getByRole('option', { name: '2024 Q3', exact: true }).click();
        await settled(() => filter.innerText()).toContain('2024 Q3');
        await settled(() => filter.evaluate((button) => button.matches(':focus'))).toBe(true);
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
});
