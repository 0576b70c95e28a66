// Every query of every page against the published tables, every column that a component is told to show
// against its query, and every number format, without data: what is not there fails here, in seconds, and
// not on a reader's page.
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
    type Audiences,
    readAudiences,
    requireAudiences,
} from '../dashboards/building/audiences.ts';
import { BuildError } from '../dashboards/building/errors.ts';
import { EVERYONE } from '../dashboards/components/audience.js';
import { createFormats } from '../dashboards/messages/formats.ts';
import { readConfig } from '../pipelines/config.ts';
import { callDbt } from '../pipelines/run/dbt.ts';
import { inlined, queriesOf, routeOf } from './page-queries.ts';
import { lineOf, queryTrouble } from './query-trouble.ts';
import { martsOf, schemaStatements } from './schema-of-marts.ts';

const ROOT = resolve(import.meta.dirname, '..');

const locale = { language: 'en', number_locale: 'en-GB', currency: 'EUR', words: {} };
const formats = createFormats(locale);

const failures = await checkPages().catch((error: unknown) => {
    if (error instanceof BuildError) return [error.message];
    throw error;
});
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function checkPages(): Promise<readonly string[]> {
    const audiences = readAudiences();
    const pages = globSync('pages/**/*.md', { cwd: join(ROOT, 'dashboards') });
    requireAudiences(audiences, pages.map(routeOf));
    const published = Object.keys(audiences.tables);
    const manifest = await readManifest();
    const { statements, missing } = schemaStatements(manifest, published);
    const marts = martsOf(manifest);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const found = missing.map(
        (table) =>
            `dashboards/audiences.json: ${table}: expected a mart with an enforced contract, got none`,
    );
    const used = new Set<string>();
    try {
        await createParts(audiences, statements);
        for (const file of pages) {
            const text = readFileSync(join(ROOT, 'dashboards', file), 'utf8');
            for (const name of published) {
                if (new RegExp(`\\b${name}\\b`).test(text)) used.add(name);
            }
            const audience = audiences.pages[routeOf(file)] ?? EVERYONE;
            await connection.run(`set search_path = '${audience},${EVERYONE}'`);
            const queries = queriesOf(file, text);
            const columns = new Map<string, readonly string[]>();
            for (const query of queries) {
                try {
                    columns.set(query.name, await columnsOf(inlined(query, queries)));
                } catch (error) {
                    const { message } = error as Error;
                    const line = query.line + lineOf(query.sql, message);
                    const why = queryTrouble(message, { audience, published, marts });
                    found.push(`dashboards/${file}, line ${line}, ${query.name}: ${why}`);
                }
            }
            const troubles = [...unknownColumns(text, columns), ...unknownFormats(text)];
            found.push(...troubles.map((one) => `dashboards/${file}, ${one}`));
        }
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
    const components = globSync('components/**/*.{svelte,js,ts}', {
        cwd: join(ROOT, 'dashboards'),
    }).map((file) => readFileSync(join(ROOT, 'dashboards', file), 'utf8'));
    const shell = readFileSync(join(ROOT, 'dashboards/pages/+layout.svelte'), 'utf8');
    for (const table of published) {
        const isUsed =
            used.has(table) || [...components, shell].some((text) => text.includes(table));
        if (!isUsed) found.push(`dashboards/audiences.json: ${table}: no page reads it`);
    }
    for (const [, link = ''] of shell.matchAll(/\['(\/[^']*)', say\(/g)) {
        if ((link.replace(/\/$/, '') || '/') in audiences.pages) continue;
        found.push(
            `dashboards/pages/+layout.svelte: expected the address of a page, got '${link}'`,
        );
    }
    return found;

    /** A schema for each audience, with the tables its pages can name and no others. */
    async function createParts(
        { tables }: Audiences,
        statements: readonly string[],
    ): Promise<void> {
        for (const audience of new Set(Object.values(tables).flatMap(Object.keys))) {
            await connection.run(`create schema ${audience}; set schema = '${audience}'`);
            for (const statement of statements) {
                const [, table = ''] = /^create table (\w+)/.exec(statement) ?? [];
                const rows = tables[table]?.[audience];
                if (rows === undefined) continue;
                await connection.run(statement);
                if (rows === true) continue;
                // A condition, or the column that says whose a row is.
                try {
                    await columnsOf(`select ${rows} from ${table}`);
                } catch (error) {
                    const why = queryTrouble((error as Error).message, {
                        audience,
                        published,
                        marts,
                    });
                    found.push(`dashboards/audiences.json: ${table}, ${audience}: ${why}`);
                }
            }
        }
    }

    async function columnsOf(sql: string): Promise<readonly string[]> {
        const described = await connection.runAndReadAll(`describe ${sql}`);
        return described.getRows().map(([name]) => String(name));
    }
}

/** Columns that a component of a page names and that the query it shows does not have. */
function unknownColumns(
    text: string,
    columns: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
    return [...text.matchAll(/<[A-Z]\w+ data=\{(\w+)\}[\s\S]*?(?:\/>|(?<!=)>\n)/g)].flatMap(
        (tag) => {
            const [component, query = ''] = tag;
            const known = columns.get(query);
            if (known === undefined) return [];
            const named = /\bid: '(\w+)'|\b(?:x|y|size|series|tooltipTitle)=(\w+)/g;
            return [...component.matchAll(named)]
                .map((match) => ({ name: match[1] ?? match[2] ?? '', at: tag.index + match.index }))
                .filter(({ name }) => !known.includes(name))
                .map(({ name, at }) => {
                    const line = text.slice(0, at).split('\n').length;
                    return `line ${line}: expected a column of ${query} (${known.join(', ')}), got '${name}'`;
                });
        },
    );
}

/** Number formats that a component of a page names and that there are none of. */
function unknownFormats(text: string): readonly string[] {
    return [...text.matchAll(/\bfmt: '(\w+)'|\b(?:fmt|\w+Fmt)=(\w+)/g)].flatMap((match) => {
        const tag = match[1] ?? match[2] ?? '';
        try {
            if (tag !== 'time') formats.tagged(1, tag);
            return [];
        } catch {
            const line = text.slice(0, match.index).split('\n').length;
            return [
                `line ${line}: expected a format of dashboards/messages/formats.ts, got '${tag}'`,
            ];
        }
    });
}

/** Contracts of the models as dbt reads them; nothing is built, so the warehouse stays empty. */
async function readManifest(): Promise<unknown> {
    const directory = mkdtempSync(join(tmpdir(), 'jointly-parse-'));
    try {
        const { company } = await readConfig(join(ROOT, 'pipelines/sample/sample.config.ts'));
        const warehouse = join(directory, 'warehouse.duckdb');
        const paths = { warehouse, seeds: join(ROOT, 'seeds'), dbt: directory };
        const options = ['--select', 'rpt_company'];
        const call = { verb: 'compile', options, company, asOf: undefined, paths } as const;
        const { hasSucceeded, output } = await callDbt(call);
        if (!hasSucceeded) throw new Error(output);
        return JSON.parse(readFileSync(join(directory, 'target', 'manifest.json'), 'utf8'));
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}
