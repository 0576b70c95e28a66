import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseFile } from './cases.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
    type TestInput,
} from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const comma = { decimal_separator: ',', thousands_separator: '.' } as const;
const point = { thousands_separator: ',' } as const;

async function netAmount(written: string, numbers: object, mapping: object = {}) {
    company.write('p.csv', csv('payment_id;paid_at;net', `p;2026-01-01;"${written}"`));
    company.configure(
        [
            {
                name: 'bank',
                stream: 'payments',
                files: ['p.csv'],
                format: { type: 'csv', delimiter: ';', ...numbers },
                columns: { net_amount: { column: 'net', ...mapping } },
                constants: {
                    kind: written.match(/[-−(]/) ? 'refund' : 'payment',
                    currency_code: 'EUR',
                },
            },
        ],
        { max_reject_share: 1 },
    );
    countsOf(await company.load());
    const [row] = await company.query('select net_amount from raw_files.payments');
    return row?.net_amount;
}

describe('money as people write it', () => {
    it.each([
        ['$125000', {}, '125000.00'],
        ['£1,012.40', point, '1012.40'],
        ['1,012.40 €', point, '1012.40'],
        ['1.012,40 €', comma, '1012.40'],
        ['€ 1.012,40', comma, '1012.40'],
        ['EUR 12.5', {}, '12.50'],
        ['12,5 zł', comma, '12.50'],
        ['1 500,50 руб.', { decimal_separator: ',' }, '1500.50'],
        ['1\u00a0500,50\u00a0₽', { decimal_separator: ',' }, '1500.50'],
        ['1\u202f500,50\u202f€', { decimal_separator: ',' }, '1500.50'],
        ['1 012.40', point, '1012.40'],
        ['1 234 567', {}, '1234567.00'],
        ["CHF 1'000.50", {}, '1000.50'],
        ['US$ 7', {}, '7.00'],
        ['1.000,50-', comma, '-1000.50'],
        ['12.50-', {}, '-12.50'],
        ['(1,000.50)', point, '-1000.50'],
        ['($12.00)', {}, '-12.00'],
        ['€(12.00)', {}, '-12.00'],
        ['-€3.50', {}, '-3.50'],
        ['€ -3.50', {}, '-3.50'],
        ['\u22123.50', {}, '-3.50'],
        ['- 3.50', {}, '-3.50'],
    ])('reads %s with separators %j as %s', async (written, numbers, amount) => {
        expect(await netAmount(written, numbers)).toBe(amount);
    });

    it.each([
        ['1,012.40', {}],
        ['€1.500', {}],
        ['1 12.40', {}],
        ['12.40 12', {}],
        ['12-05', {}],
        ['1.2.3', {}],
        ['$', {}],
        ['--5', {}],
        ['(5', {}],
        ['5 apples', {}],
        ['12.345', point],
        ['1.012,40', point],
        ['€1e3', {}],
        ['12.50 €', { decimal_separator: ',' }],
    ])('does not guess what %s with separators %j is', async (written, numbers) => {
        expect(await netAmount(written, numbers)).toBeUndefined();
    });
});

describe('a float', () => {
    it.each([
        ['102.58999999999999', '102.59'],
        ['1e-05', '0.00'],
        ['2.675', '2.68'],
        ['1.5e2', '150.00'],
        ['-0.30000000000000004', '-0.30'],
    ])('%s is rounded when told', async (written, amount) => {
        const numbers = { decimal_separator: '.' };
        expect(await netAmount(written, numbers)).toBeUndefined();
        expect(await netAmount(written, numbers, { round: true })).toBe(amount);
    });

    it('has its setting in the advice', async () => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '102.58999999999999')));
        company.configure([spendInput]);
        expect(failureOf(await company.load()).fix).toContain('write round: true');
    });
});

it.each(['12,500.00', '$ 12,500.00', '(1,234,500.5)'])(
    'names the setting that reads %s',
    async (written) => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', `"${written}"`)));
        company.configure([spendInput]);
        expect(failureOf(await company.load()).fix).toContain(
            "decimal_separator: '.', thousands_separator: ','",
        );
    },
);

it('reads the money of the case, and refuses what says nothing', async () => {
    company.write('spend.csv', caseFile('16-money-as-text/spend.csv'));
    company.configure(
        [
            {
                name: 'x',
                stream: 'ad_spend',
                files: ['spend.csv'],
                format: { type: 'csv', thousands_separator: ',' },
                columns: {
                    spend_date: 'Day',
                    campaign_id: 'Campaign',
                    spend_amount: { column: 'Cost', round: true },
                },
                constants: { platform: 'google_ads', account_id: 'a', currency_code: 'EUR' },
            },
        ],
        { max_reject_share: 1 },
    );
    countsOf(await company.load());
    const rows = await company.query<{ day: string; amount: string }>(
        'select right(cast(spend_date as varchar), 2) as day, spend_amount as amount from raw_files.ad_spend order by 1',
    );
    expect(rows.map(({ day, amount }) => `${day}=${amount}`)).toEqual([
        '01=1012.400000',
        '02=1012.400000',
        '03=102.590000',
        '04=0.000010',
        '08=1012.400000',
    ]);
    // No ad costs less than nothing, and two dashes are a word for null_values.
    expect(await company.query('select got from jointly.rejects order by "row"')).toEqual([
        { got: '-12.000000' },
        { got: '-3.500000' },
        { got: '--' },
    ]);
});

describe('refunds without a minus', () => {
    const refunds = (mapping: object): TestInput => ({
        name: 'refunds',
        stream: 'payments',
        files: ['refunds.csv'],
        timezone: 'UTC',
        columns: {
            payment_id: 'id',
            net_amount: { column: 'Amount', ...mapping },
            currency_code: 'Currency',
            paid_at: 'Created (UTC)',
        },
        constants: { kind: 'refund' },
    });

    it('are turned by multiply_by, which the advice names', async () => {
        company.write('refunds.csv', caseFile('15-positive-refunds/refunds.csv'));
        company.configure([refunds({})]);
        expect(failureOf(await company.load()).fix).toContain(
            "net_amount: { column: 'Amount', multiply_by: '-1' }",
        );
        company.configure([refunds({ multiply_by: '-1' })]);
        countsOf(await company.load());
        expect(await company.query('select net_amount from raw_files.payments')).toEqual([
            { net_amount: '-500.00' },
        ]);
    });
});
