import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
    countsOf,
    createTestCompany,
    csv,
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

const crm: TestInput = { name: 'crm', stream: 'leads', files: ['leads/*.csv'] };
const leads = (...lines: string[]) => csv('lead_id,created_at,channel,updated_at', ...lines);

/** The history, each row with the number of the load that wrote it and of the one that ended it. */
const history = (stream: string, columns: string) =>
    company.query(`
        with loads as (
            select load_id, row_number() over (order by min(file_id)) as number
            from jointly.files where stream = '${stream}' group by load_id
        )
        select ${columns}, wrote.number as wrote, ended.number as ended, _is_gone as is_gone
        from raw_history.${stream} as old
        inner join jointly.files as writer on writer.file_id = old._file_id
        inner join loads as wrote on wrote.load_id = writer.load_id
        inner join jointly.files as ender on ender.file_id = old._ended_file_id
        inner join loads as ended on ended.load_id = ender.load_id
        order by all`);

describe('the history of a stream', () => {
    it('keeps a replaced row with the load that wrote it and the load that ended it', async () => {
        company.configure([crm]);
        company.write(
            'leads/1.csv',
            leads('1,2026-01-01,a,2026-01-01', '2,2026-01-01,b,2026-01-01'),
        );
        await company.load();
        company.write(
            'leads/2.csv',
            leads('1,2026-01-01,A,2026-01-02', '3,2026-01-01,c,2026-01-01'),
        );
        await company.load();
        company.write('leads/3.csv', leads('1,2026-01-01,AA,2026-01-03'));
        countsOf(await company.load());
        expect(await history('leads', 'lead_id, channel')).toEqual([
            { lead_id: '1', channel: 'A', wrote: 2, ended: 3, is_gone: false },
            { lead_id: '1', channel: 'a', wrote: 1, ended: 2, is_gone: false },
        ]);
        expect(
            await company.query('select history_rows from jointly.loads order by finished_at'),
        ).toEqual([{ history_rows: 0 }, { history_rows: 1 }, { history_rows: 1 }]);
    });

    it('keeps a row that a restated window no longer has', async () => {
        company.configure([spendInput]);
        company.write(
            'ads/1.csv',
            csv(spendHeader, spend('2026-01-01', '9'), spend('2026-01-01', '1', 'd')),
        );
        await company.load();
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-01', '8')));
        await company.load();
        expect(await history('ad_spend', 'campaign_id, spend_amount')).toEqual([
            { campaign_id: 'c', spend_amount: '9.000000', wrote: 1, ended: 2, is_gone: false },
            { campaign_id: 'd', spend_amount: '1.000000', wrote: 1, ended: 2, is_gone: true },
        ]);
    });

    it('gets nothing from the same input, read again or not', async () => {
        company.configure([crm], { max_reject_share: 1 });
        company.write('leads/1.csv', leads('1,2026-01-01,a,2026-01-01', '2,never,b,2026-01-01'));
        await company.load();
        company.write('leads/2.csv', leads('1,2026-01-01,A,2026-01-02', 'x,never,b,2026-01-01'));
        await company.load();
        const state = () =>
            company.query(`
                select 'raw', to_json(r) from raw_files.leads as r
                union all select 'history', to_json(r) from raw_history.leads as r
                union all select 'rejects', to_json(r) from jointly.rejects as r
                union all select 'past', to_json(r) from jointly.past_rejects as r
                order by all`);
        const before = await state();
        expect(before).toHaveLength(4);
        await company.load();
        countsOf(await company.load({ isFullRefresh: true }));
        expect(await state()).toEqual(before);
    });

    it('keeps what was rejected until its file was mended', async () => {
        company.configure([crm], { max_reject_share: 1 });
        company.write('leads/1.csv', leads('1,2026-01-01,a,', '2,never,b,', '3,never,c,'));
        await company.load();
        company.write('leads/1.csv', leads('1,2026-01-01,a,', '2,2026-01-02,b,', '3,never,c,'));
        await company.load();
        const rejects = (table: string) =>
            company.query(`select "row", "column" from jointly.${table}`);
        expect(await rejects('rejects')).toEqual([{ row: 3, column: 'created_at' }]);
        expect(await rejects('past_rejects')).toEqual([{ row: 2, column: 'created_at' }]);
    });

    it('begins where a warehouse of an earlier version is opened', async () => {
        company.configure([crm]);
        company.write('leads/1.csv', leads('1,2026-01-01,a,2026-01-01'));
        await company.load();
        await company.query(
            'drop schema raw_history cascade; drop table jointly.past_rejects; alter table jointly.loads drop column history_rows',
        );
        company.leave();
        company.write('leads/2.csv', leads('1,2026-01-01,b,2026-01-02'));
        expect(countsOf(await company.load())).toMatchObject({ updated: 1 });
        expect(await history('leads', 'channel')).toHaveLength(1);
        expect(
            await company.query('select history_rows from jointly.loads order by finished_at'),
        ).toEqual([{ history_rows: null }, { history_rows: 1 }]);
    });
});
