import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { limits, type MockXero, startXero, tenant, tokenExpired } from '../../sources/xero/mock.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockXero;
let company: TestCompany;
let clock: TestClock;

const begin = (tenantId = tenant) => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    const secrets = ['CLIENT_ID=app', 'CLIENT_SECRET=app-secret', 'REFRESH_TOKEN=first-refresh'];
    company.write('.env', secrets.map((one) => `BOOKS_${one}\n`).join(''));
    company.configure([], {
        connections: [
            {
                name: 'books',
                system: 'xero',
                since: '2026-01-01',
                tenant_id: tenantId,
                timezone: 'Europe/London',
                address: mock.address,
            },
        ],
    });
};

const at = '2026-10-05T10:00:00Z';
const later = '2026-11-29T13:00:00Z';
const payment = (PaymentID: string, invoice: string, more: object = {}) => ({
    PaymentID,
    Date: '2026-10-05',
    Amount: 60,
    PaymentType: 'ACCRECPAYMENT',
    Status: 'AUTHORISED',
    Invoice: { InvoiceID: invoice, Type: 'ACCREC', CurrencyCode: 'EUR' },
    UpdatedDateUTC: at,
    ...more,
});
const invoice = (InvoiceID: string, Reference: string, more: object = {}) => ({
    InvoiceID,
    Type: 'ACCREC',
    Reference,
    CurrencyCode: 'EUR',
    Total: 120,
    TotalTax: 20,
    UpdatedDateUTC: at,
    ...more,
});

beforeEach(async () => {
    mock = await startXero();
    mock.payments.push(
        payment('p1', 'i1'),
        payment('p2', 'i2'),
        payment('r1', 'c1', {
            PaymentType: 'ARCREDITPAYMENT',
            Invoice: { InvoiceID: 'c1', Type: 'ACCRECCREDIT' },
            Amount: 12,
        }),
        payment('bill', 'b1', { PaymentType: 'ACCPAYPAYMENT' }),
        payment('old', 'i1', { Date: '2025-12-31' }),
    );
    mock.invoices.push(invoice('i1', 'D-1'), invoice('i2', 'D-2'));
    mock.creditNotes.push({
        CreditNoteID: 'c1',
        Reference: 'D-1',
        CurrencyCode: 'EUR',
        Total: 12,
        TotalTax: 2,
        UpdatedDateUTC: at,
    });
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
    { payment_id: 'p1', deal_id: 'D-1', net: '50.00', is_deleted: null },
    { payment_id: 'p2', deal_id: 'D-2', net: '50.00', is_deleted: null },
    { payment_id: 'r1', deal_id: 'D-1', net: '-10.00', is_deleted: null },
];

const passingFaults: readonly PassingFault[] = [
    ['the limit of a minute', /Payments/, limits.minute],
    ['the limit of the app', /Invoices/, limits.app],
    ['too many at once', /CreditNotes/, limits.concurrent],
    ['a token that ends between pages', /Invoices/, tokenExpired],
    ['an answer that is cut', /Payments/, 'cut'],
    ['a connection that is reset', /Invoices/, 'reset'],
];

describe('Xero', () => {
    it('loads payments of invoices and refunds of credit notes, and nothing of bills', async () => {
        await load();
        expect(await payments()).toEqual(loaded);
    });

    it('knows the credit note of a refund by its own name, too', async () => {
        const { Invoice: _, ...refund } = mock.payments[2] as (typeof mock.payments)[number];
        mock.payments[2] = { ...refund, CreditNote: { CreditNoteID: 'c1', CurrencyCode: 'EUR' } };
        await load();
        expect(await payments()).toEqual(loaded);
    });

    it('asks the second time for what changed: a payment that was deleted, a deal written later', async () => {
        await load();
        mock.forget();
        mock.payments[1] = payment('p2', 'i2', { Status: 'DELETED', UpdatedDateUTC: later });
        mock.invoices[0] = invoice('i1', 'D-9', {
            UpdatedDateUTC: later,
            Payments: [{ PaymentID: 'p1', Date: '2026-10-05', Amount: 60 }],
        });
        await load();
        expect(mock.asked().filter((one) => !one.includes('Organisation'))).toEqual([
            'Payments 2026-10-05T09:55:00',
            'Invoices',
            'CreditNotes/c1',
            'Invoices 2026-10-05T09:55:00',
        ]);
        expect(await payments()).toEqual([
            { ...loaded[0], deal_id: 'D-9' },
            { ...loaded[1], is_deleted: true },
            loaded[2],
        ]);
    });

    it.each([true, false])(
        'loads all where a page is smaller than was asked for (said: %s)',
        async (isSaid) => {
            mock.largestPage = 100;
            mock.saysPage = isSaid;
            for (let id = 0; id < 297; id += 1) {
                const changed = new Date(Date.parse(at) + id * 5000).toISOString();
                mock.payments.push(payment(`x${id}`, 'i1', { UpdatedDateUTC: changed }));
            }
            await load();
            expect(await payments()).toHaveLength(300);
        },
    );

    it('goes on behind a page with fewer records than it says, and says when there are none', async () => {
        for (let id = 0; id < 297; id += 1) {
            const changed = new Date(Date.parse(at) + id * 5000).toISOString();
            mock.payments.push(payment(`x${id}`, 'i1', { UpdatedDateUTC: changed }));
        }
        mock.mostGiven = 0;
        await expect(load()).rejects.toThrow(
            /payments: Xero says \d+ records and gives 0[\s\S]*run again/,
        );
        mock.mostGiven = 90;
        await load();
        expect(await payments()).toHaveLength(300);
    });

    it('loses no payment when another one changes while pages are read, also of one second', async () => {
        for (let id = 1000; id < 3500; id += 1) {
            const second = Math.max(0, id - 2600);
            const changed = new Date(Date.parse(at) + second * 1000).toISOString();
            mock.payments.push(payment(`x${id}`, 'i1', { UpdatedDateUTC: changed }));
        }
        let pages = 0;
        mock.onRequest = ({ path }) => {
            if (path.endsWith('/Payments') && ++pages === 2) {
                const [first] = mock.payments.splice(0, 1);
                mock.payments.push({ ...first, UpdatedDateUTC: later });
            }
        };
        await load();
        expect(await payments()).toHaveLength(loaded.length + 2500);
    });

    it('loads the same whatever fails and passes', async () => {
        const unmet = failInTurn(mock, passingFaults);
        await load();
        expect(await payments()).toEqual(loaded);
        expect(unmet()).toEqual([]);
    });

    it('ends at the limit of a day, says until when, and goes on there', async () => {
        mock.fail(/CreditNotes/, limits.day);
        await expect(load()).rejects.toThrow('2026-11-30T00:00');
        await load();
        expect(await payments()).toEqual(loaded);
    });

    it('says that the organisation may not be read', async () => {
        company.close();
        begin('11111111-1111-4111-8111-111111111111');
        await expect(load()).rejects.toMatchObject({
            trouble: { fix: expect.stringContaining('tenant_id') },
        });
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        company.remove('state/warehouse.duckdb');
        mock.forget();
        await load({ isReplay: true });
        expect([await payments(), mock.requests]).toEqual([loaded, []]);
    });
});
