import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classifyYandexMetrica } from '../../../pipelines/sources/yandex-metrica/client.ts';
import { sessionRows } from '../../../pipelines/sources/yandex-metrica/rows.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure, header, lineOf } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = '' }: MockReply) => {
    const isText = typeof body === 'string';
    const text = isText ? body : JSON.stringify(body);
    const data = isText ? undefined : body;
    return classifyYandexMetrica({ status, headers: new Headers(headers), text, data }, now);
};

describe('what an answer means', () => {
    const part = `${header}\n${lineOf({ id: '1', at: '2026-11-01 10:00:00' })}\n`;
    it.each<[string, MockReply, object]>([
        ['a part', { body: part }, { kind: 'ok' }],
        ['a part without visits', { body: `${header}\n` }, { kind: 'ok' }],
        ['a part that is cut', { body: part.slice(0, -4) }, { kind: 'retriable' }],
        ['a page of a proxy', { body: '<html></html>' }, { kind: 'retriable' }],
        ['an order', { body: { log_request: {} } }, { kind: 'ok' }],
        [
            'no requests left today',
            failure(429, 'quota_requests_by_uid'),
            { kind: 'limit', until: Date.parse('2026-11-30T00:00:00Z') },
        ],
        ['too many at once', failure(429, 'quota_parallel_requests'), { kind: 'limit' }],
        ['too many, the old way', { status: 420 }, { kind: 'limit' }],
        ['a dead token', failure(403, 'invalid_token'), { kind: 'dead token' }],
        ['no token', failure(401, 'unauthorized'), { kind: 'dead token' }],
        [
            'a counter that may not be read',
            failure(403, 'access_denied'),
            { kind: 'our fault', fix: expect.stringContaining('metrika:read') },
        ],
        ['a field that is not there', failure(400, 'invalid_parameter'), { kind: 'our fault' }],
        ['a server that is away', failure(503, 'backend_error'), { kind: 'retriable' }],
        ['a gateway that gave up', { status: 504, body: 'timeout' }, { kind: 'retriable' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('visits', () => {
    it('have their times in UTC, and no campaign for 0', () => {
        const line =
            '18446744073709551615\t1700000000123456789\t2026-11-29 02:00:00\thttps://shop.test/\t\t3\torganic\t\t\t\t\t\t0';
        expect(sessionRows(`${header}\n${line}\n`, 'Asia/Yekaterinburg')).toEqual([
            {
                stream: 'sessions',
                cells: {
                    session_id: '18446744073709551615',
                    visitor_id: '1700000000123456789',
                    started_at: '2026-11-28T21:00:00.000Z',
                    landing_page: 'https://shop.test/',
                    referrer: null,
                    utm_source: null,
                    utm_medium: null,
                    utm_campaign: null,
                    utm_content: null,
                    utm_term: null,
                    click_id: null,
                    campaign_id: null,
                    channel: 'organic_search',
                    page_views: '3',
                },
            },
        ]);
    });

    it.each([
        ['a tab', 'a\\tb', 'a\tb'],
        ['a backslash and a t', 'a\\\\tb', 'a\\tb'],
        ['a quote', "it\\'s", "it's"],
        ['quotes', '"24"', '"24"'],
    ])('hold %s', (_, written, read) => {
        const line = `1\tc\t2026-11-29 02:00:00\t${written}\t\t3\tad\t\t\t\t\t\t0`;
        const [row] = sessionRows(`${header}\n${line}\n`, 'UTC');
        expect(row?.cells).toMatchObject({ landing_page: read, campaign_id: null });
    });

    it('are refused with other columns', () => {
        expect(() => sessionRows('ym:s:visitID\n1\n', 'UTC')).toThrow('other columns');
    });

    it('have the channels that files of the same visits have', () => {
        const layout = JSON.parse(
            readFileSync(
                new URL(
                    '../../../pipelines/sources/files/layouts/yandex-metrica-visits.json',
                    import.meta.url,
                ),
                'utf8',
            ),
        );
        const words = Object.entries<string>(layout.columns.channel.values);
        const read = words.map(([word]) => {
            const line = `1\tc\t2026-11-29 02:00:00\t\t\t3\t${word}\t\t\t\t\t\t0`;
            return sessionRows(`${header}\n${line}\n`, 'UTC')[0]?.cells.channel;
        });
        expect(read).toEqual(words.map(([, channel]) => channel));
    });
});
