import { describe, expect, it } from 'vitest';
import { classifySalesforce } from '../../../pipelines/sources/salesforce/client.ts';
import {
    event,
    lead,
    leadHistory,
    lookups,
    opportunity,
    task,
    userList,
} from '../../../pipelines/sources/salesforce/records.ts';
import {
    dealRows,
    eventRows,
    leadHistoryRows,
    leadRows,
    taskRow,
} from '../../../pipelines/sources/salesforce/rows.ts';
import { salesforce } from '../../../pipelines/sources/salesforce/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = {} }: MockReply) =>
    classifySalesforce(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['records', { body: { done: true, records: [] } }, { kind: 'ok' }],
        [
            'the questions of a day',
            failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
            { kind: 'limit', until: now + 3_600_000 },
        ],
        [
            'the questions of a day, without a word',
            { status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: null }] },
            { kind: 'limit', until: now + 3_600_000 },
        ],
        [
            'too many questions at once',
            failure(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'),
            { kind: 'limit', until: undefined },
        ],
        [
            'a session that is over',
            failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
            { kind: 'dead token' },
        ],
        [
            'a field that the user may not see',
            failure(400, 'INVALID_FIELD', "No such column 'X__c'"),
            { kind: 'our fault', fix: expect.stringContaining('field') },
        ],
        [
            'an object that the user may not read',
            failure(400, 'INVALID_TYPE', "sObject type 'Lead' is not supported."),
            { kind: 'our fault', fix: expect.stringContaining('object') },
        ],
        [
            'a user who may not read it',
            failure(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights'),
            { kind: 'our fault', fix: expect.stringContaining('permission set') },
        ],
        [
            'a version that is gone',
            failure(404, 'NOT_FOUND', 'The requested resource does not exist'),
            { kind: 'our fault', fix: expect.stringContaining('version') },
        ],
        [
            'an edition without an API',
            failure(403, 'API_DISABLED_FOR_ORG', 'API is not enabled'),
            { kind: 'our fault', fix: expect.stringContaining('edition') },
        ],
        ['a query that took too long', failure(400, 'QUERY_TIMEOUT'), { kind: 'retriable' }],
        ['a server that is busy', failure(503, 'SERVER_UNAVAILABLE'), { kind: 'retriable' }],
        ['a gateway', { status: 502 }, { kind: 'retriable' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

it.each([[{}], [{ nextRecordsUrl: null }], [{ nextRecordsUrl: '' }]])(
    'a list with %o is the last of its kind',
    (more) => {
        const list = userList.parse({ done: true, records: [], ...more });
        expect(list.nextRecordsUrl).toBeUndefined();
    },
);

const settings = salesforce.schema.parse({
    name: 'crm',
    system: 'salesforce',
    domain: 'example.my.salesforce.com',
    since: '2026-01-01',
    currency: 'EUR',
    fields: { deal_lost_reason: 'Loss_Reason__c', lead_product_line: 'Product__c' },
});
const ana = '005000000000001AAA';
const known = lookups.parse({ timezone: 'America/Los_Angeles', users: { [ana]: 'Ana Pop' } });
const changed = '2026-10-05T10:00:00.000+0000';

describe('a lead', () => {
    it('that was merged names the one that took it in', () => {
        const record = lead.parse({
            Id: '00Q000000000001AAA',
            CreatedDate: '2026-10-01T08:00:00.000+0000',
            SystemModstamp: changed,
            Name: 'Ion Popa',
            LeadSource: 'Web',
            Product__c: 'gates',
            IsDeleted: true,
            MasterRecordId: '00Q000000000002AAA',
        });
        expect(leadRows(record, known, settings)[0]?.cells).toMatchObject({
            lead_id: '00Q000000000001AAA',
            created_at: '2026-10-01T08:00:00.000Z',
            channel: 'Web',
            product_line: 'gates',
            full_name: 'Ion Popa',
            updated_at: '2026-10-05T10:00:00.000Z',
            is_deleted: 'true',
            merged_into: '00Q000000000002AAA',
        });
    });

    it('has a touch of fields with usual names and of those that the config names, and a page', () => {
        const record = lead.parse({
            Id: '00Q000000000001AAA',
            SystemModstamp: '2026-10-05T10:00:00.000+0000',
            CreatedDate: '2026-10-01T08:00:00.000+0000',
            utm_source__c: 'linkedin',
            Li_Click__c: 'a1',
        });
        const found = lookups.parse({ touch_fields: { utm_source: 'utm_source__c' } });
        const named = { ...settings, touch_fields: { li_fat_id: 'Li_Click__c' } };
        const [row, touch] = leadRows(record, found, named).map(({ cells }) => cells);
        expect(row?.record_url).toBe(`https://${settings.domain}/00Q000000000001AAA`);
        expect(touch).toMatchObject({
            touch_id: '00Q000000000001AAA:visit',
            touched_at: '2026-10-01T08:00:00.000Z',
            utm_source: 'linkedin',
            click_id: 'li_fat_id.a1',
        });
    });

    it('and its touch have one page, from the field that the config names, whatever others are called', () => {
        const record = lead.parse({
            Id: '00Q000000000001AAA',
            SystemModstamp: changed,
            CreatedDate: '2026-10-01T08:00:00.000+0000',
            Landing_Page__c: 'https://gates.example/?utm_source=letter&gclid=G1',
            First_Page__c: 'https://gates.example/?utm_source=google&gclid=G2',
        });
        const found = lookups.parse({ touch_fields: { landing_page: 'Landing_Page__c' } });
        const fields = { ...settings.fields, lead_landing_page: 'First_Page__c' };
        const rows = leadRows(record, found, { ...settings, fields }).map(({ cells }) => cells);
        const page = { landing_page: record.First_Page__c };
        expect(rows).toMatchObject([page, { ...page, utm_source: 'google', click_id: 'gclid.G2' }]);
    });

    it.each([
        ['Status', 'Working - Contacted', ['sal', null]],
        ['Status', 'Open - Not Contacted', undefined],
        ['Owner', ana, ['assigned', 'Ana Pop']],
        ['Owner', 'Ana Pop', undefined],
        ['Owner', '00G000000000001AAA', undefined],
        ['leadConverted', null, ['opportunity', null]],
        ['Email', 'x', undefined],
    ])('whose %s became %s takes the step %o', (name, value, step) => {
        const record = leadHistory.parse({
            Id: '017000000000001AAA',
            LeadId: '00Q000000000001AAA',
            Field: name,
            NewValue: value,
            CreatedDate: changed,
        });
        const [row] = leadHistoryRows(record, known, settings);
        expect(row && [row.cells.event_type, row.cells.person_id]).toEqual(step);
    });
});

describe('a deal', () => {
    const rowsOf = (more = {}, history: string[][] = [], leads: string[] = []) => {
        const record = opportunity.parse({
            Id: '006000000000001AAA',
            CreatedDate: '2026-10-01T08:00:00.000+0000',
            SystemModstamp: changed,
            OwnerId: ana,
            AccountId: '001000000000001AAA',
            StageName: 'Closed Won',
            IsWon: true,
            IsClosed: true,
            CloseDate: '2026-10-31',
            Amount: 1234567.89,
            Loss_Reason__c: 'price',
            ...more,
        });
        const entries = history.map(([stage = '', at = '']) => ({
            Id: at,
            OpportunityId: record.Id,
            StageName: stage,
            CreatedDate: at,
        }));
        return dealRows(record, entries, leads, known, settings).map(({ cells }) => cells);
    };

    it.each([
        [{}, 'won', null],
        [{ IsWon: false }, 'lost', 'price'],
        [{ IsWon: false, IsClosed: false }, 'open', null],
    ])('with %o is %s', (more, status, reason) => {
        expect(rowsOf(more)[0]).toMatchObject({ status, lost_reason: reason });
    });

    it('keeps its sum, its day in the zone of the org, its owner and its leads', () => {
        expect(rowsOf({}, [], ['00Q1', '00Q2'])[0]).toMatchObject({
            amount: '1234567.89',
            currency_code: 'EUR',
            closed_at: '2026-10-31T19:00:00.000Z',
            person_id: 'Ana Pop',
            client_id: '001000000000001AAA',
            lead_id: '00Q1;00Q2',
        });
    });

    it.each([
        [{ Amount: null }, null, 'EUR'],
        [{ Amount: 0 }, '0', 'EUR'],
        [{ Amount: '9007199254740993.01' }, '9007199254740993.01', 'EUR'],
        [{ Amount: 33333.333333 }, '33333.33', 'EUR'],
        [{ Amount: '1.234567890123456E7' }, '12345678.90', 'EUR'],
        [{ Amount: 5, CurrencyIsoCode: 'USD' }, '5', 'USD'],
    ])('with %o has the sum %s in %s', (more, amount, currency) => {
        expect(rowsOf(more)[0]).toMatchObject({ amount, currency_code: currency });
    });

    it('enters a stage when it is another one, not when a sum changes', () => {
        const rows = rowsOf({}, [
            ['Closed Won', '2026-10-04T00:00:00.000+0000'],
            ['Prospecting', '2026-10-01T00:00:00.000+0000'],
            ['Prospecting', '2026-10-02T00:00:00.000+0000'],
            ['Prospecting', '2026-10-05T00:00:00.000+0000'],
        ]);
        expect(rows.slice(1).map(({ stage, entered_at: at }) => [stage, at])).toEqual([
            ['Prospecting', '2026-10-01T00:00:00.000Z'],
            ['Closed Won', '2026-10-04T00:00:00.000Z'],
            ['Prospecting', '2026-10-05T00:00:00.000Z'],
        ]);
    });
});

describe('an activity', () => {
    const base = {
        Id: '00T000000000001AAA',
        SystemModstamp: changed,
        CreatedDate: '2026-10-01T08:00:00.000+0000',
        WhoId: '00Q000000000001AAA',
        WhatId: '006000000000001AAA',
        OwnerId: ana,
    };

    it.each([
        [
            'a call that was made',
            {
                TaskSubtype: 'Call',
                IsClosed: true,
                CallType: 'Inbound',
                CompletedDateTime: changed,
            },
            ['call', 'inbound', 'false', '2026-10-05T10:00:00.000Z'],
        ],
        [
            'a call that is to be made',
            { TaskSubtype: 'Call', IsClosed: false, ActivityDate: '2026-12-01' },
            ['task', null, 'false', '2026-12-01T20:00:00.000Z'],
        ],
        [
            'a mailing',
            { TaskSubtype: 'ListEmail', IsClosed: true },
            ['email', null, 'true', '2026-10-01T08:00:00.000Z'],
        ],
        [
            'a task without a day',
            { TaskSubtype: 'Task', IsClosed: false },
            ['task', null, 'false', '2026-10-01T08:00:00.000Z'],
        ],
    ])('%s', (_, more, expected) => {
        const { cells } = taskRow(task.parse({ ...base, ...more }), known);
        const {
            activity_type: type,
            direction,
            is_automated: isAutomated,
            occurred_at: at,
        } = cells;
        expect([type, direction, isAutomated, at]).toEqual(expected);
        expect(cells).toMatchObject({ lead_id: base.WhoId, deal_id: base.WhatId });
    });

    it('of a contact and an account is linked to neither', () => {
        const record = event.parse({
            ...base,
            WhoId: '003000000000001AAA',
            WhatId: '001000000000001AAA',
            StartDateTime: '2026-12-01T09:00:00.000+0000',
        });
        expect(eventRows(record, known)[0]?.cells).toMatchObject({
            lead_id: null,
            deal_id: null,
            activity_type: 'meeting',
            occurred_at: '2026-12-01T09:00:00.000Z',
        });
    });

    it.each([
        ['the copy of one who was invited', { IsChild: true }, 0],
        ['the pattern of a series', { IsRecurrence: true }, 0],
        ['one of a series', { IsChild: false, IsRecurrence: false }, 1],
        ['one that says neither', { IsChild: null }, 1],
    ])('that is %s is %o: %i meetings', (_, more, count) => {
        expect(eventRows(event.parse({ ...base, ...more }), known)).toHaveLength(count);
    });
});
