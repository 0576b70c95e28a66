import {
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Words } from '../messages/words.ts';
import { readAudiences, requireAudiences } from './audiences.ts';
import { BuildError } from './errors.ts';
import { DATA, ROOT, TEMPLATE } from './paths.ts';
import { putWords } from './put-words.ts';

const FRAMEWORK_TEMPLATE = join(ROOT, 'node_modules/@evidence-dev/evidence/template');

// npm installs our query layer as a copy and does not look at it again while its version stands.
const INSTALLED_QUERY_LAYER = join(ROOT, 'node_modules/@evidence-dev/universal-sql');

// The framework's own pages, endpoints, icons and service worker are not part of the product.
const FROM_FRAMEWORK = [
    'postcss.config.cjs',
    'tailwind.config.cjs',
    'src/app.css',
    'src/hooks.client.js',
    'src/global.d.ts',
];
const OURS: readonly (readonly [from: string, to: string])[] = [
    ['shell', '.'],
    ['components', 'src/components'],
    ['pages', 'src/pages'],
    ['messages', 'src/messages'],
    ['static', 'static'],
];

/**
 * Puts the framework's template, our shell and the pages together. A file whose content did not
 * change is not written, so that the development server reloads only what an author touched.
 * @throws BuildError when a page has no title or no audience, or asks for words that are not there
 */
export function assembleTemplate(words: Words): void {
    const wanted = new Map<string, Buffer>(
        FROM_FRAMEWORK.map((file) => [file, readFileSync(join(FRAMEWORK_TEMPLATE, file))]),
    );
    for (const [from, to] of OURS) {
        for (const file of filesBelow(join(ROOT, from))) {
            const target = join(
                to,
                from === 'pages'
                    ? routeFile(relative(join(ROOT, from), file))
                    : relative(join(ROOT, from), file),
            );
            const content = putWords(relative(ROOT, file), readFileSync(file), words);
            wanted.set(target, content);
            if (from === 'pages') requireTitle(file, content);
        }
    }
    const audiences = readAudiences();
    requireAudiences(audiences, routesOf([...wanted.keys()]));
    wanted.set(
        'src/components/audiences.js',
        Buffer.from(`export const pages = ${JSON.stringify(audiences.pages)};\n`),
    );
    wanted.set('src/shell.css', readFileSync(join(ROOT, 'app.css')));
    const queryLayer = join(ROOT, 'query-layer');
    for (const file of filesBelow(join(queryLayer, 'src'))) {
        writeWhenChanged(
            join(INSTALLED_QUERY_LAYER, relative(queryLayer, file)),
            readFileSync(file),
        );
    }
    for (const folder of ['src', 'static']) removeOthers(join(TEMPLATE, folder), wanted);
    for (const [file, content] of wanted) writeWhenChanged(join(TEMPLATE, file), content);
}

/** `sales/leads.md` -> `sales/leads/+page.md`, as the framework names pages. */
function routeFile(page: string): string {
    if (!page.endsWith('.md')) return page;
    return page.endsWith('index.md')
        ? page.replace(/index\.md$/, '+page.md')
        : page.replace(/\.md$/, '/+page.md');
}

/** `src/pages/sales/leads/+page.md` -> `/sales/leads`. */
const routesOf = (files: readonly string[]): readonly string[] =>
    files
        .map((file) => file.replaceAll('\\', '/'))
        .filter((file) => file.startsWith('src/pages/') && file.endsWith('+page.md'))
        .map((file) => file.slice('src/pages'.length, -'/+page.md'.length) || '/');

function requireTitle(file: string, content: Buffer): void {
    if (!file.endsWith('.md') || /^---\n(?:.*\n)*?title:\s*\S/.test(String(content))) return;
    throw new BuildError(
        `${relative(ROOT, file)}: a page starts with a front matter that has a title`,
    );
}

function filesBelow(folder: string): readonly string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile());
}

function removeOthers(folder: string, wanted: ReadonlyMap<string, Buffer>): void {
    for (const file of filesBelow(folder)) {
        if (!file.startsWith(DATA) && !wanted.has(relative(TEMPLATE, file))) rmSync(file);
    }
}

function writeWhenChanged(path: string, content: Buffer): void {
    if (existsSync(path) && readFileSync(path).equals(content)) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
}
