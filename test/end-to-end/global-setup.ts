import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { recordedBrowser } from '../../pipelines/setup/browser.mjs';
import { forgetExports, hasOlistData } from './support/companies.ts';

declare module 'vitest' {
    interface ProvidedContext {
        /** Names this run of the tests: what an earlier one built counts for nothing. */
        testRun: string;
        isFromNothing: boolean;
        /** Address of the running browser; empty when there is none and the tests are skipped. */
        browser: string;
        hasOlist: boolean;
    }
}

/**
 * What Chromium would do in each new window, though nobody looks at the window: draw two pages of its
 * address bar, and start a process for a site that nobody goes to. Half of what opening a page costs.
 */
const unneeded = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];

/** What Playwright turns off: said again, because only the last such switch counts. */
const unwanted = [
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'LensOverlay',
    'MediaRouter',
    'PaintHolding',
    'ThirdPartyStoragePartitioning',
    'AvoidCorsURLLoaderRestartOnRedirect',
    'OptimizationHints',
    'NetworkTimeServiceQuerying',
    'AimEnabled',
    'PreconnectToSearch',
];

const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    `--disable-features=${[...unneeded, ...unwanted].join(',')}`,
];

/**
 * Says what this run of the tests has; companies are built when a test first asks for them.
 * @returns ends the one browser of all tests
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
    await forgetExports();
    project.provide('testRun', `${process.pid} ${performance.timeOrigin}`);
    // Pages alone may stand on what was built before: `run` builds what is out of date.
    const isFromNothing = project.vitest.projects.some(({ name }) => name === 'end-to-end');
    project.provide('isFromNothing', isFromNothing);
    project.provide('hasOlist', hasOlistData());
    const executablePath = project.name === 'browser' ? recordedBrowser() : undefined;
    const browser =
        executablePath && (await chromium.launchServer({ executablePath, args: flags }));
    project.provide('browser', browser ? browser.wsEndpoint() : '');
    if (browser) return () => browser.close();
    if (project.name !== 'browser') return undefined;
    const missing = 'no browser was found: npm run setup, or JOINTLY_BROWSER=/path/to/chromium';
    if (isSet(process.env.CI)) throw new Error(missing);
    process.stderr.write(`skipped: the browser tests, ${missing}\n`);
    return undefined;
}

function isSet(value: string | undefined): boolean {
    return value !== undefined && !['', '0', 'false'].includes(value);
}
