import type { AdDay, MockAdPlatform } from '../../integration/connections/ad-platform.ts';
import { type MockReply, type MockRequest, startMock } from '../api/mock-server.ts';

/** An error as the Graph API writes it. */
export const failure = (status: number, error: object, headers = {}): MockReply => ({
    status,
    headers,
    body: {
        error: { message: 'What was wrong.', type: 'OAuthException', fbtrace_id: 'x', ...error },
    },
});

/**
 * The Marketing API: reports are ordered, polled and read in pages.
 * @param longest it gives up on reports of more days
 */
export async function startMetaAds(
    account = '77',
    pageSize = 2,
    longest = 31,
): Promise<MockAdPlatform> {
    let days: readonly AdDay[] = [];
    const reports: {
        readonly since: string;
        readonly until: string;
        readonly hasDeleted: boolean;
        polls: number;
    }[] = [];
    const answer = ({ method, path, query, form, headers }: MockRequest): MockReply => {
        if (headers.authorization !== 'Bearer system-user-token') {
            return failure(400, { code: 190, message: 'Invalid OAuth access token.' });
        }
        if (method === 'POST' && path === `/v26.0/act_${account}/insights`) {
            const range = JSON.parse(form.get('time_range') ?? '{}');
            // Without a word of them, campaigns that were deleted are left out.
            const hasDeleted = form.get('filtering')?.includes('"DELETED"') ?? false;
            reports.push({ ...range, hasDeleted, polls: 0 });
            return { body: { report_run_id: String(reports.length) } };
        }
        if (path === `/v26.0/act_${account}`) {
            return {
                body: {
                    account_id: account,
                    currency: 'EUR',
                    timezone_name: 'Europe/Bucharest',
                    id: `act_${account}`,
                },
            };
        }
        const [, id = '', isData] = /^\/v26\.0\/(\d+)(\/insights)?$/.exec(path) ?? [];
        const report = reports[Number(id) - 1];
        if (report === undefined) {
            return failure(400, {
                code: 100,
                error_subcode: 33,
                message: 'Unsupported get request.',
            });
        }
        if (!isData) {
            const days = (Date.parse(report.until) - Date.parse(report.since)) / 86_400_000 + 1;
            if (days > longest) return { body: { id, async_status: 'Job Failed' } };
            const isReady = report.polls++ > 0;
            return {
                body: {
                    id,
                    account_id: account,
                    async_status: isReady ? 'Job Completed' : 'Job Running',
                    async_percent_completion: isReady ? 100 : 40,
                },
            };
        }
        const rows = days
            .filter(({ date }) => date >= report.since && date <= report.until)
            .filter(({ isDeleted }) => report.hasDeleted || !isDeleted);
        const start = Number(query.get('after') ?? '0');
        const isLast = start + pageSize >= rows.length;
        const data = rows
            .slice(start, start + pageSize)
            .map(({ campaign, date, amount, ...said }) => ({
                account_id: account,
                account_currency: 'EUR',
                campaign_id: campaign,
                campaign_name: said.name ?? `Campaign ${campaign}`,
                spend: amount,
                impressions: said.impressions ?? '100',
                clicks: said.clicks ?? '3',
                actions: [{ action_type: 'lead', value: said.conversions ?? '2' }],
                date_start: date,
                date_stop: date,
            }));
        const after = String(start + pageSize);
        return {
            body: {
                data,
                paging: {
                    cursors: { before: 'x', after },
                    ...(isLast ? {} : { next: 'https://…' }),
                },
            },
        };
    };
    const server = await startMock(answer);
    return {
        ...server,
        setDays: (some) => {
            days = some;
        },
        asked: () =>
            server.requests.flatMap(({ form }) => {
                const range = JSON.parse(form.get('time_range') ?? 'null');
                return range ? [`${range.since} ${range.until}`] : [];
            }),
    };
}
