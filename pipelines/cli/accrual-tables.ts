import type { AmountTable } from '../export/amount-tables.ts';
import type { AccrualRow, DeferralRow } from '../finance/accruals.ts';
import { amountOf, sumOf } from '../finance/money.ts';

function withTotals<Row extends { readonly currency_code: string }>(
    table: Omit<AmountTable<Row>, 'totals'>,
): AmountTable<Row> {
    const amounts = table.columns.filter(({ kind }) => kind === 'amount');
    const currencies = Map.groupBy(table.rows, (row) => row.currency_code);
    const totals = [...currencies].map(([currency, own]) => {
        const sums = amounts.map(({ name }) => {
            return [name, amountOf(sumOf(own.map((row) => String(row[name]))))] as const;
        });
        return [currency, Object.fromEntries(sums)] as const;
    });
    return { ...table, totals: new Map(totals) };
}

const who = (['payee_id', 'payee_name', 'department_id', 'component_id', 'component'] as const).map(
    (name) => ({ name, kind: 'text' as const }),
);
const amount = <Name extends string>(name: Name, ...of: readonly string[]) => ({
    name,
    kind: 'amount' as const,
    ...(of.length > 0 ? { of } : {}),
});

/** What is earned and not paid, as a table whose closing amount follows from the others. */
export const accrualTable = (rows: readonly AccrualRow[]): AmountTable<AccrualRow> =>
    withTotals({
        name: 'accruals',
        rows,
        columns: [
            ...who,
            { name: 'incremental_cost', kind: 'text' },
            { name: 'currency_code', kind: 'text' },
            amount('opening_amount'),
            amount('earned_amount'),
            amount('adjustment_amount'),
            amount('paid_amount'),
            amount(
                'closing_amount',
                'opening_amount',
                'earned_amount',
                'adjustment_amount',
                '-paid_amount',
            ),
        ],
    });

/** The deferral schedule as a table. */
export const deferralTable = (rows: readonly DeferralRow[]): AmountTable<DeferralRow> =>
    withTotals({
        name: 'deferral',
        rows,
        columns: [
            ...who,
            { name: 'earned', kind: 'text' },
            { name: 'amortisation_months', kind: 'count' },
            { name: 'elapsed_months', kind: 'count' },
            { name: 'currency_code', kind: 'text' },
            amount('cost_amount'),
            amount('opening_amount'),
            amount('added_amount'),
            amount('amortised_amount'),
            amount('closing_amount', 'opening_amount', 'added_amount', '-amortised_amount'),
            amount('current_amount'),
            amount('later_amount', 'closing_amount', '-current_amount'),
        ],
    });
