import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Answer, type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { parsePage } from '../api/parse-page.ts';
import { createReportKeeper } from '../api/reports.ts';
import { clients, errorBody, isWhole, reportFields } from './records.ts';
import type { yandexDirect } from './settings.ts';

export type YandexDirectSettings = z.output<typeof yandexDirect.schema>;

export interface ReportOrder {
    /** Login of the client. */
    readonly account: string;
    readonly from: string;
    readonly to: string;
}

export interface YandexDirectClient {
    readonly client: (login: string | undefined) => Promise<{ login: string; currency: string }>;
    /** The report as text. A run that was killed comes back to the one it ordered. */
    readonly report: (order: ReportOrder) => Promise<string>;
}

const access =
    'ask whoever administers Yandex Direct for a new token (npx jointly connect yandex_direct) and put it in the environment';

const limitCodes = new Set(['56', '152', '506', '9000']);
const passingCodes = new Set(['52', '1000', '1001', '1002']);
const queueLength = 5;
/** The platform keeps finished reports for five hours. */
const keptMs = 5 * 3_600_000;

export const classifyYandexDirect: Classify = (answer, now) => {
    const { status, headers } = answer;
    const wait = Number(headers.get('retryin') ?? '0') * 1000;
    if (status === 201 || status === 202) return { kind: 'ok', waitUntil: now + wait };
    const parsed = errorBody.safeParse(answer.data);
    if (!parsed.success) {
        const verdict = classifyByStatus(answer, now);
        const isCut = verdict.kind === 'ok' && answer.data === undefined && !isWhole(answer.text);
        return isCut ? { kind: 'retriable', why: 'the report is not whole' } : verdict;
    }
    const { error_code: code, error_string: text, error_detail: detail } = parsed.data.error;
    const why = `code ${code}: ${[text, detail].filter(Boolean).join(', ')}`;
    const isQueueFull =
        status === 400 && Number(headers.get('reportsinqueue') ?? '0') >= queueLength;
    if (limitCodes.has(code) || isQueueFull) {
        return { kind: 'limit', until: wait > 0 ? now + wait : undefined, why };
    }
    if (code === '53') return { kind: 'dead token', why };
    if (passingCodes.has(code) || status >= 500) return { kind: 'retriable', why };
    const fix =
        code === '54' || code === '513' || code === '58'
            ? 'let the user of the token see the account in Direct, and let the application have access to the API'
            : undefined;
    return { kind: 'our fault', why, ...(fix === undefined ? {} : { fix }) };
};

/** Asks Yandex Direct. */
export function createYandexDirectClient(
    settings: YandexDirectSettings,
    { clock, directory, secret }: Tools,
): YandexDirectClient {
    const { name, version, address = 'https://api.direct.yandex.com' } = settings;
    const token = secret('token');
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyYandexDirect,
        // Twenty in ten seconds for each user.
        perSecond: () => 2,
        authorise: async () => ({ authorization: `Bearer ${token}`, 'accept-language': 'en' }),
        onRefused: access,
        secrets: [token],
    });
    const reports = createReportKeeper(name, join(directory, 'reports'), clock);
    const isAgency = settings.client_logins !== undefined;
    const headersOf = (login: string | undefined): Record<string, string> =>
        isAgency && login !== undefined ? { 'client-login': login } : {};

    /** The same question is asked until the report is there; another name is another report. */
    const askReport = (id: string, { account, from, to }: ReportOrder): Promise<Answer> =>
        http.ask({
            url: `${address}/json/${version}/reports`,
            method: 'POST',
            family: 'reports',
            expects: 'text',
            headers: {
                ...headersOf(account),
                processingmode: 'auto',
                returnmoneyinmicros: 'false',
                skipreportheader: 'true',
                // It says how many rows there are, which tells a report that was cut.
                skipreportsummary: 'false',
            },
            json: {
                params: {
                    SelectionCriteria: { DateFrom: from, DateTo: to },
                    FieldNames: reportFields,
                    ReportName: id,
                    ReportType: 'CAMPAIGN_PERFORMANCE_REPORT',
                    DateRangeType: 'CUSTOM_DATE',
                    Format: 'TSV',
                    IncludeVAT: 'NO',
                },
            },
        });

    return {
        client: async (login) => {
            const { text } = await http.ask({
                url: `${address}/json/${version}/clients`,
                method: 'POST',
                headers: headersOf(login),
                json: { method: 'get', params: { FieldNames: ['Login', 'Currency'] } },
            });
            const [found] = parsePage(clients, text, `${name}, clients`).result.Clients;
            return { login: found?.Login ?? login ?? '', currency: found?.Currency ?? '' };
        },
        report: async (order) => {
            const { account, from, to } = order;
            const parameters = { account, from, to };
            let text = '';
            await reports.await({
                parameters,
                order: async () => `jointly ${account} ${from} ${to} ${randomUUID()}`,
                poll: async (id) => {
                    const answer = await askReport(id, order);
                    text = answer.text;
                    return answer.status === 200 ? 'ready' : 'at work';
                },
                keptMs,
                patienceMs: keptMs,
            });
            reports.forget(parameters);
            return text;
        },
    };
}
