import type { TestProject } from 'vitest/node';
import { recordedBrowser } from '../../pipelines/setup/browser.mjs';
import {
    handMade,
    hasOlistData,
    oddNames,
    olist,
    provideSampleExports,
    sample,
} from '../end-to-end/support/companies.ts';
import { succeed } from '../end-to-end/support/jointly.ts';

declare module 'vitest' {
    interface ProvidedContext {
        /** Path of the browser; empty when there is none and the tests are skipped. */
        browser: string;
        hasOlist: boolean;
    }
}

/** Builds the pages the tests open; after the end-to-end tests they are there already. */
export async function setup(project: TestProject): Promise<void> {
    const browser = recordedBrowser();
    project.provide('browser', browser ?? '');
    project.provide('hasOlist', browser !== undefined && hasOlistData());
    if (browser === undefined) {
        const missing = 'no browser was found: npm run setup, or JOINTLY_BROWSER=/path/to/chromium';
        if (isSet(process.env.CI)) throw new Error(missing);
        process.stderr.write(`skipped: the browser tests, ${missing}\n`);
        return;
    }
    await provideSampleExports();
    const companies = hasOlistData()
        ? [sample, handMade, oddNames, olist]
        : [sample, handMade, oddNames];
    for (const company of companies) await succeed(company, 'run');
}

function isSet(value: string | undefined): boolean {
    return value !== undefined && !['', '0', 'false'].includes(value);
}
