import { describe, expect, it } from 'vitest';
import { classifyQuickbooks } from '../../../pipelines/sources/quickbooks/client.ts';
import { payment, salesDocument } from '../../../pipelines/sources/quickbooks/records.ts';
import { paymentRows, receiptRows } from '../../../pipelines/sources/quickbooks/rows.ts';
import { quickbooks } from '../../../pipelines/sources/quickbooks/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { authenticationFailed, throttled } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const fault = (status: number, code: string) => ({
    status,
    body: { Fault: { Error: [{ Message: 'm', Detail: 'd', code }], type: 'x' } },
});

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['records', { body: { QueryResponse: {} } }, { kind: 'ok' }],
        ['a limit', throttled, { kind: 'limit', until: now + 60_000 }],
        [
            'a limit with seconds',
            { ...throttled, headers: { 'retry-after': '5' } },
            { kind: 'limit', until: now + 5000 },
        ],
        ['a limit without a body', { status: 429 }, { kind: 'limit', until: now + 60_000 }],
        ['a limit under another status', fault(400, '003001'), { kind: 'limit' }],
        ['a token that ended', authenticationFailed, { kind: 'dead token' }],
        [
            'another company',
            fault(403, '3100'),
            { kind: 'our fault', fix: expect.stringContaining('realm_id') },
        ],
        ['an error of the application', fault(400, '10000'), { kind: 'retriable' }],
        ['a query that is none', fault(400, '4000'), { kind: 'our fault', why: 'status 400: d' }],
        ['a gateway', { status: 504 }, { kind: 'retriable' }],
    ])('%s', (_, { status = 200, headers = {}, body = {} }, verdict) => {
        const text = JSON.stringify(body);
        const answer = { status, headers: new Headers(headers), text, data: body };
        expect(classifyQuickbooks(answer, now)).toMatchObject(verdict);
    });
});

const settings = quickbooks.schema.parse({
    name: 'books',
    system: 'quickbooks',
    since: '2026-01-01',
    realm_id: '4620',
    timezone: 'America/Los_Angeles',
});
const meta = { MetaData: { LastUpdatedTime: '2026-10-05T10:00:00-07:00' }, TxnDate: '2026-10-05' };
const invoice = (Id: string, TotalAmt: number, TotalTax: number, deal: string) =>
    salesDocument.parse({
        ...meta,
        Id,
        TotalAmt,
        TxnTaxDetail: { TotalTax },
        CustomField: [{ DefinitionId: '1', Name: 'Deal', Type: 'StringType', StringValue: deal }],
    });
const invoices = new Map(
    [invoice('70', 119, 19, 'D-1'), invoice('71', 200, 0, 'D-2')].map((one) => [one.Id, one]),
);
const line = (Amount: number, TxnType: string, TxnId: string) => ({
    Amount,
    LinkedTxn: [{ TxnId, TxnType }],
});
const rowsOf = (record: object) =>
    paymentRows(payment.parse({ ...meta, Id: '180', ...record }), invoices, 'USD', settings);

describe('a payment', () => {
    it.each<[string, object, readonly (readonly unknown[])[]]>([
        [
            'of one invoice holds its tax',
            { TotalAmt: 119, Line: [line(119, 'Invoice', '70')] },
            [['payment-180/70', 'D-1', '100.00', '19.00', '119.00']],
        ],
        [
            'of a part of an invoice holds a part of the tax',
            { TotalAmt: 10, Line: [line(10, 'Invoice', '70')] },
            [['payment-180/70', 'D-1', '8.40', '1.60', '10.00']],
        ],
        [
            'of two invoices is two rows',
            { TotalAmt: 319, Line: [line(119, 'Invoice', '70'), line(200, 'Invoice', '71')] },
            [
                ['payment-180/70', 'D-1', '100.00', '19.00', '119.00'],
                ['payment-180/71', 'D-2', '200.00', '0.00', '200.00'],
            ],
        ],
        [
            'that uses up a credit note brought only the money',
            {
                TotalAmt: 100.01,
                Line: [
                    line(119, 'Invoice', '70'),
                    line(119, 'Invoice', '71'),
                    line(137.99, 'CreditMemo', '9'),
                ],
            },
            [
                ['payment-180/70', 'D-1', '42.03', '7.98', '50.01'],
                ['payment-180/71', 'D-2', '50.00', '0.00', '50.00'],
            ],
        ],
        [
            'that only sets off a credit note is no money',
            { TotalAmt: 0, Line: [line(50, 'Invoice', '70'), line(50, 'CreditMemo', '9')] },
            [],
        ],
        ['that was voided is no money', { TotalAmt: 0, PrivateNote: 'Voided', Line: [] }, []],
        [
            'that is not yet applied has no deal',
            { TotalAmt: 65, UnappliedAmt: 10, Line: [line(55, 'Invoice', '71')] },
            [
                ['payment-180/71', 'D-2', '55.00', '0.00', '55.00'],
                ['payment-180/unapplied', null, '10.00', null, '10.00'],
            ],
        ],
        [
            'of an invoice that is not there has no deal',
            { TotalAmt: 5, Line: [line(5, 'Invoice', '99')] },
            [['payment-180/99', null, '5.00', '0.00', '5.00']],
        ],
        [
            'of an invoice and a journal entry pays no more of the invoice than its line',
            { TotalAmt: 150, Line: [line(100, 'Invoice', '71'), line(50, 'JournalEntry', '3')] },
            [
                ['payment-180/71', 'D-2', '100.00', '0.00', '100.00'],
                ['payment-180/unapplied', null, '50.00', null, '50.00'],
            ],
        ],
        [
            'of an invoice in two lines is one row',
            { TotalAmt: 119, Line: [line(19, 'Invoice', '70'), line(100, 'Invoice', '70')] },
            [['payment-180/70', 'D-1', '100.00', '19.00', '119.00']],
        ],
        [
            'of a journal entry has no deal',
            { TotalAmt: 5, Line: [line(5, 'JournalEntry', '3')] },
            [['payment-180/unapplied', null, '5.00', null, '5.00']],
        ],
    ])('%s', (_, record, expected) => {
        const { rows, record: whole } = rowsOf(record);
        const shown = rows.map(({ cells }) => [
            cells.payment_id,
            cells.deal_id,
            cells.net_amount,
            cells.tax_amount,
            cells.gross_amount,
        ]);
        expect(shown).toEqual(expected);
        expect(whole).toMatchObject({ id: 'payment-180', keys: expected.map(([id]) => id) });
    });

    it('is of the day in the zone of the company, in its own currency or that of the company', () => {
        const record = { TotalAmt: 200, Line: [line(200, 'Invoice', '71')] };
        expect(rowsOf(record).rows[0]?.cells).toMatchObject({
            paid_at: '2026-10-05T19:00:00.000Z',
            currency_code: 'USD',
        });
        const inEuro = rowsOf({ ...record, CurrencyRef: { value: 'EUR' } });
        expect(inEuro.rows[0]?.cells.currency_code).toBe('EUR');
    });
});

describe('a receipt', () => {
    const receipt = invoice('7', 119, 19, 'D-9');

    it.each([
        ['SalesReceipt', 'sale-7', 'payment', '100.00', '119'],
        ['RefundReceipt', 'refund-7', 'refund', '-100.00', '-119'],
    ] as const)('%s', (entity, id, kind, net, gross) => {
        const [row] = receiptRows(entity, receipt, 'USD', settings).rows;
        expect(row?.cells).toMatchObject({
            payment_id: id,
            deal_id: 'D-9',
            kind,
            net_amount: net,
            gross_amount: gross,
        });
    });

    it('that was voided is no money', () => {
        const read = receiptRows('SalesReceipt', { ...receipt, TotalAmt: '0' }, 'USD', settings);
        expect(read).toMatchObject({ rows: [], record: { id: 'sale-7', keys: [] } });
    });

    it.each([
        [{ deal_in: 'number' as const }, 'INV 12'],
        [{ deal_in: 'private_note' as const, deal_pattern: 'deal (\\d+)' }, '55'],
        [{ deal_in: 'memo' as const }, null],
        [{ deal_field: 'Project' }, null],
    ])('has its deal where %o says', (more, deal) => {
        const texts = { DocNumber: 'INV 12', PrivateNote: 'for deal 55, paid' };
        const own = { ...settings, ...more };
        const { rows } = receiptRows('SalesReceipt', { ...receipt, ...texts }, 'USD', own);
        expect(rows[0]?.cells.deal_id).toBe(deal);
    });
});
