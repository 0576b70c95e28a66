// How the framework's charts write values (shell/vite.config.js puts this in the place of its own
// module): by the company's locale, as tables and cards do.

import { formats } from './say.js';
import { written } from './written.js';

export * from '@evidence-dev/component-utilities/formatting';

/** @param {string} tag see messages/formats.ts */
export const getFormatObjectFromString = (tag, valueType) => ({
    formatTag: tag,
    formatCode: tag,
    valueType,
});

/**
 * @param {unknown} value
 * @param {{ formatTag?: string, valueType?: string }} [format] without a tag where no page asked for one
 */
export function formatValue(value, format) {
    if (value == null) return '–';
    if (format?.valueType === 'date') return formats.day(value);
    return written(value, format?.formatTag);
}

/** Between two counts an axis has no label. */
export const formatAxisValue = (value, format) =>
    format?.formatTag === 'num0' && !Number.isInteger(value) ? '' : formatValue(value, format);

export const fmt = (value, tag) => formatValue(value, getFormatObjectFromString(tag));
