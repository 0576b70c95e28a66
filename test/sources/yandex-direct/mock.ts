import type { AdDay, MockAdPlatform } from '../../integration/connections/ad-platform.ts';
import { type MockReply, type MockRequest, startMock } from '../api/mock-server.ts';

export const failure = (status: number, code: string, headers = {}): MockReply => ({
    status,
    headers,
    body: {
        error: {
            request_id: '1',
            error_code: code,
            error_string: 'What was wrong',
            error_detail: 'More of it',
        },
    },
});

/** A report as the platform writes it, without its title. */
export const report = (...rows: readonly string[]) =>
    [
        'Date\tCampaignId\tCampaignName\tImpressions\tClicks\tCost\tConversions',
        ...rows,
        `Total rows: ${rows.length}`,
        '',
    ].join('\n');

interface ReportQuestion {
    readonly params: {
        readonly ReportName: string;
        readonly SelectionCriteria: { readonly DateFrom: string; readonly DateTo: string };
    };
}

/** Yandex Direct: a report is queued, is made, and is there at the third question of the same name. */
export async function startYandexDirect(): Promise<MockAdPlatform> {
    let days: readonly AdDay[] = [];
    const questions = new Map<string, number>();
    const answer = ({ path, json, headers }: MockRequest): MockReply => {
        if (headers.authorization !== 'Bearer direct-token') return failure(400, '53');
        if (path === '/json/v5/clients') {
            return { body: { result: { Clients: [{ Login: 'shop', Currency: 'EUR' }] } } };
        }
        const { ReportName: name, SelectionCriteria: range } = (json as ReportQuestion).params;
        const asked = (questions.get(name) ?? 0) + 1;
        questions.set(name, asked);
        if (asked < 3) {
            return {
                status: asked === 1 ? 201 : 202,
                headers: { retryIn: '5', reportsInQueue: '1' },
            };
        }
        const rows = days
            .filter(({ date }) => date >= range.DateFrom && date <= range.DateTo)
            .map(({ campaign, date, amount, ...said }) =>
                [
                    date,
                    campaign,
                    said.name ?? `Campaign ${campaign}`,
                    said.impressions ?? '10',
                    said.clicks ?? '1',
                    amount,
                    said.conversions ?? '--',
                ].join('\t'),
            );
        return { body: report(...rows) };
    };
    const server = await startMock(answer);
    return {
        ...server,
        setDays: (some) => {
            days = some;
        },
        asked: () => [
            ...new Set(
                server.requests.flatMap(({ json }) => {
                    const range = (json as ReportQuestion | undefined)?.params.SelectionCriteria;
                    return range ? [`${range.DateFrom} ${range.DateTo}`] : [];
                }),
            ),
        ],
    };
}
