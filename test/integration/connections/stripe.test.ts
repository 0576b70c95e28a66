import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    failure,
    type MockStripe,
    type MockTransaction,
    startStripe,
} from '../../sources/stripe/mock.ts';
import {
    countsOf,
    createTestCompany,
    failureOf,
    only,
    type TestCompany,
} from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockStripe;
let company: TestCompany;
let clock: TestClock;

const begin = () => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', 'SHOP_KEY=rk_test_key\n');
    company.configure([], {
        connections: [
            { name: 'shop', system: 'stripe', since: '2026-10-01', address: mock.address },
        ],
    });
};

const at = (time: string) => Date.parse(time) / 1000;
const charge = (id: string, time: string, amount = 1000): MockTransaction => ({
    id: `txn_${id}`,
    amount,
    currency: 'eur',
    created: at(time),
    reporting_category: 'charge',
    source: { id: `ch_${id}`, object: 'charge', metadata: { deal_id: id } },
});
const refund = (id: string, time: string): MockTransaction => ({
    ...charge(id, time, -1000),
    id: `txn_re_${id}`,
    reporting_category: 'refund',
    source: { id: `re_${id}`, object: 'refund', charge: `ch_${id}`, metadata: {} },
});

beforeEach(async () => {
    mock = await startStripe();
    mock.transactions = [
        charge('1', '2026-10-05T10:00:00Z'),
        charge('2', '2026-11-02T10:00:00Z'),
        {
            ...charge('3', '2026-11-03T10:00:00Z', -5000),
            reporting_category: 'payout',
            source: null,
        },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const load = (options = {}) => company.load({ clock, ...options });
const payments = () =>
    company.query(`
        select payment_id, deal_id, kind, cast(net_amount as varchar) as net, refund_of_payment_id as of
        from raw_files.payments order by payment_id`);

const passingFaults: readonly PassingFault[] = [
    ['a limit', /./, failure(429, { code: 'rate_limit' })],
    ['a lock', /./, failure(429, { code: 'lock_timeout' })],
    ['an answer that is cut', /./, 'cut'],
    ['a connection that is reset', /./, 'reset'],
    ['a server error', /./, { status: 500 }],
];

describe('Stripe', () => {
    it('loads payments, a month at a time, and no payout', async () => {
        expect(countsOf(await load())).toMatchObject({ read: 2, inserted: 2 });
        expect(await payments()).toEqual([
            { payment_id: 'ch_1', deal_id: '1', kind: 'payment', net: '10.00', of: null },
            { payment_id: 'ch_2', deal_id: '2', kind: 'payment', net: '10.00', of: null },
        ]);
        expect(mock.asked()).toHaveLength(2);
    });

    it('asks the second time for what has come since, such as a refund', async () => {
        await load();
        mock.forget();
        mock.transactions.push(refund('2', '2026-11-10T10:00:00Z'));
        expect(countsOf(await load())).toMatchObject({ inserted: 1, unchanged: 0 });
        expect(await payments()).toContainEqual({
            payment_id: 'txn_re_2',
            deal_id: null,
            kind: 'refund',
            net: '-10.00',
            of: 'ch_2',
        });
        expect(mock.asked()).toEqual([
            `${at('2026-11-03T09:00:00Z')} ${at('2026-11-10T10:00:01Z')}`,
        ]);
        expect(only(await load()).status).not.toBe('failed');
    });

    it('loads all of many in one second, while others come in', async () => {
        mock.transactions = Array.from({ length: 350 }, (_, index) =>
            charge(String(index), '2026-11-03T10:00:00Z'),
        );
        let requests = 0;
        mock.onRequest = () => {
            if (++requests === 3) mock.transactions.push(charge('late', '2026-11-03T10:00:00Z'));
        };
        expect(countsOf(await load())).toMatchObject({ inserted: expect.any(Number), rejected: 0 });
        const before = await payments();
        expect(before.length).toBeGreaterThanOrEqual(350);
        mock.onRequest = () => {};
        await load();
        expect(await payments()).toHaveLength(351);
    });

    it('goes on where a run that failed stood', async () => {
        mock.transactions = Array.from({ length: 350 }, (_, index) =>
            charge(String(index), `2026-11-0${1 + (index % 9)}T10:00:00Z`),
        );
        let pages = 0;
        mock.onRequest = () => {
            if (++pages === 4) mock.fail(/./, ...Array.from({ length: 7 }, (): Fault => 'reset'));
        };
        failureOf(await load());
        mock.onRequest = () => {};
        mock.forget();
        expect(countsOf(await load())).toMatchObject({ inserted: 350 });
        expect(mock.asked().length).toBeLessThan(5);
    });

    it('loads the same whatever fails and passes', async () => {
        await load();
        const undisturbed = await payments();
        company.close();
        begin();
        const unmet = failInTurn(mock, passingFaults);
        countsOf(await load());
        expect(await payments()).toEqual(undisturbed);
        expect(unmet()).toEqual([]);
    });

    it('says whom to ask when the key was revoked', async () => {
        company.write('.env', 'SHOP_KEY=rk_live_revoked\n');
        const { message, exitCode } = failureOf(await load());
        expect(exitCode).toBe(3);
        expect(message).toContain('a new restricted key');
        expect(message).not.toContain('rk_live_revoked');
    });

    it('refuses a second account with the ids of the first, until they have a prefix', async () => {
        const shop = { system: 'stripe', since: '2026-10-01', address: mock.address } as const;
        company.write('.env', 'SHOP_KEY=rk_test_key\nOTHER_KEY=rk_test_key\n');
        const configure = (more: { id_prefix?: string }) =>
            company.configure([], {
                connections: [
                    { name: 'shop', ...shop },
                    { name: 'other', ...shop, ...more },
                ],
            });
        configure({});
        const [first, second] = await load();
        expect(first?.status).toBe('loaded');
        expect(second?.status === 'failed' && second.error.message).toContain(
            "id_prefix: 'other:'",
        );
        expect(await payments()).toHaveLength(2);
        configure({ id_prefix: 'other:' });
        await load();
        expect(await payments()).toHaveLength(4);
        expect(await payments()).toContainEqual(
            expect.objectContaining({ payment_id: 'other:ch_1', deal_id: 'other:1' }),
        );
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        mock.transactions.push(refund('2', '2026-11-10T10:00:00Z'));
        await load();
        const loaded = await payments();
        company.remove('state/warehouse.duckdb');
        mock.forget();
        countsOf(await load({ isReplay: true }));
        expect(await payments()).toEqual(loaded);
        expect(mock.requests).toEqual([]);
    });
});
