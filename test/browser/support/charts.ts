import type { Page } from 'playwright-core';

/** Places across and down a chart where the pointer rests: enough to meet every kind of mark. */
const across = 24;
const down = 8;

/** Moves the pointer inside the page, which is a hundred times faster than from outside of it. */
const tooltipsOfCharts = `(async () => {
    const textsOf = async (chart) => {
        const texts = new Set();
        const canvas = chart.querySelector('canvas, svg');
        const { left, top, width, height } = chart.getBoundingClientRect();
        for (let row = 1; row < ${down}; row++) {
            for (let column = 1; column < ${across}; column++) {
                const clientX = left + (width * column) / ${across};
                const clientY = top + (height * row) / ${down};
                canvas.dispatchEvent(new MouseEvent('mousemove', { clientX, clientY, bubbles: true }));
                for (const part of chart.children) {
                    const text = part.querySelector('canvas, svg') ? '' : part.innerText;
                    if (text.trim() !== '') texts.add(text);
                }
            }
            // A tooltip is there at once. The chart is drawn anew for each of these frames, and not
            // for each place where the pointer rests, which takes three times as long.
            await new Promise((drawn) => requestAnimationFrame(drawn));
        }
        return [...texts];
    };
    const charts = [];
    for (const chart of document.querySelectorAll('.chart')) {
        if (!chart.checkVisibility()) continue;
        chart.scrollIntoView({ block: 'center' });
        // A chart is drawn when it is first seen, for which a busy machine takes its time.
        const patience = performance.now() + 60_000;
        let texts = [];
        while (texts.length === 0 && performance.now() < patience) texts = await textsOf(chart);
        charts.push(texts);
    }
    return charts;
})()`;

/** Rests the pointer all over every chart of a page; gives the tooltips of each chart as texts. */
export const hoverCharts = (page: Page) => page.evaluate<string[][]>(tooltipsOfCharts);
