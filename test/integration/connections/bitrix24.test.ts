import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { failure, type MockBitrix24, secret, startBitrix24 } from '../../sources/bitrix24/mock.ts';
import { createTestCompany, type TestCompany } from '../loading/company.ts';
import { crmRows, notesOf } from './crm-rows.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockBitrix24;
let company: TestCompany;
let clock: TestClock;

const begin = () => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', `PORTAL_WEBHOOK=${mock.address}/rest/1/${secret}/\n`);
    company.configure([], {
        connections: [{ name: 'portal', system: 'bitrix24', since: '2026-01-01' }],
    });
};

const deal = (id: number, stageId: string, updatedTime: string, more = {}) => ({
    id,
    stageId,
    assignedById: 7,
    opportunity: 100.5,
    currencyId: 'RUB',
    leadId: 1,
    closedate: '2026-10-05T03:00:00+03:00',
    createdTime: '2026-10-02T11:00:00+03:00',
    updatedTime,
    ...more,
});

beforeEach(async () => {
    mock = await startBitrix24();
    mock.items[1] = [
        {
            id: 1,
            name: 'Ион',
            sourceId: 'WEB',
            ufCrm_1: 'G1',
            createdTime: '2026-10-01T11:00:00+03:00',
            updatedTime: '2026-10-01T11:00:00+03:00',
        },
    ];
    mock.items[2] = [
        deal(11, 'WON', '2026-10-05T13:00:00+03:00'),
        deal(12, 'NEW', '2026-10-06T13:00:00+03:00'),
    ];
    mock.entries[1] = [
        { ID: 31, OWNER_ID: 1, CREATED_TIME: '2026-10-01T12:00:00+03:00', STATUS_ID: 'IN_PROCESS' },
    ];
    mock.entries[2] = [
        { ID: 41, OWNER_ID: 11, CREATED_TIME: '2026-10-05T13:00:00+03:00', STAGE_ID: 'WON' },
    ];
    mock.activities = [
        {
            ID: '51',
            OWNER_ID: '1',
            OWNER_TYPE_ID: '1',
            TYPE_ID: '2',
            DIRECTION: '2',
            RESPONSIBLE_ID: '7',
            CREATED: '2026-10-01T12:30:00+03:00',
            LAST_UPDATED: '2026-10-01T12:30:00+03:00',
        },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

async function load(options = {}) {
    const outcomes = await company.load({ clock, ...options });
    for (const outcome of outcomes) if (outcome.status === 'failed') throw outcome.error;
    return outcomes;
}

const deals = () =>
    company.query(`
        select deal_id, status, stage, cast(amount as varchar) as amount, is_deleted
        from raw_files.deals order by cast(deal_id as integer)`);
const cursorOf = async (feed: string) => {
    const rows = await company.query<{ cursor: string }>(
        `select cursor from jointly.cursors where feed = '${feed}'`,
    );
    return rows[0]?.cursor;
};
const days = (count: number) => clock.advance(count * 24 * 3_600_000);

const passingFaults: readonly PassingFault[] = [
    ['a full bucket', /stagehistory/, failure(503, 'QUERY_LIMIT_EXCEEDED')],
    [
        'a full bucket and then a method out of work, until it may again',
        /stagehistory/,
        failure(503, 'QUERY_LIMIT_EXCEEDED'),
        failure(429, 'OPERATION_TIME_LIMIT'),
    ],
    ['an answer that is cut', /stagehistory/, 'cut'],
    ['a page of a proxy', /stagehistory/, 'html'],
    ['a burst of server errors', /stagehistory/, { status: 500 }, { status: 502 }, { status: 503 }],
];

describe('Bitrix24', () => {
    it('loads leads, their steps, deals, stages and activities, in UTC', async () => {
        await load();
        expect(await deals()).toEqual([
            { deal_id: '11', status: 'won', stage: 'Успешна', amount: '100.50', is_deleted: null },
            { deal_id: '12', status: 'open', stage: 'Новая', amount: '100.50', is_deleted: null },
        ]);
        expect(
            await company.query(
                `select event_type, cast(occurred_at as varchar) as at from raw_files.lead_events`,
            ),
        ).toEqual([{ event_type: 'sal', at: '2026-10-01 09:00:00' }]);
        expect(
            await company.query('select touch_id, click_id from raw_files.lead_touches'),
        ).toEqual([{ touch_id: '1:visit', click_id: 'gclid.G1' }]);
        expect(await cursorOf('deals')).toBe('2026-10-06T10:00:00.000Z');
    });

    it('loads words of lists, and no template of deals that recur, not even one loaded before', async () => {
        const configure = (fields: object) =>
            company.configure([], {
                connections: [{ name: 'portal', system: 'bitrix24', since: '2026-01-01', fields }],
            });
        const line = { ufCrm_1640042314192: 79 };
        mock.items[2] = [
            deal(11, 'WON', '2026-10-05T13:00:00+03:00', line),
            deal(12, 'NEW', '2026-10-06T13:00:00+03:00', { ...line, isRecurring: 'N' }),
            deal(13, 'NEW', '2026-10-06T13:00:00+03:00'),
        ];
        configure({ deal_product_line: 'UF_CRM_1640042314192' });
        await load();
        const lines = () =>
            company.query(`
                select deal_id, product_line, is_deleted from raw_files.deals order by deal_id`);
        const known = [
            { deal_id: '11', product_line: 'Ворота', is_deleted: null },
            { deal_id: '12', product_line: 'Ворота', is_deleted: null },
        ];
        expect(await lines()).toEqual([
            ...known,
            { deal_id: '13', product_line: null, is_deleted: null },
        ]);
        const template = { isRecurring: 'Y' };
        mock.items[2] = [
            ...(mock.items[2] ?? []).slice(0, 2),
            deal(13, 'NEW', '2026-10-06T13:00:00+03:00', template),
            deal(14, 'NEW', '2026-10-07T13:00:00+03:00', template),
        ];
        days(8);
        await load({ isConfirmed: true });
        expect(await lines()).toEqual([
            ...known,
            { deal_id: '13', product_line: null, is_deleted: true },
        ]);
    });

    it('tells which statuses of a company are no step, until they are named', async () => {
        mock.entries[1]?.push({
            ID: 32,
            OWNER_ID: 1,
            CREATED_TIME: '2026-10-01T13:00:00+03:00',
            STATUS_ID: 'UC_4X',
        });
        expect(await notesOf(company, clock)).toEqual([
            'leads had UC_4X, which lead_statuses does not name, so they are no step: give each its step, or null',
        ]);
        company.configure([], {
            connections: [
                {
                    ...{ name: 'portal', system: 'bitrix24', since: '2026-01-01' },
                    lead_statuses: { IN_PROCESS: 'sal', UC_4X: null },
                },
            ],
        });
        expect(await notesOf(company, clock)).toEqual([]);
    });

    it('tells which fields of the config the portal does not have', async () => {
        const fields = { deal_product_line: 'UF_CRM_1640042314192', deal_lost_reason: 'ufCrm_9' };
        company.configure([], {
            connections: [{ name: 'portal', system: 'bitrix24', since: '2026-01-01', fields }],
        });
        expect(await notesOf(company, clock)).toEqual([
            'portal: fields.deal_lost_reason names ufCrm_9, which is no field there, so it stays empty',
        ]);
    });

    it('asks the second time for what changed alone', async () => {
        await load();
        mock.forget();
        mock.items[2] = [
            deal(11, 'WON', '2026-10-05T13:00:00+03:00'),
            deal(12, 'LOSE', '2026-10-07T13:00:00+03:00'),
        ];
        await load();
        expect(await deals()).toMatchObject([{ status: 'won' }, { deal_id: '12', status: 'lost' }]);
        expect(mock.asked()).toContain(
            'crm.item.list 2 {">id":"0",">=updatedTime":"2026-10-06T09:55:00+00:00"}',
        );
        // Ids were compared yesterday.
        expect(mock.asked()).not.toContain('crm.item.list 2 {">id":"0"}');
    });

    it('reads all of more than a page, although a record vanishes in between', async () => {
        mock.items[2] = Array.from({ length: 130 }, (_, index) =>
            deal(100 + index, 'NEW', '2026-10-05T13:00:00+03:00'),
        );
        let pages = 0;
        mock.onRequest = ({ path, text }) => {
            if (!path.includes('crm.item.list') || !text.includes('"entityTypeId":2')) return;
            if (++pages === 3) mock.items[2]?.splice(10, 1);
        };
        await load();
        const [found] = await company.query<{ deals: number }>(
            'select count(*) as deals from raw_files.deals where is_deleted is null',
        );
        expect(found?.deals).toBe(129);
    });

    it('marks what was deleted when the ids are compared, a week later, and what came back', async () => {
        await load();
        const [first, second] = mock.items[2] as [object, object];
        mock.items[2] = [first as never];
        days(6);
        await load();
        expect(await deals()).toMatchObject([{}, { deal_id: '12', is_deleted: null }]);
        days(1);
        // Half of the deals at once is for a person to confirm.
        await expect(load()).rejects.toThrow('may not see');
        expect(await deals()).toMatchObject([{}, { deal_id: '12', is_deleted: null }]);
        await load({ isConfirmed: true });
        expect(await deals()).toMatchObject([
            { deal_id: '11', is_deleted: null },
            { deal_id: '12', is_deleted: true, status: 'open', amount: '100.50' },
        ]);
        mock.items[2] = [first as never, second as never];
        days(7);
        await load();
        expect(await deals()).toMatchObject([{}, { deal_id: '12', is_deleted: null }]);
    });

    it('finds the deleted among ids with a prefix', async () => {
        company.configure([], {
            connections: [
                { name: 'portal', system: 'bitrix24', since: '2026-01-01', id_prefix: 'b:' },
            ],
        });
        await load();
        mock.items[2] = [deal(11, 'WON', '2026-10-05T13:00:00+03:00')];
        days(7);
        await load({ isConfirmed: true });
        expect(
            await company.query(
                'select deal_id, lead_id, is_deleted from raw_files.deals order by deal_id',
            ),
        ).toEqual([
            { deal_id: 'b:11', lead_id: 'b:1', is_deleted: null },
            { deal_id: 'b:12', lead_id: 'b:1', is_deleted: true },
        ]);
    });

    it('does not take rights that were taken away for deleted records', async () => {
        await load();
        mock.items[2] = [];
        days(7);
        await expect(load()).rejects.toThrow('may read all records');
        expect(await deals()).toMatchObject([{ is_deleted: null }, { is_deleted: null }]);
    });

    it('goes on where a run that failed stood', async () => {
        mock.items[2] = Array.from({ length: 130 }, (_, index) =>
            deal(100 + index, 'NEW', '2026-10-05T13:00:00+03:00'),
        );
        mock.fail(/">id":"149",">=/, ...Array.from({ length: 7 }, (): Fault => 'reset'));
        await expect(load()).rejects.toThrow('7 tries');
        expect(await cursorOf('deals')).toBeUndefined();
        mock.forget();
        await load();
        expect(await deals()).toHaveLength(130);
        expect(mock.asked().filter((one) => /^crm.item.list 2 .*>=/.test(one))).toHaveLength(2);
    });

    it('loads the same whatever fails and passes', async () => {
        await load();
        const undisturbed = await crmRows(company);
        company.close();
        begin();
        const unmet = failInTurn(mock, passingFaults);
        await load();
        expect(await crmRows(company)).toEqual(undisturbed);
        expect(clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-11-29T12:10:00Z'));
        expect(unmet()).toEqual([]);
    });

    it('says whom to ask when the webhook was revoked, and shows nothing of it', async () => {
        company.write('.env', `PORTAL_WEBHOOK=${mock.address}/rest/1/r3v0k3d/\n`);
        const error = await load().catch((reason: Error) => reason);
        expect(String(error)).toContain('a new inbound webhook');
        expect(String(error)).not.toContain('r3v0k3d');
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        mock.items[2] = [deal(11, 'WON', '2026-10-05T13:00:00+03:00')];
        days(7);
        await load({ isConfirmed: true });
        const loaded = await crmRows(company);
        company.remove('state/warehouse.duckdb');
        mock.forget();
        await load({ isReplay: true });
        expect(await crmRows(company)).toEqual(loaded);
        expect(mock.requests).toEqual([]);
    });

    it.each([
        ['users', /user\.get/],
        ['statuses', /crm\.status\.list/],
    ])('does not go round in a circle of %s', async (what, path) => {
        const page = { body: { result: [], next: 50 } };
        mock.fail(path, page, page, page);
        await expect(load()).rejects.toThrow(`${what}: the pages lead in a circle`);
        mock.forget();
        await load();
    });

    it('asks on behalf of a user who consented, with tokens that change with each use', async () => {
        const oauth = { grant: 'oauth', domain: 'example.bitrix24.com', address: mock.address };
        company.write(
            '.env',
            'PORTAL_CLIENT_ID=app.1\nPORTAL_CLIENT_SECRET=app-secret\nPORTAL_REFRESH_TOKEN=granted-token\n',
        );
        company.configure([], {
            connections: [{ name: 'portal', system: 'bitrix24', since: '2026-01-01', ...oauth }],
        } as never);
        await load();
        expect(await deals()).toHaveLength(2);
        const used = () => mock.requests.flatMap(({ form }) => form.get('refresh_token') ?? []);
        expect(used()).toEqual(['granted-token']);
        clock.advance(2 * 3_600_000);
        await load();
        expect(used()).toEqual(['granted-token', 'refresh-1']);
        // The secret goes to the server of tokens alone, and no token stands in an address.
        const toPortal = mock.requests.filter(({ path }) => path.startsWith('/rest/'));
        expect(
            toPortal.some(
                ({ url, text }) => /app-secret|access-/.test(url) || /app-secret/.test(text),
            ),
        ).toBe(false);
        mock.endAccess();
        clock.advance(2 * 3_600_000);
        await expect(load()).rejects.toThrow(/invalid_grant[\s\S]*consent again/);
    });
});
