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

/** The Marketing API: reports are ordered, polled and read in pages of two. */
export async function startMetaAds(): Promise<MockAdPlatform> {
    let days: readonly AdDay[] = [];
    const reports: { readonly since: string; readonly until: string; polls: number }[] = [];
    const answer = ({ method, path, query, form, headers }: MockRequest): MockReply => {
        if (headers.authorization !== 'Bearer system-user-token') {
            return failure(400, { code: 190, message: 'Invalid OAuth access token.' });
        }
        if (method === 'POST' && path === '/v26.0/act_77/insights') {
            const range = JSON.parse(form.get('time_range') ?? '{}');
            reports.push({ ...range, polls: 0 });
            return { body: { report_run_id: String(reports.length) } };
        }
        if (path === '/v26.0/act_77') {
            return {
                body: {
                    account_id: '77',
                    currency: 'EUR',
                    timezone_name: 'Europe/Bucharest',
                    id: 'act_77',
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
            const isReady = report.polls++ > 0;
            return {
                body: {
                    id,
                    account_id: '77',
                    async_status: isReady ? 'Job Completed' : 'Job Running',
                    async_percent_completion: isReady ? 100 : 40,
                },
            };
        }
        const rows = days.filter(({ date }) => date >= report.since && date <= report.until);
        const start = Number(query.get('after') ?? '0');
        const isLast = start + 2 >= rows.length;
        const data = rows.slice(start, start + 2).map(({ campaign, date, amount }) => ({
            account_id: '77',
            account_currency: 'EUR',
            campaign_id: campaign,
            campaign_name: `Campaign ${campaign}`,
            spend: amount,
            impressions: '100',
            clicks: '3',
            actions: [{ action_type: 'lead', value: '2' }],
            date_start: date,
            date_stop: date,
        }));
        const after = String(start + 2);
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
