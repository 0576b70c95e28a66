import { createVerify } from 'node:crypto';
import { type MockReply, type MockServer, startMock } from '../api/mock-server.ts';

export interface MockVisits {
    readonly date: string;
    readonly channel: string;
    readonly sessions: number;
}

export interface MockGa4 extends MockServer {
    visits: MockVisits[];
    /** Key that a signed request of a service account has to fit. */
    publicKey: string;
    /** Rows that one answer holds, whatever is asked for. */
    pageSize: number;
    /** Days that were asked for: `2026-10-01 2026-10-31`. */
    readonly asked: () => readonly string[];
}

export const failure = (status: number, name: string, message = 'What was wrong.'): MockReply => ({
    status,
    body: { error: { code: status, message, status: name } },
});

/** The Data API: an empty report has no rows at all. */
export async function startGa4(): Promise<MockGa4> {
    const state: Pick<MockGa4, 'visits' | 'publicKey' | 'pageSize'> = {
        visits: [],
        publicKey: '',
        pageSize: 250_000,
    };
    const isSigned = (assertion: string) => {
        const [head, claims = '', signature = ''] = assertion.split('.');
        const said = JSON.parse(Buffer.from(claims, 'base64url').toString());
        return (
            createVerify('RSA-SHA256')
                .update(`${head}.${claims}`)
                .verify(state.publicKey, signature, 'base64url') &&
            said.iss === 'reader@project.iam.gserviceaccount.com' &&
            said.scope === 'https://www.googleapis.com/auth/analytics.readonly' &&
            said.aud.endsWith('/token') &&
            said.exp - said.iat <= 3600
        );
    };
    const server = await startMock(({ path, json, headers, form }) => {
        if (path === '/token') {
            const assertion = form.get('assertion');
            if (assertion !== null && isSigned(assertion)) {
                return { body: { access_token: 'token', expires_in: 3599 } };
            }
            if (form.get('refresh_token') !== 'refresh-me') {
                return { status: 400, body: { error: 'invalid_grant' } };
            }
            return { body: { access_token: 'token', expires_in: 3599 } };
        }
        if (headers.authorization !== 'Bearer token') return failure(401, 'UNAUTHENTICATED');
        if (path !== '/v1beta/properties/77:runReport') return failure(403, 'PERMISSION_DENIED');
        const asked = json as {
            dateRanges: { startDate: string; endDate: string }[];
            offset?: string;
        };
        const [range] = asked.dateRanges;
        const rows = state.visits
            .filter(
                ({ date }) => date >= (range?.startDate ?? '') && date <= (range?.endDate ?? ''),
            )
            .map(({ date, channel, sessions }) => ({
                dimensionValues: [{ value: date.replaceAll('-', '') }, { value: channel }],
                metricValues: [{ value: String(sessions) }, { value: String(sessions * 3) }],
            }));
        const start = Number(asked.offset ?? 0);
        const page = rows.slice(start, start + state.pageSize);
        return {
            body: {
                dimensionHeaders: [{ name: 'date' }, { name: 'sessionDefaultChannelGroup' }],
                metricHeaders: [{ name: 'sessions', type: 'TYPE_INTEGER' }],
                ...(page.length > 0 ? { rows: page } : {}),
                ...(rows.length > 0 ? { rowCount: rows.length } : {}),
                metadata: { currencyCode: 'EUR', timeZone: 'Europe/Bucharest' },
                propertyQuota: { tokensPerHour: { consumed: 1, remaining: 39_999 } },
                kind: 'analyticsData#runReport',
            },
        };
    });
    return Object.assign(state, server, {
        asked: () =>
            server.requests.flatMap(({ json }) => {
                const [range] =
                    (json as { dateRanges?: { startDate: string; endDate: string }[] } | undefined)
                        ?.dateRanges ?? [];
                return range ? [`${range.startDate} ${range.endDate}`] : [];
            }),
    });
}
