import type { UploadLine } from './conversion.ts';
import { googleEmail } from './emails.ts';
import type { Platform, UploadFile } from './platform.ts';
import { csvText } from './upload-text.ts';

/** Google takes no `T` and no `+00:00`; the first line of the file says that it is UTC. */
const timeOf = (instant: string) => instant.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
const timezone = 'Parameters:TimeZone=UTC\n';

function conversions(lines: readonly UploadLine[]): string {
    const hasEmails = lines.some(({ hashedEmail }) => hashedEmail !== null);
    const header = [
        ...['Google Click ID', 'GBRAID', 'WBRAID', 'Conversion Name', 'Conversion Time'],
        ...['Conversion Value', 'Conversion Currency', 'Order ID'],
        ...(hasEmails ? ['Email'] : []),
    ];
    const rows = lines.map(({ click, name, reachedAt, value, currency, orderId, hashedEmail }) => [
        ...['gclid', 'gbraid', 'wbraid'].map((one) => (one === click.name ? click.value : '')),
        ...[name, timeOf(reachedAt), value, currency, orderId],
        ...(hasEmails ? [hashedEmail ?? ''] : []),
    ]);
    return timezone + csvText(header, rows);
}

function adjustments(lines: readonly UploadLine[], at: string): string {
    const header = [
        ...['Order ID', 'Conversion Name', 'Adjustment Time', 'Adjustment Type'],
        ...['Adjusted Value', 'Adjusted Value Currency'],
    ];
    const rows = lines.map(({ action, orderId, name, value, currency }) =>
        action === 'retraction'
            ? [orderId, name, timeOf(at), 'RETRACT', '', '']
            : [orderId, name, timeOf(at), 'RESTATE', value, currency],
    );
    return timezone + csvText(header, rows);
}

/** The files of the upload page of Google Ads: conversions, and adjustments, which go in a file of their own. */
export const google: Platform = {
    name: 'google',
    title: 'Google Ads',
    clickPlatform: 'google_ads',
    clickNames: ['gclid', 'gbraid', 'wbraid'],
    limit: { days: 90, since: 'click' },
    canCorrect: ({ name }) => name !== 'wbraid',
    normaliseEmail: googleEmail,
    files: (lines, at) => {
        const added = lines.filter(({ action }) => action === 'conversion');
        const adjusted = lines.filter(({ action }) => action !== 'conversion');
        const files: UploadFile[] = [];
        if (added.length > 0) {
            files.push({ name: 'conversions', ending: 'csv', text: conversions(added) });
        }
        if (adjusted.length > 0) {
            files.push({ name: 'adjustments', ending: 'csv', text: adjustments(adjusted, at) });
        }
        return files;
    },
    upload: 'in Google Ads: Goals, Conversions, Uploads; conversions first, adjustments a day later',
};
