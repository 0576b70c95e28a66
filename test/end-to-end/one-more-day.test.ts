import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { built } from './support/built.ts';
import { forget, provideSampleExports, sample, testCompany } from './support/companies.ts';
import { queryWarehouse } from './support/duckdb.ts';
import { hashMarts } from './support/hash-marts.ts';
import { holdBackDay } from './support/hold-back-day.ts';
import { succeed } from './support/jointly.ts';

const root = testCompany('sample-by-day', '');
const exports = join(root.directory, 'exports');
const company = { ...root, config: join(exports, 'sample.config.json') };

beforeAll(async () => {
    await built(sample);
    await forget(company);
    await cp(await provideSampleExports(), exports, { recursive: true });
});
afterAll(() => rm(company.directory, { recursive: true, force: true }));

const readFiles = () =>
    queryWarehouse(
        company.warehouse,
        'select max(file_id) as latest, count(*) as sessions from intermediate.int_attribution__session_signals',
    );

test('one more day of data comes to the same marts as everything at once', async () => {
    const evening = await holdBackDay(exports, '2026-06-30');
    expect(evening.rows).toBeGreaterThan(10);
    await succeed(company, 'load');
    await succeed(company, 'transform');
    const [before] = await readFiles();

    await evening.putBack();
    await succeed(company, 'load');
    await succeed(company, 'transform');
    const [after] = await readFiles();
    expect(Number(after?.sessions)).toBeGreaterThan(Number(before?.sessions));
    expect(Number(after?.latest)).toBeGreaterThan(Number(before?.latest));
    expect(await hashMarts(company.warehouse)).toEqual(await hashMarts(sample.warehouse));
});
