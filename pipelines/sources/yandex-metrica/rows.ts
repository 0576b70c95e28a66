import { sessions } from '../../contracts/streams/sessions.ts';
import { ContractError } from '../../errors.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import { instantIn } from '../api/local-time.ts';
import { readPart, visitFields } from './records.ts';

/** Sources of traffic as the channels of the company, as in files of the same visits. */
const channels: Readonly<Record<string, string>> = {
    organic: 'organic_search',
    direct: 'direct',
    ad: 'paid_other',
    referral: 'referral',
    link: 'referral',
    social: 'social',
    messenger: 'messenger',
    email: 'email',
    internal: 'unknown',
    undefined: 'unknown',
    recommend: 'unknown',
    saved: 'direct',
    qrcode: 'offline',
};

/**
 * Visits with their times in UTC.
 * @param timezone of the counter, by whose clock Metrica writes times
 * @throws ContractError when the part has not the columns that were asked for
 */
export function sessionRows(part: string, timezone: string): readonly CanonicalRow[] {
    const visits = readPart(part);
    if (visits === undefined) {
        throw new ContractError({
            what: 'A part of the logs of Yandex Metrica has other columns than were asked for.',
            expected: visitFields.join(', '),
            got: part.slice(0, 200),
            fix: 'check the version of the API in the connection',
        });
    }
    return visits.map((visit) => {
        const source = visit['ym:s:lastTrafficSource'];
        const campaign = visit['ym:s:lastDirectClickOrder'];
        return rowOf(sessions, {
            session_id: visit['ym:s:visitID'],
            visitor_id: visit['ym:s:clientID'],
            started_at: instantIn(timezone, visit['ym:s:dateTime']),
            landing_page: visit['ym:s:startURL'],
            referrer: visit['ym:s:referer'],
            utm_source: visit['ym:s:lastUTMSource'],
            utm_medium: visit['ym:s:lastUTMMedium'],
            utm_campaign: visit['ym:s:lastUTMCampaign'],
            utm_content: visit['ym:s:lastUTMContent'],
            utm_term: visit['ym:s:lastUTMTerm'],
            campaign_id: campaign === '0' ? null : campaign,
            channel: channels[source] ?? source,
            page_views: visit['ym:s:pageViews'],
        });
    });
}
