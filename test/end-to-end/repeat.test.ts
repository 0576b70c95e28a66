import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statePaths } from '../../pipelines/config.ts';
import { amountOf, sumOf } from '../../pipelines/finance/money.ts';
import { built } from './support/built.ts';
import {
    adjustmentsIn,
    bringLateFacts,
    byPayee,
    correctPlan,
    ledgerFiles,
    owedForMay,
} from './support/close-story.ts';
import { forget, sample, type TestCompany, testCompany } from './support/companies.ts';
import { queryWarehouse } from './support/duckdb.ts';
import { hashMarts } from './support/hash-marts.ts';
import { runJointly, startJointly, succeed } from './support/jointly.ts';
import { recomputePay } from './support/recompute-pay.ts';

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

describe('after a month was signed, changed rules, a changed row of one stream, then facts that come late', () => {
    test('build only what depends on them, and come to what kills and a build from nothing do', async () => {
        await cp(sample.directory, changed.directory, { recursive: true });
        await cp(dirname(sample.config), changedFolder, { recursive: true });
        const may = await sign('2026-05');
        expect(may.payable).toBe('0.00');
        const signed = ledgerFiles(changed);

        await doubleATarget();
        await correctPlan(changed);
        const ofRule = await builtModels();
        const ofPlan = await adjustmentsIn(changed, '2026-06');
        // Times the multiplier of 0 the higher target changes lines, and not what they come to.
        expect(ofPlan.length).toBeGreaterThan(1);
        expect(byPayee(ofPlan)).toEqual({ irina: '0.00' });
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
        await bringLateFacts(changed);
        await succeed(changed, 'load');
        await builtModels();
        const after = await readSignals();
        expect(after).toEqual({ signals: before.signals + added, files: before.files + 1 });
        const due = await adjustmentsIn(changed, '2026-06');
        expect(byPayee(due)).toEqual(owedForMay);
        expect(await recomputed('2026-05')).toEqual(owedForMay);
        expect(await dueOnPages()).toEqual(owedForMay);

        const marts = withoutPast(await hashMarts(changed.warehouse));
        const loads = await loadsOf(changed);
        const rows = await loadedRows(changed);
        await succeed(changed, 'load', '--full-refresh');
        const streams = new Set(loads.map(({ stream }) => stream)).size;
        expect((await loadsOf(changed)).length).toBe(loads.length + streams);
        expect(await loadedRows(changed)).toEqual(rows);
        await rm(changed.warehouse);
        await rm(join(changed.directory, 'warehouse.state'), { recursive: true });
        expect((await succeed(changed, 'close verify')).stdout).toContain(may.head);
        await succeed(changed, 'load');
        await killTransform(changed);
        await succeed(changed, 'transform');
        expect(withoutPast(await hashMarts(changed.warehouse))).toEqual(marts);
        expect(await loadedRows(changed)).toEqual(rows);

        expect(await adjustmentsIn(changed, '2026-06')).toEqual(due);
        const earned = await recomputed('2026-06');
        const june = await sign('2026-06');
        expect(ledgerFiles(changed)).toMatchObject(signed);
        const payable = await payrollOf('2026-06');
        const owed = Object.entries(owedForMay).map(([payee_id, amount]) => ({ payee_id, amount }));
        const own = Object.entries(earned).map(([payee_id, amount]) => ({ payee_id, amount }));
        expect(payable).toEqual(byPayee([...own, ...owed]));
        expect(june.payable).toBe(amountOf(sumOf(Object.values(payable))));
        expect(await statementTotal('2026-06')).toBe(june.payable);
        expect((await sign('2026-06')).head).toBe(june.head);
        await raiseAByte('0001-2026-05-signed.ndjson', 3);
        const { exitCode, stderr } = await runJointly(changed, 'close verify');
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/0001-2026-05-signed\.ndjson, line 3: expected hash/u);
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

/** Crashes while everything is built anew, with some of the marts there and others not. */
async function killTransform(company: TestCompany): Promise<void> {
    const transform = startJointly(company, 'transform', '--full-refresh', '--verbose');
    await transform.says(/OK created .* marts\./);
    await transform.crash();
    expect((await transform.outcome).exitCode).toBeNull();
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

/** Signs a month of the changed company, or finds it signed. */
async function sign(month: string) {
    const waived = ['sources', 'statements', 'acknowledgements'];
    const open = month === '2026-05' ? waived.filter((one) => one !== 'statements') : waived;
    const waive = ['--waive', open.join(','), '--reason', 'agreed with the auditor'];
    const { stdout } = await succeed(changed, 'close', month, '--sign', '--by', 'olga', ...waive);
    const [, payable] = /^payable: ([\d.]+) EUR$/m.exec(stdout) ?? [];
    const [, head = ''] = /^head of the ledger after it: ([0-9a-f]{64})$/m.exec(stdout) ?? [];
    return { payable, head };
}

/** Adds one to the first digit of the amount in a line of the ledger. */
async function raiseAByte(name: string, line: number): Promise<void> {
    const file = join(changedFolder, 'ledger', name);
    const lines = (await readFile(file, 'utf8')).split('\n');
    const raised = (_: string, start: string, digit: string) =>
        `${start}${(Number(digit) + 1) % 10}`;
    lines[line - 1] = lines[line - 1]?.replace(/("amount":"-?)(\d)/, raised) ?? '';
    await writeFile(file, lines.join('\n'));
}

/** What everybody earned in a month, worked out by other means than the product. */
async function recomputed(month: string): Promise<Readonly<Record<string, string>>> {
    const { seeds } = statePaths('gates-and-parts', changed.warehouse);
    const statements = await recomputePay(changed.warehouse, seeds, 'Europe/Bucharest');
    return Object.fromEntries(
        statements
            .filter((one) => one.month === `${month}-01`)
            .map((one) => [one.payee, one.earned ?? 'not known']),
    );
}

/** What the page of changes says is still to adjust, by payee. */
async function dueOnPages(): Promise<Readonly<Record<string, string>>> {
    const rows = await queryWarehouse(
        changed.warehouse,
        `select payee_id, sum(due_amount) as amount from marts.rpt_signed_changes
        where not is_total group by payee_id`,
    );
    return Object.fromEntries(rows.map((row) => [String(row.payee_id), String(row.amount)]));
}

/** What the file for payroll pays, by payee. */
async function payrollOf(month: string): Promise<Readonly<Record<string, string>>> {
    const out = join(changedFolder, 'payroll');
    await succeed(changed, 'close payroll', month, '--out', out);
    const [, ...lines] = (await readFile(join(out, `payroll-${month}.csv`), 'utf8'))
        .trimEnd()
        .split('\n');
    return byPayee(
        lines.map((line) => {
            const cells = line.split(',');
            return { payee_id: cells[1] ?? '', amount: cells.at(-1) ?? '' };
        }),
    );
}

/** What the statements of a month say is payable, all together. */
async function statementTotal(month: string): Promise<string | undefined> {
    const out = join(changedFolder, 'statements');
    await succeed(changed, 'close statements', month, '--out', out);
    const text = await readFile(join(out, `statements-${month}.manifest.json`), 'utf8');
    return JSON.parse(text).totals[0].payable_amount;
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

/** What was restated since an earlier load is known to the warehouse alone, and goes with it. */
const withoutPast = (hashes: Hashes): Hashes =>
    Object.fromEntries(
        Object.entries(hashes).filter(([mart]) => !mart.startsWith('rpt_restatements')),
    );

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
