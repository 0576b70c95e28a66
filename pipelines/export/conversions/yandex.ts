import { unixSeconds } from './conversion.ts';
import type { Platform } from './platform.ts';
import { csvText } from './upload-text.ts';

const header = ['Yclid', 'Target', 'DateTime', 'Price', 'Currency'];

/** The CSV of offline conversions of Yandex Metrica, from which Yandex Direct learns them. */
export const yandex: Platform = {
    name: 'yandex',
    title: 'Yandex Metrica',
    clickPlatform: 'yandex_direct',
    clickNames: ['yclid'],
    limit: { days: 21, since: 'click' },
    canCorrect: () => false,
    files: (lines) => {
        const rows = lines.map(({ click, name, reachedAt, value, currency }) => [
            ...[click.value, name, String(unixSeconds(reachedAt)), value, currency],
        ]);
        return [{ name: 'conversions', ending: 'csv', text: csvText(header, rows) }];
    },
    upload: 'in Yandex Metrica: Settings, Data upload, Upload offline conversions, by yclid',
};
