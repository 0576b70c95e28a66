import { expect } from 'vitest';
import { seriousFaults } from './axe.ts';
import { desktop, type OpenPage } from './site.ts';

const widths = [desktop.width, 390];
/**
 * Elements that stand out of the window to the right, unless something around them scrolls. The page
 * itself never scrolls sideways, so its own width would not tell.
 */
const cutOff = `[...document.querySelectorAll('main *, header *')]
    .filter((element) => {
        const { right, width, height } = element.getBoundingClientRect();
        if (width === 0 || height === 0 || right <= document.documentElement.clientWidth + 1) return false;
        let around = element.parentElement;
        while (around.tagName !== 'MAIN' && around.tagName !== 'HEADER') {
            if (getComputedStyle(around).overflowX !== 'visible') return false;
            around = around.parentElement;
        }
        return true;
    })
    .map((element) => element.outerHTML.slice(0, 120))`;

/** What a reader can type into without being told what it is. */
const nameless = `[...document.querySelectorAll('main input')]
    .filter((input) => input.labels.length === 0 && !input.getAttribute('aria-label'))
    .map((input) => input.outerHTML.slice(0, 120))`;

const unnamedTables = `[...document.querySelectorAll('main table')]
    .filter((table) => !table.caption?.textContent.trim() || table.querySelector('th:not([scope])'))
    .map((table) => table.outerHTML.slice(0, 120))`;

const engine = /\.wasm$|\.parquet$/;

/** What has to be true of every page, whatever it shows. */
export async function expectSoundPage({ page, status, trouble, requests }: OpenPage) {
    expect(status).toBe(200);
    expect(trouble).toEqual([]);
    expect(
        requests.filter((path) => engine.test(path)),
        'no filter was used yet',
    ).toEqual([]);

    expect(await page.title()).toMatch(/^\S.* · Jointly$/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/\S/);
    const answer = page.locator('.answer').first();
    expect(await answer.innerText(), 'the answer in one sentence').toMatch(/[A-Z0-9].{20,}[.!?]/s);

    const text = await page.locator('body').innerText();
    expect(text).not.toMatch(/\b(NaN|undefined|null|Infinity|Invalid Date)\b|\[object |\$\{/);
    expect(text).not.toMatch(/could not be read|Error in|Dataset is empty|Loading\.\.\./);
    expect(text.toLowerCase(), 'the name of the tool behind the pages').not.toContain('evidence');

    expect(await page.evaluate(nameless), 'inputs without a name').toEqual([]);

    for (const width of widths) {
        await page.setViewportSize({ ...desktop, width });
        // Charts redraw themselves a moment after the window has changed.
        await expect
            .poll(() => page.evaluate(cutOff), {
                timeout: 60_000,
                message: `cut off at ${width} px`,
            })
            .toEqual([]);
    }
    expect(await seriousFaults(page), `faults at ${widths.at(-1)} px`).toEqual([]);
    expect(await page.evaluate(unnamedTables), 'tables without a caption or scopes').toEqual([]);
    await page.setViewportSize(desktop);
}
