import { describe, expect, it } from 'vitest';
import { leads } from '../../../pipelines/contracts/streams/leads.ts';
import { rowOf } from '../../../pipelines/sources/api/connector.ts';
import { recordLink } from '../../../pipelines/sources/api/record-link.ts';
import {
    clickOf,
    type TouchField,
    touchFieldsSetting,
    touchRows,
    usualTouchFields,
} from '../../../pipelines/sources/api/touches.ts';

const at = '2026-10-01T08:00:00Z';
const lead = rowOf(leads, { lead_id: '5', created_at: at, channel: 'Web', campaign_id: 'C1' });
const touchesOf = (fields: Partial<Record<TouchField, string>>) =>
    touchRows(lead, (field) => fields[field]).map(({ cells }) => cells);

describe('touches of a lead', () => {
    it('are none where nothing is known but the page', () => {
        expect(touchesOf({})).toEqual([]);
        expect(touchesOf({ landing_page: '/gates', utm_source: ' ' })).toEqual([]);
        // The lead has the campaign, too, and its channel beside it.
        expect(touchesOf({ utm_campaign: 'brand', utm_term: 'gates' })).toEqual([]);
    });

    it.each([
        ['an address', 'https://x.example/a?utm_source=Google&utm_campaign=a%20b+c&gclid=G.1#top'],
        ['a path', '/a?utm_source=Google&utm_campaign=a+b%20c&gclid=G.1'],
    ])('read tags and click ids of %s as they are written', (_, page) => {
        expect(touchesOf({ landing_page: page })).toMatchObject([
            { utm_source: 'Google', utm_campaign: 'a b c', click_id: 'gclid.G.1', touched_at: at },
        ]);
    });

    it('take tags as a whole from one place', () => {
        const page = 'https://x.example/?utm_source=google&utm_campaign=brand';
        expect(touchesOf({ landing_page: page, utm_source: 'letter' })).toMatchObject([
            { utm_source: 'letter', utm_campaign: null, channel: 'Web', campaign_id: 'C1' },
        ]);
    });

    it('are a click on an ad of each platform, of which the visit has the one in its address', () => {
        const rows = touchesOf({ landing_page: '/?msclkid=M', gclid: 'G', fbc: 'fb.1.17.F' });
        expect(rows.map((one) => [one.touch_id, one.click_id])).toEqual([
            ['5:click:gclid', 'gclid.G'],
            ['5:click:fb', 'fb.1.17.F'],
            ['5:visit', 'msclkid.M'],
        ]);
    });

    it('are one where the field says what the address says', () => {
        expect(touchesOf({ landing_page: '/?gclid=G', gclid: 'G' })).toHaveLength(1);
    });

    it.each(['http://[', 'javascript:alert(1)', '//', 'x'.repeat(5000)])(
        'do without %s',
        (page) => {
            expect(touchesOf({ landing_page: page, gclid: 'G' })).toHaveLength(1);
        },
    );
});

it.each([
    ['gclid', 'Cj0K', 'gclid.Cj0K'],
    ['gclid', 'gclid.Cj0K', 'gclid.Cj0K'],
    ['fbc', 'fb.1.1790000000000.AbC', 'fb.1.1790000000000.AbC'],
    ['fbc', 'AbC', 'fbclid.AbC'],
    ['yclid', '', undefined],
])('a click id of %s that stands as %j is %s', (name, value, click) => {
    expect(clickOf(name, value)).toBe(click);
});

it('fields are known by their names however these are written, and what a config names goes first', () => {
    const labels = ['UTM Source', 'utm_medium__c', 'GCLID', 'Google Click ID', 'Referer', 'Source'];
    expect(usualTouchFields(labels.map((label, index) => ({ label, name: `f${index}` })))).toEqual({
        utm_source: 'f0',
        utm_medium: 'f1',
        gclid: 'f2',
        referrer: 'f4',
    });
    const setting = touchFieldsSetting({ utm_source: 'a', utm_term: 'b' });
    expect(setting.parse(undefined)).toEqual({ utm_source: 'a', utm_term: 'b' });
    expect(setting.parse({ utm_source: 'c' })).toEqual({ utm_source: 'c', utm_term: 'b' });
    expect(() => setting.parse({ utm_sauce: 'c' })).toThrow();
});

it('a link to a record is under https, and an id cannot leave its place in it', () => {
    expect(recordLink('https://x.test/leads/', '../a b?c#d', '/')).toBe(
        'https://x.test/leads/..%2Fa%20b%3Fc%23d/',
    );
    expect(recordLink('http://x.test/', '1')).toBeUndefined();
    expect(recordLink(null, '1')).toBeUndefined();
});
