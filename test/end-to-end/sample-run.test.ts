import { parse } from 'node:path';
import { describe, expect, test } from 'vitest';
import { built } from './support/built.ts';
import { sample } from './support/companies.ts';
import { queryFiles } from './support/duckdb.ts';
import { exportKpis, exportMart } from './support/exports.ts';
import { runJointly, succeed } from './support/jointly.ts';

const firstRun = await built(sample);

describe('jointly run on the sample company, from nothing', () => {
    test('ends with the tally and exit code 0, and prints no data', () => {
        expect(firstRun.exitCode).toBe(0);
        expect(firstRun.stdout).toBe('');
        const last = firstRun.stderr.trimEnd().split('\n').at(-1);
        expect(last).toMatch(
            /^Done\. SOURCES=14 ROWS=\d{5} REJECTED=\d+ MODELS=\d{3} TESTS=\d{3} WARN=0 ERROR=0 in \d+\.\ds$/,
        );
    });

    test('says what became of every stream and step in one line each', () => {
        const lines = firstRun.stderr.trimEnd().split('\n');
        const streams = lines.filter((line) => line.startsWith('load '));
        expect(streams.map((line) => line.split(/\s+/)[1]).toSorted()).toEqual([
            'activities',
            'ad_spend',
            'client_assignments',
            'clock_pauses',
            'complaints',
            'deal_stage_history',
            'deals',
            'internal_requests',
            'lead_answers',
            'lead_audits',
            'lead_events',
            'leads',
            'payments',
            'sessions',
        ]);
        const others = lines.filter(
            (line) => !streams.includes(line) && !line.includes(' running '),
        );
        expect(others.map((line) => line.split(/\s+/)[0])).toEqual([
            'transform',
            'publish',
            'next:',
            'Done.',
        ]);
        for (const line of streams) expect(line).toMatch(/loaded .*\d rows? \(.+\) in \d+\.\ds$/);
    });
});

describe('export kpis', () => {
    test('has one row per KPI, scope and period', async () => {
        const rows = await exportKpis(sample);
        const keys = rows.map((row) =>
            [row.kpi, row.scope_type, row.scope_id, row.period_type, row.period_start].join('|'),
        );
        expect(new Set(keys).size).toBe(rows.length);
        expect(rows.length).toBeGreaterThan(10_000);
    });

    test('gives a reason wherever it gives no number', async () => {
        const rows = await exportKpis(sample);
        const unexplained = rows.filter(
            (row) => (row.value === null || row.attainment === null) && row.reason === null,
        );
        expect(unexplained).toEqual([]);
        const unavailable = rows.filter((row) => row.value === null);
        expect(unavailable.length).toBeGreaterThan(0);
        expect(unavailable.every((row) => row.status === 'not_available')).toBe(true);
    });

    test('filters by KPI, scope and period', async () => {
        const filter = ['--select=leads,roas', '--scope=channel', '--period=quarter'];
        const rows = await exportKpis(sample, ...filter);
        expect(new Set(rows.map((row) => row.kpi))).toEqual(new Set(['leads', 'roas']));
        expect(new Set(rows.map((row) => row.scope_type))).toEqual(new Set(['channel']));
        expect(new Set(rows.map((row) => row.period_type))).toEqual(new Set(['quarter']));
    });

    test('says the same as CSV, row by row and cell by cell', async () => {
        const file = `${parse(sample.warehouse).dir}/kpis.csv`;
        const { stdout } = await succeed(sample, 'export kpis', '--format', 'csv', '--out', file);
        expect(stdout).toBe('');
        const csv = await queryFiles(
            `from read_csv('${file}', header = true, all_varchar = true, delim = ',', quote = '"')`,
        );
        expect(csv).toEqual(await exportKpis(sample));
    });

    test('of a KPI that does not exist is a mistake of the user, with the nearest name', async () => {
        const outcome = await runJointly(sample, 'export kpis', '--select=collected_revenu');
        expect(outcome.exitCode).toBe(2);
        expect(outcome.stdout).toBe('');
        expect(outcome.stderr).toContain('did you mean collected_revenue?');
    });
});

describe('export of a mart', () => {
    test('gives statements as CSV and as JSON with the same cells', async () => {
        const file = `${parse(sample.warehouse).dir}/statements.csv`;
        await succeed(sample, 'export fct_bonus_statements', '--format', 'csv', '--out', file);
        const csv = await queryFiles(`from read_csv('${file}', header = true, all_varchar = true)`);
        const json = await exportMart(sample, 'fct_bonus_statements');
        expect(json.length).toBeGreaterThan(0);
        expect(csv).toEqual(json);
    });
});
