import { type UploadLine, unixSeconds } from './conversion.ts';
import { plainEmail } from './emails.ts';
import type { Platform } from './platform.ts';
import { jsonFiles } from './upload-text.ts';

/** The cookie `_fbc` as it stands, or made of the click id and the instant of the click. */
function fbcOf({ click }: UploadLine): string {
    return click.value.startsWith('fb.')
        ? click.value
        : `fb.1.${Date.parse(click.at)}.${click.value}`;
}

/** An event of the Conversions API. A deal is signed or paid offline, which Meta calls a physical store. */
function eventOf(line: UploadLine) {
    return {
        event_name: line.name,
        event_time: unixSeconds(line.reachedAt),
        event_id: line.orderId,
        action_source: 'physical_store',
        user_data: {
            fbc: fbcOf(line),
            ...(line.hashedEmail === null ? {} : { em: [line.hashedEmail] }),
        },
        custom_data: {
            value: Number(line.value),
            currency: line.currency,
            order_id: line.orderId,
        },
    };
}

/** Bodies for `POST /{dataset id}/events`, of a thousand events at most. */
export const meta: Platform = {
    name: 'meta',
    title: 'Meta',
    clickPlatform: 'meta_ads',
    clickNames: ['fbclid', 'fbc'],
    limit: { days: 62, since: 'conversion' },
    canCorrect: () => false,
    normaliseEmail: plainEmail,
    files: (lines) => jsonFiles(lines.map(eventOf), 1000, (data) => ({ data })),
    upload: 'post each file to https://graph.facebook.com/VERSION/DATASET_ID/events',
};
