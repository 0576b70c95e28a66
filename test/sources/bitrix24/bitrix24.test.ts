import { describe, expect, it } from 'vitest';
import { createBitrix24Classifier } from '../../../pipelines/sources/bitrix24/client.ts';
import { item, lookups } from '../../../pipelines/sources/bitrix24/records.ts';
import {
    activityRow,
    dealRow,
    isTemplate,
    leadEventRows,
    leadRows,
    stageRow,
} from '../../../pipelines/sources/bitrix24/rows.ts';
import { bitrix24 } from '../../../pipelines/sources/bitrix24/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const reset = now / 1000 + 240;
const ask = (classify: ReturnType<typeof createBitrix24Classifier>, reply: MockReply) => {
    const { status = 200, headers = {}, body } = reply;
    const text = JSON.stringify(body);
    return classify({ status, headers: new Headers(headers), text, data: body }, now);
};
const worked = (operating: number): MockReply => ({
    body: { result: [], time: { operating, operating_reset_at: reset } },
});

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['records', worked(1), { kind: 'ok' }],
        [
            'a method that has worked nearly all it may',
            worked(455),
            { kind: 'ok', waitUntil: reset * 1000 },
        ],
        ['a full bucket', failure(503, 'QUERY_LIMIT_EXCEEDED'), { kind: 'limit' }],
        [
            'a full bucket without a word',
            { status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED', error_description: null } },
            { kind: 'limit' },
        ],
        [
            'a portal that was blocked by hand',
            failure(503, 'OVERLOAD_LIMIT'),
            { kind: 'our fault', fix: expect.stringContaining('support') },
        ],
        [
            'a user who lacks rights',
            failure(403, 'INVALID_CREDENTIALS'),
            { kind: 'our fault', fix: expect.stringContaining('role') },
        ],
        ['an access that ended', failure(401, 'expired_token'), { kind: 'dead token' }],
        ['a server that fails', failure(500, 'INTERNAL_SERVER_ERROR'), { kind: 'retriable' }],
        ['a gateway', { status: 502 }, { kind: 'retriable' }],
        ['a webhook that was revoked', failure(401, 'INVALID_CREDENTIALS'), { kind: 'dead token' }],
        [
            'a missing permission',
            failure(403, 'insufficient_scope'),
            { kind: 'our fault', fix: expect.stringContaining('crm') },
        ],
        [
            'a method that is not there',
            failure(404, 'ERROR_METHOD_NOT_FOUND'),
            { kind: 'our fault' },
        ],
    ])('%s', (_, reply, verdict) => {
        expect(ask(createBitrix24Classifier(), reply)).toMatchObject(verdict);
    });

    it('a method out of work waits until what the refusal itself says', () => {
        const { status, body } = failure(429, 'OPERATION_TIME_LIMIT');
        const told = { ...(body as object), time: { operating_reset_at: reset } };
        expect(ask(createBitrix24Classifier(), { status, body: told } as MockReply)).toMatchObject({
            kind: 'limit',
            until: reset * 1000,
        });
    });

    it('a method out of work waits until what the last good answer said', () => {
        const classify = createBitrix24Classifier();
        expect(ask(classify, failure(429, 'OPERATION_TIME_LIMIT'))).toMatchObject({
            kind: 'limit',
            until: now + 60_000,
        });
        ask(classify, worked(470));
        expect(ask(classify, failure(429, 'OPERATION_TIME_LIMIT'))).toMatchObject({
            kind: 'limit',
            until: reset * 1000,
        });
    });
});

const settings = bitrix24.schema.parse({
    name: 'crm',
    system: 'bitrix24',
    since: '2026-01-01',
    fields: { deal_product_line: 'ufCrm_1', deal_lost_reason: 'ufCrm_2' },
});
const known = lookups.parse({
    users: { 7: 'Анна Попова' },
    sources: { WEB: 'Сайт' },
    stages: {
        WON: { name: 'Успешна', status: 'won' },
        'C1:LOSE': { name: 'Провал', status: 'lost' },
    },
});

describe('a deal', () => {
    const deal = (fields: object) =>
        dealRow(item.parse({ id: 5, ...fields }), known, settings).cells;

    it.each([
        [{ stageId: 'WON' }, 'won', 'Успешна'],
        [{ stageId: 'C1:LOSE' }, 'lost', 'Провал'],
        [{ stageId: 'C2:NEW' }, 'open', 'C2:NEW'],
        [{ stageId: 'C2:X', stageSemanticId: 'F' }, 'lost', 'C2:X'],
        [{ stageId: 'WON', stageSemanticId: 'P' }, 'open', 'Успешна'],
    ])('%o is %s', (fields, status, stage) => {
        expect(deal(fields)).toMatchObject({ status, stage });
    });

    it('keeps its sum to the cent, and knows no lead by the number 0', () => {
        expect(
            deal({
                opportunity: 1234567.885,
                currencyId: 'RUB',
                leadId: 0,
                companyId: 3,
                assignedById: 7,
            }),
        ).toMatchObject({
            amount: '1234567.89',
            currency_code: 'RUB',
            lead_id: null,
            client_id: '3',
            person_id: 'Анна Попова',
        });
    });

    it.each([
        [{ companyId: 3, contactId: 3 }, '3'],
        [{ companyId: 0, contactId: 3 }, 'contact:3'],
        [{ companyId: 0, contactId: 0 }, null],
    ])('of %o is that of client %s', (fields, client) => {
        expect(deal(fields).client_id).toBe(client);
    });

    it.each([
        ['2026-10-05T03:00:00+03:00', '2026-10-05T17:45:10+03:00', '2026-10-05T17:45:10+03:00'],
        ['2026-10-05T03:00:00+03:00', '2026-11-01T10:00:00+03:00', '2026-10-05T12:00:00+03:00'],
        ['2026-10-05T03:00:00+03:00', null, '2026-10-05T12:00:00+03:00'],
        // Where the portal stands west of Greenwich, midnight there is the evening before.
        ['2026-10-04T19:00:00-05:00', '2026-10-05T09:00:00-05:00', '2026-10-05T09:00:00-05:00'],
        ['2026-10-05T00:00:00+05:30', null, '2026-10-05T12:00:00+05:30'],
        [null, '2026-10-05T17:45:10+03:00', null],
        ['', '2026-10-05T17:45:10+03:00', null],
        ['soon', null, 'soon'],
    ])(
        'with the closing day %s, moved at %s, was closed at %s',
        (closedate, movedTime, closedAt) => {
            expect(deal({ closedate, movedTime }).closed_at).toBe(closedAt);
        },
    );

    it.each(['WON', 'C1:LOSE'])(
        'in stage %s without a closing day was closed when it came there',
        (stageId) => {
            const movedTime = '2026-10-05T17:45:10+03:00';
            expect(deal({ stageId, closedate: null, movedTime }).closed_at).toBe(movedTime);
        },
    );

    it('has the word of a list for its number, by either name of the field', () => {
        const line = { key: 'ufCrm_1', options: { 79: 'gates', 80: 'doors' } };
        const lists = { ...known, fields: { ufCrm_1: line, UF_CRM_1: line } };
        const lineOf = (name: string, value: unknown) => {
            const fields = { ...settings.fields, deal_product_line: name };
            const record = item.parse({ id: 5, ufCrm_1: value });
            return dealRow(record, lists, { ...settings, fields }).cells.product_line;
        };
        expect(lineOf('ufCrm_1', 79)).toBe('gates');
        expect(lineOf('UF_CRM_1', ['80', '79'])).toBe('doors');
        expect(lineOf('ufCrm_1', '81')).toBe('81');
        expect(lineOf('ufCrm_1', false)).toBeNull();
    });

    it('that recurs is made from a template, which is no deal', () => {
        const isNone = (isRecurring: unknown) => isTemplate(item.parse({ id: 5, isRecurring }));
        expect(['Y', true, 'N', false, null, undefined].map(isNone)).toEqual([
            ...[true, true],
            ...[false, false, false, false],
        ]);
    });

    it('takes the first of several values, and a lost reason when it is lost', () => {
        const fields = { ufCrm_1: ['gates', 'parts'], ufCrm_2: 'price' };
        expect(deal({ ...fields, stageSemanticId: 'F' })).toMatchObject({
            product_line: 'gates',
            lost_reason: 'price',
        });
        expect(deal({ ...fields, stageSemanticId: 'P' }).lost_reason).toBeNull();
    });
});

describe('other records', () => {
    it('a lead has its source by name', () => {
        const lead = item.parse({
            id: 1,
            name: 'Ион',
            lastName: null,
            sourceId: 'WEB',
            utmCampaign: 'c',
        });
        expect(leadRows(lead, known, settings)[0]?.cells).toMatchObject({
            full_name: 'Ион',
            channel: 'Сайт',
            campaign_id: 'c',
        });
    });

    it('a lead has a touch of its tags and of click ids in fields of the company, and a page', () => {
        const lead = item.parse({
            id: 5,
            createdTime: '2026-01-01T10:00:00+03:00',
            utmSource: 'yandex',
            utmMedium: 'cpc',
            utmCampaign: 'brand',
            ufCrm_1: 'abc',
            ufCrm_2: '77',
        });
        const leads = 'https://example.bitrix24.com/crm/lead/details/';
        const found = { ...known, leads, touch_fields: { gclid: 'ufCrm_1' } };
        const named = bitrix24.schema.parse({
            name: 'portal',
            system: 'bitrix24',
            since: '2026-01-01',
            touch_fields: { yclid: 'ufCrm_2' },
        });
        const [row, ...touches] = leadRows(lead, found, named).map(({ cells }) => cells);
        expect(row?.record_url).toBe(`${leads}5/`);
        expect(touches).toMatchObject([
            { touch_id: '5:click:yclid', click_id: 'yclid.77', utm_source: null },
            {
                touch_id: '5:visit',
                touched_at: '2026-01-01T10:00:00+03:00',
                utm_source: 'yandex',
                utm_medium: 'cpc',
                utm_campaign: 'brand',
                click_id: 'gclid.abc',
            },
        ]);
    });

    const entry = {
        ID: '9',
        OWNER_ID: '5',
        CREATED_TIME: '2026-01-01T10:00:00+03:00',
        STAGE_ID: 'WON',
        STATUS_ID: 'IN_PROCESS',
    };

    it('an entry of a lead is a step, when its status is mapped', () => {
        expect(leadEventRows(entry, settings)[0]?.cells).toMatchObject({
            event_id: '9',
            event_type: 'sal',
            occurred_at: '2026-01-01T10:00:00+03:00',
        });
        expect(leadEventRows({ ...entry, STATUS_ID: 'NEW' }, settings)).toEqual([]);
    });

    it('an entry of a deal is a stage by name', () => {
        expect(stageRow(entry, known).cells).toMatchObject({ deal_id: '5', stage: 'Успешна' });
    });

    it.each([
        [
            { OWNER_TYPE_ID: '1', TYPE_ID: '2', DIRECTION: '1' },
            { lead_id: '5', deal_id: null, activity_type: 'call', direction: 'inbound' },
        ],
        [
            { TYPE_ID: '2', DIRECTION: '2', COMPLETED: 'N' },
            { activity_type: 'task', direction: null },
        ],
        [
            { TYPE_ID: '2', DIRECTION: '2', COMPLETED: 'Y' },
            { activity_type: 'call', direction: 'outbound' },
        ],
        [
            { TYPE_ID: '2', DIRECTION: '1', COMPLETED: 'N' },
            { activity_type: 'call', direction: 'inbound' },
        ],
        [
            { TYPE_ID: '4', DIRECTION: '1', COMPLETED: 'N' },
            { activity_type: 'email', direction: 'inbound' },
        ],
        [
            { OWNER_TYPE_ID: '2', TYPE_ID: '4', DIRECTION: '2' },
            { lead_id: null, deal_id: '5', activity_type: 'email', direction: 'outbound' },
        ],
        [
            { OWNER_TYPE_ID: '3', TYPE_ID: '6', PROVIDER_ID: 'CRM_WEBFORM' },
            { lead_id: null, deal_id: null, activity_type: 'CRM_WEBFORM', direction: null },
        ],
    ])('an activity %o', (fields, cells) => {
        const base = {
            ID: '1',
            OWNER_ID: '5',
            OWNER_TYPE_ID: '2',
            TYPE_ID: null,
            PROVIDER_ID: null,
            DIRECTION: null,
            RESPONSIBLE_ID: null,
            CREATED: null,
            START_TIME: null,
            LAST_UPDATED: null,
            COMPLETED: null,
        };
        expect(activityRow({ ...base, ...fields }, known).cells).toMatchObject(cells);
    });
});
