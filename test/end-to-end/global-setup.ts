import type { TestProject } from 'vitest/node';
import { recordedBrowser } from '../../pipelines/setup/browser.mjs';
import { forgetExports, hasOlistData } from './support/companies.ts';

declare module 'vitest' {
    interface ProvidedContext {
        /** Names this run of the tests: what an earlier one built counts for nothing. */
        testRun: string;
        isFromNothing: boolean;
        /** Path of the browser; empty when there is none and the tests are skipped. */
        browser: string;
        hasOlist: boolean;
    }
}

/** Says what this run of the tests has; companies are built when a test first asks for them. */
export async function setup(project: TestProject): Promise<void> {
    await forgetExports();
    project.provide('testRun', `${process.pid} ${performance.timeOrigin}`);
    // Pages alone may stand on what was built before: `run` builds what is out of date.
    const isFromNothing = project.vitest.projects.some(({ name }) => name === 'end-to-end');
    project.provide('isFromNothing', isFromNothing);
    project.provide('hasOlist', hasOlistData());
    const browser = recordedBrowser();
    project.provide('browser', browser ?? '');
    if (browser !== undefined || project.name !== 'browser') return;
    const missing = 'no browser was found: npm run setup, or JOINTLY_BROWSER=/path/to/chromium';
    if (isSet(process.env.CI)) throw new Error(missing);
    process.stderr.write(`skipped: the browser tests, ${missing}\n`);
}

function isSet(value: string | undefined): boolean {
    return value !== undefined && !['', '0', 'false'].includes(value);
}
