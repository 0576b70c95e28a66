import { expect, it } from 'vitest';
import { refusalOf } from './rules-folder.ts';

const file = 'incentives/accounting_payments';
const header = 'period,payment_id,amount,explanation,author_id';
const refusal = (...rows: string[]) => refusalOf({ [file]: [header, ...rows] });

it.each([
    [['2026-09,p1,10.00,booked in October,'], 'explains a difference by halves'],
    [['2026-09,p1,10.00,,olga'], 'explains a difference by halves'],
    [['2026-09,p1,10.00,,', '2026-09,,10.00,,'], 'has a sum of 2026-09 beside single payments'],
    [['2026-09,p1,10.001,,'], '2 decimals, got'],
])('accounting is refused for %j', async (rows, message) => {
    expect(String(await refusal(...rows))).toContain(message);
});

it('accounting is taken as payments with refunds, explained or not, or as one sum a month', async () => {
    const rows = ['2026-08,,10.50,,', '2026-09,p1,10.00,net of the fee,olga', '2026-09,r1,-2,,'];
    expect(await refusal(...rows)).toBeUndefined();
});
