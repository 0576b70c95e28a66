import { describe, expect, it } from 'vitest';
import { classifyStripe } from '../../../pipelines/sources/stripe/client.ts';
import { transactions } from '../../../pipelines/sources/stripe/records.ts';
import { paymentRows } from '../../../pipelines/sources/stripe/rows.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = {} }: MockReply) =>
    classifyStripe(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['a page', { body: { data: [], has_more: false } }, { kind: 'ok' }],
        ['too many questions', failure(429, { code: 'rate_limit' }), { kind: 'limit' }],
        [
            'a lock that another request holds',
            failure(429, { code: 'lock_timeout' }),
            { kind: 'retriable' },
        ],
        [
            'what the platform says will pass',
            failure(409, {}, { 'stripe-should-retry': 'true' }),
            { kind: 'retriable' },
        ],
        ['a server error', failure(500, { type: 'api_error' }), { kind: 'retriable' }],
        ['a revoked key', failure(401, {}), { kind: 'dead token' }],
        [
            'a key that may not read',
            failure(403, { code: 'more_permissions_required' }),
            { kind: 'our fault', fix: expect.stringContaining('disputes') },
        ],
        ['a question that is wrong', failure(400, {}), { kind: 'our fault' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

const rowsOf = (...data: object[]) =>
    paymentRows(
        transactions.parse({
            has_more: false,
            data: data.map((one) => ({
                id: 'txn_1',
                currency: 'eur',
                created: 1_790_000_000,
                reporting_category: 'charge',
                source: { id: 'ch_1', object: 'charge', metadata: { deal_id: '42' } },
                ...one,
            })),
        }),
        'deal_id',
    );

describe('a payment', () => {
    it.each([
        ['eur', 123_456_789, '1234567.89'],
        ['jpy', 1500, '1500'],
        ['kwd', 1230, '1.230'],
        ['huf', 150_000, '1500.00'],
        ['ugx', 150_000, '1500.00'],
        ['eur', 5, '0.05'],
    ])('in %s of %d minor units is %s', (currency, amount, net) => {
        expect(rowsOf({ currency, amount })[0]?.cells).toMatchObject({
            net_amount: net,
            currency_code: currency.toUpperCase(),
            kind: 'payment',
            payment_id: 'ch_1',
            deal_id: '42',
            refund_of_payment_id: null,
            paid_at: '2026-09-21T14:13:20.000Z',
        });
    });

    it.each([
        ['refund', -500, { id: 're_1', object: 'refund', charge: 'ch_1' }, 'refund', 'ch_1'],
        [
            'refund',
            -500,
            { id: 're_1', object: 'refund', charge: { id: 'ch_1' } },
            'refund',
            'ch_1',
        ],
        ['dispute', -500, { id: 'dp_1', object: 'dispute', charge: 'ch_1' }, 'refund', 'ch_1'],
        ['charge_failure', -500, { id: 'ch_1', object: 'charge' }, 'refund', 'ch_1'],
        [
            'dispute_reversal',
            500,
            { id: 'dp_1', object: 'dispute', charge: 'ch_1' },
            'payment',
            'ch_1',
        ],
        [
            'refund_failure',
            500,
            { id: 're_1', object: 'refund', charge: 'ch_1' },
            'payment',
            'ch_1',
        ],
    ])('%s of %d', (category, amount, source, kind, back) => {
        expect(rowsOf({ reporting_category: category, amount, source })[0]?.cells).toMatchObject({
            payment_id: 'txn_1',
            kind,
            refund_of_payment_id: back,
        });
    });

    it.each(['payout', 'fee', 'transfer', 'topup', 'network_cost', 'contribution'])(
        'is no %s',
        (category) => {
            expect(rowsOf({ reporting_category: category, amount: -500, source: null })).toEqual(
                [],
            );
        },
    );

    it('without a deal in its metadata pays none that is known', () => {
        const source = { id: 'ch_2', object: 'charge', metadata: {} };
        expect(rowsOf({ amount: 1, source })[0]?.cells.deal_id).toBeNull();
    });
});
