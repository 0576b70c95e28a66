import { type RawBuilder, sql } from 'kysely';
import { readersColumn, readersName } from '../../dashboards/messages/in-duckdb.ts';
import { ConfigError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Warehouse } from '../warehouse/connection.ts';
import {
    type Cell,
    csvLines,
    type ExportColumn,
    type ExportFormat,
    jsonLines,
} from './export-format.ts';

const martSchema = 'marts';

export interface KpiFilter {
    readonly select?: readonly string[] | undefined;
    readonly scope?: string | undefined;
    readonly period?: string | undefined;
}

const kpiTable = 'fct_kpi_values';
const kpiColumns = [
    'kpi',
    'scope_type',
    'scope_id',
    'period_type',
    'period_start',
    'numerator',
    'denominator',
    'value',
    'target',
    'attainment',
    'status',
    'reason',
];

/** Lines of a whole mart, in the order of its columns. @throws ConfigError for an unknown mart */
export async function exportMart(
    warehouse: Warehouse,
    mart: string,
    format: ExportFormat,
): Promise<AsyncIterable<string>> {
    const columns = await martColumns(warehouse, mart);
    return lines(warehouse, mart, columns, [], columns.length, format);
}

/** Lines of the KPI values a filter leaves. @throws ConfigError when it leaves none */
export async function exportKpis(
    warehouse: Warehouse,
    filter: KpiFilter,
    format: ExportFormat,
): Promise<AsyncIterable<string>> {
    const all = await martColumns(warehouse, kpiTable);
    const columns = kpiColumns.map((name) => {
        const column = all.find((one) => readersName(one.name) === name);
        if (column === undefined) throw otherMarts(warehouse, name);
        return column;
    });
    const conditions: RawBuilder<unknown>[] = [];
    if (filter.select) {
        await assertKnownKpis(warehouse, filter.select);
        conditions.push(sql`kpi in (${sql.join(filter.select)})`);
    }
    if (filter.scope) conditions.push(sql`scope_type = ${filter.scope}`);
    if (filter.period) conditions.push(sql`period_type = ${filter.period}`);
    await assertNotEmpty(warehouse, conditions);
    return lines(warehouse, kpiTable, columns, conditions, 5, format);
}

async function martColumns(warehouse: Warehouse, mart: string): Promise<readonly ExportColumn[]> {
    const tables = await warehouse.db.introspection.getTables();
    const marts = tables.filter((table) => table.schema === martSchema);
    const found = marts.find((table) => table.name === mart);
    if (found) {
        return found.columns.map((column) => ({
            name: column.name,
            kind: kindOf(column.dataType),
        }));
    }
    const names = marts.map((table) => table.name).toSorted();
    const guess = nearest(mart, names);
    throw new ConfigError({
        what: `There is no mart ${mart}.`,
        ...(guess ? { why: `the nearest name is ${guess}` } : {}),
        fix:
            names.length > 0
                ? `choose one of: ${names.join(', ')}`
                : 'build the marts first: npx jointly run --config FILE',
    });
}

function otherMarts(warehouse: Warehouse, column: string): ConfigError {
    return new ConfigError({
        what: 'The marts were built by another version of this program.',
        file: warehouse.path,
        expected: `${martSchema}.${kpiTable}.${column}`,
        got: 'no such column',
        fix: 'build them again: npx jointly run --config FILE',
    });
}

function kindOf(type: string): ExportColumn['kind'] {
    if (type === 'BOOLEAN') return 'boolean';
    return /INT|DECIMAL|DOUBLE|FLOAT|REAL|NUMERIC/.test(type) ? 'number' : 'text';
}

async function assertKnownKpis(warehouse: Warehouse, wanted: readonly string[]): Promise<void> {
    const { rows } = await sql<{ kpi: string }>`
        select distinct kpi from ${sql.table(`${martSchema}.${kpiTable}`)} order by kpi`.execute(
        warehouse.db,
    );
    const known = rows.map((row) => row.kpi);
    const unknown = wanted.find((kpi) => !known.includes(kpi));
    if (unknown === undefined) return;
    const guess = nearest(unknown, known);
    throw new ConfigError({
        what: `There is no KPI ${unknown}${guess ? `; did you mean ${guess}?` : '.'}`,
        fix: `choose from: ${known.join(', ')}`,
    });
}

async function assertNotEmpty(
    warehouse: Warehouse,
    conditions: readonly RawBuilder<unknown>[],
): Promise<void> {
    const { rows } = await sql`
        select 1 from ${sql.table(`${martSchema}.${kpiTable}`)} ${where(conditions)} limit 1`.execute(
        warehouse.db,
    );
    if (rows.length > 0) return;
    throw new ConfigError({
        what: 'No KPI value fits --select, --scope and --period together.',
        fix: 'leave one of them out; the catalogue lists the scopes of every KPI',
    });
}

function where(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
    return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}

function lines(
    warehouse: Warehouse,
    mart: string,
    columns: readonly ExportColumn[],
    conditions: readonly RawBuilder<unknown>[],
    orderColumns: number,
    format: ExportFormat,
): AsyncIterable<string> {
    const cells = columns.map(
        ({ name }) =>
            sql`cast(${sql.raw(readersColumn(name))} as varchar) as ${sql.ref(readersName(name))}`,
    );
    const order = columns
        .filter(({ name }) => readersName(name) === name)
        .slice(0, orderColumns)
        .map(({ name }) => sql.ref(name));
    const table = sql.table(`${martSchema}.${mart}`);
    const query = sql<Record<string, Cell>>`
        select ${sql.join(cells)} from ${table} ${where(conditions)}
        order by ${sql.join(order.map((ref) => sql`${table}.${ref}`))}`;
    const shown = columns.map((column) => ({ ...column, name: readersName(column.name) }));
    const rows = readRows(warehouse, query, shown);
    return format === 'json' ? jsonLines(shown, rows) : csvLines(shown, rows);
}

async function* readRows(
    warehouse: Warehouse,
    query: RawBuilder<Record<string, Cell>>,
    columns: readonly ExportColumn[],
): AsyncGenerator<readonly Cell[], void, undefined> {
    for await (const row of warehouse.stream(query)) {
        yield columns.map(({ name }) => row[name] ?? null);
    }
}
