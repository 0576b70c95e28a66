import { afterEach, describe, expect, it } from 'vitest';
import { SourceError } from '../../../pipelines/errors.ts';
import { classifyByStatus } from '../../../pipelines/sources/api/answer.ts';
import {
    createHttp,
    type HttpOptions,
    type Question,
    RefusedQuestion,
} from '../../../pipelines/sources/api/http.ts';
import { type Fault, type MockServer, startMock } from './mock-server.ts';
import { createTestClock } from './test-clock.ts';

let mock: MockServer;
afterEach(() => mock.close());

const start = '2026-11-29T12:00:00Z';

async function ask(faults: readonly Fault[], options: Partial<HttpOptions> = {}) {
    mock = await startMock(() => ({ body: { rows: ['a', 'b', 'c'] } }));
    mock.fail(/./, ...faults);
    const clock = createTestClock(start);
    const http = createHttp({
        connection: 'crm',
        clock,
        classify: classifyByStatus,
        perSecond: () => 1000,
        authorise: async () => ({ authorization: 'Bearer secret-token' }),
        onRefused: 'ask the administrator',
        secrets: ['secret-token'],
        timeoutMs: 300,
        ...options,
    });
    const waited = () => clock.now() - Date.parse(start);
    const question = { url: `${mock.address}/rows`, query: { token: 'secret-token' } };
    return http.ask(question).then(
        (answer) => ({ answer, waited: waited(), error: undefined }),
        (error: unknown) => ({ answer: undefined, waited: waited(), error }),
    );
}

describe('an answer that is none is asked for again', () => {
    it.each<[string, Fault]>([
        ['a server error', { status: 500, body: 'oops' }],
        ['an overloaded proxy', { status: 502, body: '<html>' }],
        ['a connection reset in the middle of the body', 'reset'],
        ['JSON that ends in the middle, with status 200', 'cut'],
        ['a page of a proxy, with status 200', 'html'],
        ['an empty body with status 200', { body: '' }],
        ['no answer in time', 'silence'],
    ])('%s', async (_, fault) => {
        const { answer, waited } = await ask([fault, fault]);
        expect(answer?.data).toEqual({ rows: ['a', 'b', 'c'] });
        expect(mock.requests).toHaveLength(3);
        // One second, then two.
        expect(waited).toBeGreaterThanOrEqual(3000);
        expect(waited).toBeLessThan(3100);
    });

    it('but not where there is nothing to answer', async () => {
        const { answer, waited } = await ask([{ status: 204 }]);
        expect(answer).toMatchObject({ status: 204, text: '' });
        expect(waited).toBe(0);
    });

    it('but not for ever', async () => {
        const { error } = await ask(Array.from({ length: 20 }, () => ({ status: 503 })));
        expect(error).toBeInstanceOf(SourceError);
        expect(String(error)).toContain('status 503 (7 tries)');
        expect(mock.requests).toHaveLength(7);
    });
});

describe('a limit', () => {
    it.each<[string, Fault, number]>([
        ['in seconds', { status: 429, headers: { 'retry-after': '7' } }, 7000],
        [
            'as a date',
            { status: 429, headers: { 'retry-after': 'Sun, 29 Nov 2026 12:00:09 GMT' } },
            9000,
        ],
        [
            'as a date that has passed, for a second',
            { status: 429, headers: { 'retry-after': 'Sun, 29 Nov 2026 11:59:00 GMT' } },
            1000,
        ],
        ['for no time, for a second', { status: 429, headers: { 'retry-after': '0' } }, 1000],
        ['without a word, for a second', { status: 429 }, 1000],
    ])('is waited for %s', async (_, fault, milliseconds) => {
        const { answer, waited } = await ask([fault]);
        expect(answer?.status).toBe(200);
        expect(waited).toBeGreaterThanOrEqual(milliseconds);
        expect(waited).toBeLessThan(milliseconds + 50);
    });

    it('that lasts for hours ends the run and says until when', async () => {
        const { error } = await ask([{ status: 429, headers: { 'retry-after': '7200' } }]);
        expect(String(error)).toContain('2026-11-29T14:00:00.000Z');
        expect(mock.requests).toHaveLength(1);
    });

    it('that lasts longer than dates go is said as well', async () => {
        const headers = { 'retry-after': '99999999999999999999' };
        const { error } = await ask([{ status: 429, headers }]);
        expect(error).toBeInstanceOf(SourceError);
        expect(String(error)).toContain('the limit lasts until');
    });

    it('whose end has always passed is asked about ever less often', async () => {
        const headers = { 'retry-after': 'Sun, 29 Nov 2026 11:59:00 GMT' };
        const { waited } = await ask(Array.from({ length: 8 }, () => ({ status: 429, headers })));
        expect(waited).toBeGreaterThan(120_000);
    });
});

describe('a question that is refused', () => {
    it('is not asked again, and the message holds no secret', async () => {
        const body = 'no property secret-token';
        const { error } = await ask([{ status: 400, body }]);
        expect(error).toBeInstanceOf(RefusedQuestion);
        expect(String(error)).toContain('no property ***');
        expect(String(error)).not.toContain('secret-token');
        expect(mock.requests).toHaveLength(1);
    });

    it('for a dead token is asked once more with a new one', async () => {
        let renewals = 0;
        const renew = async () => void renewals++;
        const { answer } = await ask([{ status: 401 }], { renew });
        expect(answer?.status).toBe(200);
        expect(renewals).toBe(1);
    });

    it('for a token that stays dead says whom to ask', async () => {
        const { error } = await ask([{ status: 401 }, { status: 401 }], { renew: async () => {} });
        expect(String(error)).toContain('ask the administrator');
    });

    it('because the answer is too large', async () => {
        const { error } = await ask([], { maximumBytes: 10 });
        expect(String(error)).toContain('larger than 10 bytes');
    });
});

it('waits when the answer says that the budget is used up', async () => {
    mock = await startMock(() => ({ body: {} }));
    const clock = createTestClock(start);
    const http = createHttp({
        connection: 'crm',
        clock,
        classify: (_, now) => ({ kind: 'ok', waitUntil: now + 5000 }),
        perSecond: () => 1000,
        authorise: async () => ({}),
        onRefused: '',
        secrets: [],
    });
    await http.ask({ url: mock.address });
    await http.ask({ url: mock.address });
    expect(clock.now() - Date.parse(start)).toBe(5000);
});

describe('a question', () => {
    const askOf = async (question: Partial<Question>) => {
        mock = await startMock(({ text }) => ({
            body: text === '' ? Buffer.from([0, 255]) : text,
        }));
        const clock = createTestClock(start);
        const http = createHttp({
            connection: 'crm',
            clock,
            classify: classifyByStatus,
            perSecond: () => 1000,
            authorise: async () => ({}),
            onRefused: '',
            secrets: [],
            maximumBytes: 100,
        });
        return http.ask({ url: mock.address, expects: 'text', ...question });
    };

    it('is answered in bytes that are no text', async () => {
        const { bytes, text } = await askOf({ expects: 'bytes' });
        expect(bytes).toEqual(Buffer.from([0, 255]));
        expect(text).toBe('');
    });

    it('carries a body as it is written', async () => {
        const body = 'accounts=List(urn%3Ali%3A1)&range=(start:1)';
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        expect((await askOf({ method: 'POST', body, headers })).text).toBe(body);
        expect(mock.requests[0]?.headers['content-type']).toBe(headers['content-type']);
    });

    it('is refused an answer that is too large, in bytes too', async () => {
        const body = 'x'.repeat(101);
        await expect(askOf({ method: 'POST', body, expects: 'bytes' })).rejects.toThrow(
            '100 bytes',
        );
    });
});
