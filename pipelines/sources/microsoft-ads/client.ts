import { join } from 'node:path';
import type { z } from 'zod';
import { type Classify, classifyByStatus, retryAfter } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { createBearerHttp, createGrant } from '../api/oauth.ts';
import { createReportKeeper } from '../api/reports.ts';
import { isWholeArchive, unzipOnly } from '../api/unzip.ts';
import { accountAnswer, errorBody, polled, reportColumns, submitted } from './records.ts';
import type { microsoftAds } from './settings.ts';

export type MicrosoftAdsSettings = z.output<typeof microsoftAds.schema>;

export interface ReportOrder {
    readonly account: string;
    readonly from: string;
    readonly to: string;
}

export interface MicrosoftAdsClient {
    readonly account: (id: string) => Promise<z.output<typeof accountAnswer>['Account']>;
    /** The report as text. A run that was killed comes back to the one it ordered. */
    readonly report: (order: ReportOrder) => Promise<string>;
}

const access =
    'ask whoever administers Microsoft Advertising to grant access anew (npx jointly connect microsoft_ads) and put the new refresh token in the environment';

/** By number and by name: answers carry one of them, or both. */
const limits = new Set(['117', '207', 'CallRateExceeded', 'ConcurrentRequestOverLimit']);
const dead = new Set(['105', '109', 'InvalidCredentials', 'AuthenticationTokenExpired']);
const passing = new Set(['0', 'InternalError']);
const rights = new Set([
    '106',
    '208',
    '2003',
    'UserIsNotAuthorized',
    'InvalidAccount',
    'ReportingServiceAccountNotAuthorized',
]);
const unknownReport = new Set(['2100', 'ReportingServiceInvalidReportId']);
/** A minute, says the guide to throttling. */
const limitMs = 60_000;
const hour = 3_600_000;

export const classifyMicrosoftAds: Classify = (answer, now) => {
    const { status, headers, data, bytes } = answer;
    const errors = errorBody.safeParse(data).data ?? [];
    const codes = errors.flatMap(({ Code, ErrorCode }) => [Code, ErrorCode ?? '']);
    const has = (known: ReadonlySet<string>) => codes.some((code) => known.has(code));
    const why = [
        `status ${status}`,
        ...errors.map((one) => [one.ErrorCode ?? one.Code, one.Message].filter(Boolean).join(': ')),
    ].join(', ');
    if (status === 429 || has(limits)) {
        return { kind: 'limit', until: retryAfter(headers, now) ?? now + limitMs, why };
    }
    // Whoever polls orders it anew.
    if (has(unknownReport)) return { kind: 'ok' };
    if (status === 401 || has(dead)) return { kind: 'dead token', why };
    if (has(rights)) {
        const fix =
            'let the user who granted access see the account, with the role Viewer, and check account_ids and customer_id';
        return { kind: 'our fault', why, fix };
    }
    if (has(passing)) return { kind: 'retriable', why };
    if (errors.length > 0 && status < 500) return { kind: 'our fault', why };
    const verdict = classifyByStatus(answer, now);
    if (verdict.kind !== 'ok') return verdict;
    // It comes back null at times, and a number at the next try.
    if (isObject(data) && data.ReportRequestId === null) {
        return { kind: 'retriable', why: 'the report has no id' };
    }
    const isCut = bytes !== undefined && !isWholeArchive(bytes);
    return isCut ? { kind: 'retriable', why: 'the archive is not whole' } : verdict;
};

function isObject(data: unknown): data is Record<string, unknown> {
    return typeof data === 'object' && data !== null;
}

/** Asks Microsoft Advertising. */
export function createMicrosoftAdsClient(
    settings: MicrosoftAdsSettings,
    { clock, directory, secret }: Tools,
): MicrosoftAdsClient {
    const { name, version, address, tenant, customer_id: customerId } = settings;
    const clientSecret = secret('client_secret');
    const granted = secret('refresh_token');
    const developerToken = secret('developer_token');
    const secrets = [clientSecret, granted, developerToken];
    const grant = createGrant({
        connection: name,
        clock,
        url: `${address ?? 'https://login.microsoftonline.com'}/${tenant}/oauth2/v2.0/token`,
        clientId: secret('client_id'),
        clientSecret,
        granted,
        scope: 'https://ads.microsoft.com/msads.manage offline_access',
        file: join(directory, 'token.json'),
        onRefused: access,
    });
    const common = {
        connection: name,
        clock,
        classify: classifyMicrosoftAds,
        perSecond: () => 2,
        onRefused: access,
        secrets,
    };
    const http = createBearerHttp(grant, {
        ...common,
        headers: { developertoken: developerToken, customerid: customerId },
    });
    // The address of a file holds the right to read it; the token is not for whoever keeps the files.
    const files = createHttp({ ...common, authorise: async () => ({}) });
    const reports = createReportKeeper(name, join(directory, 'reports'), clock);
    const reporting = `${address ?? 'https://reporting.api.bingads.microsoft.com'}/Reporting/${version}/GenerateReport`;

    const ask = async (url: string, account: string, json: object): Promise<unknown> => {
        const headers = { customeraccountid: account };
        return (await http.ask({ url, method: 'POST', headers, json })).data;
    };

    const order = async ({ account, from, to }: ReportOrder): Promise<string> => {
        const data = await ask(`${reporting}/Submit`, account, {
            ReportRequest: {
                Type: 'CampaignPerformanceReportRequest',
                ReportName: `jointly ${account} ${from} ${to}`,
                Format: 'Csv',
                FormatVersion: '2.0',
                ExcludeColumnHeaders: false,
                ExcludeReportHeader: true,
                ExcludeReportFooter: true,
                ReturnOnlyCompleteData: false,
                Aggregation: 'Daily',
                Columns: reportColumns,
                Scope: { AccountIds: [account] },
                Time: { CustomDateRangeStart: dateOf(from), CustomDateRangeEnd: dateOf(to) },
            },
        });
        return submitted.parse(data).ReportRequestId;
    };

    return {
        account: async (id) => {
            const host = address ?? 'https://clientcenter.api.bingads.microsoft.com';
            const url = `${host}/CustomerManagement/${version}/Account/Query`;
            return accountAnswer.parse(await ask(url, id, { AccountId: id })).Account;
        },
        report: async (one) => {
            const { account, from, to } = one;
            const parameters = { account, from, to };
            let file: string | null | undefined;
            const id = await reports.await({
                parameters,
                order: () => order(one),
                poll: async (request) => {
                    const data = await ask(`${reporting}/Poll`, account, {
                        ReportRequestId: request,
                    });
                    const state = polled.safeParse(data).data?.ReportRequestStatus;
                    file = state?.ReportDownloadUrl;
                    if (state?.Status === 'Success') return 'ready';
                    return state == null || state.Status === 'Error' ? 'lost' : 'at work';
                },
                // Two days, and five minutes for the address of its file.
                keptMs: 24 * hour,
                patienceMs: hour,
            });
            // A report without rows has no file.
            const csv = file ? await download(file, `${name}, report ${id}`) : '';
            reports.forget(parameters);
            return csv;
        },
    };

    async function download(url: string, what: string): Promise<string> {
        const { bytes } = await files.ask({ url, family: 'files', expects: 'bytes' });
        // The decoder leaves out the mark at the start.
        return new TextDecoder().decode(await unzipOnly(bytes as Buffer, what));
    }
}

function dateOf(day: string): object {
    const [Year, Month, Day] = day.split('-').map(Number);
    return { Day, Month, Year };
}
