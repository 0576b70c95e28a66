// Every message that SQL, a page or a component asks for, against the texts of the first language: a key
// that is not there, a value that is missing or not used, a text nobody asks for, and words of a page or
// component that stand in no message fail here, in a second.
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messagesFile, readCatalogue } from '../dashboards/messages/catalogue.ts';
import { placesOf } from '../dashboards/messages/places.ts';
import { callsInSql, codesInSql } from './message-calls.ts';
import { wordsOutside } from './words-outside.ts';

const ROOT = resolve(import.meta.dirname, '..');
const catalogue = readCatalogue(messagesFile('en'));
const places = new Map<string, ReadonlySet<string>>();
const failures: string[] = [];
for (const [key, text] of catalogue) {
    try {
        places.set(key, placesOf(text));
    } catch (error) {
        failures.push(`en.json: ${key}: ${(error as Error).message} in "${text}"`);
    }
}

const asked = new Set([...catalogue.keys()].filter((key) => key.startsWith('format.')));
for (const file of globSync('{models,macros}/**/*.sql', { cwd: ROOT })) {
    const sql = read(file);
    for (const { key, line, values } of [...callsInSql(sql), ...codesInSql(sql)]) {
        const wanted = places.get(key);
        asked.add(key);
        if (wanted === undefined) {
            failures.push(`${file}, line ${line}: there is no message ${key}`);
            continue;
        }
        if (values === undefined) continue;
        for (const name of wanted) {
            if (!values.has(name)) failures.push(`${file}, line ${line}: ${key} needs ${name}`);
        }
        for (const name of values) {
            if (!wanted.has(name)) failures.push(`${file}, line ${line}: ${key} has no ${name}`);
        }
    }
}
for (const file of globSync('dashboards/{pages,components,shell}/**/*.{md,svelte,js}', {
    cwd: ROOT,
})) {
    const content = read(file);
    for (const [, key = '', end] of content.matchAll(/\bsay\(\s*'([^']*)'(.)/g)) {
        asked.add(key);
        const wanted = places.get(key);
        if (wanted === undefined) failures.push(`${file}: there is no message ${key}`);
        else if (end === ')' && wanted.size > 0)
            failures.push(`${file}: ${key} needs ${[...wanted].join(', ')}`);
    }
    if (file.startsWith('dashboards/shell')) continue;
    for (const { line, text } of wordsOutside(file, content)) {
        failures.push(`${file}, line ${line}: these words are in no message: ${text}`);
    }
}
const titled = read('dashboards/components/column-titles.js');
for (const file of globSync('dashboards/pages/**/*.md', { cwd: ROOT })) {
    for (const column of chartColumns(read(file))) {
        if (!titled.includes(`    ${column}: `)) {
            failures.push(
                `${file}: column-titles.js has no title for ${column}, which a chart draws`,
            );
        }
    }
}
for (const file of globSync('{pipelines,dashboards/building}/**/*.ts', { cwd: ROOT })) {
    for (const [, key = ''] of read(file).matchAll(/\bsay\(\s*'([a-z0-9_.]*)'/g)) asked.add(key);
}
for (const key of catalogue.keys()) {
    if (!asked.has(key)) failures.push(`en.json: nobody asks for ${key}`);
}

for (const failure of failures) process.stdout.write(`${failure}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Columns of marts that charts of a page draw. */
function* chartColumns(page: string): Generator<string> {
    for (const [tag] of page.matchAll(/<(Bar|Line|Bubble|Area|Scatter|Chart)\w*\s[^>]*>/g)) {
        for (const [, column = ''] of tag.matchAll(
            /\s(?:x|y|series|size|tooltipTitle)=([a-z]\w*)/g,
        )) {
            yield column;
        }
    }
}

function read(file: string): string {
    return readFileSync(join(ROOT, file), 'utf8');
}
