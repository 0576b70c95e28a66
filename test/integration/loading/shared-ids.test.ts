import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    type TestCompany,
    type TestInput,
} from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const shop: TestInput = { name: 'shop', stream: 'deals', files: ['shop/*.csv'] };
const field: TestInput = { name: 'field', stream: 'deals', files: ['field/*.csv'] };
const deals = (...lines: string[]) => csv('deal_id,lead_id,status,amount,updated_at', ...lines);
const kept = () =>
    company.query('select deal_id, lead_id, amount from raw_files.deals order by deal_id');

describe('one id in two inputs', () => {
    it('is refused where the rows differ, with both rows and both ways out', async () => {
        company.write('shop/1.csv', deals('1,7,open,10,2026-01-01', '2,,open,20,2026-01-01'));
        company.write('field/1.csv', deals('2,9,open,99,2026-01-02', '3,,open,30,2026-01-01'));
        company.configure([shop, field]);
        const { message, exitCode } = failureOf(await company.load());
        expect(exitCode).toBe(1);
        expect(message).toContain('inputs shop and field deliver different rows of deal_id 2.');
        expect(message).toContain('shop/1.csv, row 2: {"deal_id":"2","amount":20,"status":"open"');
        expect(message).toContain('field/1.csv, row 1: {"deal_id":"2","lead_id":"9"');
        expect(message).toContain("id_prefix: 'field:'");
        expect(message).toContain("id_prefix: '' in both");
        expect(await kept()).toEqual([]);
    });

    it('is kept apart by a prefix, which its other ids get too', async () => {
        company.write('shop/1.csv', deals('1,7,open,10,2026-01-01'));
        company.write('field/1.csv', deals('1,7; 8,open,99,2026-01-02', '2,,open,5,2026-01-02'));
        company.configure([shop, { ...field, id_prefix: 'f:' }]);
        countsOf(await company.load());
        expect(await kept()).toEqual([
            { deal_id: '1', lead_id: '7', amount: '10.00' },
            { deal_id: 'f:1', lead_id: 'f:7;f:8', amount: '99.00' },
            { deal_id: 'f:2', lead_id: null, amount: '5.00' },
        ]);
        company.configure([shop, { ...field, id_prefix: { deal_id: 'f:' } }]);
        countsOf(await company.load());
        expect(await kept()).toContainEqual({ deal_id: 'f:1', lead_id: '7; 8', amount: '99.00' });
    });

    it('does not count beside itself when its prefix changes', async () => {
        company.write('shop/1.csv', deals('1,,open,10,2026-01-01'));
        company.write('field/1.csv', deals('5,,open,50,2026-01-01'));
        company.configure([shop, field]);
        await company.load();
        company.configure([shop, { ...field, id_prefix: 'f:' }]);
        expect(countsOf(await company.load())).toMatchObject({
            inserted: 1,
            unchanged: 1,
            deleted: 1,
        });
        expect(await kept()).toMatchObject([{ deal_id: '1' }, { deal_id: 'f:5' }]);
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            unchanged: 2,
        });
    });

    it('is one record where both say that they are one system, and where the rows are equal', async () => {
        company.write('shop/1.csv', deals('1,,open,10,2026-01-01'));
        company.write('field/1.csv', deals('1,,open,11,2026-01-02'));
        company.configure([
            { ...shop, id_prefix: '' },
            { ...field, id_prefix: '' },
        ]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, duplicate: 1 });
        expect(await kept()).toMatchObject([{ amount: '11.00' }]);
        company.write(
            'shop/1.csv',
            `${deals('1,,open,11,2026-01-02').replace('lead_id', 'lead_id,more').replace('1,,', '1,,x,')}`,
        );
        company.configure([shop, field]);
        expect(countsOf(await company.load())).toMatchObject({ duplicate: 1 });
    });

    it.each([
        ['NDJSON', 'ndjson', '{"deal_id":1,"status":"open","amount":3}\n'],
        ['CSV', 'csv', deals('1,,open,3,2026-01-01')],
    ])('of %s has its prefix, a person has none', async (_, ending, text) => {
        company.write(`field/1.${ending}`, text);
        const columns = ending === 'csv' ? {} : { person_id: 'status' };
        company.configure([{ ...field, files: ['field/*'], columns, id_prefix: 'f:' }]);
        countsOf(await company.load());
        expect(
            await company.query(
                'select deal_id, coalesce(person_id, status) as who from raw_files.deals',
            ),
        ).toEqual([{ deal_id: 'f:1', who: 'open' }]);
    });

    it('has a prefix only where the column is an id of a record', async () => {
        company.configure([{ ...field, id_prefix: { person_id: 'f:' } }]);
        await expect(company.load()).rejects.toThrow(/id_prefix.person_id: is no id of a record/);
    });
});
