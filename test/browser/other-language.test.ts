import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { projectRoot } from '../../pipelines/config.ts';
import { handMade } from '../end-to-end/support/companies.ts';
import { queryWarehouse } from '../end-to-end/support/duckdb.ts';
import { outsideBrackets, pseudoLanguage } from './support/pseudo-language.ts';
import { builtPages, type OpenSite, openSite, tableRows } from './support/site.ts';

const browser = inject('browser');

/** Everything a reader sees or hears, but code: the parts of each block with a mark between them. */
const shownTexts = `(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
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
    return [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
})()`;

describe.skipIf(!browser)('a site in a language of brackets, with numbers as in Germany', () => {
    let folder: string;
    let site: OpenSite;
    let company: typeof handMade;

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'jointly-language-'));
        company = { ...handMade, site: join(folder, 'site') };
        const messages = join(folder, 'pseudo.json');
        const catalogue = readCatalogue(messagesFile('en'));
        await writeFile(messages, JSON.stringify(pseudoLanguage(catalogue)));
        await promisify(execFile)(process.execPath, [
            join(projectRoot, 'dashboards/build.mjs'),
            ...['--warehouse', handMade.warehouse, '--out', company.site],
            ...['--company', 'Hand-made', '--messages', messages, '--number-locale', 'de-DE'],
        ]);
        site = await openSite(company, browser);
    });
    afterAll(async () => {
        await site?.close();
        await rm(folder, { recursive: true, force: true });
    });

    test('has no word outside the messages but names that come from the data', async () => {
        const names = await namesInData(handMade.warehouse);
        const found: string[] = [];
        for (const path of builtPages(company)) {
            const { page, trouble } = await site.open(path);
            expect(trouble).toEqual([]);
            const texts = (await page.evaluate(shownTexts)) as string[];
            for (const text of texts) {
                const parts = outsideBrackets(text).split('\u0001');
                const unknown = parts.filter((part) => !names.has(part.trim()) && hasWords(part));
                found.push(...unknown.map((part) => `${path}: ${part.trim()}`));
            }
            await page.context().close();
        }
        expect(found).toEqual([]);
    });

    test('writes numbers and days as its locale does', async () => {
        const { page } = await site.open('/data-health');
        const links = await tableRows(page, pseudo('data_health.link_column'));
        const amounts = links.map((row) => row[pseudo('data_health.total')]);
        expect(amounts).toContain('1.350');
        expect(links.map((row) => row[pseudo('data_health.matched_share')])).toContain(
            '77,8\u00a0%',
        );
        expect(await page.locator('main').innerText()).toContain('31. März 2026');
    });
});

/** The pseudo-text of a message without places. */
function pseudo(key: string): string {
    const text = readCatalogue(messagesFile('en')).get(key) ?? '';
    return String(pseudoLanguage(new Map([['text', text]])).text);
}

/** Whether more than days, currencies and names of models is left of a text. */
function hasWords(text: string): boolean {
    const left = text
        .replace(/\d+\. \p{L}+\.? \d{4}/gu, '')
        .replace(/\b(Jointly|EUR|USD|HUF|npx|[a-z]+(_[a-z]+)+)\b/g, '');
    return /\p{L}{2,}/u.test(left);
}

/** Every text of the published tables that is no message: names, ids, words of the company's rules. */
async function namesInData(warehouse: string): Promise<ReadonlySet<string>> {
    const list = await readFile(join(projectRoot, 'dashboards/published-tables.json'), 'utf8');
    const published = new Set<string>(JSON.parse(list));
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
    return new Set(['Hand-made', ...rows.map(({ name }) => name ?? '')]);
}
