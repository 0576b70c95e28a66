import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    failure,
    type MockDeal,
    type MockPipedrive,
    startPipedrive,
} from '../../sources/pipedrive/mock.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import { crmRows, notesOf } from './crm-rows.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockPipedrive;
let company: TestCompany;
let clock: TestClock;

const begin = (settings = {}) => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', 'PIPE_TOKEN=user-token\n');
    company.configure([], {
        connections: [
            {
                name: 'pipe',
                system: 'pipedrive',
                since: '2026-10-01',
                address: mock.address,
                ...settings,
            },
        ],
    });
};

const deal = (id: number, changed: string, more = {}): MockDeal => ({
    id,
    owner_id: 7,
    person_id: 5,
    pipeline_id: 3,
    stage_id: 1,
    value: 100.5,
    currency: 'EUR',
    status: 'open',
    add_time: '2026-10-02T08:00:00Z',
    update_time: changed,
    stage_change_time: null,
    source_lead_id: null,
    ...more,
});

beforeEach(async () => {
    mock = await startPipedrive();
    mock.deals = [
        deal(1, '2026-10-05T10:00:00Z', {
            status: 'won',
            won_time: '2026-10-05T10:00:00Z',
            stage_id: 2,
            stage_change_time: '2026-10-04T10:00:00Z',
            source_lead_id: 'lead-1',
        }),
        deal(2, '2026-10-06T10:00:00Z'),
        deal(3, '2026-10-07T10:00:00Z', { is_archived: true }),
    ];
    mock.changes[1] = [
        { field_key: 'stage_id', old_value: '1', new_value: '2', time: '2026-10-04 10:00:00' },
    ];
    mock.leads = [
        {
            id: 'lead-1',
            person_id: 5,
            source_name: 'Web forms',
            add_time: '2026-10-01T08:00:00.000Z',
            update_time: '2026-10-01T08:00:00.000Z',
            c3d4: 'G1',
        },
    ];
    mock.activities = [
        {
            id: 31,
            type: 'call',
            done: true,
            owner_id: 7,
            deal_id: 1,
            marked_as_done_time: '2026-10-03T09:00:00Z',
            update_time: '2026-10-03T09:00:00Z',
        },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

const load = async (options = {}) => countsByStream(await company.load({ clock, ...options }));

const deals = () =>
    company.query(`
        select deal_id, lead_id, status, stage, cast(amount as varchar) as amount, is_deleted
        from raw_files.deals order by deal_id`);
const later = (instant: string) => {
    mock.now = instant;
    clock.advance(Date.parse(instant) - clock.now());
    mock.forget();
};

const passingFaults: readonly PassingFault[] = [
    [
        'too many questions',
        /deals/,
        failure(429, 'request over limit', { 'x-ratelimit-reset': '2' }),
    ],
    ['an answer that is cut', /archived/, 'cut'],
    ['a connection that is reset', /activities/, 'reset'],
    ['a page of a proxy', /changelog/, 'html'],
    ['a server that fails', /leads/, failure(502, 'bad gateway')],
];

describe('Pipedrive', () => {
    it('loads deals, archived ones too, their stages, the inbox and activities', async () => {
        expect(await load()).toMatchObject({
            deals: { inserted: 3 },
            leads: { inserted: 1 },
            lead_touches: { inserted: 1 },
            lead_events: { inserted: 2 },
            deal_stage_history: { inserted: 4 },
            activities: { inserted: 1 },
        });
        const usual = { status: 'open', stage: 'Qualified', amount: '100.50', is_deleted: null };
        expect(await deals()).toEqual([
            { ...usual, deal_id: '1', lead_id: 'lead-1', status: 'won', stage: 'Proposal' },
            { ...usual, deal_id: '2', lead_id: null },
            { ...usual, deal_id: '3', lead_id: null },
        ]);
        // Those that never moved have no history to ask for.
        expect(mock.asked().filter((one) => one.includes('changelog'))).toEqual([
            'v1/deals/1/changelog',
        ]);
    });

    it('loads at first the stages of deals that last moved before the first day, too', async () => {
        const moved = { add_time: '2026-08-01T08:00:00Z', stage_id: 2 };
        mock.deals = [
            deal(1, '2026-10-05T10:00:00Z', {
                ...moved,
                stage_change_time: '2026-09-04T10:00:00Z',
            }),
        ];
        mock.changes[1] = [
            { field_key: 'stage_id', old_value: '1', new_value: '2', time: '2026-09-04 10:00:00' },
        ];
        await load();
        const history = () =>
            company.query(`
                select stage, cast(entered_at as varchar) as entered_at
                from raw_files.deal_stage_history order by entered_at`);
        expect(await history()).toEqual([
            { stage: 'Qualified', entered_at: '2026-08-01 08:00:00' },
            { stage: 'Proposal', entered_at: '2026-09-04 10:00:00' },
        ]);
        later('2026-11-29T13:00:00Z');
        mock.deals = [{ ...(mock.deals[0] as MockDeal), update_time: '2026-11-29T12:30:00Z' }];
        await load();
        expect(mock.asked().filter((one) => one.includes('changelog'))).toEqual([]);
        expect(await history()).toHaveLength(2);
    });

    it('asks the second time for what changed since, with an overlap', async () => {
        await load();
        later('2026-11-29T13:00:00Z');
        mock.deals[1] = deal(2, '2026-11-29T12:30:00Z', { value: 7 });
        expect(await load()).toMatchObject({ deals: { updated: 1, inserted: 0 } });
        expect(mock.asked()).toEqual(
            expect.arrayContaining([
                'api/v2/deals 2026-11-29T11:55:00Z',
                'api/v2/deals/archived 2026-11-29T11:55:00Z',
                'api/v2/deals deleted 2026-11-29T11:55:00Z',
                'v1/leads 2026-11-29T11:55:00Z',
                'api/v2/activities 2026-11-29T11:55:00Z',
            ]),
        );
        // A deal is asked for as a proof that there are any to see.
        expect(mock.asked().filter((one) => /deals$|archived$/.test(one))).toEqual([
            'api/v2/deals',
            'v1/leads/archived',
        ]);
    });

    it('marks what the system lists as deleted, and later what it lists no more', async () => {
        await load();
        later('2026-11-29T13:00:00Z');
        mock.deals[1] = deal(2, '2026-11-29T12:30:00Z', { is_deleted: true, status: 'deleted' });
        await load();
        expect(await deals()).toMatchObject([{}, { is_deleted: true }, { is_deleted: null }]);
        later('2026-12-07T13:00:00Z');
        mock.deals = mock.deals.slice(0, 2);
        await load({ isConfirmed: true });
        expect(await deals()).toMatchObject([
            { is_deleted: null },
            { is_deleted: true },
            { is_deleted: true, amount: '100.50' },
        ]);
    });

    it('loses no deal that changes while the pages are read', async () => {
        mock.pageSize = 2;
        mock.deals = Array.from({ length: 9 }, (_, index) =>
            deal(index + 1, `2026-10-0${index + 1}T10:00:00Z`),
        );
        let pages = 0;
        mock.onRequest = ({ path, query }) => {
            if (path !== '/api/v2/deals' || !query.has('cursor') || ++pages !== 1) return;
            mock.deals = [...mock.deals.slice(1), deal(1, '2026-11-29T11:59:00Z', { value: 7 })];
        };
        await load();
        expect(await deals()).toHaveLength(9);
        expect((await deals())[0]).toMatchObject({ amount: '7.00' });
    });

    it('goes on where a run that failed stood', async () => {
        mock.pageSize = 2;
        mock.deals = Array.from({ length: 9 }, (_, index) =>
            deal(index + 1, `2026-10-0${index + 1}T10:00:00Z`),
        );
        let pages = 0;
        mock.onRequest = ({ path }) => {
            if (path === '/api/v2/deals' && ++pages === 5) {
                mock.fail(/./, ...Array.from({ length: 7 }, (): Fault => 'reset'));
            }
        };
        await expect(load()).rejects.toThrow('7 tries');
        mock.onRequest = () => {};
        mock.forget();
        await load();
        expect(await deals()).toHaveLength(9);
        const again = mock.asked().filter((one) => one === 'api/v2/deals 2026-10-01T00:00:00Z');
        expect(again).toHaveLength(1);
    });

    it.each([
        ['stages', /v2.stages/],
        ['changes of deal 1', /changelog/],
    ])('does not go round in a circle of %s', async (what, path) => {
        const page = { body: { success: true, data: [], additional_data: { next_cursor: 'a' } } };
        mock.fail(path, page, page, page);
        await expect(load()).rejects.toThrow(`${what}: the pages lead in a circle`);
        mock.forget();
        await load();
    });

    it('ends when the tokens of the day are spent, and says until when', async () => {
        mock.fail(
            /activities/,
            failure(429, 'request over limit', { 'x-daily-ratelimit-token-remaining': '0' }),
        );
        await expect(load()).rejects.toThrow('2026-11-30T00:00:00.000Z');
    });

    it('loads the same whatever fails and passes', async () => {
        await load();
        const undisturbed = await crmRows(company);
        company.close();
        begin();
        const unmet = failInTurn(mock, passingFaults);
        await load();
        expect(await crmRows(company)).toEqual(undisturbed);
        expect(unmet()).toEqual([]);
    });

    it('tells which fields of the config the account does not have', async () => {
        company.close();
        begin({ fields: { product_line: 'Prodct', lead_channel: 'a1b2' } });
        expect(await notesOf(company, clock)).toEqual([
            expect.stringMatching(/^pipe: fields\.product_line names Prodct/),
        ]);
    });

    it('takes deals for inquiries where no inbox is used', async () => {
        company.close();
        begin({ inquiries: 'deals' });
        expect(await load()).toMatchObject({ leads: { inserted: 3 }, deals: { inserted: 3 } });
        expect(await company.query('select distinct email from raw_files.leads')).toEqual([
            { email: 'ion@x.test' },
        ]);
        expect(mock.asked().filter((one) => one.startsWith('v1/leads'))).toEqual([]);
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        const loaded = await crmRows(company);
        company.remove('state/warehouse.duckdb');
        mock.forget();
        await load({ isReplay: true });
        expect(await crmRows(company)).toEqual(loaded);
        expect(mock.requests).toEqual([]);
    });
});
