import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../pipelines/config.ts';
import { kpiCatalogue } from '../../pipelines/contracts/rules/reference.ts';
import type { LedgerLine } from '../../pipelines/finance/entry.ts';
import { readRuleRows } from '../../pipelines/rules/compose-rules.ts';
import { traceLine } from '../../pipelines/run/trace-line.ts';
import { openWarehouseForReading } from '../../pipelines/warehouse/connection.ts';
import { built } from './support/built.ts';
import { sample } from './support/companies.ts';
import { queryWarehouse } from './support/duckdb.ts';
import { exportMart, sumOf } from './support/exports.ts';
import { runJointly, succeed } from './support/jointly.ts';

let folder: string;
beforeAll(async () => {
    await built(sample);
    folder = mkdtempSync(join(tmpdir(), 'jointly-sample-close-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every line of three years adds up from rows, and every row is found in a file', async () => {
    const config = await readConfig(sample.config);
    const rows = await readRuleRows(config, kpiCatalogue);
    const tables = new Map([[kpiCatalogue.file, { file: 'kpi_catalogue.csv', rows }]]);
    // What several people are paid on is counted once.
    const lines = await queryWarehouse(
        sample.warehouse,
        `select distinct on (period_start, line_type = 'pool', kpi, scope_type, scope_id)
            strftime(period_start, '%Y-%m') as period, line_type, kpi, scope_type, scope_id, value,
            currency_code, amount
        from marts.fct_bonus_statement_lines where kpi is not null`,
    );
    const warehouse = await openWarehouseForReading(sample.warehouse);
    try {
        const traced = [];
        for (const line of lines) {
            const sampled = { period: String(line.period), line: line as unknown as LedgerLine };
            traced.push(await traceLine(warehouse, config.company, tables, sampled));
        }
        expect(traced.length).toBeGreaterThan(250);
        expect(traced.filter(({ result }) => result !== 'same')).toEqual([]);
        const [first] = traced.filter(({ line }) => line.kpi === 'collected_revenue');
        const again = async (change: Partial<LedgerLine>) =>
            traceLine(warehouse, config.company, tables, {
                period: first?.period ?? '',
                line: { ...first?.line, ...change } as LedgerLine,
            });
        expect(await again({ value: '0.01' })).toMatchObject({ result: 'moved' });
        expect(await again({ scope_type: 'channel' })).toMatchObject({ result: 'not_traced' });
        expect(await again({ kpi: 'spend' })).toMatchObject({
            result: 'not_traced',
            reason: 'spend is counted from spend',
        });
        const found = traced.flatMap((one) => one.rows);
        expect(found.length).toBeGreaterThan(1_000);
        expect(found.filter(({ files }) => files.length === 0)).toEqual([]);
    } finally {
        await warehouse.close();
    }
});

test('a month is what the CRM says', async () => {
    const { stdout } = await succeed(sample, 'close reconcile', '2026-05', '--json');
    const { comparisons } = JSON.parse(stdout);
    expect(comparisons).toMatchObject([{ kind: 'deal', differences: [] }]);
    expect(comparisons[0].source_count).toBeGreaterThan(0);
});

test('a plan is not built for months that the marts do not have', async () => {
    // Without a file of its own it would be refused for that, once it was built.
    const plan = join(folder, 'plan');
    mkdirSync(plan);
    const period = ['--period', '2026-05..2099-12'];
    const { exitCode, stderr } = await runJointly(sample, 'simulate', '--plan', plan, ...period);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The marts do not have all months of 2026-05..2099-12.');
});

test('provisional statements are written for everybody, and are marked in their names', async () => {
    await succeed(sample, 'close statements', '2026-05', '--provisional', '--out', folder);
    const manifest = JSON.parse(
        readFileSync(join(folder, 'provisional-statements-2026-05.manifest.json'), 'utf8'),
    );
    const statements = await exportMart(sample, 'fct_bonus_statements');
    const own = statements.filter((row) => row.period_start === '2026-05-01');
    expect(manifest).toMatchObject({ ledger_entry: null, left_out: [] });
    expect(manifest.files).toHaveLength(own.length * 2);
    const payable = own.map((row) => String(row.payable_amount));
    expect(sumOf([manifest.totals[0].payable_amount])).toBe(sumOf(payable));
});
