import { formatValue } from './chart-formatting.js';
import { columnTitle } from './column-titles.js';
import { formats, say } from './say.js';

/** Lines and points that explain a chart are no data of it. */
const isData = (series) =>
    series.data &&
    series.name !== 'stackTotal' &&
    !/^reference/.test(series.evidenceSeriesType ?? '');

/** What a chart is, for those who do not see it. */
export function chartLabel(config, title) {
    const names = (config?.series ?? []).filter(isData).map((series) => series.name);
    const series = names.length > 0 ? formats.list(names.map(String)) : 'none';
    return say('components.chart_label', { title: title || 'none', series });
}

/**
 * The numbers of a chart as a table, formatted as its tooltips are.
 *
 * @param {object} config options of the chart
 * @param {object} props of the chart component: columns and formats
 * @returns {{ titles: string[], rows: string[][] }}
 */
export function chartRows(config, props) {
    const series = (config?.series ?? []).filter(isData);
    return props.tooltipTitle ? pointRows(series, props) : pivotRows(series, props);
}

/** One row per point: its name, its place, its size and the colour it has. */
function pointRows(
    series,
    { x, y, size, series: colour, tooltipTitle, xFormat, yFormat, sizeFormat },
) {
    const titles = [tooltipTitle, colour, x, y, size]
        .filter(Boolean)
        .map((name) => columnTitle(name));
    const rows = series.flatMap(({ name, data }) =>
        data.map(([across, up, area, point]) => [
            String(point),
            ...(colour ? [String(name)] : []),
            shown(across, xFormat),
            shown(up, yFormat),
            ...(size ? [shown(area, sizeFormat)] : []),
        ]),
    );
    return { titles, rows };
}

/** One row per place on the axis, one column per series. */
function pivotRows(series, { x, swapXY, xFormat, yFormat }) {
    /** @type {Map<string, string[]>} */
    const rows = new Map();
    for (const [index, { data }] of series.entries()) {
        for (const point of data) {
            const [place, value] = swapXY ? [point[1], point[0]] : point;
            const label = shown(place, xFormat);
            if (!rows.has(label)) rows.set(label, Array(series.length).fill('–'));
            rows.get(label)[index] = shown(value, yFormat);
        }
    }
    return {
        titles: [columnTitle(x ?? ''), ...series.map(({ name }) => String(name))],
        rows: [...rows].map(([label, values]) => [label, ...values]),
    };
}

function shown(value, format) {
    if (value == null) return '–';
    const isDay = value instanceof Date || /^\d{4}-\d\d-\d\d([T ]|$)/.test(value);
    return isDay ? formats.day(value) : formatValue(value, format);
}
