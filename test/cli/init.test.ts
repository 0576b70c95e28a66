import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeStarter } from '../../pipelines/cli/init.ts';
import { measureNames } from '../../pipelines/contracts/measures.ts';
import { streamNames } from '../../pipelines/contracts/registry.ts';
import { rules } from '../../pipelines/contracts/rules/registry.ts';

let folder: string;
beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jointly-init-'));
    writeStarter(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('gives each folder a company of its own', () => {
    writeStarter(join(folder, 'Türen & Tore GmbH'));
    const config = readFileSync(join(folder, 'Türen & Tore GmbH', 'company.config.ts'), 'utf8');
    expect(config).toContain("id: 'turen-tore-gmbh'");
});

it('names every stream in the config', () => {
    const config = readFileSync(join(folder, 'company.config.ts'), 'utf8');
    for (const name of streamNames) expect(config).toMatch(new RegExp(`\\b${name}\\b`));
});

it('explains every rule file, those with defaults too, and every column of it', () => {
    const sections = readFileSync(join(folder, 'rules', 'README.md'), 'utf8').split('\n## ');
    for (const { file, columns } of rules) {
        const section = sections.find((one) => one.startsWith(`${file}.csv\n`));
        for (const { name } of columns) expect(section, file).toContain(`| ${name} | `);
    }
});

it('says what each measure counts and which scopes a KPI of it can have', () => {
    const guide = readFileSync(join(folder, 'rules', 'README.md'), 'utf8');
    for (const name of measureNames) expect(guide).toContain(`\n| ${name} | `);
    expect(guide).toMatch(/\| sqls \| .+ \| company, .*product_line, person \|\n/);
    expect(guide).toMatch(/\| capacity_leads \| .+ \| company \|\n/);
});
