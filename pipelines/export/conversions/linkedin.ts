import type { UploadLine } from './conversion.ts';
import { plainEmail } from './emails.ts';
import type { Platform } from './platform.ts';
import { jsonFiles } from './upload-text.ts';

function elementOf(line: UploadLine) {
    return {
        conversion: `urn:lla:llaPartnerConversion:${line.name}`,
        conversionHappenedAt: Date.parse(line.reachedAt),
        conversionValue: { currencyCode: line.currency, amount: line.value },
        eventId: line.orderId,
        user: {
            userIds: [
                { idType: 'LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID', idValue: line.click.value },
                ...(line.hashedEmail === null
                    ? []
                    : [{ idType: 'SHA256_EMAIL', idValue: line.hashedEmail }]),
            ],
        },
    };
}

/**
 * Bodies for `POST /rest/conversionEvents` with `X-RestLi-Method: BATCH_CREATE`, of 5,000 events at
 * most. The CSV upload of Campaign Manager takes no click ids.
 */
export const linkedin: Platform = {
    name: 'linkedin',
    title: 'LinkedIn',
    clickPlatform: 'linkedin_ads',
    clickNames: ['li_fat_id'],
    limit: { days: 90, since: 'conversion' },
    canCorrect: () => false,
    normaliseEmail: plainEmail,
    files: (lines) => jsonFiles(lines.map(elementOf), 5000, (elements) => ({ elements })),
    upload: 'post each file to https://api.linkedin.com/rest/conversionEvents with X-RestLi-Method: BATCH_CREATE',
};
