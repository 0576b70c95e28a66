import { describe, expect, it } from 'vitest';
import { classifyGa4 } from '../../../pipelines/sources/ga4/client.ts';
import { report } from '../../../pipelines/sources/ga4/records.ts';
import { visitRows } from '../../../pipelines/sources/ga4/rows.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = {} }: MockReply) =>
    classifyGa4(
        { status, headers: new Headers(headers), text: JSON.stringify(body), data: body },
        now,
    );
const row = {
    dimensionValues: [{ value: '20261101' }, { value: 'AI Assistant' }],
    metricValues: [{ value: '5' }, { value: '9' }],
};

describe('what an answer means', () => {
    it.each<[string, MockReply, object]>([
        ['a report', { body: { rows: [row], rowCount: 1 } }, { kind: 'ok' }],
        ['a report without rows', { body: { metadata: {} } }, { kind: 'ok' }],
        [
            'the tokens of an hour are used up',
            failure(429, 'RESOURCE_EXHAUSTED', 'Exhausted property tokens per hour.'),
            { kind: 'limit', until: now + 3_600_000 },
        ],
        [
            'the tokens of a day are used up',
            failure(429, 'RESOURCE_EXHAUSTED', 'Exhausted property tokens per day.'),
            { kind: 'limit', until: now + 24 * 3_600_000 },
        ],
        [
            'too many questions at once',
            failure(429, 'RESOURCE_EXHAUSTED', 'Exhausted concurrent requests quota.'),
            { kind: 'limit', until: undefined },
        ],
        ['a token that is over', failure(401, 'UNAUTHENTICATED'), { kind: 'dead token' }],
        ['a server that fails', failure(503, 'UNAVAILABLE'), { kind: 'retriable' }],
        [
            'a property that is not seen',
            failure(403, 'PERMISSION_DENIED'),
            { kind: 'our fault', fix: expect.stringContaining('Viewer') },
        ],
        ['a metric that is not there', failure(400, 'INVALID_ARGUMENT'), { kind: 'our fault' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

it('rows of visits have a day, a channel and counts', () => {
    expect(visitRows(report.parse({ rows: [row], rowCount: 1 }), 'example.com')[0]?.cells).toEqual({
        site: 'example.com',
        visit_date: '2026-11-01',
        channel: 'AI Assistant',
        visits: '5',
        page_views: '9',
    });
});
