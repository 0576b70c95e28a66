import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockAmocrm, type MockEntity, startAmocrm } from '../../sources/amocrm/mock.ts';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import { crmRows, notesOf } from './crm-rows.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockAmocrm;
let company: TestCompany;
let clock: TestClock;

const seconds = (instant: string) => Date.parse(instant) / 1000;

const begin = (settings = {}, secrets = 'AMO_TOKEN=long-lived-token') => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', `${secrets}\n`);
    company.configure([], {
        connections: [
            {
                name: 'amo',
                system: 'amocrm',
                domain: 'example.amocrm.ru',
                since: '2026-10-01',
                address: mock.address,
                ...settings,
            },
        ],
    });
};

const deal = (id: number, changed: string, more = {}): MockEntity => ({
    id,
    price: 46_333,
    responsible_user_id: 7,
    status_id: 501,
    pipeline_id: 77,
    created_at: seconds('2026-10-02T08:00:00Z'),
    updated_at: seconds(changed),
    closed_at: null,
    is_deleted: false,
    custom_fields_values: null,
    _embedded: { tags: [], companies: [], contacts: [{ id: 21, is_main: true }] },
    ...more,
});

const happened = (type: string, at: string, value = {}, lead = 1) => ({
    id: `${type}-${at}`,
    type,
    entity_id: lead,
    entity_type: 'lead',
    created_by: 7,
    created_at: seconds(at),
    value_after: [value],
    value_before: [],
});

beforeEach(async () => {
    mock = await startAmocrm();
    mock.leads = [
        deal(1, '2026-10-05T10:00:00Z', {
            status_id: 142,
            price: 100,
            price_with_minor_units: 100.5,
            closed_at: seconds('2026-10-05T10:00:00Z'),
            custom_fields_values: [{ field_id: 2, field_code: 'GCLID', values: [{ value: 'G1' }] }],
        }),
        deal(2, '2026-10-06T10:00:00Z'),
    ];
    mock.contacts = [
        {
            id: 21,
            name: 'Ion Popa',
            created_at: 1,
            custom_fields_values: [
                { field_id: 1, field_code: 'EMAIL', values: [{ value: 'ion@x.test' }] },
            ],
        },
    ];
    mock.events = [
        happened('lead_status_changed', '2026-10-05T10:00:00Z', {
            lead_status: { id: 142, pipeline_id: 77 },
        }),
        happened('entity_responsible_changed', '2026-11-20T10:00:00Z', {
            responsible_user: { id: 7 },
        }),
    ];
    mock.notes = [
        {
            id: 31,
            entity_id: 1,
            created_by: 7,
            created_at: seconds('2026-10-03T10:00:00Z'),
            updated_at: seconds('2026-10-03T10:00:00Z'),
            note_type: 'call_out',
            params: { duration: 60 },
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
        select deal_id, status, stage, cast(amount as varchar) as amount, person_id, is_deleted
        from raw_files.deals order by deal_id`);
/** A later hour, by both clocks. */
const later = (instant: string) => {
    mock.now = instant;
    clock.advance(Date.parse(instant) - clock.now());
    mock.forget();
};

const passingFaults: readonly PassingFault[] = [
    ['too many questions', /leads/, { status: 429, body: '<html>' }],
    ['an answer that is cut', /leads/, 'cut'],
    ['a connection that is reset', /events/, 'reset'],
    ['a page of a proxy', /notes/, 'html'],
    ['a server that fails', /account/, { status: 502 }],
];

describe('amoCRM', () => {
    it('loads deals as inquiries too, what happened to them, and activities', async () => {
        expect(await load()).toMatchObject({
            leads: { inserted: 2 },
            lead_touches: { inserted: 1 },
            deals: { inserted: 2 },
            lead_events: { inserted: 2 },
            deal_stage_history: { inserted: 1 },
            activities: { inserted: 1 },
        });
        expect(await deals()).toEqual([
            {
                deal_id: '1',
                status: 'won',
                stage: 'Успешно реализовано',
                amount: '100.50',
                person_id: 'Анна Попова',
                is_deleted: null,
            },
            {
                deal_id: '2',
                status: 'open',
                stage: 'Первичный контакт',
                amount: '46333.00',
                person_id: 'Анна Попова',
                is_deleted: null,
            },
        ]);
        expect(
            await company.query('select distinct full_name, email from raw_files.leads'),
        ).toEqual([{ full_name: 'Ion Popa', email: 'ion@x.test' }]);
    });

    it('tells which stages are no step, by their ids and names, but for those that are none on purpose', async () => {
        const entered = (pipeline: number, id: number, minute: number) =>
            happened('lead_status_changed', `2026-10-05T11:0${minute}:00Z`, {
                lead_status: { id, pipeline_id: pipeline },
            });
        mock.events = [entered(77, 143, 0), entered(77, 501, 1), entered(78, 501, 2)];
        begin({ lead_stages: { 142: 'customer', 143: null, '78:501': null } });
        expect(await notesOf(company, clock)).toEqual([
            'leads had 77:501 (Первичный контакт), which lead_stages does not name, so they are no step: give each its step, or null',
        ]);
    });

    it('asks the second time for what changed since, with an overlap', async () => {
        await load();
        later('2026-11-29T13:00:00Z');
        mock.leads[1] = deal(2, '2026-11-29T12:30:00Z', { price: 5 });
        expect(await load()).toMatchObject({ deals: { updated: 1, inserted: 0 } });
        const since = seconds('2026-11-29T11:55:00Z');
        expect(mock.asked()).toEqual(
            expect.arrayContaining([
                `leads changed ${since}`,
                `leads/notes changed ${since}`,
                `tasks changed ${since}`,
                `events created ${since}`,
            ]),
        );
        // Ids were compared today; a deal is asked for as a proof that there are any to see.
        expect(
            mock.asked().filter((one) => /^leads( changed)?/.test(one) && !one.includes('/')),
        ).toEqual(['leads', `leads changed ${since}`]);
    });

    it('reads down to what it knows where the account cannot filter', async () => {
        mock.isFiltering = false;
        mock.pageSize = 2;
        mock.leads = Array.from({ length: 9 }, (_, index) =>
            deal(index + 1, `2026-10-0${index + 1}T10:00:00Z`),
        );
        await load();
        expect(await deals()).toHaveLength(9);
        expect(await company.query('select distinct full_name from raw_files.leads')).toEqual([
            { full_name: null },
        ]);
        later('2026-11-29T13:00:00Z');
        mock.leads[0] = deal(1, '2026-11-29T12:30:00Z', { price: 5 });
        await load();
        expect(await deals()).toMatchObject([{ amount: '5.00' }, ...Array(8).fill({})]);
        expect(mock.asked().filter((one) => one === 'leads desc')).toHaveLength(1);
    });

    it('marks what was deleted, and what was restored is there again', async () => {
        await load();
        const [, second] = mock.leads as [MockEntity, MockEntity];
        mock.leads = mock.leads.slice(0, 1);
        later('2026-11-30T13:00:00Z');
        await load({ isConfirmed: true });
        expect(await deals()).toMatchObject([
            { is_deleted: null },
            { is_deleted: true, amount: '46333.00' },
        ]);
        mock.leads = [...mock.leads, second];
        later('2026-12-01T13:00:00Z');
        await load();
        expect(await deals()).toMatchObject([{ is_deleted: null }, { is_deleted: null }]);
    });

    it('goes through a list again when a deal was deleted meanwhile', async () => {
        mock.pageSize = 3;
        mock.leads = Array.from({ length: 8 }, (_, index) =>
            deal(index + 1, '2026-10-05T10:00:00Z'),
        );
        let pages = 0;
        mock.onRequest = ({ path, query }) => {
            // The first is deleted after its page was read: the fourth moves to that page.
            if (path !== '/api/v4/leads' || query.get('page') !== '2' || ++pages > 1) return;
            mock.leads = mock.leads.slice(1);
            mock.events.push(happened('lead_deleted', mock.now));
        };
        await load();
        expect(await deals()).toHaveLength(8);
        expect((await deals()).map(({ is_deleted: isDeleted }) => isDeleted)).toEqual([
            true,
            ...Array(7).fill(null),
        ]);
    });

    it('goes on where a run that failed stood', async () => {
        mock.pageSize = 2;
        mock.leads = Array.from({ length: 9 }, (_, index) =>
            deal(index + 1, '2026-10-05T10:00:00Z'),
        );
        let pages = 0;
        mock.onRequest = ({ path }) => {
            if (path === '/api/v4/leads' && ++pages === 5) {
                mock.fail(/./, ...Array.from({ length: 7 }, (): Fault => 'reset'));
            }
        };
        await expect(load()).rejects.toThrow('7 tries');
        mock.onRequest = () => {};
        mock.forget();
        await load();
        expect(await deals()).toHaveLength(9);
        const pagesAgain = mock.requests.filter(
            ({ path, query }) => path === '/api/v4/leads' && query.has('filter[updated_at][from]'),
        );
        expect(pagesAgain.map(({ query }) => query.get('page'))).toEqual(['4', '5']);
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

    it('keeps the refresh token that comes with each use', async () => {
        const secrets = [
            'AMO_CLIENT_ID=integration',
            'AMO_CLIENT_SECRET=hush-hush',
            'AMO_REFRESH_TOKEN=granted-token',
        ].join('\n');
        company.close();
        begin({ grant: 'oauth', redirect_uri: 'https://example.com/amo' }, secrets);
        await load();
        expect(mock.refreshToken()).toBe('refresh-1');
        clock.advance(25 * 3_600_000);
        await load();
        expect(mock.refreshToken()).toBe('refresh-2');
        const [first] = mock.requests.filter(({ path }) => path === '/oauth2/access_token');
        expect(first?.form.get('redirect_uri')).toBe('https://example.com/amo');
    });

    it('says whom to ask when the refresh token was used by somebody else', async () => {
        company.close();
        begin(
            { grant: 'oauth' },
            'AMO_CLIENT_ID=i\nAMO_CLIENT_SECRET=hush-hush\nAMO_REFRESH_TOKEN=used-before',
        );
        await expect(load()).rejects.toThrow(/Token has been revoked[\s\S]*ask an administrator/);
        expect(await company.query('select * from jointly.cursors')).toEqual([]);
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
