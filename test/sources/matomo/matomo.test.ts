import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classifyMatomo } from '../../../pipelines/sources/matomo/client.ts';
import { siteAnswer, visits } from '../../../pipelines/sources/matomo/records.ts';
import { sessionRows } from '../../../pipelines/sources/matomo/rows.ts';
import type { MockReply } from '../api/mock-server.ts';
import { deadToken, failure, noAccess } from './mock.ts';

const verdictOn = ({ status = 200, headers = {}, body }: MockReply) =>
    classifyMatomo(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        Date.parse('2026-11-29T12:00:00Z'),
    );

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['visits', { body: [] }, { kind: 'ok' }],
        ['a dead token', deadToken, { kind: 'dead token' }],
        ['a dead token, with status 200', { ...deadToken, status: 200 }, { kind: 'dead token' }],
        [
            'a missing right',
            noAccess,
            { kind: 'our fault', fix: expect.stringContaining('the permission View') },
        ],
        [
            'a visits log that is off',
            failure(400, 'Visits log is deactivated in website settings.'),
            { kind: 'our fault', fix: expect.stringContaining('visits log') },
        ],
        ['a server that fails', failure(500, 'Allowed memory size'), { kind: 'retriable' }],
        ['too many questions', { status: 429, body: '' }, { kind: 'limit' }],
        [
            'a method that is not there',
            failure(400, 'The method does not exist'),
            { kind: 'our fault' },
        ],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('a site', () => {
    it.each([
        ['as it comes', { idsite: '1', timezone: 'UTC' }],
        ['in a list, as it came before', [{ idsite: 1, timezone: 'UTC' }]],
    ])('is read %s', (_, answer) => {
        expect(siteAnswer.parse(answer)).toEqual({ idsite: '1', name: '', timezone: 'UTC' });
    });
});

describe('visits', () => {
    const visit = {
        idVisit: 4,
        visitorId: '5041e282fc23fef1',
        firstActionTimestamp: 1_720_111_385,
        referrerType: 'campaign',
        referrerUrl: '',
    };

    it('begin on the page of their first action', () => {
        const page = visits.parse([
            {
                ...visit,
                campaignSource: 'newsletter',
                campaignName: 'Autumn',
                campaignId: 7,
                actionDetails: [
                    { type: 'action', url: 'https://shop.test/?utm_source=newsletter' },
                    { type: 'event', url: 'https://shop.test/' },
                    { type: 'action', url: 'https://shop.test/cart' },
                ],
            },
        ]);
        expect(sessionRows(page).map(({ cells }) => cells)).toEqual([
            {
                session_id: '4',
                visitor_id: '5041e282fc23fef1',
                started_at: '2024-07-04T16:43:05.000Z',
                landing_page: 'https://shop.test/?utm_source=newsletter',
                referrer: null,
                utm_source: 'newsletter',
                utm_medium: null,
                utm_campaign: 'Autumn',
                utm_content: null,
                utm_term: null,
                click_id: null,
                campaign_id: '7',
                channel: 'unknown',
                page_views: 2,
            },
        ]);
    });

    it.each([
        ['campaign', { referrerName: 'autumn', referrerKeyword: 'gate' }, 'autumn', 'gate'],
        ['campaign', { campaignName: 'Autumn', referrerName: 'autumn' }, 'Autumn', null],
        ['search', { referrerName: 'Google', referrerKeyword: 'gate' }, null, null],
        ['website', { referrerName: 'blog.test', referrerKeyword: '' }, null, null],
    ])('by %s, with %j, are of a campaign or of none', (referrerType, said, name, term) => {
        const [row] = sessionRows(visits.parse([{ ...visit, referrerType, ...said }]));
        expect(row?.cells).toMatchObject({ utm_campaign: name, utm_term: term });
    });

    it('have the channels that files of the same visits have', () => {
        const layout = JSON.parse(
            readFileSync(
                new URL(
                    '../../../pipelines/sources/files/layouts/matomo-visits.json',
                    import.meta.url,
                ),
                'utf8',
            ),
        );
        const words = Object.entries<string>(layout.columns.channel.values);
        const read = words.map(
            ([word]) =>
                sessionRows(visits.parse([{ ...visit, referrerType: word }]))[0]?.cells.channel,
        );
        expect(read).toEqual(words.map(([, channel]) => channel));
    });
});
