import { describe, expect, it } from 'vitest';
import { classifyAmocrm } from '../../../pipelines/sources/amocrm/client.ts';
import {
    contact,
    event,
    lead,
    lookups,
    note,
    task,
} from '../../../pipelines/sources/amocrm/records.ts';
import { eventRows, leadRows, noteRow, taskRows } from '../../../pipelines/sources/amocrm/rows.ts';
import { amocrm } from '../../../pipelines/sources/amocrm/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { problem } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = {} }: MockReply) => {
    const isText = typeof body === 'string';
    const text = isText ? body : JSON.stringify(body);
    const data = isText ? undefined : body;
    return classifyAmocrm({ status, headers: new Headers(headers), text, data }, now);
};

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['deals', { body: { _embedded: { leads: [] } } }, { kind: 'ok' }],
        ['nothing that fits', { status: 204, body: '' }, { kind: 'ok' }],
        ['too many questions in a second', { status: 429, body: '<html>' }, { kind: 'limit' }],
        [
            'an address that is shut out for it',
            { status: 403, body: '<html><title>403 Forbidden</title></html>' },
            { kind: 'limit', until: now + 3_600_000 },
        ],
        [
            'a user who is no administrator',
            problem(403, 'Forbidden', { detail: 'Недостаточно прав' }),
            { kind: 'our fault', fix: expect.stringContaining('administrator') },
        ],
        [
            'a user who is no administrator, in a word',
            { status: 403, body: { title: 'Forbidden', status: 403, detail: null } },
            { kind: 'our fault', fix: expect.stringContaining('administrator') },
        ],
        [
            'a token that is over',
            problem(401, 'Unauthorized', { detail: 'Неверный логин или пароль' }),
            { kind: 'dead token', why: 'status 401: Неверный логин или пароль' },
        ],
        [
            'an account that is not paid for',
            problem(402, 'Payment Required'),
            { kind: 'our fault', fix: expect.stringContaining('pay') },
        ],
        ['a gateway', { status: 504, body: '<html>' }, { kind: 'retriable' }],
        [
            'a question that is wrong',
            problem(400, 'Bad Request', { detail: 'Request validation failed' }),
            { kind: 'our fault', why: 'status 400: Request validation failed' },
        ],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

const settings = amocrm.schema.parse({
    name: 'crm',
    system: 'amocrm',
    domain: 'example.kommo.com',
    since: '2026-01-01',
    product_lines: { 77: 'gates' },
    lead_stages: { 142: 'customer', '78:501': 'sql', 501: 'mql' },
    fields: { lead_visitor_id: '900', product_line: 'Продукт' },
});
const known = lookups.parse({
    currency: 'RUB',
    users: { 7: 'Анна Попова' },
    stages: { '77:501': 'Первичный контакт', '77:142': 'Успешно', '77:143': 'Закрыто' },
});
const created = 1_790_000_000;

const rowsOf = (record: object, contacts = new Map()) => {
    const whole = { id: 5, pipeline_id: 77, status_id: 501, created_at: created, ...record };
    const [inquiry, deal] = leadRows(lead.parse(whole), contacts, known, settings);
    return { inquiry: inquiry?.cells, deal: deal?.cells };
};

describe('a deal', () => {
    it.each([
        [501, 'open', 'Первичный контакт'],
        [142, 'won', 'Успешно'],
        [143, 'lost', 'Закрыто'],
        [999, 'open', '999'],
    ])('in stage %s is %s', (id, status, stage) => {
        expect(rowsOf({ status_id: id }).deal).toMatchObject({ status, stage });
    });

    it('has a touch of fields for tracking, by their codes or names', () => {
        const field = (code: string | null, name: string, value: string) => ({
            field_id: name,
            field_code: code,
            field_name: name,
            values: [{ value }],
        });
        const fields = [
            field('UTM_SOURCE', 'utm_source', 'google'),
            field('UTM_CAMPAIGN', 'utm_campaign', 'brand'),
            field('REFERRER', 'referrer', 'https://google.com/'),
            field(null, 'YCLID', '77'),
            field('GCLID', 'gclid', 'G1'),
        ];
        const record = lead.parse({
            id: 5,
            pipeline_id: 77,
            status_id: 501,
            created_at: created,
            custom_fields_values: fields,
        });
        const touches = leadRows(record, new Map(), known, settings).filter(
            ({ stream }) => stream === 'lead_touches',
        );
        expect(touches.map(({ cells }) => cells)).toMatchObject([
            { click_id: 'yclid.77', utm_source: null },
            {
                touch_id: `${record.id}:visit`,
                utm_source: 'google',
                utm_campaign: 'brand',
                referrer: 'https://google.com/',
                click_id: 'gclid.G1',
            },
        ]);
        expect(rowsOf({}).inquiry?.record_url).toBe(
            `https://${settings.domain}/leads/detail/${record.id}`,
        );
    });

    it('with a field that lacks a name has no value for what the config does not name', () => {
        const field = { field_id: 2, field_code: 'GCLID', values: [{ value: 'G1' }] };
        const record = { id: 5, created_at: created, custom_fields_values: [field] };
        const rows = leadRows(lead.parse(record), new Map(), known, settings);
        expect(rows.map(({ stream, cells }) => [stream, cells])).toMatchObject([
            ['leads', { landing_page: null }],
            ['deals', {}],
            ['lead_touches', { click_id: 'gclid.G1', utm_source: null, landing_page: null }],
        ]);
    });

    it('and its touch have one page, from the field that the config names, whatever others are called', () => {
        const field = (id: string, name: string, value: string) => ({
            field_id: id,
            field_code: null,
            field_name: name,
            values: [{ value }],
        });
        const page = 'https://gates.example/?utm_source=google&gclid=G2';
        const record = lead.parse({
            id: 5,
            created_at: created,
            custom_fields_values: [
                field('1', 'Landing Page', 'https://gates.example/?utm_source=letter&gclid=G1'),
                field('2', 'First page', page),
            ],
        });
        const fields = { ...settings.fields, lead_landing_page: 'First page' };
        const rows = leadRows(record, new Map(), known, { ...settings, fields });
        const cellsOf = (stream: string) => rows.find((row) => row.stream === stream)?.cells;
        expect(cellsOf('leads')).toMatchObject({ landing_page: page });
        expect(cellsOf('lead_touches')).toMatchObject({
            landing_page: page,
            utm_source: 'google',
            click_id: 'gclid.G2',
        });
    });

    it.each([
        ['whole units', { price: 46_333 }, '46333'],
        ['minor units', { price: 100, price_with_minor_units: 100.5 }, '100.5'],
        ['long digits', { price_with_minor_units: '9007199254740993.01' }, '9007199254740993.01'],
        ['no sum', { price: 0 }, null],
        ['no sum in minor units either', { price: 0, price_with_minor_units: 0 }, null],
        ['parts of a cent', { price_with_minor_units: 10.125 }, '10.13'],
        ['less than a unit', { price: 0, price_with_minor_units: 0.1 }, '0.1'],
        ['nothing said', {}, null],
    ])('with %s', (_, record, amount) => {
        expect(rowsOf(record).deal).toMatchObject({ amount, currency_code: 'RUB' });
    });

    it('is the inquiry too, with its owner, company, main contact and source', () => {
        const email = { field_id: 1, field_code: 'EMAIL', values: [{ value: 'ion@x.test' }] };
        const main = contact.parse({ id: 22, name: 'Ion', custom_fields_values: [email] });
        const record = {
            responsible_user_id: 7,
            updated_at: created + 60,
            custom_fields_values: [
                { field_id: 900, values: [{ value: 170 }] },
                { field_id: 2, field_code: 'UTM_CAMPAIGN', values: [{ value: 'spring' }] },
                { field_id: 3, field_name: 'Продукт', values: [{ value: 'doors' }] },
            ],
            _embedded: {
                contacts: [
                    { id: 21, is_main: false },
                    { id: 22, is_main: true },
                ],
                companies: [{ id: 31 }],
                source: { name: 'Форма' },
            },
        };
        const { inquiry, deal } = rowsOf(record, new Map([['22', main]]));
        expect(inquiry).toMatchObject({
            lead_id: '5',
            created_at: '2026-09-21T14:13:20.000Z',
            visitor_id: '170',
            channel: 'Форма',
            campaign_id: 'spring',
            product_line: 'doors',
            full_name: 'Ion',
            email: 'ion@x.test',
            updated_at: '2026-09-21T14:14:20.000Z',
            is_deleted: null,
        });
        expect(deal).toMatchObject({
            deal_id: '5',
            lead_id: '5',
            client_id: '31',
            person_id: 'Анна Попова',
            product_line: 'doors',
        });
        const { deal: alone } = rowsOf({ _embedded: { contacts: [{ id: 31 }] } });
        expect(alone?.client_id).toBe('contact:31');
    });

    it.each([
        ['one', { name: 'Дорого' }],
        ['a list', [{ name: 'Дорого' }]],
    ])('that was lost has its reason, which comes as %s', (_, reason) => {
        const embedded = { _embedded: { loss_reason: reason } };
        const reasonIn = (id: number) => rowsOf({ status_id: id, ...embedded }).deal?.lost_reason;
        expect([reasonIn(143), reasonIn(501)]).toEqual(['Дорого', null]);
    });

    it.each([
        ['nothing around it', { _embedded: [] }],
        [
            'empty lists for what there is one of',
            { _embedded: { contacts: null, companies: [], loss_reason: [], source: [] } },
        ],
        ['a field without values', { custom_fields_values: [{ field_id: 900, values: null }] }],
        ['a reason without a name', { _embedded: { loss_reason: [{ id: 1, name: null }] } }],
    ])('with %s is still a deal', (_, more) => {
        const { inquiry, deal } = rowsOf({ status_id: 143, closed_at: created, ...more });
        expect(inquiry).toMatchObject({ lead_id: '5', channel: null, visitor_id: null });
        expect(deal).toMatchObject({ client_id: null, lost_reason: null, status: 'lost' });
    });

    it('that was opened again has not been closed', () => {
        expect(rowsOf({ status_id: 501, closed_at: created }).deal?.closed_at).toBeNull();
        expect(rowsOf({ status_id: 142, closed_at: created }).deal?.closed_at).not.toBeNull();
    });

    it('has no owner, no end and no product line where the system writes 0 or none', () => {
        const { deal } = rowsOf({ responsible_user_id: 0, closed_at: 0, pipeline_id: 1 });
        expect(deal).toMatchObject({ person_id: null, closed_at: null, product_line: null });
    });
});

describe('an event', () => {
    const rows = (type: string, value: object, more = {}) => {
        const whole = {
            id: '01pz58t6p04ymgsgfbmfyfy1mf',
            type,
            entity_id: 5,
            entity_type: 'lead',
            created_by: 7,
            created_at: created,
            value_after: [value],
            ...more,
        };
        return eventRows(event.parse(whole), known, settings).map(({ stream, cells }) => [
            stream,
            cells.stage ?? cells.event_type ?? cells.direction,
            cells.person_id,
        ]);
    };
    const moved = (id: number, pipeline: number) => ({
        lead_status: { id, pipeline_id: pipeline },
    });
    const given = { responsible_user: { id: 7 } };
    const message = { message: { id: 'x' } };

    it.each<[string, object, object, unknown[][]]>([
        [
            'lead_status_changed',
            moved(142, 77),
            {},
            [
                ['deal_stage_history', 'Успешно', null],
                ['lead_events', 'customer', null],
            ],
        ],
        [
            'lead_status_changed',
            moved(501, 78),
            {},
            [
                ['deal_stage_history', '501', null],
                ['lead_events', 'sql', null],
            ],
        ],
        ['lead_status_changed', moved(143, 77), {}, [['deal_stage_history', 'Закрыто', null]]],
        ['entity_responsible_changed', given, {}, [['lead_events', 'assigned', 'Анна Попова']]],
        ['entity_responsible_changed', given, { entity_type: 'contact' }, []],
        ['incoming_chat_message', message, {}, [['activities', 'inbound', null]]],
        ['outgoing_chat_message', message, {}, [['activities', 'outbound', 'Анна Попова']]],
        ['outgoing_chat_message', message, { created_by: 0 }, [['activities', 'outbound', null]]],
    ])('%s %o %o', (type, value, more, expected) => {
        expect(rows(type, value, more)).toEqual(expected);
    });
});

describe('an activity', () => {
    it.each([
        ['call_in', 7, 'call', 'inbound', 'false'],
        ['call_out', 0, 'call', 'outbound', 'false'],
        ['sms_out', 7, 'message', 'outbound', 'false'],
        ['amomail_message', 7, 'email', null, 'false'],
        ['common', 7, 'note', null, 'false'],
        ['extended_service_message', 0, 'note', null, 'true'],
        [25, 7, 'note', null, 'false'],
    ])('note %s of user %s', (type, user, kind, direction, isAutomated) => {
        const whole = {
            id: 1,
            entity_id: 5,
            created_by: user,
            responsible_user_id: 7,
            created_at: created,
            note_type: type,
        };
        expect(noteRow(note.parse(whole), known).cells).toMatchObject({
            activity_id: 'note:1',
            lead_id: '5',
            deal_id: '5',
            person_id: 'Анна Попова',
            activity_type: kind,
            direction,
            is_automated: isAutomated,
        });
    });

    it.each([
        [2, 'leads', ['meeting']],
        [1, 'leads', ['task']],
        [2, 'contacts', []],
    ])('task of type %s of %s', (type, entity, kinds) => {
        const whole = {
            id: 1,
            entity_id: 5,
            entity_type: entity,
            created_at: created,
            complete_till: created + 3600,
            task_type_id: type,
        };
        const rows = taskRows(task.parse(whole), known);
        expect(rows.map(({ cells }) => cells.activity_type)).toEqual(kinds);
    });
});
