import { describe, expect, it } from 'vitest';
import { classifyPlausible } from '../../../pipelines/sources/plausible/client.ts';
import { queryAnswer } from '../../../pipelines/sources/plausible/records.ts';
import { visitRows } from '../../../pipelines/sources/plausible/rows.ts';
import { plausible } from '../../../pipelines/sources/plausible/settings.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure, hourly, noAccess } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body }: MockReply) =>
    classifyPlausible(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['counts', { body: { results: [] } }, { kind: 'ok' }],
        ['the limit of an hour', hourly, { kind: 'limit', until: now + 600_000 }],
        [
            'a limit that says how long',
            { ...failure(429, 'Too many'), headers: { 'retry-after': '7' } },
            { kind: 'limit', until: now + 7000 },
        ],
        [
            'a short limit',
            failure(429, 'Too many API requests in a short period'),
            { kind: 'limit' },
        ],
        ['a key that may not see the site', noAccess, { kind: 'dead token' }],
        [
            'a plan without the API',
            failure(402, 'The account that owns this API key does not have access'),
            { kind: 'our fault', fix: expect.stringContaining('plan') },
        ],
        ['a question that is wrong', failure(400, 'Invalid metric'), { kind: 'our fault' }],
        ['a server that is away', { status: 503, body: '' }, { kind: 'retriable' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('counts', () => {
    it('are visits and pages by day and channel', () => {
        const answer = queryAnswer.parse({
            results: [{ dimensions: ['2026-11-28', 'Organic Search'], metrics: [7, 15] }],
            meta: {},
            query: {},
        });
        expect(visitRows(answer, 'shop').map(({ cells }) => cells)).toEqual([
            {
                site: 'shop',
                visit_date: '2026-11-28',
                channel: 'Organic Search',
                visits: '7',
                page_views: '15',
            },
        ]);
    });

    it('need a time zone that is one', () => {
        const settings = { name: 'web', system: 'plausible', site_id: 'x', since: '2026-01-01' };
        expect(plausible.schema.safeParse({ ...settings, timezone: 'Berlin' }).success).toBe(false);
        expect(plausible.schema.safeParse({ ...settings, timezone: 'Europe/Berlin' }).success).toBe(
            true,
        );
    });
});
