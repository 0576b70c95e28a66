import { type Scan, sqlName, sqlText } from '../../contracts/batch.ts';
import { describeExpected } from '../../contracts/columns.ts';
import { adviceFor } from './advice.ts';
import { columnSql, listed, translated, typedInstantSql } from './column-sql.ts';
import type { CompileContext } from './compile-context.ts';
import { type Layout, pointNumbers } from './layout.ts';
import { type ColumnSource, mapColumns } from './mapping.ts';
import type { ColumnSql } from './text-reading.ts';
import { widens } from './widening.ts';

/** A float holds 15 digits exactly; a longer number is checked against the text of its row. */
const exactLength = 15;

interface CompiledColumn extends ColumnSql {
    readonly name: string;
    /** Name of the cell as text, and the SQL that makes it. */
    readonly text: string;
    readonly textSql: string;
    /** Name under which `typed` is selected. */
    readonly value: string;
}

/**
 * Compiles the reading of a run of files. Text, values and checks are three selects inside each
 * other: the engine shares no work between the branches of a condition, and would otherwise cut
 * the same cell out of its row again and again.
 */
export function compileScan(layout: Layout, context: CompileContext): Scan {
    const { contract, input } = context;
    const sources = mapColumns(contract, input, layout.files[0]?.name ?? '', layout.columns);
    const columns = sources.map((source, index) => compileColumn(source, index, layout, context));
    const used = sources.filter((source) => source.kind === 'cell');
    const broken = columns.map((column) => column.unreadable).filter((sql) => sql !== 'false');
    if (layout.brokenRow) broken.unshift('_broken_row');
    const sourceNames = layout.source.map((_, index) => `s${index}`);
    const inner = [
        ...columns.map((column) => `${column.textSql} as ${column.text}`),
        ...layout.source.map((sql, index) => `${sql} as ${sourceNames[index]}`),
        ...rowColumns(layout),
        `cast(${layout.extra(used.map(({ name }) => name))} as json) as _extra`,
        'file_index as _file_index',
    ];
    const values = columns.map((column) => `${column.typed} as ${column.value}`);
    const outer = [
        '*',
        ...columns.map((column) => `${column.value} as ${sqlName(column.name)}`),
        `${broken.join(' or ') || 'false'} as _unreadable`,
    ];
    return {
        files: layout.files,
        megabytesPerThread: layout.megabytesPerThread,
        rows: `select ${outer.join(', ')} from (
            select *, ${values.join(', ')} from (
                select ${inner.join(', ')} from ${layout.relation}
            )
        )`,
        raw: `cast(${layout.raw(sourceNames)} as json)`,
        problems: problemList(columns, layout, sourceNames),
        nameInFile: (column) =>
            used.find((one) => one.column.name === column && one.name !== column)?.name,
        adviceOn: adviceFor(input, sources, layout.numbers),
        explainError: layout.explainError,
    };
}

function rowColumns(layout: Layout): readonly string[] {
    return [
        ...(layout.rowText ? [`${layout.rowText} as _row_text`] : []),
        ...(layout.brokenRow ? [`${layout.brokenRow.condition} as _broken_row`] : []),
    ];
}

function compileColumn(
    source: ColumnSource,
    index: number,
    layout: Layout,
    context: CompileContext,
): CompiledColumn {
    const { column } = source;
    const names = { name: column.name, text: `t${index}`, value: `v${index}` };
    const asIs = (sql: string) => ({
        ...names,
        textSql: sql,
        typed: names.text,
        unreadable: 'false',
        expected: "''",
    });
    if (source.kind === 'absent') return asIs(`cast(null as ${column.type})`);
    const mapping = source.kind === 'cell' ? source.mapping : undefined;
    const isConstant = source.kind === 'constant';
    const reading = {
        column,
        text: names.text,
        value: names.value,
        timezone: context.timezone,
        format: mapping?.format,
        multiplyBy: mapping?.multiply_by,
        ...(isConstant ? pointNumbers : layout.numbers),
    };
    const isPlain =
        !mapping?.format && !mapping?.multiply_by && !mapping?.values && !mapping?.separator;
    if (source.kind === 'cell' && layout.typed && isPlain) {
        const cell = layout.typed(source.name);
        if (cell.type === 'timestamp' && column.type === 'timestamp') {
            return { ...asIs(cell.sql), ...typedInstantSql(reading, cell.isLocal ?? false) };
        }
        if (cell.type === column.type) return asIs(cell.sql);
        if (widens(cell.type, column.type)) {
            return {
                ...asIs(cell.sql),
                typed: `try_cast(${names.text} as ${column.type})`,
                unreadable: `(${names.text} is not null and ${names.value} is null)`,
                expected: sqlText(describeExpected(column)),
            };
        }
    }
    const textSql = isConstant ? sqlText(source.value) : layout.text(source.name);
    const compiled = columnSql(reading);
    const mayLoseDigits = layout.rowText && /^(decimal|bigint)/.test(column.type);
    // `and` would look for every number in its row.
    const lost = `(case when strlen(${names.text}) > ${exactLength} then not contains(_row_text, ${names.text}) else false end)`;
    return {
        ...names,
        textSql: listed(translated(textSql, mapping?.values), mapping?.separator),
        ...compiled,
        unreadable: mayLoseDigits ? `(${compiled.unreadable} or ${lost})` : compiled.unreadable,
    };
}

function problemList(
    columns: readonly CompiledColumn[],
    layout: Layout,
    sourceNames: readonly string[],
): string {
    const problem = (condition: string, column: string, expected: string, got: string) =>
        `case when ${condition} then {'col': ${sqlText(column)}, ` +
        `'expected': ${expected}, 'got': cast(${got} as varchar)} end`;
    const problems = [
        ...(layout.brokenRow
            ? [
                  problem(
                      '_broken_row',
                      '',
                      sqlText(layout.brokenRow.expected),
                      layout.raw(sourceNames),
                  ),
              ]
            : []),
        ...columns
            .filter((column) => column.unreadable !== 'false')
            .map((column) => problem(column.unreadable, column.name, column.expected, column.text)),
    ];
    return problems.length === 0
        ? 'cast([] as struct(col varchar, expected varchar, got varchar)[])'
        : `list_filter([${problems.join(', ')}], lambda one: one is not null)`;
}
