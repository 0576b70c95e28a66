import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
    countsOf,
    createTestCompany,
    csv,
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
afterEach(() => {
    vi.useRealTimers();
    return company.close();
});

const warnings = async () => {
    const outcome = only(await company.load());
    countsOf([outcome]);
    return outcome.status === 'loaded' ? outcome.warnings : [];
};
const windows = () =>
    company.query(`
        select input, account, cast(first_at as date) as first, cast(last_at as date) as last
        from jointly.file_windows order by file_id, account`);
const rejectedRows = () =>
    company.query(`
        select "row", account, cast(first_at as date) as day, amount, currency_code as currency
        from jointly.rejected_rows order by input, file, "row"`);

const paymentInput: TestInput = { name: 'bank', stream: 'payments', files: ['bank/*.csv'] };
const payments = (...lines: string[]) =>
    csv('payment_id,paid_at,kind,net_amount,currency_code', ...lines);

describe('the days that a file speaks for', () => {
    it('are those of each of its accounts, whatever of them is restated unchanged', async () => {
        const january = [spend('2026-01-01', '1', 'c', 'a'), spend('2026-01-05', '1', 'c', 'b')];
        company.write('ads/1.csv', csv(spendHeader, ...january, spend('2026-01-31', '1')));
        company.configure([spendInput]);
        await company.load();
        company.write(
            'ads/2.csv',
            csv(spendHeader, spend('2026-01-31', '1'), spend('2026-02-03', '2')),
        );
        await company.load();
        expect((await windows()).slice(-3)).toEqual([
            { input: 'ads', account: 'google a', first: '2026-01-01', last: '2026-01-31' },
            { input: 'ads', account: 'google b', first: '2026-01-05', last: '2026-01-05' },
            { input: 'ads', account: 'google a', first: '2026-01-31', last: '2026-02-03' },
        ]);
    });

    it('are taken from the rows that an earlier version loaded', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([spendInput]);
        await company.load();
        await company.query('delete from jointly.file_windows');
        company.remove('ads/1.csv');
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-09', '1')));
        await company.load();
        expect(await windows()).toMatchObject([{ first: '2026-01-01' }, { first: '2026-01-09' }]);
    });
});

describe('money that is rejected', () => {
    it('is warned of with what can be read of it, by currency', async () => {
        company.write(
            'bank/1.csv',
            payments(
                'p1,2026-01-01,payment,100,EUR',
                'p2,2026-01-02 12:00:00,paid,1000.50,EUR',
                'p3,2026-01-40,payment,7,RON',
                'p4,2026-01-03 12:00:00,payment,?,EUR',
                'p5,2026-01-04 12:00:00,payment,-5,EUR',
            ),
        );
        company.configure([paymentInput], { max_reject_share: 0.9 });
        expect(await warnings()).toEqual([
            expect.stringMatching(
                /^4 rows of money rejected \(net_amount: 995\.50 EUR, 7\.00 RON in all, and 1 without an amount\)/,
            ),
        ]);
        expect(await rejectedRows()).toEqual([
            { row: 2, account: '', day: '2026-01-02', amount: '1000.500000', currency: 'EUR' },
            { row: 3, account: '', day: null, amount: '7.000000', currency: 'RON' },
            { row: 4, account: '', day: '2026-01-03', amount: null, currency: 'EUR' },
            { row: 5, account: '', day: '2026-01-04', amount: '-5.000000', currency: 'EUR' },
        ]);
    });

    it('is not warned of where somebody answers for all days it may be of', async () => {
        const rows = payments(
            'p1,2026-01-01 12:00:00,payment,1,EUR',
            'p2,2026-01-31 23:30:00,payment,1,EUR',
            'p3,2026-01-02 12:00:00,payment,?,EUR',
            'p4,2026-01-40,payment,7,EUR',
        );
        company.write('bank/1.csv', rows);
        const waive = (...lines: string[]) =>
            company.write(
                'rules/company/waivers.csv',
                csv('stream,input,account,from_day,to_day,waived_by,reason', ...lines),
            );
        company.configure([paymentInput], { max_reject_share: 0.9, rules: './rules' });
        waive('payments,bank,,2026-01-01,2026-01-30,Ana,paid back');
        expect(await warnings()).toEqual([expect.stringContaining('1 row of money rejected')]);
        waive('payments,bank,,2026-01-01,2026-01-31,Ana,paid back');
        company.write('bank/1.csv', `${rows}p5,2026-01-05 12:00:00,payment,1,EUR\n`);
        expect(await warnings()).toEqual([]);
        waive('payments,bank,,2026-01-01,2026-01-31,,paid back');
        await expect(company.load()).rejects.toThrow(/waivers.csv, line 2, column waived_by/);
    });

    it('is none when a later row of its key is right, in the same load or the next', async () => {
        company.write(
            'bank/1.csv',
            payments('p1,2026-01-01,payment,?,EUR', 'p1,2026-01-01,payment,1,EUR'),
        );
        company.configure([paymentInput], { max_reject_share: 0.9 });
        expect(await warnings()).toEqual([]);
        company.write(
            'bank/2.csv',
            payments('p2,2026-01-01,payment,?,EUR', 'p3,2026-01-01,payment,3,EUR'),
        );
        expect(await warnings()).toHaveLength(1);
        company.remove('bank/2.csv');
        company.write('bank/3.csv', payments('p2,2026-01-01,payment,2,EUR'));
        await company.load();
        expect(await rejectedRows()).toEqual([]);
    });

    it('is none when a later file speaks for its day, but stays when one of another account does', async () => {
        company.write(
            'ads/1.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2026-01-02', '-4')),
        );
        company.configure([spendInput], { max_reject_share: 0.9 });
        expect(await warnings()).toEqual([expect.stringContaining('-4.00 EUR')]);
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-02', '1', 'c', 'other')));
        await company.load();
        expect(await rejectedRows()).toHaveLength(1);
        company.write(
            'ads/3.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2026-01-03', '1')),
        );
        await company.load();
        expect(await rejectedRows()).toEqual([]);
    });
});

describe('an input that is no longer in the config', () => {
    const other: TestInput = { ...spendInput, name: 'other', files: ['other/*.csv'] };
    const sum = async () =>
        (await company.query('select sum(spend_amount) as sum from raw_files.ad_spend'))[0]?.sum;

    it('counts no more, and counts again when it is back, without its files', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.write(
            'other/1.csv',
            csv(spendHeader, spend('2026-01-01', '10', 'd', 'b'), spend('x', '5')),
        );
        company.configure([spendInput, other], { max_reject_share: 0.5 });
        await company.load();
        expect(await sum()).toBe('11.000000');
        company.configure([spendInput], { max_reject_share: 0.5 });
        await company.load();
        expect(await sum()).toBe('1.000000');
        expect(await company.query('from jointly.rejects')).toEqual([]);
        expect(
            await company.query(
                `select row_count from jointly.stream_state where stream = 'ad_spend'`,
            ),
        ).toEqual([{ row_count: 1 }]);
        company.remove('other/1.csv');
        company.write('other/2.csv', csv(spendHeader, spend('2026-01-02', '100', 'd', 'b')));
        company.configure([spendInput, other]);
        await company.load();
        expect(await sum()).toBe('111.000000');
    });

    it('leaves nothing of the last input of a stream in it', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.write('l.csv', csv('lead_id,created_at', '1,2026-01-01'));
        const leads: TestInput = { name: 'crm', stream: 'leads', files: ['l.csv'] };
        company.configure([spendInput, leads]);
        await company.load();
        company.configure([leads]);
        await company.load();
        expect(await sum()).toBe(null);
        expect(
            await company.query(
                `select row_count, last_event_at from jointly.stream_state where stream = 'ad_spend'`,
            ),
        ).toEqual([{ row_count: 0, last_event_at: null }]);
    });

    it('loses no row that another input delivers, too, and none to a new name', async () => {
        const line = spend('2026-01-01', '1');
        company.write('ads/1.csv', csv(spendHeader, line));
        company.write('other/1.csv', csv(spendHeader, line));
        company.configure([other, spendInput]);
        await company.load();
        company.configure([spendInput]);
        await company.load();
        expect(await sum()).toBe('1.000000');
        company.configure([{ ...spendInput, name: 'renamed' }]);
        await company.load();
        expect(await sum()).toBe('1.000000');
    });
});

describe('what is known of a stream', () => {
    const state = async () =>
        (
            await company.query(`
            select last_event_at as last, observed_until as until
            from jointly.stream_state where stream = 'payments'`)
        )[0];
    const at = (day: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(day) });

    it('does not keep what a wrong clock said', async () => {
        company.write('bank/1.csv', payments('p1,2026-01-01,payment,1,EUR'));
        company.configure([paymentInput]);
        at('2019-05-05T00:00:00Z');
        await company.load();
        expect(await state()).toEqual({ last: null, until: null });
        at('2026-01-02T00:00:00Z');
        expect(only(await company.load()).status).toBe('unchanged');
        expect(await state()).toEqual({
            last: '2025-12-31 22:00:00',
            until: '2025-12-31 22:00:00',
        });
    });

    it('is the same whether a planned payment was loaded before its day or after', async () => {
        company.write(
            'bank/1.csv',
            payments('p1,2026-01-01,payment,1,EUR', 'p2,2026-02-01,payment,1,EUR'),
        );
        company.configure([paymentInput]);
        at('2026-01-15T00:00:00Z');
        await company.load();
        expect(await state()).toMatchObject({ last: '2025-12-31 22:00:00' });
        at('2026-02-15T00:00:00Z');
        await company.load();
        expect(await state()).toMatchObject({ last: '2026-01-31 22:00:00' });
        const [loaded] = await company.query(
            `select loaded_at >= '2026-02-15' as is_late from jointly.stream_state where stream = 'payments'`,
        );
        expect(loaded).toEqual({ is_late: true });
    });

    it('is read again when rows were refused as changed after the clock', async () => {
        company.write(
            'd.csv',
            csv('deal_id,status,amount,updated_at', '1,open,1,2019-01-01', '2,open,2,2026-01-01'),
        );
        company.configure([{ name: 'crm', stream: 'deals', files: ['d.csv'] }], {
            max_reject_share: 0.5,
        });
        at('2019-05-05T00:00:00Z');
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, rejected: 1 });
        at('2026-01-02T00:00:00Z');
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, rejected: 0 });
        expect(only(await company.load()).status).toBe('unchanged');
    });
});

describe('--full-refresh', () => {
    it('starts anew: only what the files hold is there, and no old row is newer', async () => {
        const deals = (...lines: string[]) => csv('deal_id,status,amount,updated_at', ...lines);
        company.write(
            'd.csv',
            deals('1,open,10,2026-01-05', '2,open,20,2026-01-01', '3,open,?,2026-01-01'),
        );
        const input: TestInput = { name: 'crm', stream: 'deals', files: ['*.csv'] };
        company.configure([input], { max_reject_share: 0.5 });
        await company.load();
        company.remove('d.csv');
        company.write('e.csv', deals('1,open,11,2026-01-02', '4,open,40,2026-01-02'));
        expect(countsOf(await company.load())).toMatchObject({ superseded: 1, inserted: 1 });
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            updated: 1,
            unchanged: 1,
            deleted: 1,
        });
        expect(
            await company.query('select deal_id, amount from raw_files.deals order by 1'),
        ).toEqual([
            { deal_id: '1', amount: '11.00' },
            { deal_id: '4', amount: '40.00' },
        ]);
        expect(await company.query('from jointly.rejects')).toEqual([]);
        expect(await rejectedRows()).toEqual([]);
    });

    it('forgets days of ad spend that no file holds any more', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([spendInput]);
        await company.load();
        company.remove('ads/1.csv');
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-02', '2')));
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            inserted: 1,
            deleted: 1,
        });
        expect(await windows()).toMatchObject([{ first: '2026-01-02' }]);
    });
});
