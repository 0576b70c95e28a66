import { type ColumnOrigin, type Scan, sqlName, sqlText } from '../../contracts/batch.ts';
import { type Column, describeExpected, isRecordId } from '../../contracts/columns.ts';
import { shortList } from '../../count.ts';
import { ContractError } from '../../errors.ts';
import { adviceFor, adviceOnRow } from './advice.ts';
import { cellNames, cellsSql, columnsOf, titlesNamed } from './cells-sql.ts';
import { columnSql, listed, translated, typedInstantSql } from './column-sql.ts';
import type { CompileContext } from './compile-context.ts';
import { type EventsSql, eventsSql } from './events-from.ts';
import { jsonObject, type Layout, pointNumbers } from './layout.ts';
import { type CellSource, type ColumnSource, mapColumns } from './mapping.ts';
import { type CompiledColumn, problemList } from './problems-sql.ts';
import { skipSql } from './skip-sql.ts';
import { isNoDate, tidy } from './tidy-sql.ts';
import { untilSql } from './until-sql.ts';
import { widens } from './widening.ts';

/** A float holds 15 digits exactly; a longer number is checked against the text of its row. */
const exactLength = 15;

/** More columns than this are kept beside a row only when the input says so. */
const keptColumns = 100;

/**
 * Compiles the reading of a run of files. Cells, text, values and checks are selects inside each
 * other: the engine shares no work between the branches of a condition, and would otherwise cut
 * the same cell out of its row again and again.
 */
export function compileScan(layout: Layout, context: CompileContext): Scan {
    const { contract, input } = context;
    const found = [...layout.columns, ...titlesNamed(layout, context)];
    const sources = mapColumns(contract, input, layout.files[0]?.name ?? '', found);
    const events = eventsSql(layout, context, sources);
    const columns = sources
        .map((source, index) => compileColumn(source, index, layout, context))
        .map((column) => ({ ...column, textSql: events?.textOf(column.name) ?? column.textSql }));
    const skipped = skipSql(layout, input);
    const until = untilSql(layout, context);
    const used = sources.filter((source) => source.kind === 'cell');
    const broken = columns.map((column) => column.unreadable).filter((sql) => sql !== 'false');
    if (layout.brokenRow) broken.unshift('_broken_row');
    const whole = used.filter(isReadWhole).flatMap(columnsOf);
    const kept = keptOf(layout, context, whole);
    const { source, raw } = sourceOf(layout, [...namesRead(input, used), ...kept]);
    const sourceNames = source.map((_, index) => `s${index}`);
    const inner = [
        ...columns.map((column) => `${column.textSql} as ${column.text}`),
        ...source.map((sql, index) => `${sql} as ${sourceNames[index]}`),
        ...rowColumns(layout),
        ...(events ? ['_event'] : []),
        ...(skipped ? [`${skipped} as _skipped`] : []),
        ...(until ? [`${until.cell} as _until_text`] : []),
        `cast(${extraSql(layout, kept, { whole, isSummed: context.isSummed ?? false })} as json) as _extra`,
        'file_index as _file_index',
    ];
    const values = columns.map((column) => `${column.typed} as ${column.value}`);
    if (until) values.push(`${until.typed} as _until`);
    const outer = [
        '*',
        ...columns.map((column) => `${column.value} as ${sqlName(column.name)}`),
        `${broken.join(' or ') || 'false'} as _unreadable`,
    ];
    const relation = events?.relation ?? layout.relation;
    const time = columns.find(({ name }) => name === contract.eventColumn)?.text ?? 'null';
    const eventId = events?.id(time);
    // What is no row at all is said once, not for each event it may have held.
    const orBroken = ' and not (coalesce(_broken_row, false) and _event = 0)';
    const isNumbered = used.some(({ mapping }) => mapping.joined === true);
    const cells = isNumbered
        ? inReadingOrder(inner, relation)
        : `select ${inner.join(', ')} from ${relation}`;
    const tidied = replaced(cells, columns, (column) => column.tidied);
    const text = replaced(tidied, columns, (column) => column.reworded);
    const read = `select ${outer.join(', ')} from (select *, ${values.join(', ')} from (${text}))`;
    const made = [
        ...(eventId ? [`${eventId.sql} as ${sqlName(eventId.name)}`] : []),
        ...(until ? [`_unreadable or ${until.broken} as _unreadable`] : []),
    ];
    return {
        files: layout.files,
        megabytesPerThread: layout.megabytesPerThread,
        isWide: layout.isLong ?? (layout.usualNames ?? layout.columns).length > keptColumns,
        rows: made.length > 0 ? `select * replace (${made.join(', ')}) from (${read})` : read,
        usual: layout.usual && compileScan(layout.usual, { ...context, onNote: () => {} }),
        until: until?.isSpread ? '_until' : undefined,
        skipped: skipped && '_skipped',
        absent: events && `(${time} is null${layout.brokenRow ? orBroken : ''})`,
        eventsPerRow: events?.perRow ?? 1,
        raw: `cast(${raw(sourceNames)} as json)`,
        problems: problemList(columns, layout, sourceNames, until),
        nameInFile: (column) => {
            if (events && column === contract.eventColumn) return events.names;
            const name = used.find((one) => one.column.name === column)?.name;
            const letters = name === undefined ? undefined : layout.lettersOf?.(name);
            if (letters) return name === column ? letters : `${name}, ${letters}`;
            return name === column ? undefined : name;
        },
        origins: sources.map((source) => originOf(source, contract.eventColumn, events)),
        unused: layout.columns.filter(
            (name) => name && !used.some((one) => columnsOf(one).includes(name)),
        ),
        adviceOn: adviceFor(input, sources, layout.numbers),
        adviceOnRow: (raw) => adviceOnRow(input, raw),
        explainError: layout.explainError,
    };
}

/**
 * The columns that nothing is read from and that are kept beside the row. All of a wide export would
 * be most of the warehouse, and of the work, for what nobody asked for.
 * @throws ContractError for one that was asked for and is not there
 */
function keptOf(layout: Layout, context: CompileContext, used: readonly string[]) {
    const { input, contract, onNote } = context;
    const names = layout.usualNames ?? layout.columns;
    const rest = names.filter((name) => name && !used.includes(name));
    const file = layout.files[0]?.name ?? '';
    if (input.keep_columns) {
        const lost = layout.isOpen
            ? undefined
            : input.keep_columns.find((name) => !names.includes(name));
        if (lost !== undefined) {
            throw new ContractError({
                what: `${file} has no column ${lost}, which keep_columns of input ${input.name} names.`,
                file,
                column: lost,
                got: shortList(
                    names.map((one) => `'${one}'`),
                    12,
                ),
                fix: 'correct keep_columns, or take the name out of it',
            });
        }
        return rest.filter((name) => input.keep_columns?.includes(name));
    }
    if (rest.length <= keptColumns) return rest;
    onNote(
        `${rest.length.toLocaleString('en')} columns of ${file} are not kept, as ${contract.name} reads nothing from them; ` +
            `name those that are wanted in keep_columns of input ${input.name}`,
    );
    return [];
}

/** What is kept of a row beside its columns, as json; null where that is nothing. */
function extraSql(
    layout: Layout,
    kept: readonly string[],
    { whole, isSummed }: { readonly whole: readonly string[]; readonly isSummed: boolean },
): string {
    const names = layout.usualNames ?? layout.columns;
    const lost = names.filter((name) => name && !kept.includes(name) && !whole.includes(name));
    const extra = layout.extra([...whole, ...lost]);
    // Where rows are added up, those that are equal in every column are one: all columns tell.
    if (lost.length === 0 || !isSummed) return extra;
    const all = layout.isOpen ? layout.source : layout.columns.filter(Boolean).map(layout.text);
    const hash = `json_object('(other columns)', cast(hash(${all.join(', ')}) as varchar))`;
    return `json_merge_patch(coalesce(cast(${extra} as json), '{}'), ${hash})`;
}

/** What a row is shown as where it is refused: without the columns that nobody wants. */
function sourceOf(layout: Layout, wanted: readonly string[]) {
    if (layout.usualNames || layout.columns.length <= keptColumns) return layout;
    const names = layout.columns.filter((name) => wanted.includes(name));
    return {
        source: names.map(layout.text),
        raw: (cells: readonly string[]) => jsonObject(names, cells),
    };
}

/** Columns that decide what becomes of a row, whether it is read from them or left out for them. */
function namesRead({ skip_rows: rules }: CompileContext['input'], used: readonly CellSource[]) {
    const conditions = rules.flatMap((rule) => [rule.column, rule.unless?.column ?? '']);
    return [...used.flatMap(columnsOf), ...conditions];
}

/** Numbering equal rows brings them together; places in messages are those of the file. */
function inReadingOrder(inner: readonly string[], relation: string): string {
    const placed = `(select *, file_index, row_number() over () as _place from ${relation})`;
    return `select ${inner.join(', ')} from ${placed} order by _place`;
}

/** The rows of `select` with the text of some columns made anew. */
function replaced(
    select: string,
    columns: readonly CompiledColumn[],
    sqlOf: (column: CompiledColumn) => string | undefined,
): string {
    const made = columns.flatMap((column) => {
        const sql = sqlOf(column);
        return sql === undefined ? [] : [`${sql} as ${column.text}`];
    });
    return made.length === 0 ? select : `select * replace (${made.join(', ')}) from (${select})`;
}

function originOf(
    source: ColumnSource,
    eventColumn: string,
    events: EventsSql | undefined,
): ColumnOrigin {
    const { kind, column } = source;
    if (events && column.name === eventColumn) {
        return { column: column.name, kind: 'cell', from: events.names };
    }
    if (events?.made.includes(column.name)) {
        return { column: column.name, kind: 'cell', from: 'events_from' };
    }
    if (source.kind === 'cell') return { column: column.name, kind, from: cellNames(source) };
    return { column: column.name, kind, from: source.kind === 'constant' ? source.value : '' };
}

/** Where only a part of a cell was taken, the whole of it is kept beside. */
function isReadWhole({ mapping }: CellSource): boolean {
    return mapping.extract === undefined && mapping.link === undefined;
}

function rowColumns(layout: Layout): readonly string[] {
    return [
        ...(layout.rowText ? [`${layout.rowText} as _row_text`] : []),
        ...(layout.brokenRow ? [`${layout.brokenRow.condition} as _broken_row`] : []),
    ];
}

/** What the input puts before the ids of a column; nothing for one that names no record. */
function prefixOf(column: Column, { id_prefix: prefix }: CompileContext['input']): string {
    if (prefix === undefined || !isRecordId(column)) return '';
    return typeof prefix === 'string' ? prefix : (prefix[column.name] ?? '');
}

/** Ids with a prefix before each; none stays none. */
function prefixed(text: string, { isList }: Column, prefix: string): string {
    if (!isList) return `${sqlText(prefix)} || ${text}`;
    const ids = `list_filter(list_transform(string_split(${text}, ';'), lambda id: trim(id)), lambda id: id <> '')`;
    return `array_to_string(list_transform(${ids}, lambda id: ${sqlText(prefix)} || id), ';')`;
}

/** A mark where the cell says something: a day that is none and 0 are how systems write nothing. */
function markOf(text: string): string {
    return `case when ${text} not in ('0', 'false') and not ${isNoDate(text, undefined)} then 'true' end`;
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
    const prefix = prefixOf(column, context.input);
    const mapping = source.kind === 'cell' ? source.mapping : undefined;
    const isConstant = source.kind === 'constant';
    const reading = {
        column: mapping?.round ? { ...column, rounds: true } : column,
        isFloat: mapping?.round ?? false,
        text: names.text,
        value: names.value,
        timezone: context.timezone,
        format: mapping?.format,
        multiplyBy: mapping?.multiply_by,
        ...(isConstant ? pointNumbers : layout.numbers),
    };
    const isPlain =
        mapping === undefined || Object.keys(mapping).every((setting) => setting === 'column');
    if (source.kind === 'cell' && layout.typed && isPlain && source.fallbacks.length === 0) {
        const cell = layout.typed(source.name);
        if (cell.type === 'timestamp' && column.type === 'timestamp') {
            return { ...asIs(cell.sql), ...typedInstantSql(reading, cell.isLocal ?? false) };
        }
        if (cell.type === column.type) {
            const tidied = column.type === 'varchar' ? { tidied: tidy(names.text, column) } : {};
            const reworded = prefix ? { reworded: prefixed(names.text, column, prefix) } : {};
            return { ...asIs(cell.sql), ...tidied, ...reworded };
        }
        if (!prefix && widens(cell.type, column.type)) {
            return {
                ...asIs(cell.sql),
                typed: `try_cast(${names.text} as ${column.type})`,
                unreadable: `(${names.text} is not null and ${names.value} is null)`,
                expected: sqlText(describeExpected(column)),
            };
        }
    }
    const textSql = isConstant ? sqlText(source.value) : cellsSql(layout, source);
    const compiled = columnSql(reading);
    const isInstant = column.type === 'date' || column.type === 'timestamp';
    const plain = tidy(names.text, column, layout.nullValues);
    const own = mapping?.is_filled
        ? markOf(names.text)
        : listed(translated(names.text, mapping?.values), mapping?.separator);
    const reworded = prefix ? prefixed(own, column, prefix) : own;
    const mayLoseDigits = layout.rowText && /^(decimal|bigint)/.test(column.type);
    // `and` would look for every number in its row.
    const lost = `(case when strlen(${names.text}) > ${exactLength} then not contains(_row_text, ${names.text}) else false end)`;
    return {
        ...names,
        textSql,
        ...(isConstant
            ? {}
            : {
                  tidied: isInstant
                      ? `case when ${isNoDate(names.text, mapping?.format)} then null else ${plain} end`
                      : plain,
              }),
        ...(reworded === names.text ? {} : { reworded }),
        ...compiled,
        unreadable: mayLoseDigits ? `(${compiled.unreadable} or ${lost})` : compiled.unreadable,
    };
}
