import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, inject, onTestFinished } from 'vitest';
import { serveSite } from '../../../pipelines/serving/serve.ts';
import { built } from '../../end-to-end/support/built.ts';
import type { TestCompany } from '../../end-to-end/support/companies.ts';

/** The window of a reader at a desk. */
export const desktop = { width: 1280, height: 900 };

/** A page that is open, with everything that happened since. */
export interface OpenPage {
    readonly page: Page;
    readonly status: number;
    /** Errors of scripts and the console, requests that failed or left this machine. */
    readonly trouble: string[];
    /** Paths of everything that was fetched. */
    readonly requests: string[];
}

export interface OpenSite {
    readonly url: string;
    /** A page by its address, in a browser that was never here, for as long as the test runs. */
    readonly open: (path: string, beforeScripts?: string) => Promise<OpenPage>;
    /**
     * A page as it first stands, for those who only look at it: one reader of all tests goes there by a
     * link, which takes a third of the time of opening it. It stands until the next is read.
     */
    readonly read: (path: string) => Promise<OpenPage>;
}

/** How long something may take that takes a moment on a quiet machine: a busy one is no fault. */
const patience = 120_000;

/** Address of the browser, once the pages of a company are built; empty where there is none. */
export async function browserFor(company: TestCompany): Promise<string> {
    const browser = inject('browser');
    if (browser !== '') await built(company);
    return browser;
}

/** Paths of all pages a build has, such as `/` and `/sales`. */
export function builtPages(company: TestCompany): readonly string[] {
    return [...pageFiles(company).keys()].toSorted();
}

/** The file of each page, in whichever part of the site it is. */
function pageFiles(company: TestCompany): ReadonlyMap<string, string> {
    const files = globSync('*/**/index.html', { cwd: company.site });
    return new Map(
        files.map((file) => [
            `/${file.replaceAll('\\', '/').replace(/^[^/]+\/|\/?index\.html$/g, '')}`,
            join(company.site, file),
        ]),
    );
}

/** Pages that one file of the dashboards makes, one for each row of a table. */
const perRow = [/^\/marketing\/(?!lead-quality$)/, /^\/finance\/statement\//, /^\/team\//];

/** Every page that has a file of its own; of those made for each row, the shortest and the longest. */
export function pagesOfEachKind(company: TestCompany): readonly string[] {
    const files = pageFiles(company);
    const pages = [...files.keys()].toSorted();
    const size = (path: string) => statSync(files.get(path) ?? '').size;
    const made = perRow.map((kind) => pages.filter((path) => kind.test(path)));
    const outermost = made.flatMap((kind) => {
        const bySize = kind.toSorted((one, other) => size(one) - size(other));
        return [bySize.at(0), bySize.at(-1)];
    });
    const rest = new Set(made.flat());
    return pages.filter((path) => !rest.has(path) || outermost.includes(path));
}

let connected: Promise<Browser> | undefined;
const sites = new Map<string, Promise<OpenSite>>();

/**
 * Serves the pages of a company as `jointly serve` does, and opens them in a real browser. All files
 * of tests that run in this process share one server and one reader.
 */
export function openSite(company: TestCompany): Promise<OpenSite> {
    const site = sites.get(company.site) ?? serve(company);
    sites.set(company.site, site);
    return site;
}

async function serve(company: TestCompany): Promise<OpenSite> {
    const { url } = await serveSite(company.site, 0);
    connected ??= chromium.connect(inject('browser'));
    const browser = await connected;
    let reader: Promise<OpenPage> | undefined;
    return {
        url,
        open: async (path, beforeScripts) => {
            const opened = await openPage(browser, new URL(path, url), beforeScripts);
            onTestFinished(() => opened.page.context().close());
            return opened;
        },
        read: async (path) => {
            const target = new URL(path, url);
            if (reader === undefined) {
                reader = openPage(browser, target);
                return reader;
            }
            const opened = await reader;
            opened.trouble.length = 0;
            opened.requests.length = 0;
            await opened.page.setViewportSize(desktop);
            await follow(opened.page, target);
            return { ...opened, status: (await fetch(target)).status };
        },
    };
}

/** Goes to a page of the site as by a link on the one that is open. */
async function follow(page: Page, { pathname, search }: URL): Promise<void> {
    await page.evaluate(`(() => {
        const link = document.createElement('a');
        link.href = ${JSON.stringify(pathname + search)};
        document.querySelector('main').append(link);
        link.click();
        link.remove();
    })()`);
    const shown = `(() => {
        const isThere = location.pathname.replace(/(?<=.)\\/$/, '') === ${JSON.stringify(pathname.replace(/(?<=.)\/$/, ''))};
        return isThere && location.search === ${JSON.stringify(search)} && !document.querySelector('main.pending');
    })()`;
    await settled(() => page.evaluate(shown)).toBe(true);
}

async function openPage(browser: Browser, url: URL, beforeScripts?: string): Promise<OpenPage> {
    // A reader who has never been here: nothing is cached from the page before. Charts stand still
    // at once: what moves is drawn sixty times a second.
    const context = await browser.newContext({ viewport: desktop, reducedMotion: 'reduce' });
    context.setDefaultTimeout(patience);
    if (beforeScripts !== undefined) await context.addInitScript(beforeScripts);
    const page = await context.newPage();
    const trouble: string[] = [];
    const requests: string[] = [];
    page.on('pageerror', (error) => trouble.push(`script: ${error.message}`));
    page.on('console', (message) => {
        if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
        const asked = request.url();
        if (asked.startsWith('data:') || asked.startsWith('blob:')) return;
        if (asked.startsWith(url.origin)) requests.push(new URL(asked).pathname);
        else trouble.push(`request to another host: ${asked}`);
    });
    page.on('response', (response) => {
        if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
    });
    const response = await page.goto(url.href, { waitUntil: 'networkidle' });
    // Silence is not enough: a busy machine says nothing while it starts the page.
    await page.locator('main[data-started]').waitFor();
    return { page, status: response?.status() ?? 0, trouble, requests };
}

/**
 * Waits until what a page shows is as claimed: the first filter starts the engine, and every part
 * of a page changes when its own query has answered. After `choose`, all that is read is read so.
 */
export function settled<Shown>(shown: () => Promise<Shown>) {
    // Asking costs the page time in which it could get there.
    return expect.poll(shown, { timeout: patience, interval: 200 });
}

/** A filter of a page, by its name. */
export function filterOf(page: Page, filter: string) {
    return page.getByRole('combobox', { name: filter, exact: true });
}

/** Chooses a value of a filter by its label. */
export async function choose(page: Page, filter: string, value: string): Promise<void> {
    await filterOf(page, filter).selectOption({ label: value });
}

/** The big number of a card. */
export function bigNumber(page: Page, label: string) {
    const card = page.locator('.kpi-card', {
        has: page.locator('.label', { hasText: new RegExp(`^\\s*${escaped(label)}\\s*$`) }),
    });
    return card.locator('.value');
}

/** What a card says; the target and how far it was reached are null where the card has none. */
export interface ShownCard {
    readonly label: string;
    readonly value: string;
    readonly target: string | null;
    readonly attainment: string | null;
}

/** All cards of a page. */
export async function shownCards(page: Page): Promise<readonly ShownCard[]> {
    const cards = await page.locator('.kpi-card').all();
    return Promise.all(
        cards.map(async (card) => {
            const text = (await card.innerText()).replace(/\s+/g, ' ');
            const [, target, attainment] = /(?<!no )target (\S+)(?: (\d+)%)?/.exec(text) ?? [];
            return {
                label: (await card.locator('.label').innerText()).trim(),
                value: (await card.locator('.value').innerText()).trim(),
                target: target ?? null,
                attainment: attainment === undefined ? null : `${attainment}%`,
            };
        }),
    );
}

/** The cells of a table as texts, by the heading of their column. */
export async function tableRows(page: Page, firstHeading: string) {
    const table = page.locator('table', {
        has: page.locator('th:first-child', {
            hasText: new RegExp(`^\\s*${escaped(firstHeading)}\\s*$`),
        }),
    });
    // In one go, because whoever waits for a table asks again and again.
    return table.evaluateAll(([shown]) => {
        const texts = (from: Element, cells: string) =>
            [...from.querySelectorAll<HTMLElement>(cells)].map((cell) => cell.innerText.trim());
        if (shown === undefined) return [];
        const headings = texts(shown, 'thead th');
        return [...shown.querySelectorAll('tbody tr')].map((row): Record<string, string> => {
            const cells = texts(row, 'td');
            return Object.fromEntries(headings.map((name, index) => [name, cells[index] ?? '']));
        });
    });
}

function escaped(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
