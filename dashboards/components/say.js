import { calendarNames, createFormats, fill } from '../messages/formats.ts';

/** @type {import('../messages/formats.ts').Locale} */
let locale = { language: 'en', number_locale: 'en-GB', currency: 'EUR', words: {} };

/** How numbers, amounts and days are written on this site; set once, by the layout. */
export let formats = createFormats(locale);

/** @param {import('../messages/formats.ts').Locale} settings what site.json says */
export function useLocale(settings) {
    if (settings === locale) return;
    locale = settings;
    formats = createFormats(locale);
}

/** What the chart library is told about the language of its time axis. */
export const chartLocale = () => ({ time: calendarNames(locale) });

/**
 * Fills a message. The build puts the ICU text where pages write the key, so this never sees a key.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const say = (text, values) => fill(text, values, locale);
