import { type SampleRow, textOf } from '../sample-rows.ts';
import type { MockVisit } from './mock.ts';

/** Yekaterinburg, where the counter of the mock stands, has had one offset all year since 2014. */
const aheadMs = 5 * 3_600_000;

/** Visits as the Logs API of Metrica writes them, by the clock of the counter. */
export function sampleInMetrica(sessions: readonly SampleRow[]): readonly MockVisit[] {
    return sessions.map((session) => ({
        id: textOf(session, 'session_id'),
        at: new Date(Date.parse(textOf(session, 'started_at')) + aheadMs)
            .toISOString()
            .slice(0, 19)
            .replace('T', ' '),
        pageViews: Number(session.page_views),
        said: {
            'ym:s:clientID': textOf(session, 'visitor_id'),
            'ym:s:startURL': session.landing_page ?? '',
            'ym:s:referer': session.referrer ?? '',
            'ym:s:lastTrafficSource': trafficSourceOf(session),
            'ym:s:lastUTMSource': session.utm_source ?? '',
            'ym:s:lastUTMMedium': session.utm_medium ?? '',
            'ym:s:lastUTMCampaign': session.utm_campaign ?? '',
            'ym:s:lastUTMContent': session.utm_content ?? '',
            'ym:s:lastUTMTerm': session.utm_term ?? '',
            // Of clicks on ads of its own alone.
            'ym:s:lastDirectClickOrder':
                session.utm_medium === 'cpc' ? (session.campaign_id ?? '0') : '0',
        },
    }));
}

function trafficSourceOf({ utm_medium: medium, referrer }: SampleRow): string {
    if (medium === 'cpc' || medium === 'paid_social') return 'ad';
    if (medium === 'email') return 'email';
    if (referrer?.includes('google.')) return 'organic';
    return referrer ? 'referral' : 'direct';
}
