import type { z } from 'zod';
import { sessions } from '../../contracts/streams/sessions.ts';
import { type CanonicalRow, rowOf } from '../api/connector.ts';
import type { visits } from './records.ts';

/** Kinds of referrer as the channels of the company, as in files of the same visits. */
const channels: Readonly<Record<string, string>> = {
    direct: 'direct',
    search: 'organic_search',
    website: 'referral',
    social: 'social',
    'ai-assistant': 'ai_assistant',
    // Source and medium say which.
    campaign: 'unknown',
};

/** Visits with the page on which they began. */
export function sessionRows(found: z.output<typeof visits>): readonly CanonicalRow[] {
    return found.map((visit) => {
        const pages = visit.actionDetails.filter(({ type }) => type === 'action');
        const type = visit.referrerType;
        const isCampaign = type === 'campaign';
        return rowOf(sessions, {
            session_id: visit.idVisit,
            visitor_id: visit.visitorId,
            started_at: new Date(visit.firstActionTimestamp * 1000).toISOString(),
            landing_page: visit.actionDetails.find(({ url }) => url)?.url,
            referrer: visit.referrerUrl,
            utm_source: visit.campaignSource,
            utm_medium: visit.campaignMedium,
            utm_campaign: visit.campaignName ?? (isCampaign ? visit.referrerName : null),
            utm_content: visit.campaignContent,
            utm_term: visit.campaignKeyword ?? (isCampaign ? visit.referrerKeyword : null),
            campaign_id: visit.campaignId,
            channel: type ? (channels[type] ?? type) : null,
            page_views: pages.length,
        });
    });
}
