import { describe, expect, it } from 'vitest';
import { classifyOneC } from '../../../pipelines/sources/one-c/client.ts';
import { document } from '../../../pipelines/sources/one-c/records.ts';
import { currencyOf, documentRows } from '../../../pipelines/sources/one-c/rows.ts';
import { oneC } from '../../../pipelines/sources/one-c/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { euro, unknownEntity } from './mock.ts';

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['documents', { body: { value: [] } }, { kind: 'ok' }],
        [
            'a document that is not published',
            unknownEntity,
            { kind: 'our fault', fix: expect.stringContaining('OData') },
        ],
        ['a wrong password', { status: 401, body: 'no' }, { kind: 'dead token' }],
        [
            'a filter that is none',
            { status: 400, body: { 'odata.error': { code: '21', message: { value: 'Ошибка' } } } },
            { kind: 'our fault', why: 'status 400: Ошибка' },
        ],
        [
            'a base that is locked',
            { status: 500, body: { 'odata.error': { code: '-1', message: { value: 'занята' } } } },
            { kind: 'retriable', why: 'status 500: занята' },
        ],
        ['a gateway', { status: 502 }, { kind: 'retriable' }],
    ])('%s', (_, { status = 200, body = {} }, verdict) => {
        const answer = { status, headers: new Headers(), text: JSON.stringify(body), data: body };
        expect(classifyOneC(answer, 0)).toMatchObject(verdict);
    });
});

const read = (named: object, fields: object = {}) => {
    const settings = oneC.schema.parse({
        name: 'buh',
        system: 'one_c',
        since: '2026-01-01',
        address: 'https://1c.example.com/base',
        timezone: 'Europe/Moscow',
        currency: 'RUB',
        documents: [
            { resource: 'Document_Поступление', kind: 'payment', amount: 'Сумма', ...named },
        ],
    });
    const own = document.parse({
        Ref_Key: 'r',
        Date: '2026-10-05T01:30:00',
        DeletionMark: false,
        Posted: true,
        Сумма: 120,
        СуммаНДС: 20,
        НазначениеПлатежа: 'Оплата по договору Д-17 от 01.10.2026',
        Валюта_Key: euro,
        ...fields,
    });
    const [first] = settings.documents;
    if (!first) throw new Error('no document');
    return documentRows(own, first, { currencies: { [euro]: 'EUR' } }, settings);
};

describe('a document', () => {
    it.each<[string, object, object, object]>([
        [
            'without tax is net',
            {},
            {},
            { net_amount: '120', tax_amount: null, gross_amount: '120' },
        ],
        [
            'with the tax inside',
            { tax: 'СуммаНДС' },
            {},
            { net_amount: '100.00', tax_amount: '20', gross_amount: '120' },
        ],
        [
            'with the tax on top',
            { tax: 'СуммаНДС', includes_tax: false },
            {},
            { net_amount: '120', tax_amount: '20', gross_amount: '140.00' },
        ],
        [
            'whose flag says where the tax is',
            { tax: 'СуммаНДС', includes_tax: 'СуммаВключаетНДС' },
            { СуммаВключаетНДС: false },
            { net_amount: '120', gross_amount: '140.00' },
        ],
        [
            'that gives money back',
            { kind: 'refund', tax: 'СуммаНДС' },
            {},
            { kind: 'refund', net_amount: '-100.00', tax_amount: '-20', gross_amount: '-120' },
        ],
        [
            'of which the purpose names the deal',
            { deal: 'НазначениеПлатежа', deal_pattern: '(Д-\\d+)' },
            {},
            { deal_id: 'Д-17' },
        ],
        [
            'of an empty reference to a deal',
            { deal: 'Сделка_Key' },
            { Сделка_Key: '00000000-0000-0000-0000-000000000000' },
            { deal_id: null },
        ],
        ['in its own currency', { currency_key: 'Валюта_Key' }, {}, { currency_code: 'EUR' }],
        [
            'in the currency of the company',
            {},
            {},
            { currency_code: 'RUB', paid_at: '2026-10-04T22:30:00.000Z' },
        ],
    ])('%s', (_, named, fields, cells) => {
        expect(read(named, fields).rows[0]?.cells).toMatchObject(cells);
    });

    it.each([
        ['that is not posted', { Posted: false }],
        ['that is marked for deletion', { DeletionMark: true }],
        ['of another kind of operation', { ВидОперации: 'ПрочееПоступление' }],
        ['of zero', { Сумма: 0 }],
    ])('%s is no money', (_, fields) => {
        const where = { ВидОперации: 'ОплатаПокупателя' };
        const own = { ВидОперации: 'ОплатаПокупателя', ...fields };
        expect(read({ where }, own)).toEqual({
            rows: [],
            record: { stream: 'payments', id: 'r', keys: [] },
        });
    });

    it('with a table is a row for each line', () => {
        const lines = [
            { LineNumber: '1', СуммаПлатежа: 70, Заказ: 'D-1' },
            { LineNumber: '2', СуммаПлатежа: 50, Заказ: 'D-2' },
        ];
        const { rows, record } = read(
            { table: 'РасшифровкаПлатежа', amount: 'СуммаПлатежа', deal: 'Заказ' },
            { РасшифровкаПлатежа: lines },
        );
        expect(
            rows.map(({ cells }) => [cells.payment_id, cells.deal_id, cells.net_amount]),
        ).toEqual([
            ['r/1', 'D-1', '70'],
            ['r/2', 'D-2', '50'],
        ]);
        expect(record.keys).toEqual(['r/1', 'r/2']);
    });

    it.each([
        [{ amount: 'Нет' }, 'Нет'],
        [{ table: 'Нет' }, 'Нет'],
        [{ tax: 'СуммаНДС', includes_tax: 'Нет' }, 'Нет'],
        [{ currency_key: 'Сумма' }, 'Сумма'],
    ])('that lacks what %o says is refused, with the name', (named, column) => {
        expect(() => read(named)).toThrow(
            expect.objectContaining({ trouble: expect.objectContaining({ column }) }),
        );
    });
});

describe('a currency of the catalogue', () => {
    it.each([
        ['643', 'руб.', 'RUB'],
        ['51', 'драм', 'AMD'],
        ['x', 'usd', 'USD'],
        ['999', 'у.е.', undefined],
    ])('%s %s is %s', (Code, Description, currency) => {
        expect(currencyOf({ Code, Description })).toBe(currency);
    });
});
