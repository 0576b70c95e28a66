import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import { type MockHubspot, type MockRecord, startHubspot } from '../../sources/hubspot/mock.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import { crmRows, notesOf } from './crm-rows.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockHubspot;
let company: TestCompany;
let clock: TestClock;

const begin = () => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', 'HUBSPOT_TOKEN=service-key\n');
    company.configure([], {
        connections: [
            { name: 'hubspot', system: 'hubspot', since: '2026-01-01', address: mock.address },
        ],
    });
};

beforeEach(async () => {
    mock = await startHubspot();
    mock.objects.contacts = [
        contact('1', '2026-10-01T08:00:00Z'),
        contact('2', '2026-10-02T08:00:00Z', { msclkid: 'M1' }),
    ];
    mock.objects.deals = [
        deal('11', 'closedwon', '2026-10-05T10:00:00.120Z', {
            contacts: ['1', '2'],
            companies: ['91', '92'],
        }),
        deal('12', 'appointmentscheduled', '2026-10-06T10:00:00Z'),
    ];
    mock.objects.calls = [
        {
            id: '21',
            properties: {
                hs_timestamp: '2026-10-03T09:00:00Z',
                hs_call_direction: 'OUTBOUND',
                hubspot_owner_id: '7',
                hs_lastmodifieddate: '2026-10-03T09:00:00Z',
            },
            links: { contacts: ['1'], deals: ['11'] },
        },
    ];
    begin();
});
afterEach(async () => {
    company.close();
    await mock.close();
});

function contact(id: string, changed: string, more = {}): MockRecord {
    return {
        id,
        properties: {
            createdate: '2026-10-01T08:00:00Z',
            firstname: 'N',
            lastname: id,
            email: `${id}@x.test`,
            lastmodifieddate: changed,
            ...more,
        },
        history: {
            lifecyclestage: [
                { value: 'marketingqualifiedlead', timestamp: '2026-10-01T09:00:00Z' },
            ],
        },
    };
}

function deal(
    id: string,
    dealstage: string,
    changed: string,
    links: Record<string, string[]> = {},
): MockRecord {
    return {
        id,
        properties: {
            createdate: '2026-10-02T08:00:00Z',
            closedate: '2026-10-05T10:00:00Z',
            dealstage,
            amount: '100.50',
            deal_currency_code: 'EUR',
            hubspot_owner_id: '7',
            hs_lastmodifieddate: changed,
        },
        history: { dealstage: [{ value: dealstage, timestamp: '2026-10-05T10:00:00Z' }] },
        links,
    };
}

const replaceDeal = (changed: MockRecord) => {
    mock.objects.deals = (mock.objects.deals ?? []).map((one) =>
        one.id === changed.id ? changed : one,
    );
};

const load = async (options = {}) => countsByStream(await company.load({ clock, ...options }));

const deals = () =>
    company.query(`
        select deal_id, lead_id, client_id, status, stage, cast(amount as varchar) as amount, person_id, is_deleted, merged_ids
        from raw_files.deals order by deal_id`);
const cursorOf = async (feed: string) => {
    const rows = await company.query<{ cursor: string }>(
        `select cursor from jointly.cursors where feed = '${feed}'`,
    );
    return rows[0]?.cursor;
};

const passingFaults: readonly PassingFault[] = [
    [
        'a limit with seconds',
        /deals/,
        {
            status: 429,
            headers: { 'retry-after': '10' },
            body: { policyName: 'TEN_SECONDLY_ROLLING' },
        },
    ],
    ['an answer that is cut', /deals/, 'cut'],
    ['a connection that is reset', /contacts/, 'reset'],
    ['a page of a proxy', /calls/, 'html'],
    ['a burst of server errors', /owners/, { status: 502 }],
];

describe('HubSpot', () => {
    it('loads leads, their steps, deals, stages and activities', async () => {
        expect(await load()).toMatchObject({
            leads: { inserted: 2 },
            lead_touches: { inserted: 1 },
            lead_events: { inserted: 2 },
            deals: { inserted: 2 },
            deal_stage_history: { inserted: 2 },
            activities: { inserted: 1 },
        });
        expect(await deals()).toEqual([
            {
                deal_id: '11',
                lead_id: '1;2',
                client_id: '91',
                status: 'won',
                stage: 'Won',
                amount: '100.50',
                person_id: 'Ana Pop',
                is_deleted: null,
                merged_ids: null,
            },
            {
                deal_id: '12',
                lead_id: null,
                client_id: null,
                status: 'open',
                stage: 'Appointment',
                amount: '100.50',
                person_id: 'Ana Pop',
                is_deleted: null,
                merged_ids: null,
            },
        ]);
        expect(
            await company.query('select lead_id, deal_id, direction from raw_files.activities'),
        ).toEqual([{ lead_id: '1', deal_id: '11', direction: 'outbound' }]);
        expect(await cursorOf('deals')).toBe('2026-10-06T10:00:00Z');
    });

    it('asks the second time for what changed, and for what was archived', async () => {
        await load();
        mock.forget();
        replaceDeal(
            deal('12', 'closedlost', '2026-10-07T10:00:00Z', {
                contacts: ['2'],
                companies: ['93', '91'],
            }),
        );
        expect(await load()).toMatchObject({ deals: { updated: 1, inserted: 0 } });
        expect(await deals()).toMatchObject([
            {},
            { deal_id: '12', status: 'lost', lead_id: '2', client_id: '93' },
        ]);
        const lists = mock
            .asked()
            .filter((one) => /^GET objects\/(contacts|deals|calls)$/.test(one));
        expect(lists).toEqual([]);
        expect(mock.asked()).toContain(
            `POST objects/deals/search GTE ${Date.parse('2026-10-06T09:45:00Z')}`,
        );
    });

    it('marks what was archived, and keeps what was merged beside the one that is left', async () => {
        await load();
        const [first, second] = mock.objects.deals as [MockRecord, MockRecord];
        mock.objects.deals = [
            {
                ...first,
                properties: {
                    ...first.properties,
                    hs_merged_object_ids: '12',
                    hs_lastmodifieddate: '2026-10-08T00:00:00Z',
                },
            },
            { ...second, archivedAt: '2026-10-08T00:00:00Z' },
        ];
        await load();
        expect(await deals()).toMatchObject([
            { deal_id: '11', merged_ids: '12', is_deleted: null },
            { deal_id: '12', is_deleted: true },
        ]);
    });

    it('takes back the mark of what was restored, and marks what is in no list, when ids are compared', async () => {
        await load();
        const [first, second] = mock.objects.deals as [MockRecord, MockRecord];
        mock.objects.deals = [first, { ...second, archivedAt: '2026-10-08T00:00:00Z' }];
        await load();
        // To be restored is no change of the record, and one that was purged stands nowhere.
        mock.objects.deals = [second];
        await load();
        const marks = async () => (await deals()).map((one) => one.is_deleted);
        expect(await marks()).toEqual([null, true]);
        clock.advance(7 * 24 * 3_600_000);
        await load({ isConfirmed: true });
        expect(await marks()).toEqual([true, null]);
    });

    it('begins with the first day of the connection, and goes on where a run that failed stood', async () => {
        const changed = (index: number) =>
            new Date(Date.parse('2026-01-01T00:00:00Z') + index * 1000).toISOString();
        mock.objects.deals = Array.from({ length: 451 }, (_, index) =>
            deal(String(1000 + index), 'closedwon', changed(index - 1)),
        );
        let pages = 0;
        mock.onRequest = ({ path, text }) => {
            if (path.endsWith('/deals/search') && text.includes('GTE')) pages++;
            if (pages === 3) mock.fail(/./, ...Array.from({ length: 7 }, (): Fault => 'reset'));
        };
        await expect(load()).rejects.toThrow('7 tries');
        expect(await cursorOf('deals')).toBeUndefined();
        mock.onRequest = () => {};
        mock.forget();
        await load();
        // One changed a second before the first day.
        expect(await deals()).toHaveLength(450);
        const searches = mock.asked().filter((one) => one.includes('deals/search GTE'));
        expect(searches).toHaveLength(1);
    });

    it('does not go round in a circle of owners', async () => {
        const page = { body: { results: [], paging: { next: { after: 'a' } } } };
        mock.fail(/crm.owners/, page, page, page);
        await expect(load()).rejects.toThrow('owners: the pages lead in a circle');
        mock.forget();
        await load();
    });

    it('loads touches and the page of a contact, and covers the days that are proven', async () => {
        const [first] = mock.objects.contacts as [MockRecord];
        mock.objects.contacts = [
            {
                ...first,
                properties: {
                    ...first.properties,
                    hs_analytics_first_url: 'https://gates.example/?utm_source=google&gclid=G1',
                    hs_analytics_source: 'PAID_SEARCH',
                },
            },
        ];
        mock.objects.deals = [];
        await load();
        expect(
            await company.query(
                `select touch_id, lead_id, utm_source, click_id, channel from raw_files.lead_touches`,
            ),
        ).toEqual([
            {
                touch_id: '1:first',
                lead_id: '1',
                utm_source: 'google',
                click_id: 'gclid.G1',
                channel: 'PAID_SEARCH',
            },
        ]);
        expect(await company.query('select record_url from raw_files.leads')).toEqual([
            { record_url: 'https://app-eu1.hubspot.com/contacts/4711/record/0-1/1' },
        ]);
        const windows = () =>
            company.query(`
                select stream, cast(min(first_at) as varchar) as first, cast(max(last_at) as varchar) as last
                from jointly.file_windows where stream in ('leads', 'deals') group by stream`);
        // No deal was seen: there may be none, or the key may not see them.
        const untilYesterday = { stream: 'leads', first: '2026-01-01 00:00:00' };
        expect(await windows()).toEqual([{ ...untilYesterday, last: '2026-11-28 00:00:00' }]);
        clock.advance(3 * 24 * 3_600_000);
        await load();
        expect(await windows()).toEqual([{ ...untilYesterday, last: '2026-12-01 00:00:00' }]);
        mock.objects.contacts = [];
        clock.advance(3 * 24 * 3_600_000);
        await load();
        expect(await windows()).toEqual([{ ...untilYesterday, last: '2026-12-01 00:00:00' }]);
    });

    it('finds more changes than a search shows, also at one instant, while records move', async () => {
        await load();
        mock.forget();
        // An import: 450 at one instant, and 300 in the seconds after.
        const changed = (index: number) =>
            new Date(
                Date.parse('2026-10-09T00:00:00Z') + Math.max(0, index - 450) * 1000,
            ).toISOString();
        mock.objects.deals = Array.from({ length: 750 }, (_, index) =>
            deal(String(1000 + index), 'closedwon', changed(index)),
        );
        let searches = 0;
        mock.onRequest = ({ path }) => {
            // A record that stood on the first page changes while the third is asked for.
            if (path.endsWith('/deals/search') && ++searches === 3) {
                replaceDeal(deal('1000', 'closedlost', '2026-10-10T00:00:00Z'));
            }
        };
        await load();
        const [found] = await company.query<{ deals: number }>(
            `select count(*) as deals from raw_files.deals where deal_id >= '1000' and strlen(deal_id) = 4`,
        );
        expect(found?.deals).toBe(750);
        mock.onRequest = () => {};
        await load();
        expect(
            await company.query(`select status from raw_files.deals where deal_id = '1000'`),
        ).toEqual([{ status: 'lost' }]);
    });

    it.each([
        ['one after another', 1000],
        ['at one instant', 0],
    ])(
        'reads all where the search shows fewer than its pages hold, or none (%s)',
        async (_, ms) => {
            mock.objects.deals = Array.from({ length: 1000 }, (_, index) =>
                deal(
                    String(1000 + index),
                    'closedwon',
                    new Date(Date.parse('2026-10-09T00:00:00Z') + index * ms).toISOString(),
                ),
            );
            const isShown = (id: number) => (id >= 1450 && id < 1500) || id % 7 === 0;
            const isHidden = (id: number) => id < 1450 || !isShown(id);
            const ids = mock.objects.deals.map(({ id }) => id);
            mock.hidden = new Set(ids.filter((id) => isHidden(Number(id))));
            await load();
            expect(await deals()).toHaveLength(1000 - mock.hidden.size);
            expect(mock.hidden.size).toBeLessThan(900);
        },
    );

    it('goes on where a deal is archived between the search and its values, and marks it', async () => {
        await load();
        const [first, second] = mock.objects.deals as [MockRecord, MockRecord];
        const changed = { ...second.properties, hs_lastmodifieddate: '2026-10-09T00:00:00Z' };
        replaceDeal({ ...second, properties: changed });
        mock.onRequest = ({ path }) => {
            if (!path.endsWith('/deals/batch/read') || !path.includes('/objects/')) return;
            mock.objects.deals = [first, { ...second, archivedAt: '2026-10-09T00:00:01Z' }];
        };
        await load();
        expect(await deals()).toMatchObject([
            { deal_id: '11', is_deleted: null },
            { deal_id: '12', is_deleted: true },
        ]);
    });

    it('loads deals that nobody dated, whose stage says little, without a currency, of odd cents', async () => {
        mock.stages = [
            { id: 'signed', label: 'Signed', metadata: {} },
            { id: 'gone', label: 'Gone', metadata: { isClosed: true, probability: '0.0' } },
        ];
        const bare = { closedate: null, deal_currency_code: null, amount: '33.335' };
        const own = (id: string, stage: string, more: Record<string, string> = {}) => {
            const { properties, ...record } = deal(id, stage, '2026-10-05T10:00:00Z');
            return { ...record, properties: { ...properties, ...bare, ...more } };
        };
        mock.objects.deals = [
            own('11', 'signed', { hs_is_closed: 'true', hs_is_closed_won: 'true' }),
            own('12', 'gone'),
        ];
        await load();
        expect(
            await company.query(`
                select status, cast(amount as varchar) as amount, currency_code,
                    cast(closed_at as varchar) as closed_at
                from raw_files.deals order by deal_id`),
        ).toEqual(
            ['won', 'lost'].map((status) => ({
                status,
                amount: '33.34',
                currency_code: 'PLN',
                closed_at: '2026-10-05 10:00:00',
            })),
        );
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

    it('tells which stages and statuses of a company are no step, but for those that are none on purpose', async () => {
        const at = '2026-10-01T12:00:00Z';
        const own = contact('3', '2026-10-03T08:00:00Z');
        const values = (...names: string[]) => names.map((value) => ({ value, timestamp: at }));
        mock.objects.contacts = [
            {
                ...own,
                history: {
                    lifecyclestage: values('lead', '48213'),
                    hs_lead_status: values('NEW', 'NO_BUDGET', 'UNQUALIFIED', 'NO_BUDGET'),
                },
            },
        ];
        expect(await notesOf(company, clock)).toEqual([
            'leads had 48213, which lifecycle_stages does not name, so they are no step: give each its step, or null',
            'leads had NO_BUDGET, which lead_statuses does not name, so they are no step: give each its step, or null',
        ]);
    });

    it('asks again when a batch came in parts only', async () => {
        await load();
        replaceDeal(deal('12', 'closedwon', '2026-10-07T10:00:00Z', { contacts: ['2'] }));
        mock.fail(/associations/, {
            status: 207,
            body: {
                status: 'COMPLETE',
                results: [],
                numErrors: 1,
                errors: [{ category: 'INTERNAL', subCategory: 'x', message: 'timed out' }],
            },
        });
        await load();
        expect(await deals()).toMatchObject([{}, { deal_id: '12', lead_id: '2' }]);
    });

    it('is replayed from what has landed, without a question', async () => {
        await load();
        replaceDeal(deal('12', 'closedlost', '2026-10-07T10:00:00Z'));
        await load();
        const loaded = await crmRows(company);
        company.remove('state/warehouse.duckdb');
        mock.forget();
        await load({ isReplay: true });
        expect(await crmRows(company)).toEqual(loaded);
        expect(mock.requests).toEqual([]);
        expect(await cursorOf('deals')).toBe('2026-10-07T10:00:00Z');
    });

    it('rejects a broken record and says where it stands', async () => {
        const lost = deal('13', 'closedwon', '2026-10-07T10:00:00Z');
        mock.objects.deals?.push({ ...lost, properties: { ...lost.properties, amount: 'many' } });
        await company.load({ clock });
        const failed = await company.load({ clock });
        expect(String(failed.find(({ stream }) => stream === 'deals')?.status)).toBe('failed');
        const outcome = failed.find(({ stream }) => stream === 'deals');
        const message = outcome?.status === 'failed' ? outcome.error.message : '';
        expect(message).toMatch(/landing\/hubspot\/deals\/\w+, row 3 \(line 1\), column amount/);
        expect(await cursorOf('deals')).toBeUndefined();
    });
});
