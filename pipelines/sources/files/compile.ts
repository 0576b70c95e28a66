import type { InputConfig } from '../../config-schema.ts';
import { type Batch, type Scan, sqlName, sqlText } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { type ColumnSql, columnSql } from './column-sql.ts';
import { csvLayouts } from './csv.ts';
import type { FoundFile } from './find-files.ts';
import type { Layout } from './layout.ts';
import { type ColumnSource, mapColumns } from './mapping.ts';
import { ndjsonLayouts } from './ndjson.ts';
import { type DescribeQuery, parquetLayouts } from './parquet.ts';

export interface CompileContext {
    readonly contract: StreamContract;
    readonly input: InputConfig;
    readonly files: readonly FoundFile[];
    /** Zone of instants that carry no offset. */
    readonly timezone: string;
    readonly scratchDirectory: string;
    readonly describe: DescribeQuery;
}

/**
 * Compiles one input to SQL that reads its files.
 * @throws SourceError for an unreadable file, ContractError for a missing column.
 */
export async function compileInput(context: CompileContext): Promise<Batch> {
    const layouts = await layoutsOf(context);
    return {
        input: context.input.name,
        scans: layouts.map((layout) => compileScan(layout, context)),
    };
}

async function layoutsOf(context: CompileContext): Promise<readonly Layout[]> {
    const { input, files } = context;
    const format = formatOf(context);
    switch (format.type) {
        case 'csv':
            return csvLayouts(files, format, context.scratchDirectory);
        case 'ndjson':
            return await ndjsonLayouts(files, context.contract, input);
        case 'parquet':
            return parquetLayouts(files, context.describe);
    }
}

function formatOf({ input, files }: CompileContext) {
    if (input.format) return input.format;
    const name = files[0]?.name.toLowerCase().replace(/\.gz$/, '') ?? '';
    if (name.endsWith('.parquet')) return { type: 'parquet' } as const;
    if (/\.(ndjson|jsonl|json)$/.test(name)) return { type: 'ndjson' } as const;
    return {
        type: 'csv',
        quote: '"',
        decimal_separator: '.',
        encoding: 'utf-8',
        header_row: 1,
        null_values: [],
    } as const satisfies InputConfig['format'];
}

interface CompiledColumn extends ColumnSql {
    readonly name: string;
    readonly text: string;
}

function compileScan(layout: Layout, context: CompileContext): Scan {
    const { contract, input } = context;
    const file = layout.files[0]?.name ?? input.name;
    const sources = mapColumns(contract, input, file, layout.columns);
    const columns = sources.map((source) => compileColumn(source, layout, context));
    const used = sources.flatMap((source) => (source.kind === 'cell' ? [source.name] : []));
    const broken = [
        ...(layout.brokenRow ? [layout.brokenRow.condition] : []),
        ...columns.map((column) => column.unreadable).filter((sql) => sql !== 'false'),
    ];
    const selected = [
        ...columns.map((column) => `${column.typed} as ${sqlName(column.name)}`),
        `cast(${layout.extra(used)} as json) as _extra`,
        `${broken.join(' or ') || 'false'} as _unreadable`,
        'file_index as _file_index',
    ];
    const explained = [
        ...selected,
        `cast(${layout.raw} as json) as _raw`,
        `${problemList(columns, layout)} as _problems`,
    ];
    return {
        files: layout.files,
        rows: `select ${selected.join(', ')} from ${layout.relation}`,
        explainedRows: `select ${explained.join(', ')} from ${layout.relation}`,
        explainError: layout.explainError,
    };
}

function compileColumn(source: ColumnSource, layout: Layout, context: CompileContext) {
    const { column } = source;
    if (source.kind === 'absent') {
        const nothing = `cast(null as ${column.type})`;
        return {
            name: column.name,
            text: 'null',
            typed: nothing,
            unreadable: 'false',
            expected: '',
        };
    }
    const format = context.input.format?.type === 'csv' ? context.input.format : undefined;
    const isConstant = source.kind === 'constant';
    const mapping = isConstant ? undefined : source.mapping;
    if (
        !isConstant &&
        layout.typed &&
        !mapping?.format &&
        !mapping?.multiply_by &&
        !mapping?.values
    ) {
        const cell = layout.typed(source.name);
        if (cell.type === column.type) {
            return {
                name: column.name,
                text: cell.sql,
                typed: cell.sql,
                unreadable: 'false',
                expected: '',
            };
        }
    }
    const text = isConstant ? sqlText(source.value) : layout.text(source.name);
    const compiled = columnSql({
        column,
        text,
        timezone: context.timezone,
        format: mapping?.format,
        multiplyBy: mapping?.multiply_by,
        values: mapping?.values,
        decimalSeparator: isConstant ? '.' : (format?.decimal_separator ?? '.'),
        thousandsSeparator: isConstant ? undefined : format?.thousands_separator,
    });
    const mayLoseDigits = !isConstant && layout.inexact && /^(decimal|bigint)/.test(column.type);
    const unreadable = mayLoseDigits
        ? `(${compiled.unreadable} or (${layout.inexact?.(source.name)}))`
        : compiled.unreadable;
    return { name: column.name, text, ...compiled, unreadable };
}

function problemList(columns: readonly CompiledColumn[], layout: Layout): string {
    const problem = (condition: string, column: string, expected: string, got: string) =>
        `case when ${condition} then {'col': ${sqlText(column)}, ` +
        `'expected': ${sqlText(expected)}, 'got': cast(${got} as varchar)} end`;
    const problems = [
        ...(layout.brokenRow
            ? [problem(layout.brokenRow.condition, '', layout.brokenRow.expected, layout.raw)]
            : []),
        ...columns
            .filter((column) => column.unreadable !== 'false')
            .map((column) => problem(column.unreadable, column.name, column.expected, column.text)),
    ];
    return problems.length === 0
        ? `cast([] as struct(col varchar, expected varchar, got varchar)[])`
        : `list_filter([${problems.join(', ')}], lambda one: one is not null)`;
}
