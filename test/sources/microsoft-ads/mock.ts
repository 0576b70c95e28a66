import type { AdDay, MockAdPlatform } from '../../integration/connections/ad-platform.ts';
import { zip } from '../../integration/loading/pack.ts';
import { type MockReply, type MockRequest, startMock } from '../api/mock-server.ts';

/** Faults of the reporting service; those of the other services stand in `Errors`. */
export const failure = (status: number, Code: number, ErrorCode: string): MockReply => ({
    status,
    body: {
        TrackingId: 'd2f29be4-f7c3-4a30-9cf8-d1b6a1f7a1a0',
        OperationErrors: [{ Code, ErrorCode, Message: 'What was wrong', Details: '' }],
    },
});

export const header =
    '"TimePeriod","AccountId","CampaignId","CampaignName","CurrencyCode","Impressions","Clicks","Spend","Conversions"';

interface Submission {
    readonly ReportRequest: {
        readonly Type: string;
        readonly Time: Readonly<Record<'CustomDateRangeStart' | 'CustomDateRangeEnd', MockDate>>;
        readonly Scope: { readonly AccountIds: readonly string[] };
    };
}

interface MockDate {
    readonly Day: number;
    readonly Month: number;
    readonly Year: number;
}

const dayOf = ({ Day, Month, Year }: MockDate) =>
    [Year, String(Month).padStart(2, '0'), String(Day).padStart(2, '0')].join('-');

function rangeOf({ json }: MockRequest): readonly [string, string] | undefined {
    const time = (json as Partial<Submission> | undefined)?.ReportRequest?.Time;
    return time && [dayOf(time.CustomDateRangeStart), dayOf(time.CustomDateRangeEnd)];
}

/** Reports are ordered, polled twice, and are zip archives with a mark before their first line. */
export async function startMicrosoftAds(): Promise<MockAdPlatform> {
    let days: readonly AdDay[] = [];
    let tokens = 0;
    const reports: { readonly range: readonly [string, string]; polls: number }[] = [];
    const rowsOf = ([from, to]: readonly [string, string]) =>
        days
            .filter(({ date }) => date >= from && date <= to)
            .map(
                ({ campaign, date, amount }) =>
                    `"${date}","77","${campaign}","Campaign, ""${campaign}""","EUR","100","3","${amount}","2.00"`,
            );
    const answer = (request: MockRequest): MockReply => {
        const { path, form, headers, json } = request;
        const { host } = headers;
        if (path === '/common/oauth2/v2.0/token') {
            // That of the consent may be used again, by another company of a test.
            if (!['refresh-0', `refresh-${tokens}`].includes(form.get('refresh_token') ?? '')) {
                return {
                    status: 400,
                    body: { error: 'invalid_grant', error_description: 'AADSTS70000: not valid' },
                };
            }
            // Each use brings a new one.
            tokens += 1;
            return {
                body: {
                    token_type: 'Bearer',
                    scope: form.get('scope'),
                    expires_in: 3600,
                    access_token: `token-${tokens}`,
                    refresh_token: `refresh-${tokens}`,
                },
            };
        }
        const [, file] = /^\/files\/(\d+)$/.exec(path) ?? [];
        if (file !== undefined) {
            // The token is not for whoever keeps the files.
            if (headers.authorization !== undefined) return { status: 400 };
            const rows = rowsOf(reports[Number(file) - 1]?.range ?? ['', '']);
            return {
                body: zip({ [`${file}.csv`]: ['\uFEFF'.concat(header), ...rows, ''].join('\r\n') }),
            };
        }
        if (
            headers.authorization !== `Bearer token-${tokens}` ||
            headers.developertoken !== 'dev'
        ) {
            return failure(401, 109, 'AuthenticationTokenExpired');
        }
        if (path === '/CustomerManagement/v13/Account/Query') {
            const { AccountId: Id } = json as { AccountId: string };
            if (Id !== '77') return { body: { Account: null } };
            const TimeZone = 'Bucharest';
            return { body: { Account: { Id, Name: 'Shop', CurrencyCode: 'EUR', TimeZone } } };
        }
        if (path === '/Reporting/v13/GenerateReport/Submit') {
            const range = rangeOf(request);
            if (!range) return failure(400, 2001, 'ReportingServiceNullReportRequest');
            reports.push({ range, polls: 0 });
            return { body: { ReportRequestId: `30000_${reports.length}` } };
        }
        const { ReportRequestId: id = '' } = json as { ReportRequestId?: string };
        const report = reports[Number(id.split('_')[1]) - 1];
        if (path !== '/Reporting/v13/GenerateReport/Poll' || !report) {
            return failure(400, 2100, 'ReportingServiceInvalidReportId');
        }
        const isReady = report.polls++ > 0;
        const url = `http://${host}/files/${id.split('_')[1]}?sig=presigned`;
        const ReportDownloadUrl = isReady && rowsOf(report.range).length > 0 ? url : null;
        const Status = isReady ? 'Success' : 'Pending';
        return { body: { ReportRequestStatus: { ReportDownloadUrl, Status } } };
    };
    const server = await startMock(answer);
    return {
        ...server,
        setDays: (some) => {
            days = some;
        },
        asked: () => server.requests.flatMap((request) => rangeOf(request)?.join(' ') ?? []),
    };
}
