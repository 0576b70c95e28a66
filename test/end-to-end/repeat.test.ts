import { cp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { built } from './support/built.ts';
import { forget, sample, type TestCompany, testCompany } from './support/companies.ts';
import { queryWarehouse } from './support/duckdb.ts';
import { hashMarts } from './support/hash-marts.ts';
import { runJointly, startJointly, succeed } from './support/jointly.ts';

/** Companies of their own: other tests read the sample meanwhile, and its first run stays as it is. */
const crashed = testCompany('sample-crashed', sample.config);
const changedFolder = join(dirname(sample.directory), 'sample-changed');
const changed = testCompany('sample-changed', join(changedFolder, 'sample.config.json'));

let undisturbed: Readonly<Record<string, string>>;

beforeAll(async () => {
    await Promise.all([crashed, changed].map(forget));
    await built(sample);
    undisturbed = await hashMarts(sample.warehouse);
    expect(Object.keys(undisturbed).length).toBeGreaterThan(60);
});
afterAll(() => Promise.all([crashed, changed].map(forget)));

const loadsOf = (company: TestCompany) =>
    queryWarehouse(company.warehouse, 'from jointly.loads order by all');
const loadedRows = (company: TestCompany) =>
    queryWarehouse(
        company.warehouse,
        'select stream, row_count from jointly.stream_state order by all',
    );

describe('a changed rule, then a changed row of one stream, then more visits', () => {
    test('build only what depends on them, and come to what kills and a build of everything do', async () => {
        await cp(sample.directory, changed.directory, { recursive: true });
        await cp(dirname(sample.config), changedFolder, { recursive: true });
        await doubleATarget();
        const ofRule = await builtModels();
        expect(ofRule).toBeGreaterThan(20);
        const afterRule = await hashMarts(changed.warehouse);
        expect(differing(undisturbed, afterRule)).toContain('fct_kpi_values');
        expect(differing(undisturbed, afterRule)).not.toContain('fct_payments');

        await lowerARating();
        await succeed(changed, 'load');
        const ofStream = await builtModels();
        const afterStream = await hashMarts(changed.warehouse);
        expect(differing(afterRule, afterStream)).toContain('fct_complaints');
        expect(differing(afterRule, afterStream)).not.toContain('fct_payments');

        const before = await readSignals();
        const added = await addVisits();
        await succeed(changed, 'load');
        await builtModels();
        const after = await readSignals();
        expect(after).toEqual({ signals: before.signals + added, files: before.files + 1 });

        const marts = await hashMarts(changed.warehouse);
        const loads = await loadsOf(changed);
        const rows = await loadedRows(changed);
        await succeed(changed, 'load', '--full-refresh');
        await killTransforms(changed);
        await succeed(changed, 'transform');
        expect(await hashMarts(changed.warehouse)).toEqual(marts);
        const streams = new Set(loads.map(({ stream }) => stream)).size;
        expect((await loadsOf(changed)).length).toBe(loads.length + streams);
        expect(await loadedRows(changed)).toEqual(rows);
        const [all] = await queryWarehouse(
            changed.warehouse,
            `select count(*) as models from information_schema.tables
            where table_schema in ('staging', 'intermediate', 'marts')`,
        );
        expect(ofRule).toBeLessThan(Number(all?.models));
        expect(ofStream).toBeLessThan(Number(all?.models) / 2);
    });
});

describe('kill -9', () => {
    test('in the middle of a load keeps whole streams only, and the next load adds the rest', async () => {
        const load = startJointly(crashed, 'load');
        await load.says(/load ad_spend +loaded/);
        await load.crash();
        const whole = new Map((await loadedRows(sample)).map((row) => [row.stream, row.row_count]));
        for (const { stream, row_count: rows } of await rawCounts(crashed)) {
            expect([whole.get(String(stream)), '0'], String(stream)).toContain(rows);
        }
        const { stderr } = await succeed(crashed, 'load');
        expect(stderr).toMatch(/load ad_spend +unchanged/);
        expect(stderr).toMatch(/load activities +loaded/);
        expect(await loadedRows(crashed)).toEqual(await loadedRows(sample));
    });
});

/** Crashes in the middle of building everything anew, first among the steps, then among the marts. */
async function killTransforms(company: TestCompany): Promise<void> {
    for (const moment of [/OK created sql table model intermediate\./, /OK created .* marts\./]) {
        const transform = startJointly(company, 'transform', '--full-refresh', '--verbose');
        await transform.says(moment);
        await transform.crash();
        expect((await transform.outcome).exitCode).toBeNull();
    }
    const refused = await runJointly(company, 'publish');
    expect(refused.exitCode, 'half-built marts must not be published').toBe(2);
}

function rawCounts(company: TestCompany) {
    const streams = ['ad_spend', 'sessions', 'leads', 'lead_events', 'deals', 'payments'];
    const counts = streams.map(
        (stream) => `select '${stream}' as stream, count(*) as row_count from raw_files.${stream}`,
    );
    return queryWarehouse(company.warehouse, counts.join(' union all '));
}

/** Models of one `transform` of the changed company. */
async function builtModels(): Promise<number> {
    const { stderr } = await succeed(changed, 'transform');
    return Number(/MODELS=(\d+)/.exec(stderr)?.[1]);
}

/** What the one incremental model has read. */
async function readSignals() {
    const [row] = await queryWarehouse(
        changed.warehouse,
        `select count(*) as signals, count(distinct file_id) as files
        from intermediate.int_attribution__session_signals`,
    );
    return { signals: Number(row?.signals), files: Number(row?.files) };
}

/** The visits of the last month once more, under ids of their own, as a file that came later. */
async function addVisits(): Promise<number> {
    const folder = join(changedFolder, 'web');
    const month = gunzipSync(await readFile(join(folder, 'sessions_2026-06.ndjson.gz'))).toString();
    const visits = month.replaceAll('"session_id":"', '"session_id":"later-');
    await writeFile(join(folder, 'sessions_2026-06-later.ndjson.gz'), gzipSync(visits));
    return month.trimEnd().split('\n').length;
}

type Hashes = Readonly<Record<string, string>>;

const differing = (before: Hashes, after: Hashes) =>
    Object.keys(after).filter((mart) => after[mart] !== before[mart]);

/** Marketing's lead target that is in force now, in a copy of the sample's rules. */
async function doubleATarget(): Promise<void> {
    const file = join(changedFolder, 'rules/targets/targets.csv');
    const text = await readFile(file, 'utf8');
    const row = /^(leads,department,marketing,month,)([\d.]+)(,[\d-]+,)$/m;
    expect(text).toMatch(row);
    await writeFile(
        file,
        text.replace(row, (_, start, value, end) => `${start}${2 * Number(value)}${end}`),
    );
}

/** The stars of the first complaint, in a copy of the sample's exports. */
async function lowerARating(): Promise<void> {
    const file = join(changedFolder, 'service/feedback.csv');
    const text = await readFile(file, 'utf8');
    const stars = /^(F-00001;.*;)2,0;/m;
    expect(text).toMatch(stars);
    await writeFile(
        file,
        text.replace(stars, (_, start) => `${start}1,0;`),
    );
}
