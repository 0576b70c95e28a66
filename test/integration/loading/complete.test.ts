import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const crm: TestInput = { name: 'crm', stream: 'deals', files: ['crm/*.csv'], complete: true };
const deals = (...lines: string[]) => csv('deal_id,status,amount,updated_at', ...lines);
const deal = (id: number, amount = 10, day = 1) => `d${id},open,${amount},2026-01-0${day}`;
const many = (...without: number[]) =>
    Array.from({ length: 10 }, (_, index) => index)
        .filter((id) => !without.includes(id))
        .map((id) => deal(id));
const ids = async () =>
    (
        await company.query<{ id: string }>('select deal_id as id from raw_files.deals order by 1')
    ).map(({ id }) => id);
const notesOf = async (...load: Parameters<TestCompany['load']>) => {
    const outcome = only(await company.load(...load));
    countsOf([outcome]);
    return outcome.status === 'loaded' ? outcome.notes : [];
};

describe('an input that is complete', () => {
    it('loses what its newest file lacks, which is counted, said and kept in the history', async () => {
        company.configure([crm]);
        company.write('crm/1.csv', deals(...many()));
        await company.load();
        company.write('crm/2.csv', deals(...many(3, 7), 'd10,open,5,2026-01-01'));
        const outcome = only(await company.load());
        expect(countsOf([outcome])).toMatchObject({
            read: 9,
            inserted: 1,
            unchanged: 8,
            deleted: 2,
        });
        expect(outcome).toMatchObject({
            notes: [
                '2 rows with amount 20.00 are deleted, because the newest file holds everything and ' +
                    'lacks them (such as d3); they stay in the history',
            ],
        });
        expect(await ids()).toHaveLength(9);
        expect(
            await company.query('select deal_id, _is_gone from raw_history.deals order by 1'),
        ).toEqual([
            { deal_id: 'd3', _is_gone: true },
            { deal_id: 'd7', _is_gone: true },
        ]);
        expect(only(await company.load()).status).toBe('unchanged');
    });

    it('reads its newest file only, whatever change an earlier one knew', async () => {
        company.configure([crm]);
        company.write('crm/1.csv', deals(deal(1, 10, 5), deal(2)));
        await company.load();
        company.write('crm/2.csv', deals(deal(1, 11, 4), deal(2)));
        expect(countsOf(await company.load())).toMatchObject({ updated: 1, superseded: 0 });
        expect(
            await company.query(`select amount from raw_files.deals where deal_id = 'd1'`),
        ).toEqual([{ amount: '11.00' }]);
    });

    it('leaves the rows of another input alone, and those that both have', async () => {
        const other: TestInput = {
            ...crm,
            name: 'other',
            files: ['other.csv'],
            complete: undefined,
        };
        company.configure([crm, other], { max_loss_share: 1 });
        company.write('crm/1.csv', deals(deal(1), deal(2), deal(3)));
        company.write('other.csv', deals(deal(2), deal(9)));
        await company.load();
        company.write('crm/2.csv', deals(deal(1)));
        await company.load();
        expect(await ids()).toEqual(['d1', 'd2', 'd9']);
    });

    it('does not take a rejected row for deleted, nor anything when a row has no key', async () => {
        company.configure([crm], { max_reject_share: 0.5, max_loss_share: 1 });
        company.write('crm/1.csv', deals(deal(1), deal(2), deal(3)));
        await company.load();
        company.write('crm/2.csv', deals(deal(1), 'd2,lost?,1,2026-01-01'));
        await company.load();
        expect(await ids()).toEqual(['d1', 'd2']);
        company.write('crm/3.csv', deals(deal(1), ',open,1,2026-01-01'));
        expect(await notesOf()).toEqual([
            '1 row of crm/3.csv cannot be told by deal_id, so nothing that it lacks is taken for deleted',
        ]);
        expect(await ids()).toEqual(['d1', 'd2']);
    });

    it('may be of ad spend', async () => {
        company.configure([{ ...spendInput, complete: true }]);
        company.write(
            'ads/1.csv',
            csv(spendHeader, spend('2026-01-01', '9'), spend('2026-02-01', '1')),
        );
        await company.load();
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-01', '9')));
        expect(countsOf(await company.load())).toMatchObject({ unchanged: 1, deleted: 1 });
    });
});

describe('a loss above the share', () => {
    it('of rows is refused until it is confirmed', async () => {
        company.configure([crm]);
        company.write('crm/1.csv', deals(...many()));
        await company.load();
        company.write('crm/2.csv', deals(...many(1, 2, 3)));
        const failure = failureOf(await company.load());
        expect(failure).toMatchObject({ exitCode: 1, file: 'crm/2.csv' });
        expect(failure.message).toContain(
            '3 rows of 10 would no longer count (such as d1). That is 30 %, and 20 % may go at once',
        );
        expect(failure.fix).toContain('load once with --yes');
        expect(await ids()).toHaveLength(10);
        expect(countsOf(await company.load({ isConfirmed: true }))).toMatchObject({ deleted: 3 });
    });

    it('is a file without rows', async () => {
        company.configure([crm]);
        company.write('crm/1.csv', deals(deal(1)));
        await company.load();
        company.write('crm/2.csv', deals());
        expect(failureOf(await company.load()).message).toContain('That is 100 %');
    });

    it('of money is refused, in one load or two, and asked for once', async () => {
        const [gates, fences] = [spend('2026-01-01', '60'), spend('2026-01-01', '40', 'd')];
        company.configure([spendInput]);
        company.write('ads/1.csv', csv(spendHeader, gates, fences));
        company.write('ads/2.csv', csv(spendHeader, gates));
        const message = '1 row with spend_amount 40.000000 of 100.000000 would no longer count';
        expect(failureOf(await company.load()).message).toContain(message);
        company.remove('ads/2.csv');
        await company.load();
        company.write('ads/2.csv', csv(spendHeader, gates));
        expect(failureOf(await company.load()).message).toContain(message);
        await company.load({ isConfirmed: true });
        company.write('ads/3.csv', csv(spendHeader, spend('2026-02-01', '1')));
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, deleted: 0 });
    });

    it('may be larger where the input says so', async () => {
        company.configure([{ ...crm, max_loss_share: 0.5 }]);
        company.write('crm/1.csv', deals(deal(1), deal(2)));
        await company.load();
        company.write('crm/2.csv', deals(deal(1)));
        expect(countsOf(await company.load())).toMatchObject({ deleted: 1 });
    });
});
