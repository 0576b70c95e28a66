import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sources/api/mock-server.ts';
import { createTestClock, type TestClock } from '../../sources/api/test-clock.ts';
import {
    failure,
    type MockRecord,
    type MockSalesforce,
    startSalesforce,
} from '../../sources/salesforce/mock.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import { crmRows, notesOf } from './crm-rows.ts';
import { failInTurn, type PassingFault } from './passing-faults.ts';

let mock: MockSalesforce;
let company: TestCompany;
let clock: TestClock;

const usual = 'ORG_CLIENT_ID=consumer-key\nORG_CLIENT_SECRET=consumer-secret\n';
const begin = (settings = {}, secrets = usual) => {
    company = createTestCompany();
    clock = createTestClock('2026-11-29T12:00:00Z');
    company.write('.env', secrets);
    company.configure([], {
        connections: [
            {
                name: 'org',
                system: 'salesforce',
                domain: 'example.my.salesforce.com',
                since: '2026-10-01',
                currency: 'EUR',
                address: mock.address,
                ...settings,
            },
        ],
    });
};

const idOf = (prefix: string, number: number) => `${prefix}${String(number).padStart(12, '0')}AAA`;
const user = '005000000000001AAA';

const lead = (number: number, changed: string, more = {}): MockRecord => ({
    Id: idOf('00Q', number),
    CreatedDate: '2026-10-01T08:00:00.000+0000',
    Name: `Lead ${number}`,
    Company: 'Popa SRL',
    LeadSource: 'Web',
    SystemModstamp: changed,
    IsDeleted: false,
    ...more,
});

const deal = (number: number, changed: string, more = {}): MockRecord => ({
    Id: idOf('006', number),
    CreatedDate: '2026-10-02T08:00:00.000+0000',
    OwnerId: user,
    StageName: 'Prospecting',
    IsWon: false,
    IsClosed: false,
    CloseDate: '2026-12-31',
    Amount: 100.5,
    SystemModstamp: changed,
    IsDeleted: false,
    ...more,
});

const entry = (number: number, of: number, stage: string, at: string): MockRecord => ({
    Id: idOf('008', number),
    OpportunityId: idOf('006', of),
    StageName: stage,
    CreatedDate: at,
});

beforeEach(async () => {
    mock = await startSalesforce();
    mock.objects.Lead = [
        lead(1, '2026-10-05T10:00:00.000+0000', { ConvertedOpportunityId: idOf('006', 1) }),
        lead(2, '2026-10-06T10:00:00.000+0000', { GCLID__c: 'G1' }),
    ];
    mock.objects.LeadHistory = [
        {
            Id: idOf('017', 1),
            LeadId: idOf('00Q', 1),
            Field: 'leadConverted',
            NewValue: null,
            CreatedDate: '2026-10-02T08:00:00.000+0000',
        },
    ];
    mock.objects.Opportunity = [
        deal(1, '2026-10-05T10:00:00.000+0000', {
            StageName: 'Closed Won',
            IsWon: true,
            IsClosed: true,
            CloseDate: '2026-10-31',
        }),
        deal(2, '2026-10-06T10:00:00.000+0000'),
    ];
    mock.objects.OpportunityHistory = [
        entry(1, 1, 'Prospecting', '2026-10-02T08:00:00.000+0000'),
        entry(2, 1, 'Prospecting', '2026-10-03T08:00:00.000+0000'),
        entry(3, 1, 'Closed Won', '2026-10-05T10:00:00.000+0000'),
    ];
    mock.objects.Task = [
        {
            Id: idOf('00T', 1),
            WhatId: idOf('006', 1),
            OwnerId: user,
            CreatedDate: '2026-10-03T08:00:00.000+0000',
            SystemModstamp: '2026-10-03T08:00:00.000+0000',
            TaskSubtype: 'Call',
            IsClosed: true,
            CallType: 'Outbound',
            IsDeleted: false,
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
        select deal_id, lead_id, status, cast(amount as varchar) as amount,
            cast(closed_at as varchar) as closed_at, is_deleted
        from raw_files.deals order by deal_id`);
const later = (instant: string) => {
    mock.now = instant;
    clock.advance(Date.parse(instant) - clock.now());
    mock.forget();
};

const passingFaults: readonly PassingFault[] = [
    [
        'too many questions at once',
        /queryAll/,
        failure(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'),
    ],
    ['an answer that is cut', /queryAll/, 'cut'],
    ['a connection that is reset', /describe/, 'reset'],
    ['a page of a proxy', /queryAll/, 'html'],
    ['a server that fails', /token/, { status: 503 }],
];

describe('Salesforce', () => {
    it('loads leads, their steps, deals, stages and activities', async () => {
        expect(await load()).toMatchObject({
            leads: { inserted: 2 },
            lead_touches: { inserted: 1 },
            lead_events: { inserted: 1 },
            deals: { inserted: 2 },
            deal_stage_history: { inserted: 2 },
            activities: { inserted: 1 },
        });
        expect(await deals()).toEqual([
            {
                deal_id: idOf('006', 1),
                lead_id: idOf('00Q', 1),
                status: 'won',
                amount: '100.50',
                // The noon of the day where the org is.
                closed_at: '2026-10-31 19:00:00',
                is_deleted: null,
            },
            {
                deal_id: idOf('006', 2),
                lead_id: null,
                status: 'open',
                amount: '100.50',
                closed_at: '2026-12-31 20:00:00',
                is_deleted: null,
            },
        ]);
    });

    it('tells which statuses of a company are no step', async () => {
        const status = (number: number, NewValue: string) => ({
            Id: idOf('017', number),
            LeadId: idOf('00Q', 1),
            ...{ Field: 'Status', NewValue, CreatedDate: '2026-10-02T08:00:00.000+0000' },
        });
        mock.objects.LeadHistory = [
            status(2, 'Open - Not Contacted'),
            status(3, 'Working - Contacted'),
            status(4, 'Parked'),
        ];
        expect(await notesOf(company, clock)).toEqual([
            'leads had Parked, which lead_statuses does not name, so they are no step: give each its step, or null',
        ]);
    });

    it('asks the second time for what changed since, with an overlap', async () => {
        await load();
        later('2026-11-29T13:00:00Z');
        mock.objects.Opportunity?.splice(
            1,
            1,
            deal(2, '2026-11-29T12:30:00.000+0000', { Amount: 7 }),
        );
        expect(await load()).toMatchObject({ deals: { updated: 1, inserted: 0 } });
        const since = '2026-11-29T11:45:00.000Z';
        expect(mock.asked()).toEqual(
            expect.arrayContaining([
                `Lead WHERE SystemModstamp >= ${since}`,
                `LeadHistory WHERE CreatedDate >= ${since}`,
                `Opportunity WHERE SystemModstamp >= ${since}`,
                `Task WHERE SystemModstamp >= ${since}`,
            ]),
        );
        // Ids were compared today; a lead is asked for as a proof that there are any to see.
        expect(mock.asked().filter((one) => one === 'Lead')).toHaveLength(1);
    });

    it('marks what was deleted and what was merged, and later what is no longer in the bin', async () => {
        await load();
        later('2026-11-29T13:00:00Z');
        const changed = '2026-11-29T12:30:00.000+0000';
        mock.objects.Lead?.splice(
            1,
            1,
            lead(2, changed, { IsDeleted: true, MasterRecordId: idOf('00Q', 1) }),
        );
        mock.objects.Opportunity?.splice(1, 1, deal(2, changed, { IsDeleted: true }));
        await load();
        expect(await deals()).toMatchObject([{ is_deleted: null }, { is_deleted: true }]);
        expect(
            await company.query(
                'select is_deleted, merged_into from raw_files.leads order by lead_id',
            ),
        ).toEqual([
            { is_deleted: null, merged_into: null },
            { is_deleted: true, merged_into: idOf('00Q', 1) },
        ]);
        later('2026-12-20T13:00:00Z');
        mock.objects.Opportunity = [];
        await load({ isConfirmed: true });
        expect(await deals()).toMatchObject([
            { is_deleted: true, amount: '100.50' },
            { is_deleted: true },
        ]);
    });

    it('reads on behind the last record, also where an import changed many at one instant', async () => {
        mock.batchSize = 3;
        mock.objects.Opportunity = Array.from({ length: 10 }, (_, index) =>
            deal(index + 1, '2026-10-05T10:00:00.000+0000'),
        );
        await load();
        expect(await deals()).toHaveLength(10);
    });

    it('goes on where a run that failed stood', async () => {
        mock.batchSize = 3;
        mock.objects.Lead = Array.from({ length: 10 }, (_, index) =>
            lead(index + 1, `2026-10-${String(index + 10)}T10:00:00.000+0000`),
        );
        let pages = 0;
        mock.onRequest = ({ query }) => {
            if (query.get('q')?.includes('FROM Lead WHERE') && ++pages === 2) {
                mock.fail(/./, ...Array.from({ length: 7 }, (): Fault => 'reset'));
            }
        };
        await expect(load()).rejects.toThrow('7 tries');
        mock.onRequest = () => {};
        mock.forget();
        await load();
        const [found] = await company.query<{ leads: number }>(
            'select cast(count(*) as integer) as leads from raw_files.leads',
        );
        expect(found?.leads).toBe(10);
        expect(
            mock.asked().filter((one) => one.startsWith('Lead WHERE SystemModstamp >=')),
        ).toEqual([]);
    });

    it('ends when the questions of the day are used up, and keeps what it has', async () => {
        mock.fail(
            /queryAll/,
            failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
        );
        await expect(load()).rejects.toThrow(/TotalRequests[\s\S]*2026-11-29T13:00/);
    });

    it('does not go round in a circle of users', async () => {
        const nextRecordsUrl = '/services/data/v67.0/query/01g-circle';
        const page = { body: { totalSize: 9, done: false, nextRecordsUrl, records: [] } };
        mock.fail(/FROM.User/, page);
        mock.fail(/01g-circle/, page, page);
        await expect(load()).rejects.toThrow('users: the pages lead in a circle');
        mock.forget();
        await load();
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

    it('takes a new session when the old one ends in the middle', async () => {
        let questions = 0;
        mock.onRequest = () => {
            questions += 1;
            if (questions === 6) mock.endSession();
        };
        await load();
        expect(await deals()).toHaveLength(2);
    });

    it('signs for a user where the app has a certificate', async () => {
        const { publicKey, privateKey } = generateKeyPairSync('rsa', {
            modulusLength: 2048,
            publicKeyEncoding: { type: 'spki', format: 'pem' },
            privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        });
        mock.publicKey = publicKey;
        company.close();
        const key = privateKey.replaceAll('\n', '\\n');
        begin(
            { grant: 'jwt', username: 'reports@example.com' },
            `ORG_CLIENT_ID=consumer-key\nORG_PRIVATE_KEY='${key}'\n`,
        );
        await load();
        expect(await deals()).toHaveLength(2);
    });

    it('says whom to ask when the app is refused', async () => {
        company.close();
        begin({}, 'ORG_CLIENT_ID=consumer-key\nORG_CLIENT_SECRET=another-secret\n');
        await expect(load()).rejects.toThrow(/invalid_client[\s\S]*ask an administrator/);
    });

    it('takes the currency of each deal where the org has several', async () => {
        mock.hasCurrencies = true;
        mock.objects.Opportunity = [
            deal(1, '2026-10-05T10:00:00.000+0000', { CurrencyIsoCode: 'USD' }),
        ];
        await load();
        expect(await company.query('select currency_code from raw_files.deals')).toEqual([
            { currency_code: 'USD' },
        ]);
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
