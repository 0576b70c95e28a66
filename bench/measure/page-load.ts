import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { recordedBrowser } from '../../pipelines/setup/browser.mjs';

export interface PageLoad {
    /** From the start of the navigation to the frame after a number is visible. */
    readonly firstNumberMs: number;
    /** Bytes the network carried of data files, and of everything. */
    readonly dataBytes: number;
    readonly totalBytes: number;
    readonly wasmRequests: number;
}

const watcher = join(import.meta.dirname, '..', 'browser', 'watch-for-number.js');
const dataFile = /\.(arrow|parquet|json)(\?|$)|\/data\//;
const wasmFile = /\.wasm(\?|$)/;

/**
 * Starts one browser for `work`, which loads pages with an empty cache each time.
 * @throws Error when set-up found no browser
 */
export async function withBrowser<Result>(
    work: (load: (url: string) => Promise<PageLoad>) => Promise<Result>,
): Promise<Result> {
    const executablePath = recordedBrowser();
    if (executablePath === undefined) {
        throw new Error('no browser: run `node pipelines/setup/main.mjs --tests`');
    }
    const browser = await chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
        return await work(async (url) => {
            const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
            try {
                return await loadOnce(await context.newPage(), url);
            } finally {
                await context.close();
            }
        });
    } finally {
        await browser.close();
    }
}

async function loadOnce(page: Page, url: string): Promise<PageLoad> {
    const sizes: Promise<{ url: string; bytes: number }>[] = [];
    page.on('requestfinished', (request) => {
        const carried = request.sizes().then(({ responseBodySize }) => responseBodySize);
        sizes.push(carried.then((bytes) => ({ url: request.url(), bytes })));
    });
    await page.addInitScript({ path: watcher });
    await page.goto(url, { waitUntil: 'networkidle' });
    const handle = await page.waitForFunction('window.firstNumberMs');
    const firstNumberMs = Number(await handle.jsonValue());
    const carried = await Promise.all(sizes);
    const sum = (some: typeof carried) => some.reduce((total, { bytes }) => total + bytes, 0);
    return {
        firstNumberMs,
        dataBytes: sum(carried.filter((one) => dataFile.test(one.url))),
        totalBytes: sum(carried),
        wasmRequests: carried.filter((one) => wasmFile.test(one.url)).length,
    };
}
