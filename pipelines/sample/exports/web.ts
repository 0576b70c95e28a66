import type { Month } from '../calendar.ts';
import { createLineFile, type WrittenFile } from '../export-file.ts';
import { utcMoment } from '../format.ts';
import { createRandom, type Random } from '../random.ts';
import type { Session } from '../records.ts';

const DEVICES = ['mobile', 'desktop', 'tablet'];
const CLICK_ID_PREFIX = { google_ads: 'gclid', meta_ads: 'fbclid', linkedin_ads: 'li_fat_id' };
const ROWS_BEFORE_DUPLICATE = 350;
const ROWS_BEFORE_BROKEN = 2500;

/** Writes the sessions of one month after another; a few arrive again in the next month's file. */
export function createWebExport(
    root: string,
    seed: number,
): (month: Month, sessions: readonly Session[]) => WrittenFile {
    let lateLines: string[] = [];
    return (month, sessions) => {
        const random = createRandom(seed, 'web', month.key);
        const file = createLineFile(root, `web/sessions_${month.key}.ndjson.gz`);
        for (const line of lateLines) file.line(line);
        lateLines = [];
        const sorted = sessions.toSorted((a, b) => a.startedAt - b.startedAt);
        for (const [index, session] of sorted.entries()) {
            const id = `s${month.key.replace('-', '')}${String(index + 1).padStart(7, '0')}`;
            const line = toLine(random, id, session);
            file.line(line);
            if (index % ROWS_BEFORE_DUPLICATE === ROWS_BEFORE_DUPLICATE - 1) file.line(line);
            if (index % 1000 === 999) lateLines.push(line);
            if (index % ROWS_BEFORE_BROKEN === ROWS_BEFORE_BROKEN - 1) {
                file.line(`{"session_id":"${id}x","visitor":null,"ts":"not recorded"}`);
            }
        }
        return file.close();
    };
}

/** Every value is made of our own words, so nothing needs escaping. */
function toLine(random: Random, id: string, session: Session): string {
    const { source, visitorId, landingPage, pageViews } = session;
    const { tag, campaign } = source;
    const parts = [
        `"session_id":"${id}"`,
        `"visitor":"${visitorId}"`,
        `"ts":"${utcMoment(session.startedAt)}"`,
        `"page":"${landingPage}"`,
        `"referrer":${tag.referrer === '' ? 'null' : `"${tag.referrer}"`}`,
        `"pages":${pageViews}`,
        `"device":"${DEVICES[random.weighted([0.58, 0.38, 0.04])]}"`,
    ];
    if (tag.utmSource !== '') {
        parts.push(`"utm_source":"${tag.utmSource}"`, `"utm_medium":"${tag.utmMedium}"`);
        parts.push(`"utm_campaign":"${campaign?.slug ?? 'monthly-newsletter'}"`);
    }
    if (campaign !== undefined) {
        parts.push(`"utm_id":"${campaign.id}"`, `"utm_content":"ad_${random.integer(1, 4)}"`);
        // Browsers cut the click id off one click in twelve.
        if (!random.chance(1 / 12)) {
            parts.push(`"click_id":"${CLICK_ID_PREFIX[campaign.platform]}.${random.hex(16)}"`);
        }
        if (campaign.platform === 'google_ads') parts.push(`"utm_term":"${source.line} near me"`);
    }
    return `{${parts.join(',')}}`;
}
