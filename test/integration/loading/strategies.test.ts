import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { streamNames } from '../../../pipelines/contracts/registry.ts';
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

const stored = () =>
    company.query<{ day: string; campaign: string; amount: string; file: string }>(
        `select spend_date as day, campaign_id as campaign, spend_amount as amount, file
        from raw_files.ad_spend inner join jointly.files on file_id = _file_id order by 1, 2`,
    );
const days = async () => (await stored()).map((row) => `${row.day.slice(8)}=${Number(row.amount)}`);

describe('loading again', () => {
    it('skips a stream whose files have not changed', async () => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([spendInput]);
        await company.load();
        const before = await company.query('from raw_files.ad_spend');
        expect(only(await company.load()).status).toBe('unchanged');
        expect(await company.query('from raw_files.ad_spend')).toEqual(before);
        expect(await company.query('select count(*) as n from jointly.loads')).toEqual([{ n: 1 }]);
    });

    it('rewrites no row when everything is read again', async () => {
        company.write(
            'ads/a.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2026-01-02', '2')),
        );
        company.configure([spendInput]);
        await company.load();
        const before = await company.query('from raw_files.ad_spend');
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            read: 2,
            unchanged: 2,
            inserted: 0,
            updated: 0,
        });
        expect(await company.query('from raw_files.ad_spend')).toEqual(before);
    });

    it('reads again when the config of the input changes', async () => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([spendInput]);
        await company.load();
        company.configure([
            {
                ...spendInput,
                columns: { spend_amount: { column: 'spend_amount', multiply_by: '2' } },
            },
        ]);
        expect(countsOf(await company.load())).toMatchObject({ updated: 1 });
        expect(await days()).toEqual(['01=2']);
    });

    it('marks a stream without an input as not connected', async () => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([spendInput]);
        await company.load();
        const state = await company.query(
            'select stream, is_connected, row_count, last_event_at from jointly.stream_state order by is_connected desc, stream',
        );
        expect(state).toHaveLength(streamNames.length);
        expect(state[0]).toEqual({
            stream: 'ad_spend',
            is_connected: true,
            row_count: 1,
            last_event_at: '2026-01-01 00:00:00',
        });
        expect(state[1]).toMatchObject({ is_connected: false, row_count: 0, last_event_at: null });
    });

    it('takes the closing of an old deal for its latest event', async () => {
        company.write(
            'deals.csv',
            csv(
                'deal_id,status,created_at,closed_at',
                'd1,won,2026-01-01 10:00:00,2026-03-02 10:00:00',
                'd2,open,2026-02-01 10:00:00,2126-01-01 10:00:00',
            ),
        );
        company.configure([{ name: 'crm', stream: 'deals', files: ['deals.csv'] }]);
        await company.load();
        expect(
            await company.query(
                'select first_event_at, last_event_at from jointly.stream_state where is_connected',
            ),
        ).toEqual([
            { first_event_at: '2026-01-01 08:00:00', last_event_at: '2026-03-02 08:00:00' },
        ]);
    });

    it('does not take a planned event for the latest one', async () => {
        company.write(
            'ads/a.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2126-01-01', '1')),
        );
        company.configure([spendInput]);
        await company.load();
        expect(
            await company.query(
                'select row_count, last_event_at from jointly.stream_state where is_connected',
            ),
        ).toEqual([{ row_count: 2, last_event_at: '2026-01-01 00:00:00' }]);
    });
});

describe('what is planned', () => {
    /** How far a stream of one file reaches, and its latest event, plans among them. */
    async function reach(stream: TestInput['stream'], ...lines: readonly string[]) {
        company.write('plans.csv', csv(...lines));
        company.configure([{ name: 'plans', stream, files: ['plans.csv'] }]);
        countsOf(await company.load());
        const [row] = await company.query<Record<string, string | null>>(
            'select observed_until, last_event_at from jointly.stream_state where is_connected',
        );
        return [row?.observed_until, row?.last_event_at];
    }

    it('is the closing day of an open deal, which is no day the data reaches', async () => {
        const reached = await reach(
            'deals',
            'deal_id,status,created_at,closed_at',
            'd1,open,2026-02-01T10:00:00Z,2026-08-15T10:00:00Z',
            'd2,lost,2026-01-01T10:00:00Z,2026-03-02T10:00:00Z',
        );
        expect(reached).toEqual(['2026-03-02 10:00:00', '2026-03-02 10:00:00']);
    });

    it('is a meeting in the calendar, but no call', async () => {
        const reached = await reach(
            'activities',
            'activity_id,activity_type,occurred_at',
            'a1,meeting,2026-08-15T10:00:00Z',
            'a2,Call,2026-06-01T10:00:00Z',
        );
        expect(reached).toEqual(['2026-06-01 10:00:00', '2026-08-15 10:00:00']);
    });

    it('is the end of a pause', async () => {
        const reached = await reach(
            'clock_pauses',
            'record_type,record_id,paused_at,resumed_at',
            'lead,l1,2026-06-01T10:00:00Z,2026-08-15T10:00:00Z',
        );
        expect(reached).toEqual(['2026-06-01 10:00:00', '2026-06-01 10:00:00']);
    });

    it('is a handover', async () => {
        const reached = await reach(
            'client_assignments',
            'client_id,assigned_at,person_id',
            'c1,2026-08-15T10:00:00Z,eva',
        );
        expect(reached).toEqual([null, '2026-08-15 10:00:00']);
    });
});

describe('a restated window', () => {
    it('replaces its days and takes away what it no longer holds', async () => {
        company.write(
            'ads/1.csv',
            csv(
                spendHeader,
                ...['01', '02', '03', '04', '05'].map((day) => spend(`2026-01-${day}`, '1')),
            ),
        );
        company.configure([spendInput]);
        await company.load();
        company.write(
            'ads/2.csv',
            csv(spendHeader, spend('2026-01-02', '9'), spend('2026-01-04', '1')),
        );
        expect(countsOf(await company.load())).toEqual({
            read: 7,
            inserted: 0,
            updated: 1,
            unchanged: 3,
            duplicate: 0,
            superseded: 3,
            rejected: 0,
            deleted: 1,
            leftOut: 0,
            summed: 0,
            spread: 0,
        });
        expect(await days()).toEqual(['01=1', '02=9', '04=1', '05=1']);
    });

    it('keeps days that no file of the folder holds any more', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([spendInput]);
        await company.load();
        company.remove('ads/1.csv');
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-02', '2')));
        await company.load();
        expect(await days()).toEqual(['01=1', '02=2']);
    });

    it('leaves other accounts alone', async () => {
        company.write(
            'ads/1.csv',
            csv(
                spendHeader,
                spend('2026-01-01', '1', 'c', 'one'),
                spend('2026-01-01', '2', 'c', 'two'),
            ),
        );
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-01', '5', 'c', 'one')));
        company.configure([spendInput]);
        await company.load();
        expect((await stored()).map((row) => Number(row.amount)).toSorted()).toEqual([2, 5]);
    });

    it('may lose a campaign from a day', async () => {
        company.write(
            'ads/1.csv',
            csv(spendHeader, spend('2026-01-01', '1', 'c'), spend('2026-01-02', '2', 'd')),
        );
        company.write(
            'ads/2.csv',
            csv(spendHeader, spend('2026-01-01', '3', 'c'), spend('2026-01-02', '4', 'c')),
        );
        // Its predecessor has c, and what it lacks of the first file was gone before.
        company.write('ads/3.csv', csv(spendHeader, spend('2026-01-02', '5', 'c')));
        company.configure([spendInput]);
        await company.load({ isConfirmed: true });
        expect(await days()).toEqual(['01=3', '02=5']);
    });

    it('is told from another part of the same report', async () => {
        company.write('ads/0.csv', csv(spendHeader, spend('2026-01-01', '9', 'c', 'other')));
        company.write(
            'ads/brand.csv',
            csv(spendHeader, spend('2026-01-01', '1', 'b'), spend('2026-01-04', '1', 'b')),
        );
        company.write(
            'ads/shop.csv',
            csv(spendHeader, spend('2026-01-02', '2', 's'), spend('2026-01-05', '2', 's')),
        );
        company.configure([spendInput]);
        const { message, exitCode, fix } = failureOf(await company.load());
        expect(exitCode).toBe(1);
        expect(message).toContain('ads/brand.csv and ads/shop.csv speak for the same days');
        expect(message).toContain('platform, account_id google, a');
        expect(message).toContain('expected b, as in ads/brand.csv, got s');
        expect(fix).toContain('export every campaign_id of an account into one file');
        expect(await stored()).toEqual([]);
    });

    it('takes parts of a report that have accounts of their own', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1', 'b', 'one')));
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-01', '2', 's', 'two')));
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, superseded: 0 });
    });

    it('follows the order of the patterns, not of the names', async () => {
        company.write('ads/z.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.write('ads/a/restated.csv', csv(spendHeader, spend('2026-01-01', '2')));
        company.configure([{ ...spendInput, files: ['ads/*.csv', 'ads/a/*.csv'] }]);
        await company.load();
        expect(await days()).toEqual(['01=2']);
    });

    it('does not let a broken row erase a good one', async () => {
        company.write(
            'ads/1.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2026-01-05', '5')),
        );
        company.write(
            'ads/2.csv',
            csv(spendHeader, spend('2026-01-01', 'x'), spend('2026-01-02', '2')),
        );
        company.configure([spendInput], { max_reject_share: 0.5 });
        await company.load();
        expect(await days()).toEqual(['01=1', '02=2', '05=5']);
    });
});

describe('the same key twice', () => {
    it('is one row of ad spend when the rows are equal', async () => {
        company.write(
            'ads/1.csv',
            csv(spendHeader, spend('2026-01-01', '1'), spend('2026-01-01', '1.00')),
        );
        company.configure([spendInput]);
        expect(countsOf(await company.load())).toMatchObject({
            read: 2,
            inserted: 1,
            duplicate: 1,
        });
    });

    it('is refused when amounts differ, whatever share of rows may be broken', async () => {
        company.write(
            'ads/1.csv',
            csv(
                spendHeader,
                spend('2026-01-01', '1'),
                spend('2026-01-02', '3'),
                spend('2026-01-01', '2'),
            ),
        );
        company.configure([spendInput], { max_reject_share: 1 });
        const failure = failureOf(await company.load());
        expect(failure).toMatchObject({ row: 1, line: 2, got: 'different values in rows 1, 3' });
        expect(failure.fix).toContain('in input ads write sum_to_key: true');
        expect(failure.fix).not.toContain('max_reject_share');
        expect(await company.query('from raw_files.ad_spend')).toEqual([]);
    });

    const leads = (...lines: string[]) => csv('lead_id,created_at,channel,updated_at', ...lines);
    const leadInput = { name: 'crm', stream: 'leads', files: ['l/*.csv'] };
    const channels = async () =>
        (
            await company.query<{ channel: string }>(
                'select channel from raw_files.leads order by lead_id',
            )
        ).map((row) => row.channel);

    it('keeps the lead that was changed last, wherever it stands', async () => {
        company.write(
            'l/1.csv',
            leads('1,2026-01-01,new,2026-01-03 10:00', '1,2026-01-01,old,2026-01-02 10:00'),
        );
        company.write(
            'l/2.csv',
            leads(
                '1,2026-01-01,older,2026-01-01 10:00',
                '2,2026-01-01,none,',
                '2,2026-01-01,later row,',
            ),
        );
        company.configure([leadInput]);
        expect(countsOf(await company.load())).toMatchObject({
            read: 5,
            inserted: 2,
            duplicate: 3,
        });
        expect(await channels()).toEqual(['new', 'later row']);
    });

    it('does not let an old export overwrite a newer row', async () => {
        company.write('l/1.csv', leads('1,2026-01-01,new,2026-01-03 10:00'));
        company.configure([leadInput]);
        await company.load();
        company.remove('l/1.csv');
        company.write('l/2.csv', leads('1,2026-01-01,old,2026-01-02 10:00'));
        expect(countsOf(await company.load())).toMatchObject({ superseded: 1, updated: 0 });
        expect(await channels()).toEqual(['new']);
    });

    it('updates a lead and keeps those the new file lacks', async () => {
        company.write(
            'l/1.csv',
            leads('1,2026-01-01,a,2026-01-01 10:00', '2,2026-01-01,b,2026-01-01 10:00'),
        );
        company.configure([leadInput]);
        await company.load();
        company.write(
            'l/1.csv',
            leads('1,2026-01-01,a2,2026-01-02 10:00', '3,2026-01-01,c,2026-01-01 10:00'),
        );
        expect(countsOf(await company.load())).toMatchObject({
            inserted: 1,
            updated: 1,
            deleted: 0,
        });
        expect(await channels()).toEqual(['a2', 'b', 'c']);
    });
});

describe('money', () => {
    it('stays exact to the last decimal', async () => {
        const amounts = ['0.1', '0.2', '123456789012.123456', '0.000001', '99999.99'];
        company.write(
            'ads/1.csv',
            csv(
                spendHeader,
                ...amounts.map((amount, index) => spend('2026-01-01', amount, `c${index}`)),
            ),
        );
        company.configure([spendInput]);
        await company.load();
        const [row] = await company.query(
            'select sum(spend_amount) as total, typeof(sum(spend_amount)) as type from raw_files.ad_spend',
        );
        expect(row).toEqual({ total: '123456889012.413457', type: 'DECIMAL(38,6)' });
    });
});

describe('a warehouse of another version', () => {
    it('gets the optional columns it lacks and is read again', async () => {
        company.write('ads/1.csv', csv(`${spendHeader},clicks`, `${spend('2026-01-01', '1')},7`));
        company.configure([spendInput]);
        await company.load();
        await company.query('alter table raw_files.ad_spend drop column clicks');
        company.leave();
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({ updated: 1 });
        expect(await company.query('select clicks from raw_files.ad_spend')).toEqual([
            { clicks: 7 },
        ]);
    });

    it('is refused when a column has another type', async () => {
        company.configure([spendInput]);
        await company.query('alter table raw_files.ad_spend alter spend_amount type double');
        company.leave();
        await expect(company.load()).rejects.toThrow(
            /another version[\s\S]*spend_amount decimal\(18,6\), got double/,
        );
    });
});
