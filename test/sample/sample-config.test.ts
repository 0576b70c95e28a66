import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configSchema } from '../../pipelines/config-schema.ts';
import { createSampleConfig } from '../../pipelines/sample/create-sample-config.ts';
import { generateSampleCompany } from '../../pipelines/sample/generate.ts';
import sampleConfig from '../../pipelines/sample/sample.config.ts';

const inputs = createSampleConfig({ directory: '.', rules: './rules' }).inputs;

describe('the config of the sample company', () => {
    let directory: string;

    beforeAll(async () => {
        const root = await mkdtemp(path.join(tmpdir(), 'sample-config-'));
        directory = path.join(root, 'exports');
        await generateSampleCompany({ directory, factor: 0.02 });
    }, 60_000);
    afterAll(async () => {
        await rm(path.dirname(directory), { recursive: true, force: true });
    });

    test('keeps to the config contract', () => {
        expect(configSchema.safeParse(sampleConfig).error).toBeUndefined();
    });

    test('lies ready beside the exports', async () => {
        const text = await readFile(path.join(directory, 'sample.config.json'), 'utf8');
        expect(configSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
    });

    test.each(inputs.map((input) => [input.name, input] as const))(
        '%s names only columns its files have',
        async (_name, { files, format, columns }) => {
            const instance = await DuckDBInstance.create(':memory:');
            const connection = await instance.connect();
            const { delimiter = ',', header_row = 1 } = format as {
                delimiter?: string;
                header_row?: number;
            };
            for (const pattern of files) {
                const glob = path.join(directory, pattern);
                const reader =
                    format.type === 'ndjson'
                        ? `read_json('${glob}', format = 'newline_delimited')`
                        : `read_csv('${glob}', all_varchar = true, header = true,
                            delim = '${delimiter}', skip = ${header_row - 1})`;
                const found = await connection.runAndReadAll(`from ${reader} limit 0`);
                for (const mapping of Object.values(columns)) {
                    const column = typeof mapping === 'string' ? mapping : mapping.column;
                    expect(found.columnNames()).toContain(column);
                }
            }
            connection.closeSync();
            instance.closeSync();
        },
    );
});
