import { join } from 'node:path';
import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp, RefusedQuestion } from '../api/http.ts';
import { createReportKeeper } from '../api/reports.ts';
import {
    account,
    accountUsage,
    businessUsage,
    errorBody,
    insightsThrottle,
    orderedReport,
    reportState,
} from './records.ts';
import type { metaAds } from './settings.ts';

export type MetaAdsSettings = z.output<typeof metaAds.schema>;

export interface ReportOrder {
    readonly account: string;
    readonly from: string;
    readonly to: string;
}

export interface MetaAdsClient {
    readonly account: (id: string) => Promise<z.output<typeof account>>;
    /** Orders the insights of some days, or comes back to an order, and waits. @returns its id */
    readonly awaitReport: (order: ReportOrder) => Promise<string>;
    readonly forgetReport: (order: ReportOrder) => void;
    /** A page of a report that is ready, as text. */
    readonly page: (report: string, after: string | undefined) => Promise<string>;
}

const access =
    'ask whoever administers the Meta business for a new token of the system user (npx jointly connect meta_ads) and put it in the environment';

const limitCodes = new Set([4, 17, 32, 613]);
/** Ready, says the job, and its rows are not yet: `isTransientInsightsError` of bruin-data/ingestr. */
const notYetReady = 1815107;
const fullPercent = 95;
const fixes: Readonly<Record<number, string>> = {
    10: 'let the token have the permission ads_read, and the system user the task View performance of the account',
    3018: 'set since of the connection, or --from, to a day of the last 37 months: Meta keeps no older ones',
};
const tooMuch = /reduce the amount of data/i;
const mostRows = 500;
const fewestRows = 20;
/** Without a word of them, campaigns that were deleted are left out, and what they cost with them. */
const allStatuses = ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED', 'IN_PROCESS', 'WITH_ISSUES'];
const minute = 60_000;
const hour = 60 * minute;

export const classifyMetaAds: Classify = (answer, now) => {
    const parsed = errorBody.safeParse(answer.data);
    const until = regainedAt(answer.headers, now);
    if (!parsed.success) {
        const verdict = classifyByStatus(answer, now);
        if (verdict.kind !== 'ok') return verdict;
        return until === undefined ? verdict : { kind: 'ok', waitUntil: until };
    }
    const { code, error_subcode: subcode, message, is_transient: isTransient } = parsed.data.error;
    const why = `code ${code}${subcode === undefined ? '' : `, ${subcode}`}: ${message}`;
    if (limitCodes.has(code) || (code >= 80_000 && code <= 80_014)) {
        return { kind: 'limit', until, why };
    }
    if (code === 190 || code === 102) return { kind: 'dead token', why };
    // Asked again it stays so, whatever the platform says of it; with fewer rows it is answered.
    if (tooMuch.test(message)) return { kind: 'our fault', why };
    if (isTransient || subcode === notYetReady || code === 1 || code === 2) {
        return { kind: 'retriable', why };
    }
    const fix = fixes[code >= 200 && code <= 299 ? 10 : code];
    return { kind: 'our fault', why, ...(fix === undefined ? {} : { fix }) };
};

/** When a budget that is as good as used up is there again; undefined while there is enough. */
function regainedAt(headers: Headers, now: number): number | undefined {
    const waits: number[] = [];
    const usage = businessUsage.safeParse(jsonOf(headers.get('x-business-use-case-usage')));
    for (const one of usage.success ? Object.values(usage.data).flat() : []) {
        const minutes = one.estimated_time_to_regain_access;
        const used = Math.max(one.call_count, one.total_cputime, one.total_time);
        if (minutes > 0) waits.push(minutes * minute);
        else if (used >= fullPercent) waits.push(minute);
    }
    const throttle = insightsThrottle.safeParse(jsonOf(headers.get('x-fb-ads-insights-throttle')));
    if (throttle.success) {
        const used = Math.max(throttle.data.acc_id_util_pct, throttle.data.app_id_util_pct);
        if (used >= fullPercent) waits.push(minute);
    }
    const account = accountUsage.safeParse(jsonOf(headers.get('x-ad-account-usage')));
    if (account.success && account.data.acc_id_util_pct >= fullPercent) {
        waits.push(account.data.reset_time_duration * 1000 || minute);
    }
    return waits.length === 0 ? undefined : now + Math.max(...waits);
}

function jsonOf(text: string | null): unknown {
    try {
        return text === null ? undefined : JSON.parse(text);
    } catch {
        // A header that says nothing is as one that is not there.
        return undefined;
    }
}

/** Asks the Marketing API. */
export function createMetaAdsClient(
    settings: MetaAdsSettings,
    { clock, directory, secret }: Tools,
): MetaAdsClient {
    const { name, version, address = 'https://graph.facebook.com' } = settings;
    const token = secret('token');
    const root = `${address}/${version}`;
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyMetaAds,
        perSecond: () => 5,
        authorise: async () => ({ authorization: `Bearer ${token}` }),
        onRefused: access,
        secrets: [token],
    });
    const reports = createReportKeeper(name, join(directory, 'reports'), clock);
    const parametersOf = ({ account: id, from, to }: ReportOrder) => ({ account: id, from, to });

    const order = async ({ account: id, from, to }: ReportOrder): Promise<string> => {
        const { data } = await http.ask({
            url: `${root}/act_${id}/insights`,
            method: 'POST',
            form: {
                level: 'campaign',
                time_increment: '1',
                time_range: JSON.stringify({ since: from, until: to }),
                filtering: JSON.stringify([
                    { field: 'campaign.effective_status', operator: 'IN', value: allStatuses },
                ]),
                fields: 'account_id,account_currency,campaign_id,campaign_name,spend,impressions,clicks,actions',
                // What the ad set says of itself, so that numbers are those of the screen.
                use_unified_attribution_setting: 'true',
            },
        });
        return orderedReport.parse(data).report_run_id;
    };

    const poll = async (id: string) => {
        const { data } = await http.ask({
            url: `${root}/${id}`,
            query: { fields: 'async_status' },
        });
        const { async_status: state } = reportState.parse(data);
        if (state === 'Job Completed') return 'ready';
        return state === 'Job Failed' || state === 'Job Skipped' ? 'lost' : 'at work';
    };

    return {
        account: async (id) => {
            const { data } = await http.ask({
                url: `${root}/act_${id}`,
                query: { fields: 'account_id,currency,timezone_name' },
            });
            return account.parse(data);
        },
        awaitReport: (one) =>
            reports.await({
                parameters: parametersOf(one),
                order: () => order(one),
                poll,
                keptMs: 24 * hour,
                patienceMs: 4 * hour,
            }),
        forgetReport: (one) => reports.forget(parametersOf(one)),
        page: async (report, after) => {
            for (let limit = mostRows; ; limit = Math.floor(limit / 5)) {
                const query = { limit: String(limit), ...(after === undefined ? {} : { after }) };
                try {
                    return (await http.ask({ url: `${root}/${report}/insights`, query })).text;
                } catch (error) {
                    const isTooMuch =
                        error instanceof RefusedQuestion && tooMuch.test(error.message);
                    if (!isTooMuch || limit <= fewestRows) throw error;
                }
            }
        },
    };
}
