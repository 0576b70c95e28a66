import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findParsedProject, keepParsedProject } from '../../pipelines/run/parsed-project.ts';

let directory = '';
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-parsed-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A company with these rules and a warehouse of this name. */
function company(name: string, rules: readonly string[], warehouse = 'warehouse.duckdb') {
    const seeds = join(directory, name, 'seeds');
    mkdirSync(seeds, { recursive: true });
    for (const rule of rules) writeFileSync(join(seeds, rule), `${name}\n`);
    return { warehouse: join(directory, name, warehouse), seeds };
}

test('companies share what was parsed while nothing differs but what is read when a model runs', async () => {
    const of = async (paths: ReturnType<typeof company>) => (await findParsedProject(paths)).file;
    const one = await of(company('one', ['people.csv']));
    expect(await of(company('two', ['people.csv']))).toBe(one);
    expect(await of(company('three', ['people.csv', 'pools.csv']))).not.toBe(one);
    expect(await of(company('four', ['people.csv'], 'sales.duckdb'))).not.toBe(one);
});

test('what was parsed of a project that has changed meanwhile is not kept', async () => {
    const paths = company('one', ['people.csv']);
    const before = await findParsedProject(paths);
    const written = join(directory, 'partial_parse.msgpack');
    writeFileSync(written, 'parsed');
    writeFileSync(join(paths.seeds, 'pools.csv'), '');
    await keepParsedProject(before, written);
    expect(existsSync(before.file)).toBe(false);
});
