import { describe, expect, it } from 'vitest';
import { classifyPipedrive } from '../../../pipelines/sources/pipedrive/client.ts';
import {
    activity,
    changeList,
    deal,
    lead,
    lookups,
    person,
} from '../../../pipelines/sources/pipedrive/records.ts';
import { activityRow, dealRows, leadRows } from '../../../pipelines/sources/pipedrive/rows.ts';
import { pipedrive } from '../../../pipelines/sources/pipedrive/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = {} }: MockReply) =>
    classifyPipedrive(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['records', { body: { success: true, data: [] } }, { kind: 'ok' }],
        [
            'the last of the two seconds',
            { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' } },
            { kind: 'ok', waitUntil: now + 2000 },
        ],
        [
            'too many questions in two seconds',
            failure(429, 'request over limit', {
                'x-ratelimit-reset': '2',
                'x-daily-ratelimit-token-remaining': '29000',
            }),
            { kind: 'limit', until: now + 2000 },
        ],
        [
            'a limit without a word of its end',
            failure(429, 'request over limit'),
            { kind: 'limit', until: now + 2000 },
        ],
        [
            'the tokens of the day',
            failure(429, 'request over limit', {
                'x-ratelimit-reset': '2',
                'x-daily-ratelimit-token-remaining': '0',
            }),
            { kind: 'limit', until: Date.parse('2026-11-30T00:00:00Z') },
        ],
        [
            'the questions of the day, as older accounts count them',
            failure(429, 'request over limit', { 'x-daily-requests-left': '0' }),
            { kind: 'limit', until: Date.parse('2026-11-30T00:00:00Z') },
        ],
        [
            'a limit that says when it ends',
            failure(429, 'request over limit', { 'retry-after': '30' }),
            { kind: 'limit', until: now + 30_000 },
        ],
        ['a token that was made anew', failure(401, 'unauthorized access'), { kind: 'dead token' }],
        [
            'a user without rights',
            failure(403, 'forbidden'),
            { kind: 'our fault', fix: expect.stringContaining('rights') },
        ],
        [
            'an account that is not paid for',
            failure(402, 'payment required'),
            { kind: 'our fault', fix: expect.stringContaining('pay') },
        ],
        [
            'an endpoint that was shut off',
            failure(410, 'gone'),
            { kind: 'our fault', fix: expect.stringContaining('update') },
        ],
        [
            'a failure in the clothes of an answer',
            { body: { success: false, error: 'Something broke', data: null } },
            { kind: 'retriable', why: 'status 200: Something broke' },
        ],
        ['a server that fails', failure(503, 'service unavailable'), { kind: 'retriable' }],
        [
            'a question that is wrong',
            failure(400, 'Bad request'),
            { kind: 'our fault', why: 'status 400: Bad request' },
        ],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

const connection = { name: 'crm', system: 'pipedrive', since: '2026-01-01' };
const settings = pipedrive.schema.parse({
    ...connection,
    product_lines: { 3: 'doors' },
    lead_stages: { 2: 'sql' },
    fields: { product_line: 'Product', lead_channel: 'c3d4' },
});
const dealsOnly = { ...settings, inquiries: 'deals' as const };
const known = lookups.parse({
    users: { 7: 'Ana Pop' },
    stages: { 1: 'Qualified', 2: 'Proposal' },
    fields: { Product: { key: 'a1b2', options: { 27: 'gates' } } },
});
const ion = person.parse({
    id: 5,
    name: 'Ion Popa',
    emails: [{ value: 'old@x.test' }, { value: 'ion@x.test', primary: true }],
});

const usual = {
    id: 11,
    owner_id: 7,
    person_id: 5,
    org_id: 9,
    pipeline_id: 3,
    stage_id: 2,
    value: 1234567.891,
    currency: 'EUR',
    status: 'open',
    add_time: '2026-10-01T08:00:00Z',
    update_time: '2026-10-05T08:00:00Z',
    source_lead_id: 'adf21080-0e10',
};
const rowsOf = (record: object = {}, changes?: object[], own = settings) => {
    const changed = changes && (changeList.parse({ data: changes }).data ?? []);
    const whole = { deal: deal.parse({ ...usual, ...record }), person: ion, changes: changed };
    return dealRows(whole, known, own);
};
const ofStream = (rows: ReturnType<typeof rowsOf>, stream: string) =>
    rows.filter((row) => row.stream === stream).map(({ cells }) => cells);

describe('a deal', () => {
    it.each([
        [
            { status: 'open', expected_close_date: '2026-12-24' },
            'open',
            '2026-12-24T12:00:00.000Z',
            null,
        ],
        [{ status: 'won', won_time: '2026-11-01T00:00:00Z' }, 'won', '2026-11-01T00:00:00Z', null],
        [
            { status: 'lost', lost_time: '2026-11-02T00:00:00Z', lost_reason: 'price' },
            'lost',
            '2026-11-02T00:00:00Z',
            null,
        ],
        [
            { status: 'deleted', won_time: '2026-11-01T00:00:00Z' },
            'won',
            '2026-11-01T00:00:00Z',
            'true',
        ],
        [{ status: 'deleted', is_deleted: true }, 'open', null, 'true'],
        [
            {
                status: 'lost',
                won_time: '2026-10-20T00:00:00Z',
                lost_time: '2026-11-02T00:00:00Z',
                lost_reason: 'price',
            },
            'lost',
            '2026-11-02T00:00:00Z',
            null,
        ],
        [
            {
                status: 'won',
                won_time: '2026-11-03T00:00:00Z',
                lost_time: '2026-11-02T00:00:00Z',
                close_time: '2026-11-03T00:00:00Z',
            },
            'won',
            '2026-11-03T00:00:00Z',
            null,
        ],
    ])('%o is %s', (record, status, closedAt, isDeleted) => {
        const [cells] = ofStream(rowsOf(record), 'deals');
        expect(cells).toMatchObject({ status, closed_at: closedAt, is_deleted: isDeleted });
        expect(cells?.lost_reason).toBe(status === 'lost' ? 'price' : null);
    });

    it('without an organisation is that of the person, who is no organisation of that number', () => {
        const clientOf = (record: object) => ofStream(rowsOf(record), 'deals')[0]?.client_id;
        expect(clientOf({ org_id: 4, person_id: 5 })).toBe('4');
        expect(clientOf({ org_id: null, person_id: 4 })).toBe('contact:4');
    });

    it('keeps its sum to the cent, its names and the lead it grew from', () => {
        expect(ofStream(rowsOf({ custom_fields: { a1b2: 27 } }), 'deals')).toMatchObject([
            {
                deal_id: '11',
                lead_id: 'adf21080-0e10',
                client_id: '9',
                person_id: 'Ana Pop',
                product_line: 'gates',
                amount: '1234567.89',
                currency_code: 'EUR',
                stage: 'Proposal',
            },
        ]);
    });

    it.each([
        ['a pipeline', {}, 'doors'],
        ['a field of its own', { custom_fields: { a1b2: 27 } }, 'gates'],
        ['an option nobody knows', { custom_fields: { a1b2: 28 } }, '28'],
        ['the first of several options', { custom_fields: { a1b2: [27, 28] } }, 'gates'],
        ['several options as one text', { custom_fields: { a1b2: '27,28' } }, 'gates'],
        ['a field with a unit', { custom_fields: { a1b2: { value: 5, currency: 'EUR' } } }, '5'],
        ['an empty list', { custom_fields: { a1b2: [] } }, 'doors'],
        ['neither', { pipeline_id: 4 }, null],
    ])('has the product line of %s', (_, record, line) => {
        expect(ofStream(rowsOf(record), 'deals')).toMatchObject([{ product_line: line }]);
    });

    it('that never moved has been in its stage since it was opened', () => {
        expect(ofStream(rowsOf({}, []), 'deal_stage_history')).toMatchObject([
            { stage: 'Proposal', entered_at: '2026-10-01T08:00:00Z' },
        ]);
    });

    it('that moved began where its first move left it', () => {
        const move = (from: string, to: string, time: string) => ({
            field_key: 'stage_id',
            old_value: from,
            new_value: to,
            time,
        });
        const rows = rowsOf({}, [
            move('1', '2', '2026-10-04 10:30:00'),
            { field_key: 'value', old_value: '1', new_value: '2', time: '2026-10-04 10:31:00' },
            move('2', '1', '2026-10-03 10:00:00'),
        ]);
        expect(
            ofStream(rows, 'deal_stage_history').map((one) => [one.stage, one.entered_at]),
        ).toEqual([
            ['Proposal', '2026-10-01T08:00:00Z'],
            ['Qualified', '2026-10-03T10:00:00Z'],
            ['Proposal', '2026-10-04T10:30:00Z'],
        ]);
        const steps = ofStream(rows, 'lead_events').map((one) => [one.event_type, one.occurred_at]);
        expect(steps).toEqual([
            ['opportunity', '2026-10-01T08:00:00Z'],
            ['sql', '2026-10-01T08:00:00Z'],
            ['sql', '2026-10-04T10:30:00Z'],
        ]);
    });

    it.each([[[0, 1]], [[1, 0]]])(
        'that moved twice in a second began where nothing led to (order %o)',
        (order) => {
            const moves = [
                {
                    field_key: 'stage_id',
                    old_value: '1',
                    new_value: '2',
                    time: '2026-10-04 10:30:00',
                },
                {
                    field_key: 'stage_id',
                    old_value: '2',
                    new_value: '3',
                    time: '2026-10-04 10:30:00',
                },
            ];
            const rows = rowsOf(
                {},
                order.flatMap((place) => moves[place] ?? []),
            );
            expect(ofStream(rows, 'deal_stage_history')[0]).toMatchObject({
                stage: 'Qualified',
                entered_at: '2026-10-01T08:00:00Z',
            });
        },
    );

    it('whose other fields changed to something odd has its stages', () => {
        const rows = rowsOf({}, [
            { field_key: 'x', old_value: null, new_value: { a: 1 }, time: '2026-10-04 10:30:00' },
            { field_key: 'y', old_value: [1], new_value: true, time: '2026-10-04 10:30:00' },
        ]);
        expect(ofStream(rows, 'deal_stage_history')).toMatchObject([{ stage: 'Proposal' }]);
    });

    it('whose history nobody asked for has none', () => {
        expect(ofStream(rowsOf(), 'deal_stage_history')).toEqual([]);
    });

    it('is the inquiry itself where there is no inbox', () => {
        const rows = rowsOf(
            {
                status: 'won',
                won_time: '2026-11-01T00:00:00Z',
                custom_fields: { c3d4: 'fair' },
            },
            undefined,
            dealsOnly,
        );
        expect(ofStream(rows, 'leads')).toMatchObject([
            {
                lead_id: '11',
                channel: 'fair',
                full_name: 'Ion Popa',
                email: 'ion@x.test',
                product_line: 'doors',
            },
        ]);
        expect(ofStream(rows, 'deals')).toMatchObject([{ lead_id: '11' }]);
        expect(ofStream(rows, 'lead_events')).toMatchObject([{ event_type: 'customer' }]);
    });
});

describe('an entry of the inbox', () => {
    it.each([
        [{}, 'API'],
        [{ c3d4: 'fair' }, 'fair'],
    ])('with %o comes from %s', (more, channel) => {
        const record = lead.parse({
            id: 'adf21080-0e10',
            person_id: 5,
            source_name: 'API',
            add_time: '2026-10-01T08:00:00.000Z',
            ...more,
        });
        expect(leadRows(record, ion, known, settings)[0]?.cells).toMatchObject({
            lead_id: 'adf21080-0e10',
            channel,
            email: 'ion@x.test',
        });
    });
});

it.each([
    ['leads', 'https://acme.pipedrive.com/leads/inbox/adf21080-0e10'],
    ['deals', 'https://acme.pipedrive.com/deal/5'],
])('where inquiries are %s, one has its tags, its page and its clicks', (inquiries, url) => {
    const own = { k1: 'newsletter', k2: 'fb.1.1790000000000.AbC' };
    const found = {
        ...known,
        site: 'https://acme.pipedrive.com',
        touch_fields: { utm_source: 'k1' },
    };
    const named = pipedrive.schema.parse({
        name: 'pipe',
        system: 'pipedrive',
        since: '2026-01-01',
        inquiries,
        touch_fields: { fbc: 'k2' },
    });
    const added = { add_time: '2026-10-01T08:00:00Z' };
    const rows =
        inquiries === 'leads'
            ? leadRows(
                  lead.parse({ id: 'adf21080-0e10', ...added, ...own }),
                  undefined,
                  found,
                  named,
              )
            : dealRows(
                  {
                      deal: deal.parse({ id: 5, status: 'open', ...added, custom_fields: own }),
                      person: undefined,
                      changes: undefined,
                  },
                  found,
                  named,
              );
    const cellsOf = (stream: string) => rows.find((row) => row.stream === stream)?.cells;
    expect(cellsOf('leads')?.record_url).toBe(url);
    expect(cellsOf('lead_touches')).toMatchObject({
        touched_at: '2026-10-01T08:00:00Z',
        utm_source: 'newsletter',
        click_id: 'fb.1.1790000000000.AbC',
    });
});

it('a lead and its touch have one page, from the field that the config names, whatever others are called', () => {
    const fields = { ...settings.fields, lead_landing_page: 'First page' };
    const found = lookups.parse({
        touch_fields: { landing_page: 'k1' },
        fields: { 'First page': { key: 'k2', options: {} } },
    });
    const record = lead.parse({
        id: 'adf21080-0e10',
        add_time: '2026-10-01T08:00:00Z',
        k1: 'https://gates.example/?utm_source=letter&gclid=G1',
        k2: 'https://gates.example/?utm_source=google&gclid=G2',
    });
    const rows = leadRows(record, undefined, found, { ...settings, fields });
    expect(rows.map(({ cells }) => cells)).toMatchObject([
        { landing_page: record.k2 },
        { landing_page: record.k2, utm_source: 'google', click_id: 'gclid.G2' },
    ]);
});

describe('an activity', () => {
    it.each([
        [
            'a call that was made',
            { type: 'call', done: true, marked_as_done_time: '2026-10-02 09:10:00' },
            'call',
            '2026-10-02T09:10:00Z',
        ],
        [
            'a call that is to be made',
            { type: 'call', done: false },
            'task',
            '2026-10-03T09:30:00Z',
        ],
        ['a meeting to come', { type: 'meeting', done: false }, 'meeting', '2026-10-03T09:30:00Z'],
        [
            'a meeting that was ticked off later',
            { type: 'meeting', done: true, marked_as_done_time: '2026-10-09T00:00:00Z' },
            'meeting',
            '2026-10-03T09:30:00Z',
        ],
        ['a task of a day', { type: 'task', due_time: null }, 'task', '2026-10-03T00:00:00Z'],
        ['a task without a day', { type: 'task', due_date: null }, 'task', '2026-10-01T08:00:00Z'],
    ])('%s', (_, record, type, at) => {
        const whole = {
            id: 31,
            owner_id: 7,
            deal_id: 11,
            due_date: '2026-10-03',
            due_time: '09:30:00',
            add_time: '2026-10-01T08:00:00Z',
            ...record,
        };
        expect(activityRow(activity.parse(whole), known).cells).toMatchObject({
            activity_id: '31',
            deal_id: '11',
            person_id: 'Ana Pop',
            activity_type: type,
            occurred_at: at,
        });
    });
});
