import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseFile } from './cases.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    only,
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

const hubspot: TestInput = {
    name: 'crm',
    stream: 'deals',
    files: ['d.jsonl'],
    columns: {
        deal_id: 'id',
        amount: 'properties.amount',
        closed_at: 'properties.closedate',
        status: {
            column: 'properties.dealstage',
            values: { closedwon: 'won', closedlost: 'lost' },
        },
    },
};
const deals = () =>
    company.query('select deal_id, status, amount from raw_files.deals order by deal_id');

describe('a field inside an object of NDJSON', () => {
    it.each(['', '$.'])('is reached by its path, written %sa.b', async (before) => {
        company.write('d.jsonl', caseFile('11-nested-ndjson/deals.jsonl'));
        const amount = `${before}properties.amount`;
        company.configure([{ ...hubspot, columns: { ...hubspot.columns, amount } }]);
        countsOf(await company.load());
        expect(await deals()).toEqual([
            { deal_id: '1', status: 'won', amount: '100.00' },
            { deal_id: '2', status: 'lost', amount: '50.00' },
        ]);
    });

    it('is reached beside fields of the row itself', async () => {
        company.write('d.jsonl', caseFile('11-nested-ndjson/d2.jsonl'));
        const columns = { deal_id: 'id', amount: 'properties.amount', closed_at: 'closedate' };
        company.configure([{ ...hubspot, columns }]);
        countsOf(await company.load());
        expect(await deals()).toEqual([{ deal_id: '1', status: 'won', amount: '100.00' }]);
    });

    it('may be a key with a point in it', async () => {
        company.write('d.jsonl', '{"id":"1","status":"open","properties.amount":"7"}\n');
        const columns = { deal_id: 'id', amount: 'properties.amount' };
        company.configure([{ ...hubspot, columns }]);
        countsOf(await company.load());
        expect(await deals()).toEqual([{ deal_id: '1', status: 'open', amount: '7.00' }]);
    });

    it.each(['properties.amout', '$.properties.amout', 'Amount', 'properties.amount.value'])(
        'that no row has is refused: %s',
        async (amount) => {
            company.write('d.jsonl', caseFile('11-nested-ndjson/deals.jsonl'));
            company.configure([{ ...hubspot, columns: { ...hubspot.columns, amount } }]);
            const failure = failureOf(await company.load());
            expect(failure.message).toContain(`d.jsonl has no column ${amount}`);
            expect(failure.exitCode).toBe(1);
            expect(failure.got).toContain("'properties.amount'");
        },
    );

    it('that only a late row has is found', async () => {
        const rows = Array.from(
            { length: 3000 },
            (_, index) => `{"id":"${index}","status":"open"}`,
        );
        company.write('d.jsonl', `${rows.join('\n')}\n{"id":"x","status":"open","p":{"a":"5"}}\n`);
        company.configure([{ ...hubspot, columns: { deal_id: 'id', amount: 'p.a' } }]);
        countsOf(await company.load());
        const [row] = await company.query('select sum(amount) as sum from raw_files.deals');
        expect(row).toEqual({ sum: '5.00' });
    });
});

describe('a list of columns', () => {
    it('is read to the first that is not empty', async () => {
        company.write(
            'd.csv',
            csv('deal_id,status,Net,Gross,Old', 'd1,open,1,2,3', 'd2,open,  ,2,3', 'd3,open,,,3'),
        );
        const columns = { amount: ['Net', 'Gross', 'Old'] };
        company.configure([{ name: 'crm', stream: 'deals', files: ['d.csv'], columns }]);
        countsOf(await company.load());
        expect((await deals()).map(({ amount }) => amount)).toEqual(['1.00', '2.00', '3.00']);
        const extra = await company.query('select _extra from raw_files.deals');
        expect(extra.every((row) => row._extra === null)).toBe(true);
    });

    it('may name columns that only some files have, in CSV and NDJSON', async () => {
        company.write('a.csv', csv('deal_id,status,Betrag', 'd1,open,1'));
        company.write('b.csv', csv('deal_id,status,Amount', 'd2,open,2'));
        company.write('c.ndjson', '{"deal_id":"d3","status":"open","Amount":"3"}\n');
        company.configure(
            ['a.csv', 'b.csv', 'c.ndjson'].map((name) => ({
                name: name.charAt(0),
                stream: 'deals',
                files: [name],
                columns: { amount: { column: ['Amount', 'Betrag'] } },
            })),
        );
        countsOf(await company.load());
        expect((await deals()).map(({ amount }) => amount)).toEqual(['1.00', '2.00', '3.00']);
    });

    it('is refused where the file has none of them', async () => {
        company.write('d.csv', csv('deal_id,status,Sum', 'd1,open,1'));
        const columns = { amount: ['Net', 'Gross'] };
        company.configure([{ name: 'crm', stream: 'deals', files: ['d.csv'], columns }]);
        expect(failureOf(await company.load()).message).toContain('has no column Net or Gross');
    });
});

describe('a report that ends above its header', () => {
    const linkedin: TestInput = {
        name: 'linkedin',
        stream: 'ad_spend',
        files: ['campaign_*.csv'],
        format: { type: 'csv', header_row: 6, thousands_separator: ',' },
        columns: {
            spend_date: { column: 'Start Date (in UTC)', format: '%m/%d/%Y' },
            campaign_id: 'Campaign ID',
            spend_amount: 'Total Spent',
            currency_code: 'Currency',
        },
        constants: { platform: 'linkedin_ads', account_id: 'acme' },
    };

    it('has no rows, and the good one beside it loads', async () => {
        company.write('campaign_700.csv', caseFile('03-linkedin-aggregated/campaign_700.csv'));
        company.write('campaign_701.csv', caseFile('03c-linkedin-empty/campaign_701.csv'));
        company.configure([linkedin]);
        const outcome = only(await company.load());
        expect(countsOf([outcome])).toMatchObject({ inserted: 1 });
        expect(outcome.status === 'loaded' && outcome.notes).toContain(
            'campaign_701.csv ends above line 6: taken for a report without rows',
        );
    });

    it('is refused where no file has a header in that line', async () => {
        company.write('campaign_701.csv', caseFile('03c-linkedin-empty/campaign_701.csv'));
        company.configure([linkedin]);
        expect(failureOf(await company.load()).message).toContain('no header in line 6');
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([{ ...spendInput, format: { type: 'csv', header_row: 9 } }]);
        expect(failureOf(await company.load()).message).toContain('no header in line 9');
    });
});
