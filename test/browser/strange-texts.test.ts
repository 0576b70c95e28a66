import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAudiences } from '../../dashboards/building/audiences.ts';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { sample, testCompany } from '../end-to-end/support/companies.ts';
import { queryWarehouse } from '../end-to-end/support/duckdb.ts';
import { hoverCharts } from './support/charts.ts';
import { buildWithHostileNames, hostileEnding } from './support/hostile-names.ts';
import { outsideBrackets, pseudoLanguage } from './support/pseudo-language.ts';
import {
    browserFor,
    builtPages,
    type OpenSite,
    openSite,
    pagesOfEachKind,
    tableRows,
} from './support/site.ts';

const browser = await browserFor(sample);
const strange = testCompany('strange', sample.config);

/** Everything a reader sees or hears, but code: the parts of each block with a mark between them. */
const shownTexts = `(() => {
    const closed = [...document.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
    const blocks = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const around = walker.currentNode.parentElement;
        if (around.closest('script, style, code, svg, .unseen')) continue;
        const block = around.closest('p, li, td, th, dt, dd, h1, h2, h3, h4, summary, label, option, button, div');
        blocks.set(block, [...(blocks.get(block) ?? []), walker.currentNode.data]);
    }
    const texts = [document.title, ...[...blocks.values()].map((parts) => parts.join('\\u0001'))];
    for (const element of document.querySelectorAll('[title], [placeholder], [aria-label]'))
        for (const name of ['title', 'placeholder', 'aria-label'])
            texts.push(element.getAttribute(name) ?? '');
    for (const details of closed) details.open = false;
    return [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
})()`;

const pagesWithCharts = [
    '/',
    '/leadership',
    '/marketing',
    '/marketing/paid_search',
    '/sales',
    '/finance',
    '/finance/plans',
];
const chartsOfNames = ['/', '/marketing', '/sales'];

describe.skipIf(!browser)(
    'a site in a language of brackets, of names that look like scripts',
    () => {
        let site: OpenSite;
        let names: ReadonlySet<string>;
        beforeAll(async () => {
            const messages = join(strange.directory, 'pseudo.json');
            await mkdir(strange.directory, { recursive: true });
            const catalogue = readCatalogue(messagesFile('en'));
            await writeFile(messages, JSON.stringify(pseudoLanguage(catalogue)));
            const language = ['--messages', messages, '--number-locale', 'de-DE'];
            await buildWithHostileNames(sample, strange, language);
            site = await openSite(strange);
            names = await namesInData(strange.warehouse);
        });

        test('has the pages of the company', () => {
            expect(builtPages(strange)).toEqual(builtPages(sample));
        });

        test.each(browser ? pagesOfEachKind(sample) : ['/'])(
            'has no word on %s outside the messages but names from the data, in its charts too',
            async (path) => {
                const { page, trouble } = await site.read(path);
                const texts = (await page.evaluate(shownTexts)) as string[];
                expect(wordsOutside(texts, names)).toEqual([]);
                if (pagesWithCharts.includes(path)) await expectCharts(page, path);
                expect(await page.evaluate('window.hasRun')).toBe(undefined);
                expect(await page.locator('main img').count()).toBe(0);
                expect(trouble).toEqual([]);
            },
        );

        /** Every chart has tooltips that only say names. */
        async function expectCharts(page: Page, path: string) {
            const tooltips = await hoverCharts(page);
            expect(tooltips.length).toBeGreaterThan(0);
            for (const [chart, texts] of tooltips.entries()) {
                expect(texts.length, `tooltips of chart ${chart + 1}`).toBeGreaterThan(0);
            }
            const said = tooltips.flat().join('\n');
            if (chartsOfNames.includes(path)) expect(said).toContain(hostileEnding.trim());
            // Words as the message has them: nobody gives them capitals of their own.
            if (path === '/marketing') expect(said).toContain(pseudo('marketing.ad_spend'));
            expect(wordsOutside(said.split('\n'), names)).toEqual([]);
        }

        test('writes numbers and days as its locale does', async () => {
            const { page } = await site.read('/data-health');
            const rows = await tableRows(page, pseudo('data_health.link_column'));
            const [revenue] = await queryWarehouse(
                strange.warehouse,
                `select total, match_rate from marts.rpt_match_rates where link = 'revenue_with_touch'`,
            );
            const total = Number(revenue?.total).toLocaleString('de-DE', {
                maximumFractionDigits: 0,
            });
            expect(total).toMatch(/^\d+\.\d{3}$/);
            expect(rows.map((row) => row[pseudo('data_health.total')])).toContain(total);
            const share = `${(Number(revenue?.match_rate) * 100).toFixed(1).replace('.', ',')}\u00a0%`;
            expect(rows.map((row) => row[pseudo('data_health.matched_share')])).toContain(share);
            expect(await page.locator('main').innerText()).toContain('30. Juni 2026');
        });
    },
);

/** The pseudo-text of a message without places. */
function pseudo(key: string): string {
    const text = readCatalogue(messagesFile('en')).get(key) ?? '';
    return String(pseudoLanguage(new Map([['text', text]])).text);
}

/** What of the texts is neither in a message nor a name. */
const wordsOutside = (texts: readonly string[], names: ReadonlySet<string>) =>
    texts
        .flatMap((text) => outsideBrackets(text).split('\u0001'))
        .map((part) =>
            part
                .replace(/ · Jointly$/, '')
                .replaceAll(hostileEnding.trim(), '')
                .trim(),
        )
        .filter((part) => !names.has(part) && hasWords(part));

/** Whether more than days, currencies and names of models is left of a text. */
function hasWords(text: string): boolean {
    const left = text
        .replace(/\d+\. \p{L}+\.? \d{4}/gu, '')
        .replace(/\b(Jointly|EUR|USD|HUF|npx|[a-z]+(_[a-z]+)+)\b/g, '');
    return /\p{L}{2,}/u.test(left);
}

/** Every text of the published tables that is no message: names, ids, words of the company's rules. */
async function namesInData(warehouse: string): Promise<ReadonlySet<string>> {
    const published = new Set(Object.keys(readAudiences().tables));
    const columns = await queryWarehouse(
        warehouse,
        `select table_name, column_name from information_schema.columns
        where table_schema = 'marts' and data_type = 'VARCHAR' and column_name not like '%\\_message' escape '\\'`,
    );
    const selects = columns
        .filter(({ table_name }) => published.has(table_name ?? ''))
        .map(
            ({ table_name, column_name }) =>
                `select "${column_name}" as name from marts.${table_name}`,
        );
    const rows = await queryWarehouse(warehouse, selects.join(' union '));
    const names = rows.map(({ name }) => (name ?? '').replaceAll(hostileEnding, ''));
    return new Set(['Hostile', ...names]);
}
