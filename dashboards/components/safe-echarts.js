// The chart library as every component gets it (shell/vite.config.js puts it in the library's place):
// tooltips are HTML made from what stands in the data, and a campaign may be called `<img onerror=…>`.

import { init as initChart } from 'echarts';
import { chartLocale } from './say.js';

export * from 'echarts';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text) => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]);

/** The library itself makes the coloured dot, which is HTML. */
const HTML_KEYS = new Set(['marker']);

/** @type {WeakSet<Function>} formatters that are wrapped already: the framework hands options back */
const wrapped = new WeakSet();

/**
 * A chart whose tooltips show every value as text, whatever its options say, and which stands still
 * for a reader who asked the system for less motion.
 */
export function init(element, theme, options) {
    const chart = initChart(element, theme, { ...options, locale: chartLocale() });
    const setOption = chart.setOption.bind(chart);
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const motion = isStill ? { animation: false } : {};
    chart.setOption = (option, ...more) =>
        setOption({ ...withTextTooltips(option), ...motion }, ...more);
    const resize = chart.resize.bind(chart);
    // Told of its size whenever something happens, a chart draws itself anew only for another one.
    chart.resize = (...options) => {
        if (chart.isDisposed() || !hasSizeOf(chart, element)) resize(...options);
    };
    return chart;
}

const hasSizeOf = (chart, { clientWidth, clientHeight }) =>
    chart.getWidth() === clientWidth && chart.getHeight() === clientHeight;

/**
 * Options in which each function that writes a tooltip is given escaped texts.
 *
 * @template T
 * @param {T} option
 * @param {boolean} [isTooltip]
 * @returns {T}
 */
export function withTextTooltips(option, isTooltip = false) {
    if (Array.isArray(option)) return option.map((item) => withTextTooltips(item, isTooltip));
    if (!isPlain(option)) return option;
    return Object.fromEntries(
        Object.entries(option).map(([key, value]) => {
            if (isTooltip && key === 'formatter' && typeof value === 'function')
                return [key, escaping(value)];
            return [key, withTextTooltips(value, isTooltip || key === 'tooltip')];
        }),
    );
}

function escaping(formatter) {
    if (wrapped.has(formatter)) return formatter;
    const safe = (params, ...more) => formatter(escapeTexts(params), ...more);
    wrapped.add(safe);
    return safe;
}

function escapeTexts(value) {
    if (typeof value === 'string') return escapeHtml(value);
    if (Array.isArray(value)) return value.map(escapeTexts);
    if (!isPlain(value)) return value;
    return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
            key,
            HTML_KEYS.has(key) ? item : escapeTexts(item),
        ]),
    );
}

const isPlain = (value) =>
    typeof value === 'object' &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
