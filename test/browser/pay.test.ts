import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportMart, type MartRow, sumOf } from '../end-to-end/support/exports.ts';
import { bigNumber, browserFor, type OpenSite, openSite, tableRows } from './support/site.ts';
import { cents } from './support/written.ts';

const browser = await browserFor(sample);

describe.skipIf(!browser)('pay on the pages equals the exported statements, to the cent', () => {
    let site: OpenSite;
    let statements: readonly MartRow[];
    let month: string;

    beforeAll(async () => {
        site = await openSite(sample, browser);
        const all = await exportMart(sample, 'fct_bonus_statements');
        month =
            all
                .map((row) => String(row.period_start))
                .toSorted()
                .at(-1) ?? '';
        statements = all.filter((row) => row.period_start === month);
        expect(statements).toHaveLength(8);
    });
    afterAll(() => site.close());

    test('on the page of every payee: the amount, and the lines that lead to it', async () => {
        const lines = await exportMart(sample, 'fct_bonus_statement_lines');
        const amountsOf = ({ payee_id: payee }: MartRow) =>
            lines
                .filter((line) => line.payee_id === payee && line.period_start === month)
                .toSorted((one, other) => Number(one.line_number) - Number(other.line_number))
                .map((line) => cents(String(line.amount)));
        for (const statement of statements) {
            const { page } = await site.open(`/finance/statement/${statement.payee_id}`);
            const payable = cents(String(statement.payable_amount));
            expect(await bigNumber(page, 'Payable, EUR').innerText()).toBe(payable);
            const rows = await tableRows(page, 'Line');
            expect(rows.map((row) => row.Amount)).toEqual([...amountsOf(statement), payable]);
            await page.context().close();
        }
    });

    test('in the payouts of the month, and in their sum', async () => {
        const { page } = await site.open('/finance');
        const rows = await tableRows(page, 'Person');
        for (const statement of statements) {
            const row = rows.find((one) => one.Person === statement.payee_name);
            expect(row?.Payable, String(statement.payee_id)).toBe(
                cents(String(statement.payable_amount)),
            );
        }
        const sum = sumOf(statements.map((row) => String(row.payable_amount)));
        expect(rows.at(-1)?.Payable).toBe(cents(sum));
    });
});
