import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { openScratchWarehouse } from '../../pipelines/warehouse/connection.ts';

const settings = ['autoinstall_known_extensions', 'autoload_known_extensions'] as const;

it('the engine fetches no extension by itself, here or under dbt', async () => {
    const warehouse = await openScratchWarehouse();
    const [row] = await warehouse.query(
        `select ${settings.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
    );
    await expect(warehouse.query(`from read_csv('https://example.com/x.csv')`)).rejects.toThrow(
        /requires the extension httpfs/,
    );
    await warehouse.close();
    const { jointly } = parse(readFileSync('profiles.yml', 'utf8'));
    const off = Object.fromEntries(settings.map((name) => [name, false]));
    expect(row).toEqual(off);
    expect(jointly.outputs.local.config_options).toMatchObject(off);
});
