import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportMart, type MartRow, sumOf } from '../end-to-end/support/exports.ts';
import {
    bigNumber,
    browserFor,
    type OpenSite,
    openSite,
    settled,
    tableRows,
} from './support/site.ts';
import { cents } from './support/written.ts';

const browser = await browserFor(sample);

describe.skipIf(!browser)('pay on the pages equals the exported statements, to the cent', () => {
    let site: OpenSite;
    let statements: readonly MartRow[];
    let month: string;

    beforeAll(async () => {
        site = await openSite(sample);
        const all = await exportMart(sample, 'fct_bonus_statements');
        month =
            all
                .map((row) => String(row.period_start))
                .toSorted()
                .at(-1) ?? '';
        statements = all.filter((row) => row.period_start === month);
        expect(statements).toHaveLength(8);
    });

    test('in the payouts of the month and their sum, and on the statement each name leads to', async () => {
        const lines = await exportMart(sample, 'fct_bonus_statement_lines');
        const amountsOf = ({ payee_id: payee }: MartRow) =>
            lines
                .filter((line) => line.payee_id === payee && line.period_start === month)
                .toSorted((one, other) => Number(one.line_number) - Number(other.line_number))
                .map((line) => cents(String(line.amount)));
        const { page, trouble } = await site.open('/finance');
        const payouts = await tableRows(page, 'Person');
        for (const statement of statements) {
            const name = String(statement.payee_name);
            const payable = cents(String(statement.payable_amount));
            expect(payouts.find((one) => one.Person === name)?.Payable, name).toBe(payable);
            await page.getByRole('link', { name, exact: true }).first().click();
            await settled(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(name);
            await settled(() => bigNumber(page, 'Payable, EUR').innerText()).toBe(payable);
            const amounts = async () => (await tableRows(page, 'Line')).map((row) => row.Amount);
            await settled(amounts).toEqual([...amountsOf(statement), payable]);
            expect(new URL(page.url()).pathname).toBe(`/finance/statement/${statement.payee_id}/`);
            await page.goBack();
            await settled(async () => new URL(page.url()).pathname).toMatch(/^\/finance\/?$/);
        }
        const sum = sumOf(statements.map((row) => String(row.payable_amount)));
        expect(payouts.at(-1)?.Payable).toBe(cents(sum));
        expect(trouble).toEqual([]);
    });
});
