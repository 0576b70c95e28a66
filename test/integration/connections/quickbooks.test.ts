import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    authenticationFailed,
    type MockDocument,
    type MockQuickbooks,
    startQuickbooks,
    throttled,
} from '../../sources/quickbooks/mock.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockQuickbooks;
let company: TestCompany;
let clock: TestClock;

const begin = (more: object = {}) => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    mock.now = () => clock.now();
    const secrets = ['CLIENT_ID=app', 'CLIENT_SECRET=app-secret', 'REFRESH_TOKEN=first-refresh'];
    company.write('.env', secrets.map((one) => `BOOKS_${one}\n`).join(''));
    company.configure([], {
        connections: [
            {
                name: 'books',
                system: 'quickbooks',
                since: '2026-01-01',
                realm_id: '4620',
                timezone: 'America/New_York',
                address: mock.address,
                ...more,
            },
        ],
    });
};

const at = '2026-10-05T10:00:00-07:00';
const later = '2026-11-29T05:00:00-08:00';
const payment = (Id: string, TotalAmt: number, invoices: Record<string, number>, changed = at) => ({
    Id,
    TxnDate: '2026-10-05',
    TotalAmt,
    UnappliedAmt: 0,
    CurrencyRef: { value: 'USD', name: 'United States Dollar' },
    Line: Object.entries(invoices).map(([TxnId, Amount]) => ({
        Amount,
        LinkedTxn: [{ TxnId, TxnType: 'Invoice' }],
    })),
    changed,
});
const invoice = (Id: string, deal: string, payments: readonly string[], changed = at) => ({
    Id,
    TxnDate: '2026-10-01',
    TotalAmt: 119,
    TxnTaxDetail: { TotalTax: 19 },
    CustomField: [{ DefinitionId: '1', Name: 'Deal', Type: 'StringType', StringValue: deal }],
    LinkedTxn: payments.map((TxnId) => ({ TxnId, TxnType: 'Payment' })),
    changed,
});
const replace = (entity: string, changed: MockDocument) => {
    const others = (mock.entities[entity] ?? []).filter(({ Id }) => Id !== changed.Id);
    mock.entities[entity] = [...others, changed];
};

beforeEach(async () => {
    mock = await startQuickbooks();
    mock.entities.Payment = [
        payment('1', 119, { 70: 119 }),
        payment('2', 238, { 71: 119, 72: 119 }),
    ];
    mock.entities.Invoice = [
        invoice('70', 'D-1', ['1']),
        invoice('71', 'D-2', ['2']),
        invoice('72', 'D-3', ['2']),
    ];
    mock.entities.RefundReceipt = [
        {
            Id: '9',
            TxnDate: '2026-10-06',
            TotalAmt: 11.9,
            TxnTaxDetail: { TotalTax: 1.9 },
            changed: at,
        },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const load = async (options = {}) => countsByStream(await company.load({ clock, ...options }));
const payments = () =>
    company.query(`
        select payment_id, deal_id, cast(net_amount as varchar) as net, is_deleted
        from raw_files.payments order by payment_id`);
const loaded = [
    { payment_id: 'payment-1/70', deal_id: 'D-1', net: '100.00', is_deleted: null },
    { payment_id: 'payment-2/71', deal_id: 'D-2', net: '100.00', is_deleted: null },
    { payment_id: 'payment-2/72', deal_id: 'D-3', net: '100.00', is_deleted: null },
    { payment_id: 'refund-9', deal_id: null, net: '-10.00', is_deleted: null },
];

const passingFaults: readonly PassingFault[] = [
    ['a limit', /query/, throttled],
    ['a token that ends between pages', /query/, authenticationFailed],
    ['an answer that is cut', /query/, 'cut'],
    ['a connection that is reset', /cdc/, 'reset'],
    ['a page of a proxy', /query/, 'html'],
];

describe('QuickBooks Online', () => {
    it('loads payments by invoice, and refunds', async () => {
        await load();
        expect(await payments()).toEqual(loaded);
    });

    it('asks the second time for what changed, and keeps the newest token', async () => {
        await load();
        mock.forget();
        clock.advance(2 * 60 * 60_000);
        await load();
        // Of receipts there is none yet, so there is no change to begin at.
        const all = mock.asked().filter((one) => one.includes('Id > '));
        expect(all.filter((one) => !one.includes('SalesReceipt'))).toEqual([]);
        expect(mock.asked()).toContain(
            `select * from Payment where MetaData.LastUpdatedTime >= '2026-10-05T16:55:00.000Z' orderby MetaData.LastUpdatedTime asc maxresults 1000`,
        );
        // Each renewal used the token of the one before.
        expect(mock.refreshTokens.length).toBeGreaterThan(2);
        expect(await payments()).toEqual(loaded);
    });

    it.each<[string, () => void, string]>([
        [
            'is deleted',
            () => {
                mock.entities.Payment = [payment('1', 119, { 70: 119 })];
                mock.deleted.push({ entity: 'Payment', id: '2', at: later });
            },
            'payment-2/71 payment-2/72',
        ],
        [
            'is voided',
            () => replace('Payment', payment('2', 0, {}, later)),
            'payment-2/71 payment-2/72',
        ],
        [
            'moves to another invoice',
            () => replace('Payment', payment('2', 119, { 71: 119 }, later)),
            'payment-2/72',
        ],
    ])('a payment that %s counts no more where it did', async (_, change, gone) => {
        await load();
        clock.advance(2 * 60 * 60_000);
        change();
        await load();
        const marked = (await payments()).filter((one) => one.is_deleted);
        expect(marked.map((one) => one.payment_id).join(' ')).toBe(gone);
        // Comparing all ids a week later brings nothing back.
        clock.advance(8 * 86_400_000);
        await load();
        expect((await payments()).filter((one) => one.is_deleted)).toEqual(marked);
    });

    it('finds its own rows under a prefix', async () => {
        company.close();
        begin({ id_prefix: 'us/' });
        await load();
        clock.advance(8 * 86_400_000);
        replace('Payment', payment('2', 119, { 71: 119 }, later));
        await load();
        expect((await payments()).map((one) => [one.payment_id, one.is_deleted])).toEqual([
            ['us/payment-1/70', null],
            ['us/payment-2/71', null],
            ['us/payment-2/72', true],
            ['us/refund-9', null],
        ]);
    });

    it('finds by its id what was deleted so long ago that nobody says so', async () => {
        await load();
        clock.advance(40 * 86_400_000);
        mock.entities.Payment = [payment('1', 119, { 70: 119 })];
        mock.deleted.push({ entity: 'Payment', id: '2', at: later });
        const refused = await company.load({ clock });
        expect(
            refused.map((one) => (one.status === 'failed' ? one.error.message : '')).join(),
        ).toContain('no longer there');
        await load({ isConfirmed: true });
        expect((await payments()).filter((one) => one.is_deleted)).toHaveLength(2);
    });

    it('learns of a deal that was written on an invoice after it was paid', async () => {
        await load();
        clock.advance(2 * 60 * 60_000);
        replace('Invoice', invoice('70', 'D-99', ['1'], later));
        await load();
        expect((await payments())[0]).toMatchObject({ deal_id: 'D-99', net: '100.00' });
    });

    it('finds all of an import of one second', async () => {
        await load();
        clock.advance(2 * 60 * 60_000);
        for (let id = 1000; id < 3100; id += 1) {
            mock.entities.Payment?.push(payment(String(id), 119, { 70: 119 }, later));
        }
        mock.entities.Payment?.push(payment('4000', 119, { 70: 119 }, '2026-11-29T05:00:09-08:00'));
        await load();
        expect(await payments()).toHaveLength(loaded.length + 2101);
    });

    it('loads the same whatever fails and passes', async () => {
        const unmet = failInTurn(mock, passingFaults);
        await load();
        expect(await payments()).toEqual(loaded);
        expect(unmet()).toEqual([]);
    });

    it('goes on where a run that failed stood', async () => {
        for (let id = 1000; id < 2500; id += 1) {
            mock.entities.Payment?.push(payment(String(id), 119, { 70: 119 }));
        }
        let pages = 0;
        mock.onRequest = ({ query }) => {
            if (query.get('query')?.includes('from Payment where TxnDate')) pages += 1;
            if (pages === 2) mock.fail(/./, ...Array.from({ length: 7 }, (): Fault => 'reset'));
        };
        await expect(load()).rejects.toThrow('7 tries');
        mock.onRequest = () => {};
        mock.forget();
        await load();
        expect(await payments()).toHaveLength(loaded.length + 1500);
        expect(
            mock
                .asked()
                .some((one) =>
                    one.includes(`from Payment where TxnDate >= '2026-01-01' and Id > '0'`),
                ),
        ).toBe(false);
    });

    it('says whom to ask when the grant is over, and is replayed without a question', async () => {
        await load();
        const before = await payments();
        mock.refreshTokens.push('somebody-else-used-it');
        clock.advance(2 * 60 * 60_000);
        await expect(load()).rejects.toThrow('the access that was granted is over');
        company.remove('state/warehouse.duckdb');
        mock.forget();
        await load({ isReplay: true });
        expect([await payments(), mock.requests]).toEqual([before, []]);
    });
});
