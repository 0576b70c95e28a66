import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Config, projectRoot, statePaths } from '../../pipelines/config.ts';
import { commandOptions } from '../../pipelines/run/publish.ts';

const config = (file: string) => ({ file, company: { id: 'north' } }) as Config;

it('name the config, and the warehouse where it is not the company’s own', () => {
    const file = join(projectRoot, 'companies/north.json');
    expect(commandOptions(config(file), statePaths('north'))).toBe('--config companies/north.json');
    expect(commandOptions(config(file), { warehouse: '/data/o’neil & co/north.duckdb' })).toBe(
        "--config companies/north.json --warehouse '/data/o’neil & co/north.duckdb'",
    );
});

it('are quoted as shells read them', () => {
    expect(commandOptions(config("/data/o'neil.json"), statePaths('north'))).toBe(
        `--config '/data/o'\\''neil.json'`,
    );
});
