import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../pipelines/config.ts';
import { kpiCatalogue } from '../../pipelines/contracts/rules/reference.ts';
import type { LedgerLine } from '../../pipelines/finance/entry.ts';
import { readRuleRows } from '../../pipelines/rules/compose-rules.ts';
import type { RuleRow } from '../../pipelines/rules/rule-table.ts';
import { type TracedLine, traceLine } from '../../pipelines/run/trace-line.ts';
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
        const correction = { line_type: 'adjustment', line_key: 'component/m2' };
        const corrected = { ...first?.line, ...correction, corrects_period: first?.period };
        const adjusted = (change: Partial<LedgerLine>) =>
            traceLine(warehouse, config.company, tables, {
                period: '2026-06',
                line: { ...corrected, ...change } as LedgerLine,
            });
        expect(await adjusted({})).toMatchObject({ result: 'same', rows: first?.rows });
        expect(await adjusted({ value: null })).toMatchObject({
            result: 'not_traced',
            reason: `it corrects ${first?.period}, and is counted from nothing of its own`,
        });
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

test('a statement is explained down to deal, lead, first touch, ad cost and file', async () => {
    const { stdout } = await succeed(sample, 'explain', 'boris', '2026-05', '--json');
    const lines: readonly TracedLine[] = JSON.parse(stdout).lines;
    expect(lines.filter(({ result }) => result !== 'same')).toEqual([]);
    const gate = lines.find(({ line }) => line.kpi === 'sla_compliance');
    const ofLeads = gate?.rows.filter(({ lead_id: lead }) => lead !== null) ?? [];
    expect(ofLeads.length).toBeGreaterThan(5);
    for (const { day, first_touched_on: first, first_channel_id: channel } of ofLeads) {
        expect(first && first <= day && channel).toBeTruthy();
    }
    expect(ofLeads.some(({ lead_cost: cost }) => Number(cost) > 0)).toBe(true);
    const { stdout: text } = await succeed(sample, 'explain', 'boris', '2026-05', '--line', '2');
    expect(text).toContain('adds up to the value of the line');
    expect(text).toMatch(/first touched on 2026-\d\d-\d\d by \w+ <- crm_lead_events: /);
    const { exitCode, stderr } = await runJointly(sample, 'explain', 'borsi', '2026-05');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean boris?');
});

test('commission that is paid deal by deal is followed by its deals', async () => {
    const config = await readConfig(sample.config);
    const [deal] = await queryWarehouse(
        sample.warehouse,
        `select deal_id, lead_id, cast(closed_date as varchar) as day from marts.dim_deals
        where status = 'won' and lead_id is not null order by deal_id limit 1`,
    );
    const terms = [{ line: 2, cells: { component_id: 'commission' } }] as unknown as RuleRow[];
    const tables = new Map([['incentives/commission_terms', { file: 'terms.csv', rows: terms }]]);
    const shared = { kind: 'counted', deal_id: deal?.deal_id, lead_id: deal?.lead_id };
    const line = {
        ...{
            line_type: 'component',
            component_id: 'commission',
            amount: '30.00',
            currency_code: 'USD',
        },
        deals: ['12.50', '17.50'].map((amount) => ({ ...shared, counted_on: deal?.day, amount })),
    } as unknown as LedgerLine;
    const warehouse = await openWarehouseForReading(sample.warehouse);
    try {
        const trace = (own: LedgerLine) =>
            traceLine(warehouse, config.company, tables, { period: '2026-05', line: own });
        const traced = await trace(line);
        expect(traced).toMatchObject({ result: 'same', of: 'amount' });
        expect(traced.rows).toHaveLength(2);
        for (const row of traced.rows) {
            expect(row.first_touched_on).not.toBeNull();
            expect(row.files).not.toEqual([]);
        }
        expect(await trace({ ...line, amount: '30.01' })).toMatchObject({ result: 'moved' });
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
