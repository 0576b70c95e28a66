import { join } from 'node:path';
import type { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { addDays, type Days } from '../api/days.ts';
import { createHttp } from '../api/http.ts';
import { createReportKeeper } from '../api/reports.ts';
import { counterAnswer, errorBody, evaluation, logRequest, visitFields } from './records.ts';
import type { yandexMetrica } from './settings.ts';

export type YandexMetricaSettings = z.output<typeof yandexMetrica.schema>;

export interface LogsOrder {
    readonly request: string;
    readonly parts: readonly number[];
}

export interface YandexMetricaClient {
    readonly counter: () => Promise<z.output<typeof counterAnswer>['counter']>;
    /** How many of these days may be ordered at once, by the quota that is left. */
    readonly daysThatFit: (days: Days) => Promise<Days>;
    /** Orders the logs of some days, or comes back to an order, and waits until they are there. */
    readonly awaitLogs: (days: Days) => Promise<LogsOrder>;
    /** A part as text. */
    readonly part: (request: string, part: number) => Promise<string>;
    /** Gives the space back that the logs take, and forgets the order. */
    readonly clean: (request: string, days: Days) => Promise<void>;
}

const access =
    'ask whoever administers Yandex Metrica for a new token (npx jointly connect yandex_metrica) and put it in the environment';

/** Counted by the day; the others pass within seconds or minutes. */
const daily = 'quota_requests_by_uid';
const hour = 3_600_000;

export const classifyYandexMetrica: Classify = (answer, now) => {
    const { status, headers, data, text } = answer;
    const body = errorBody.safeParse(data);
    if (body.success) {
        const types = body.data.errors.map((error) => error.error_type);
        const why = [
            `status ${status}`,
            ...body.data.errors.map((error) => `${error.error_type}: ${error.message}`),
        ].join(', ');
        if (types.includes(daily)) return { kind: 'limit', until: nextMidnight(now), why };
        if (status === 429 || status === 420 || types.some((type) => type.startsWith('quota_'))) {
            return { kind: 'limit', until: retryAfter(headers, now), why };
        }
        if (status === 401 || types.includes('invalid_token')) return { kind: 'dead token', why };
        if (status === 403) {
            const fix =
                'give the user of the token guest access to the counter, and the token metrika:read';
            return { kind: 'our fault', why, fix };
        }
        if (status >= 500) return { kind: 'retriable', why };
        return { kind: 'our fault', why };
    }
    if (status === 420) return { kind: 'limit', why: `status ${status}` };
    const verdict = classifyByStatus(answer, now);
    if (verdict.kind !== 'ok' || data !== undefined) return verdict;
    // A part: it begins with the names of its columns, and its last line is ended.
    const isPart = text.startsWith('ym:s:') && text.endsWith('\n');
    return isPart ? verdict : { kind: 'retriable', why: 'the part is not whole' };
};

/** Budgets of a day are counted by the clock of Greenwich. */
function nextMidnight(now: number): number {
    return (Math.floor(now / 86_400_000) + 1) * 86_400_000;
}

/** Asks the Logs API of Yandex Metrica. */
export function createYandexMetricaClient(
    settings: YandexMetricaSettings,
    { clock, directory, secret }: Tools,
): YandexMetricaClient {
    const { name, version, counter_id: counter } = settings;
    const address = settings.address ?? 'https://api-metrika.yandex.net';
    const token = secret('token');
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyYandexMetrica,
        // Ten a second for each address, and 5,000 a day for each user.
        perSecond: () => 5,
        authorise: async () => ({ authorization: `OAuth ${token}` }),
        onRefused: access,
        secrets: [token],
        // Parts are as large as the platform makes them.
        timeoutMs: 10 * 60_000,
        maximumBytes: 2 ** 29 - 1024,
    });
    const root = `${address}/management/${version}/counter/${counter}`;
    const reports = createReportKeeper(name, join(directory, 'reports'), clock);
    const queryOf = ({ from, to }: Days) => ({
        date1: from,
        date2: to,
        source: 'visits',
        fields: visitFields.join(','),
    });
    const parametersOf = ({ from, to }: Days) => ({ counter, from, to });

    return {
        counter: async () => counterAnswer.parse((await http.ask({ url: root })).data).counter,
        daysThatFit: async (days) => {
            const url = `${root}/logrequests/evaluate`;
            const { data } = await http.ask({ url, query: queryOf(days) });
            const { possible, max_possible_day_quantity: most } =
                evaluation.parse(data).log_request_evaluation;
            if (possible) return days;
            if (most < 1) {
                throw new SourceError({
                    what: `${name}: the quota of logs of counter ${counter} is used up.`,
                    why: 'logs that were prepared take up the 10 GB of the counter until they are cleaned',
                    fix: 'clean the logs that other programs have left (GET /logrequests lists them), then run again',
                });
            }
            const [to = days.to] = [addDays(days.from, most - 1), days.to].sort();
            return { from: days.from, to };
        },
        awaitLogs: async (days) => {
            let parts: readonly number[] = [];
            const request = await reports.await({
                parameters: parametersOf(days),
                order: async () => {
                    const url = `${root}/logrequests`;
                    const { data } = await http.ask({ url, method: 'POST', query: queryOf(days) });
                    return logRequest.parse(data).log_request.request_id;
                },
                poll: async (id) => {
                    const { data } = await http.ask({ url: `${root}/logrequest/${id}` });
                    const found = logRequest.parse(data).log_request;
                    if (found.status === 'created' || found.status === 'awaiting_retry') {
                        return 'at work';
                    }
                    if (found.status !== 'processed') return 'lost';
                    parts = (found.parts ?? []).map((one) => one.part_number).sort((a, b) => a - b);
                    // Parts are counted from 0: with a gap, or without a list, they are not yet all there.
                    const isWhole = found.parts && parts.every((part, place) => part === place);
                    return isWhole ? 'ready' : 'at work';
                },
                // As long as a run is gone on with.
                keptMs: 24 * hour,
                patienceMs: hour,
            });
            return { request, parts };
        },
        part: async (request, part) => {
            const url = `${root}/logrequest/${request}/part/${part}/download`;
            return (await http.ask({ url, expects: 'text' })).text;
        },
        clean: async (request, days) => {
            await http.ask({ url: `${root}/logrequest/${request}/clean`, method: 'POST' });
            reports.forget(parametersOf(days));
        },
    };
}
