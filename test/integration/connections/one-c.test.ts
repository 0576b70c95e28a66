import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { type MockOneC, ruble, startOneC } from '../../sources/one-c/mock.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

const resource = 'Document_ПоступлениеНаРасчетныйСчет';
let mock: MockOneC;
let company: TestCompany;
let clock: TestClock;

const paid = (id: string, at: string, more: object = {}) => ({
    Ref_Key: id,
    Date: at,
    DeletionMark: false,
    Posted: true,
    СуммаДокумента: 120,
    СуммаНДС: 20,
    НазначениеПлатежа: 'по сделке D-7',
    ВалютаДокумента_Key: ruble,
    ...more,
});

beforeEach(async () => {
    mock = await startOneC();
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', 'BUH_USER=Аналитик\nBUH_PASSWORD=пароль\n');
    company.configure([], {
        connections: [
            {
                name: 'buh',
                system: 'one_c',
                since: '2026-01-01',
                address: `${mock.address}/base`,
                timezone: 'Europe/Moscow',
                currency: 'RUB',
                documents: [
                    {
                        resource,
                        kind: 'payment',
                        amount: 'СуммаДокумента',
                        tax: 'СуммаНДС',
                        deal: 'НазначениеПлатежа',
                        deal_pattern: 'сделке (\\S+)',
                        currency_key: 'ВалютаДокумента_Key',
                    },
                ],
            },
        ],
    });
    mock.resources[resource] = [
        paid('a', '2026-10-05T10:00:00'),
        paid('b', '2026-11-20T10:00:00'),
        paid('draft', '2026-11-21T10:00:00', { Posted: false }),
        paid('marked', '2026-11-21T10:00:00', { DeletionMark: true }),
    ];
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
    { payment_id: 'a', deal_id: 'D-7', net: '100.00', is_deleted: null },
    { payment_id: 'b', deal_id: 'D-7', net: '100.00', is_deleted: null },
];

const passingFaults: readonly PassingFault[] = [
    ['an answer that is cut', /odata/, 'cut'],
    ['a connection that is reset', /odata/, 'reset'],
    [
        'a base that is locked',
        /odata/,
        { status: 500, body: { 'odata.error': { message: { value: 'занята' } } } },
    ],
];

describe('1C', () => {
    it('loads what is posted, and nothing that is marked for deletion', async () => {
        await load();
        expect(await payments()).toEqual(loaded);
    });

    it('asks the second time for the last days, and takes back what is no longer posted', async () => {
        await load();
        mock.forget();
        mock.resources[resource]?.splice(1, 1, paid('b', '2026-11-20T10:00:00', { Posted: false }));
        clock.advance(86_400_000);
        await load();
        expect(
            mock.asked().filter((one) => one.includes('filter') || one.includes('Date')),
        ).toEqual([`${resource} Date ge datetime'2026-11-01T00:00:00'`]);
        expect(await payments()).toEqual([loaded[0], { ...loaded[1], is_deleted: true }]);
    });

    it('finds a document that was removed by comparing references', async () => {
        await load();
        mock.resources[resource]?.splice(0, 1);
        clock.advance(8 * 86_400_000);
        await load({ isConfirmed: true });
        expect(await payments()).toEqual([{ ...loaded[0], is_deleted: true }, loaded[1]]);
    });

    it('loses no document when another one moves while pages are read, also of one time', async () => {
        for (let id = 1000; id < 2300; id += 1) {
            const second = String(Math.max(0, id - 2250)).padStart(2, '0');
            mock.resources[resource]?.push(paid(`x${id}`, `2026-10-06T10:00:${second}`));
        }
        let pages = 0;
        mock.onRequest = ({ path }) => {
            if (decodeURIComponent(path).endsWith(resource) && ++pages === 2) {
                mock.resources[resource]?.splice(0, 1, paid('a', '2026-11-28T10:00:00'));
            }
        };
        await load();
        expect(await payments()).toHaveLength(1302);
    });

    it('loads the same whatever fails and passes', async () => {
        const unmet = failInTurn(mock, passingFaults);
        await load();
        expect(await payments()).toEqual(loaded);
        expect(unmet()).toEqual([]);
    });

    it('names the document that is not published', async () => {
        delete mock.resources[resource];
        await expect(load()).rejects.toThrow('не найдена');
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        company.remove('state/warehouse.duckdb');
        mock.forget();
        await load({ isReplay: true });
        expect([await payments(), mock.requests]).toEqual([loaded, []]);
    });
});
