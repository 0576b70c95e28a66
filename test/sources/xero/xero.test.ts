import { describe, expect, it } from 'vitest';
import { classifyXero } from '../../../pipelines/sources/xero/client.ts';
import { type Paid, payment } from '../../../pipelines/sources/xero/records.ts';
import { paymentRow } from '../../../pipelines/sources/xero/rows.ts';
import { xero } from '../../../pipelines/sources/xero/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { limits, tenant, tokenExpired } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['records', {}, { kind: 'ok' }],
        ['the limit of a minute', limits.minute, { kind: 'limit', until: now + 23_000 }],
        ['the limit of a day', limits.day, { kind: 'limit', until: now + 43_200_000 }],
        ['the limit of the app', limits.app, { kind: 'limit', until: now + 41_000 }],
        ['too many at once', limits.concurrent, { kind: 'limit', until: now + 1000 }],
        [
            'the limit of a day without seconds',
            { status: 429, headers: { 'x-rate-limit-problem': 'DailyLimit' } },
            { kind: 'limit', until: Date.parse('2026-11-30T00:00:00Z') },
        ],
        ['a limit without a word', { status: 429 }, { kind: 'limit', until: now + 60_000 }],
        [
            'the last of a minute',
            { headers: { 'x-minlimit-remaining': '0' } },
            { kind: 'ok', waitUntil: now + 60_000 },
        ],
        [
            'the last of the app',
            { headers: { 'x-minlimit-remaining': '9', 'x-appminlimit-remaining': '0' } },
            { kind: 'ok', waitUntil: now + 60_000 },
        ],
        [
            'a token that ended',
            tokenExpired,
            { kind: 'dead token', why: expect.stringContaining('TokenExpired') },
        ],
        [
            'another organisation',
            { status: 403 },
            { kind: 'our fault', fix: expect.stringContaining('tenant_id') },
        ],
        [
            'a filter that is none',
            { status: 400, body: { Message: 'no' } },
            { kind: 'our fault', why: 'status 400: no' },
        ],
        ['maintenance', { status: 503 }, { kind: 'retriable' }],
    ])('%s', (_, { status = 200, headers = {}, body = {} }, verdict) => {
        const answer = {
            status,
            headers: new Headers(headers),
            text: JSON.stringify(body),
            data: body,
        };
        expect(classifyXero(answer, now)).toMatchObject(verdict);
    });
});

const settings = xero.schema.parse({
    name: 'books',
    system: 'xero',
    since: '2026-01-01',
    tenant_id: tenant,
    timezone: 'Europe/London',
    deal_pattern: 'deal (\\S+)',
});
const paid = new Map<string, Paid>([
    ['i', { number: 'INV-1', reference: 'for deal D-1', currency: 'EUR', total: '120', tax: '20' }],
]);
const rowOf = (PaymentType: string, more: object = {}) =>
    paymentRow(
        payment.parse({
            PaymentID: 'p',
            Date: '/Date(1791158400000+0000)/',
            UpdatedDateUTC: '/Date(1791194400000+0000)/',
            Amount: 60.5,
            PaymentType,
            Status: 'AUTHORISED',
            Invoice: { InvoiceID: 'i', Type: 'ACCREC' },
            ...more,
        }),
        paid,
        'GBP',
        settings,
    )?.cells;

describe('a payment', () => {
    it('has the deal, the currency and the share of tax of its invoice', () => {
        expect(rowOf('ACCRECPAYMENT')).toEqual({
            payment_id: 'p',
            deal_id: 'D-1',
            paid_at: '2026-10-05T11:00:00.000Z',
            kind: 'payment',
            net_amount: '50.42',
            tax_amount: '10.08',
            gross_amount: '60.5',
            currency_code: 'EUR',
            refund_of_payment_id: null,
            is_deleted: null,
        });
    });

    it.each([
        ['ARCREDITPAYMENT', 'refund', '-50.42'],
        ['AROVERPAYMENTPAYMENT', 'refund', '-50.42'],
        ['ARPREPAYMENTPAYMENT', 'refund', '-50.42'],
        ['ACCPAYPAYMENT', undefined, undefined],
        ['APCREDITPAYMENT', undefined, undefined],
    ])('of type %s is a %s', (type, kind, net) => {
        const row = rowOf(type);
        expect([row?.kind, row?.net_amount]).toEqual([kind, net]);
    });

    it('that was deleted says so, and one of a document nobody knows has no tax', () => {
        expect(rowOf('ACCRECPAYMENT', { Status: 'DELETED' })).toMatchObject({ is_deleted: 'true' });
        expect(rowOf('AROVERPAYMENTPAYMENT', { Invoice: undefined })).toMatchObject({
            deal_id: null,
            tax_amount: null,
            net_amount: '-60.50',
            currency_code: 'GBP',
        });
    });

    it('with a date that is none breaks the page', () => {
        expect(() => rowOf('ACCRECPAYMENT', { Date: '2026-10-05' })).toThrow('a date such as');
    });
});
