import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { z } from 'zod';
import { hashValues } from '../../../pipelines/run/hash-files.ts';
import { keptExports, type TestCompany } from './companies.ts';
import { succeed } from './jointly.ts';

const decimal = z.string().regex(/^-?\d+(\.\d*[1-9])?$/, 'an exact decimal');

/** What the README promises of `export kpis --format json`; anything more or less is a failure. */
const kpiRow = z.strictObject({
    kpi: z.string(),
    scope_type: z.enum(['company', 'department', 'channel', 'campaign', 'product_line', 'person']),
    scope_id: z.string().min(1),
    period_type: z.enum(['week', 'month', 'quarter', 'year', 'last_12_months']),
    period_start: z.iso.date(),
    numerator: decimal.nullable(),
    denominator: decimal.nullable(),
    value: decimal.nullable(),
    target: decimal.nullable(),
    attainment: decimal.nullable(),
    status: z.enum(['final', 'provisional', 'incomplete', 'not_available']),
    reason: z.string().min(1).nullable(),
});

const kpiDocument = z.strictObject({ schema_version: z.literal(1), rows: z.array(kpiRow) });

const martDocument = z.strictObject({
    schema_version: z.literal(1),
    rows: z.array(z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]))),
});

export type KpiRow = z.infer<typeof kpiRow>;
export type MartRow = z.infer<typeof martDocument>['rows'][number];

/** KPI values as the CLI hands them to others. @throws when stdout holds anything else */
export async function exportKpis(company: TestCompany, ...filter: string[]): Promise<KpiRow[]> {
    const text = await exported(company, 'export kpis', ...filter);
    return kpiDocument.parse(JSON.parse(text)).rows;
}

/** First days of the quarters that KPIs were exported for, the latest first. */
export function quartersOf(kpis: readonly KpiRow[]): readonly string[] {
    return [...new Set(kpis.map((row) => row.period_start))].toSorted().toReversed();
}

/** Rows of any mart as the CLI hands them to others. */
export async function exportMart(company: TestCompany, mart: string): Promise<MartRow[]> {
    return martDocument.parse(JSON.parse(await exported(company, `export ${mart}`))).rows;
}

/** What an export prints; the second to ask in this run of the tests gets what the first one got. */
async function exported(company: TestCompany, verb: string, ...filter: string[]): Promise<string> {
    const { mtimeMs, size } = await stat(company.warehouse);
    const key = [inject('testRun'), company.warehouse, mtimeMs, size, verb, filter];
    const file = join(keptExports, `${hashValues(key)}.json`);
    if (existsSync(file)) return readFile(file, 'utf8');
    const { stdout } = await succeed(company, verb, '--format', 'json', ...filter);
    await mkdir(keptExports, { recursive: true });
    await writeFile(`${file}.${process.pid}`, stdout);
    await rename(`${file}.${process.pid}`, file);
    return stdout;
}

/**
 * The row of a KPI at a scope written as `channel paid_search`, in the quarter (or another type of
 * period) that starts on a day.
 * @throws when the export has no such row
 */
export function findKpi(
    rows: readonly KpiRow[],
    kpi: string,
    scope: string,
    start: string,
    type: KpiRow['period_type'] = 'quarter',
): KpiRow {
    const row = rows.find(
        (one) =>
            one.kpi === kpi &&
            `${one.scope_type} ${one.scope_id}` === scope &&
            one.period_type === type &&
            one.period_start === start,
    );
    if (row === undefined) throw new Error(`no ${kpi} of ${scope} in the ${type} of ${start}`);
    return row;
}

const scale = 10;

/** Exact sum of decimal texts, ten decimals kept, without zeros at the end. */
export function sumOf(values: readonly (string | null)[]): string {
    const units = values.reduce((sum, value) => sum + unitsOf(value ?? '0'), 0n);
    const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
    const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
    return units < 0n ? `-${text}` : text;
}

function unitsOf(text: string): bigint {
    const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
    const units = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale));
    return text.startsWith('-') ? -units : units;
}
