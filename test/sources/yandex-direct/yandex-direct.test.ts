import { describe, expect, it } from 'vitest';
import { classifyYandexDirect } from '../../../pipelines/sources/yandex-direct/client.ts';
import { spendRows } from '../../../pipelines/sources/yandex-direct/rows.ts';
import type { MockReply } from '../api/mock-server.ts';
import { failure, report } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = '' }: MockReply) => {
    const isText = typeof body === 'string';
    return classifyYandexDirect(
        {
            status,
            headers: new Headers(headers),
            text: isText ? body : JSON.stringify(body),
            data: isText ? undefined : body,
        },
        now,
    );
};

describe('what an answer means', () => {
    const whole = report('2026-11-01\t1\tName\t10\t1\t2.50\t--');
    it.each<[string, MockReply, object]>([
        ['a report', { body: whole }, { kind: 'ok' }],
        ['a report without rows', { body: report() }, { kind: 'ok' }],
        [
            'a report that lacks its last lines',
            { body: whole.slice(0, -20) },
            { kind: 'retriable' },
        ],
        [
            'a report that lacks a row',
            { body: whole.replace(/2026.*\n/, '') },
            { kind: 'retriable' },
        ],
        ['a page of a proxy', { body: '<html></html>' }, { kind: 'retriable' }],
        [
            'a report that is queued',
            { status: 201, headers: { retryIn: '60' } },
            { kind: 'ok', waitUntil: now + 60_000 },
        ],
        [
            'a report that is made',
            { status: 202, headers: { retryIn: '10' } },
            { kind: 'ok', waitUntil: now + 10_000 },
        ],
        [
            'a sixth report',
            failure(400, '8800', { reportsInQueue: '5', retryIn: '30' }),
            { kind: 'limit', until: now + 30_000 },
        ],
        ['too many questions', failure(400, '56'), { kind: 'limit' }],
        ['no points left', failure(200, '152'), { kind: 'limit' }],
        ['a dead token', failure(400, '53'), { kind: 'dead token' }],
        ['a server that is away', failure(500, '1000'), { kind: 'retriable' }],
        ['a question that took too long', { status: 502 }, { kind: 'retriable' }],
        [
            'an account that is not seen',
            failure(400, '54'),
            { kind: 'our fault', fix: expect.stringContaining('see the account') },
        ],
        ['a field that is not there', failure(400, '8000'), { kind: 'our fault' }],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('rows of cost', () => {
    const rowsOf = (text: string) => spendRows({ login: 'shop', currency: 'RUB', report: text });

    it('are those of the report, with nothing for two dashes', () => {
        const [row] = rowsOf(
            report('2026-11-01\t9007199254740993\tЛето "24"\t10\t1\t1234567.89\t--'),
        );
        expect(row?.cells).toMatchObject({
            account_id: 'shop',
            campaign_id: '9007199254740993',
            campaign_name: 'Лето "24"',
            spend_amount: '1234567.89',
            currency_code: 'RUB',
            claimed_conversions: null,
        });
    });

    it('are refused with other columns', () => {
        expect(() => rowsOf('Date\tCost\nTotal rows: 0\n')).toThrow('other columns');
    });
});
