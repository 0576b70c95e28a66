import { describe, expect, it } from 'vitest';
import { classifyHubspot } from '../../../pipelines/sources/hubspot/client.ts';
import { crmRecord, lookups, recordList } from '../../../pipelines/sources/hubspot/records.ts';
import { activityRows, contactRows, dealRows } from '../../../pipelines/sources/hubspot/rows.ts';
import { hubspot } from '../../../pipelines/sources/hubspot/settings.ts';
import type { MockReply } from '../api/mock-server.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = {} }: MockReply) =>
    classifyHubspot(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );
const association = (subCategory: string) => ({
    status: 207,
    body: {
        status: 'COMPLETE',
        results: [],
        numErrors: 1,
        errors: [{ category: 'X', subCategory }],
    },
});

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['records', { body: { results: [] } }, { kind: 'ok' }],
        [
            'the last of a budget',
            {
                headers: {
                    'x-hubspot-ratelimit-remaining': '0',
                    'x-hubspot-ratelimit-interval-milliseconds': '10000',
                },
            },
            { kind: 'ok', waitUntil: now + 10_000 },
        ],
        [
            'a limit in ten seconds',
            {
                status: 429,
                headers: { 'retry-after': '10' },
                body: { policyName: 'TEN_SECONDLY_ROLLING' },
            },
            { kind: 'limit', until: now + 10_000 },
        ],
        [
            'a limit of the day',
            { status: 429, headers: { 'retry-after': '1' }, body: { policyName: 'DAILY' } },
            { kind: 'limit', until: Date.parse('2026-11-30T00:00:00Z') },
        ],
        [
            'a record without one on the other side',
            association('crm.associations.NO_ASSOCIATIONS_FOUND'),
            { kind: 'ok' },
        ],
        [
            'a batch with a record that was archived since it was found',
            {
                status: 207,
                body: {
                    status: 'COMPLETE',
                    results: [],
                    numErrors: 1,
                    errors: [
                        {
                            status: 'error',
                            category: 'OBJECT_NOT_FOUND',
                            message:
                                'Could not get some DEAL objects, they may be deleted or not exist.',
                            context: { ids: ['5'] },
                        },
                    ],
                },
            },
            { kind: 'ok' },
        ],
        [
            'a batch of which a part failed',
            association('crm.associations.TIMEOUT'),
            { kind: 'retriable' },
        ],
        ...[
            {
                results: [],
                numErrors: 1,
                errors: [{ category: 'X', subCategory: {}, message: null }],
            },
            { results: [], numErrors: 1, errors: [{ subCategory: null }] },
            { results: [], numErrors: 2 },
            { results: [] },
        ].map((body): [string, MockReply, object] => [
            `a batch that says ${JSON.stringify(body)} of its parts`,
            { status: 207, body },
            { kind: 'retriable' },
        ]),
        [
            'a limit of a policy without a name',
            {
                status: 429,
                headers: { 'retry-after': '3' },
                body: { message: null, policyName: null },
            },
            { kind: 'limit', until: now + 3000 },
        ],
        ['an account that is moved', { status: 477 }, { kind: 'retriable' }],
        ['a gateway', { status: 502 }, { kind: 'retriable' }],
        ['a key that was revoked', { status: 401 }, { kind: 'dead token' }],
        [
            'a missing scope',
            { status: 403 },
            { kind: 'our fault', fix: expect.stringContaining('scopes') },
        ],
        [
            'a property that is not there',
            { status: 400, body: { message: 'no x' } },
            { kind: 'our fault' },
        ],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

it.each([
    ['no word of more', {}, undefined],
    ['nothing for more', { paging: null }, undefined],
    ['no next page', { paging: { next: null } }, undefined],
    ['a next page', { paging: { next: { after: 200, link: 'x' } } }, '200'],
])('a list with %s', (_, more, after) => {
    const bare = { propertiesWithHistory: null, associations: null, archived: null };
    const list = recordList.parse({ results: [{ id: 5, ...bare, properties: null }], ...more });
    expect(list.paging).toBe(after);
    expect(list.results).toMatchObject([
        { id: '5', properties: {}, propertiesWithHistory: {}, associations: {}, archived: false },
    ]);
});

const settings = hubspot.schema.parse({
    name: 'crm',
    system: 'hubspot',
    since: '2026-01-01',
    properties: { deal_product_line: 'line' },
});
const known = lookups.parse({
    owners: { 7: 'Ana Pop' },
    stages: {
        a: { label: 'Appointment', status: 'open' },
        w: { label: 'Won', status: 'won' },
        l: { label: 'Lost', status: 'lost' },
    },
});
const linked = (record: object, links = {}) => ({
    ...crmRecord.parse({ id: 5, ...record }),
    contacts: [],
    deals: [],
    companies: [],
    ...links,
});

describe('a deal', () => {
    const deal = (properties: object, more = {}, links = {}) =>
        dealRows(linked({ properties, ...more }, links), known, settings);

    it.each([
        ['a', {}, 'open', 'Appointment'],
        ['w', {}, 'won', 'Won'],
        ['l', {}, 'lost', 'Lost'],
        ['gone', { hs_is_closed: 'true', hs_is_closed_won: 'true' }, 'won', 'gone'],
        ['gone', { hs_is_closed: 'true', hs_is_closed_won: 'false' }, 'lost', 'gone'],
        ['gone', {}, 'open', 'gone'],
    ])('in stage %s %o is %s', (dealstage, properties, status, stage) => {
        expect(deal({ dealstage, ...properties })[0]?.cells).toMatchObject({ status, stage });
    });

    it('in a stage that does not say whether it is closed is what its own properties say', () => {
        const silent = { a: { label: 'Signed', status: null } };
        const status = (properties: object) =>
            dealRows(
                linked({ properties: { dealstage: 'a', ...properties } }),
                lookups.parse({ stages: silent }),
                settings,
            )[0]?.cells.status;
        expect(status({ hs_is_closed: 'true', hs_is_closed_won: 'true' })).toBe('won');
        expect(status({ hs_is_closed: 'true', hs_is_closed_won: 'false' })).toBe('lost');
        expect(status({ hs_is_closed: 'false' })).toBe('open');
    });

    it('without a currency is in that of the account', () => {
        const euros = { ...known, currency: 'PLN' };
        const currencyOf = (properties: object) =>
            dealRows(linked({ properties }), euros, settings)[0]?.cells.currency_code;
        expect(currencyOf({ deal_currency_code: null })).toBe('PLN');
        expect(currencyOf({ deal_currency_code: 'USD' })).toBe('USD');
    });

    it('that nobody dated was closed when it entered its stage', () => {
        const closedAt = (properties: object) =>
            deal(properties, {
                propertiesWithHistory: {
                    dealstage: [
                        { value: 'w', timestamp: '2026-03-05T10:00:00.500Z' },
                        { value: 'a', timestamp: '2026-03-04T10:00:00Z' },
                        { value: 'w', timestamp: '2026-03-01T10:00:00Z' },
                        { value: null, timestamp: '2026-02-01T10:00:00Z' },
                    ],
                },
            })[0]?.cells.closed_at;
        expect(closedAt({ dealstage: 'w', closedate: '' })).toBe('2026-03-05T10:00:00.500Z');
        expect(closedAt({ dealstage: 'a', closedate: null })).toBeNull();
        expect(closedAt({ dealstage: 'w', closedate: '2026-03-02T00:00:00Z' })).toBe(
            '2026-03-02T00:00:00Z',
        );
    });

    it('keeps its amount as it came, its owner by name and its contacts', () => {
        const cells = deal(
            {
                amount: '1234567.89',
                hubspot_owner_id: '7',
                line: 'gates',
                deal_currency_code: 'EUR',
            },
            {},
            { contacts: ['1', '2'] },
        )[0]?.cells;
        expect(cells).toMatchObject({
            deal_id: '5',
            amount: '1234567.89',
            person_id: 'Ana Pop',
            product_line: 'gates',
            lead_id: '1;2',
            is_deleted: null,
        });
    });

    it.each([
        [{ companies: ['5', '6'], contacts: ['5'] }, '5'],
        [{ contacts: ['5', '6'] }, 'contact:5'],
        [{}, null],
    ])('linked to %o is that of client %s', (links, client) => {
        expect(deal({}, {}, links)[0]?.cells.client_id).toBe(client);
    });

    it('has no lost reason while it is not lost, and an owner nobody knows by id', () => {
        const cells = deal({
            dealstage: 'a',
            closed_lost_reason: 'price',
            hubspot_owner_id: '9',
        })[0]?.cells;
        expect(cells).toMatchObject({ lost_reason: null, person_id: '9' });
    });

    it('that was archived is deleted from that moment', () => {
        const cells = deal(
            { hs_lastmodifieddate: '2026-01-01T00:00:00Z' },
            { archived: true, archivedAt: '2026-02-01T00:00:00Z' },
        )[0]?.cells;
        expect(cells).toMatchObject({ is_deleted: 'true', updated_at: '2026-02-01T00:00:00Z' });
    });

    it('entered its stages at their times', () => {
        const rows = deal(
            {},
            {
                propertiesWithHistory: {
                    dealstage: [
                        { value: 'w', timestamp: '2026-03-02T00:00:00.5Z' },
                        { value: 'a', timestamp: '2026-03-01T00:00:00Z' },
                        { value: '', timestamp: '2026-02-01T00:00:00Z' },
                    ],
                },
            },
        );
        expect(rows.slice(1).map(({ cells }) => [cells.stage, cells.entered_at])).toEqual([
            ['Won', '2026-03-02T00:00:00.5Z'],
            ['Appointment', '2026-03-01T00:00:00Z'],
        ]);
    });
});

describe('a contact', () => {
    it('is a lead, with a step for every change that is mapped', () => {
        const rows = contactRows(
            linked({
                properties: {
                    firstname: 'Ion',
                    lastname: null,
                    email: '',
                    hs_merged_object_ids: '3;4',
                },
                createdAt: '2026-01-01T00:00:00Z',
                propertiesWithHistory: {
                    lifecyclestage: [
                        { value: 'salesqualifiedlead', timestamp: '2026-01-03T00:00:00Z' },
                        { value: 'subscriber', timestamp: '2026-01-02T00:00:00Z' },
                    ],
                    hs_lead_status: [{ value: 'UNQUALIFIED', timestamp: '2026-01-04T00:00:00Z' }],
                    hubspot_owner_id: [{ value: '7', timestamp: '2026-01-05T00:00:00Z' }],
                },
            }),
            known,
            settings,
        );
        expect(rows[0]?.cells).toMatchObject({
            lead_id: '5',
            full_name: 'Ion',
            email: null,
            created_at: '2026-01-01T00:00:00Z',
            merged_ids: '3;4',
        });
        expect(rows.slice(1).map(({ cells }) => [cells.event_type, cells.person_id])).toEqual([
            ['sql', null],
            ['rejected', null],
            ['assigned', 'Ana Pop'],
        ]);
        expect(new Set(rows.slice(1).map(({ cells }) => cells.event_id)).size).toBe(3);
    });
});

describe('the touches of a contact', () => {
    const touchesOf = (more: object) =>
        contactRows(
            linked({ createdAt: '2026-01-05T10:00:00Z', ...more }),
            { ...known, contacts: 'https://app-eu1.hubspot.com/contacts/4711/record/0-1/' },
            settings,
        ).flatMap(({ stream, cells }) => (stream === 'lead_touches' ? [cells] : []));
    const at = (timestamp: string, value: string) => ({ value, timestamp });

    it('are its first page, later pages with tags, and clicks that stand beside them', () => {
        const touches = touchesOf({
            properties: {
                hs_analytics_first_url:
                    'https://gates.example/?utm_source=fb&utm_medium=paid&fbclid=F1',
                hs_analytics_first_timestamp: '2026-01-01T08:00:00Z',
                hs_analytics_first_referrer: 'https://facebook.com/',
                hs_analytics_source: 'PAID_SOCIAL',
            },
            propertiesWithHistory: {
                hs_analytics_last_url: [
                    at('2026-02-01T08:00:00Z', 'https://gates.example/?gclid=G2'),
                    at('2026-01-05T10:00:20Z', 'https://gates.example/form?gclid=G1'),
                    at('2026-01-05T10:00:30Z', 'https://gates.example/thanks'),
                ],
                hs_google_click_id: [at('2026-01-05T10:00:01Z', 'G1')],
                hs_facebook_click_id: [at('2026-01-05T10:00:01Z', 'F1')],
                hs_linkedin_click_id: [at('2026-01-20T10:00:01Z', 'L1')],
            },
        });
        expect(touches.map((one) => [one.touch_id, one.touched_at, one.click_id])).toEqual([
            ['5:first', '2026-01-01T08:00:00Z', 'fbclid.F1'],
            // What a form wrote down a moment after the contact was there before it.
            ['5:page:2026-01-05T10:00:20Z', '2026-01-05T10:00:00Z', 'gclid.G1'],
            ['5:page:2026-02-01T08:00:00Z', '2026-02-01T08:00:00Z', 'gclid.G2'],
            ['5:li_fat_id:2026-01-20T10:00:01Z', '2026-01-20T10:00:01Z', 'li_fat_id.L1'],
        ]);
        expect(touches[0]).toMatchObject({
            utm_source: 'fb',
            utm_medium: 'paid',
            referrer: 'https://facebook.com/',
            channel: 'PAID_SOCIAL',
        });
    });

    it('are what a form wrote into fields of the company, once', () => {
        const form = { utm_source: 'newsletter', utm_medium: 'email', utm_campaign: 'may' };
        expect(touchesOf({ properties: form })).toMatchObject([
            { touch_id: '5:visit', touched_at: '2026-01-05T10:00:00Z', ...form },
        ]);
        const page =
            'https://gates.example/?utm_source=newsletter&utm_medium=email&utm_campaign=may';
        const twice = touchesOf({ properties: { ...form, hs_analytics_first_url: page } });
        expect(twice.map(({ touch_id: id }) => id)).toEqual(['5:first']);
    });

    it('are none of a contact that nobody knows more of, or that is archived', () => {
        expect(touchesOf({ properties: { hs_analytics_source: 'OFFLINE' } })).toEqual([]);
        const gone = { hs_analytics_first_url: 'https://gates.example/?gclid=G1' };
        expect(touchesOf({ properties: gone, archived: true })).toEqual([]);
    });
});

describe('an activity', () => {
    it.each([
        ['call', { hs_call_direction: 'INBOUND' }, 'inbound', null],
        ['email', { hs_email_direction: 'EMAIL', hs_object_source: 'CRM_UI' }, 'outbound', 'false'],
        ['email', { hs_email_direction: 'INCOMING_EMAIL' }, 'inbound', null],
        ['email', { hs_email_direction: 'FORWARDED_EMAIL' }, 'internal', null],
        ['email', { hs_object_source: 'AUTOMATION_PLATFORM' }, null, 'true'],
        ['note', {}, null, null],
    ])('%s %o', (type, properties, direction, isAutomated) => {
        const [row] = activityRows(type)(
            linked(
                { properties: { hs_timestamp: '2026-01-01T00:00:00Z', ...properties } },
                { contacts: ['1'] },
            ),
            known,
            settings,
        );
        expect(row?.cells).toMatchObject({
            activity_id: `${type}:5`,
            lead_id: '1',
            direction,
            is_automated: isAutomated,
        });
    });
});
