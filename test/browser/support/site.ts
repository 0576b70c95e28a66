import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { serveSite } from '../../../pipelines/run/serve.ts';
import { built } from '../../end-to-end/support/built.ts';
import type { TestCompany } from '../../end-to-end/support/companies.ts';

const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
];
/** The window of a reader at a desk. */
export const desktop = { width: 1280, height: 900 };

/** A page that is open, with everything that happened since. */
export interface OpenPage {
    readonly page: Page;
    readonly status: number;
    /** Errors of scripts and the console, requests that failed or left this machine. */
    readonly trouble: readonly string[];
    /** Paths of everything that was fetched. */
    readonly requests: readonly string[];
}

export interface OpenSite {
    readonly url: string;
    readonly open: (path: string) => Promise<OpenPage>;
    /** A page as it first stands, opened once for all who only look at it. */
    readonly read: (path: string) => Promise<OpenPage>;
    readonly close: () => Promise<void>;
}

/** Path of the browser, once the pages of a company are built; empty where there is no browser. */
export async function browserFor(company: TestCompany): Promise<string> {
    const browser = inject('browser');
    if (browser !== '') await built(company);
    return browser;
}

/** Paths of all pages a build has, such as `/` and `/sales`. */
export function builtPages(company: TestCompany): readonly string[] {
    const files = globSync('**/index.html', { cwd: company.site });
    return files
        .map((file) => `/${file.replaceAll('\\', '/').replace(/\/?index\.html$/, '')}`)
        .toSorted();
}

/** Pages that one file of the dashboards makes, one for each row of a table. */
const perRow = [/^\/marketing\/(?!lead-quality$)/, /^\/finance\/statement\//];

/** Every page that has a file of its own; of those made for each row, the shortest and the longest. */
export function pagesOfEachKind(company: TestCompany): readonly string[] {
    const pages = builtPages(company);
    const size = (path: string) => statSync(join(company.site, path, 'index.html')).size;
    const made = perRow.map((kind) => pages.filter((path) => kind.test(path)));
    const outermost = made.flatMap((kind) => {
        const bySize = kind.toSorted((one, other) => size(one) - size(other));
        return [bySize.at(0), bySize.at(-1)];
    });
    const rest = new Set(made.flat());
    return pages.filter((path) => !rest.has(path) || outermost.includes(path));
}

/** Serves the pages of a company as `jointly serve` does, and opens them in a real browser. */
export async function openSite(company: TestCompany, executablePath: string): Promise<OpenSite> {
    const serving = await serveSite(company.site, 0);
    const browser = await chromium.launch({ executablePath, args: flags });
    // A reader who has never been here: nothing is cached from the page before.
    const open = async (path: string): Promise<OpenPage> => {
        // Charts stand still at once: what moves is drawn sixty times a second.
        const context = await browser.newContext({ viewport: desktop, reducedMotion: 'reduce' });
        const page = await context.newPage();
        const trouble: string[] = [];
        const requests: string[] = [];
        page.on('pageerror', (error) => trouble.push(`script: ${error.message}`));
        page.on('console', (message) => {
            if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
        });
        page.on('request', (request) => {
            const url = request.url();
            if (url.startsWith('data:') || url.startsWith('blob:')) return;
            if (url.startsWith(serving.url)) requests.push(new URL(url).pathname);
            else trouble.push(`request to another host: ${url}`);
        });
        page.on('response', (response) => {
            if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
        });
        const response = await page.goto(new URL(path, serving.url).href, {
            waitUntil: 'networkidle',
        });
        return { page, status: response?.status() ?? 0, trouble, requests };
    };
    const opened = new Map<string, Promise<OpenPage>>();
    const read = (path: string) => {
        const page = opened.get(path) ?? open(path);
        opened.set(path, page);
        return page;
    };
    return {
        url: serving.url,
        open,
        read,
        close: async () => {
            await browser.close();
            await serving.close();
        },
    };
}

/**
 * Waits until what a page shows is as claimed: the first filter starts the engine, and every part
 * of a page changes when its own query has answered. After `choose`, all that is read is read so.
 */
export function settled<Shown>(shown: () => Promise<Shown>) {
    return expect.poll(shown, { timeout: 30_000 });
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
    const texts = (name: string) => table.first().locator(name);
    const headings = (await texts('thead th').allInnerTexts()).map((text) => text.trim());
    const rows = await texts('tbody tr').all();
    return Promise.all(
        rows.map(async (row) => {
            const cells = await row.locator('td').allInnerTexts();
            return Object.fromEntries(
                headings.map((name, index) => [name, cells[index]?.trim() ?? '']),
            );
        }),
    );
}

function escaped(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
