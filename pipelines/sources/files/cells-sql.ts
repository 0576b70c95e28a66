import { sqlText } from '../../contracts/batch.ts';
import type { CompileContext } from './compile-context.ts';
import type { Layout } from './layout.ts';
import { type CellSource, wantedColumns } from './mapping.ts';

/** SQL of the text of a column that is read from one cell of a row or from several. */
export function cellsSql(layout: Layout, source: CellSource): string {
    const { name, fallbacks, mapping } = source;
    const names = [name, ...fallbacks];
    const cells = names.map((one) => partOf(cellOf(layout, one), mapping.extract));
    if (mapping.joined === true) return joined(layout, cells);
    if (mapping.joined) {
        return `nullif(concat_ws(${sqlText(mapping.joined)}, ${cells.map(filled).join(', ')}), '')`;
    }
    const text = firstFilled(cells);
    if (mapping.link !== undefined) {
        return `replace(${sqlText(mapping.link)}, '{}', url_encode(${filled(text)}))`;
    }
    return mapping.minus === undefined ? text : difference(text, layout.text(mapping.minus));
}

/** The cell of a column, or what a title line of this name says of all rows. */
function cellOf(layout: Layout, name: string): string {
    const title = layout.columns.includes(name) ? undefined : layout.title?.(name);
    return title ?? layout.text(name);
}

/** What the group of a pattern matches in a cell; null where it is not found. */
function partOf(cell: string, pattern: string | undefined): string {
    if (pattern === undefined) return cell;
    return `nullif(regexp_extract(${cell}, ${sqlText(pattern)}, 1), '')`;
}

/** The first cell that holds more than spaces. */
function firstFilled(cells: readonly string[]): string {
    if (cells.length === 1) return cells[0] ?? '';
    const last = cells.length - 1;
    return `coalesce(${cells.map((cell, index) => (index === last ? cell : filled(cell))).join(', ')})`;
}

function filled(cell: string): string {
    return `nullif(trim(${cell}), '')`;
}

/**
 * The cells with a bar between them. Rows of a file that are equal in all of them are several
 * payments, not one: from the second on they are numbered, in an order of their own that does not
 * change when the file is read again.
 */
function joined(layout: Layout, texts: readonly string[]): string {
    const cells = texts.map((text) => `coalesce(${filled(text)}, '')`);
    const text = `concat_ws('|', ${cells.join(', ')})`;
    const others = layout.columns.filter((name) => name !== '').map((name) => layout.text(name));
    const number = `row_number() over (partition by file_index, ${text} order by ${others.join(', ')})`;
    const isEmpty = `replace(${text}, '|', '') = ''`;
    return `case when ${isEmpty} then null when ${number} = 1 then ${text} else ${text} || '#' || ${number} end`;
}

/**
 * Money in, or money out with a minus. A row that has both is no single amount: what both cells
 * hold is no number and is rejected as such.
 */
function difference(plus: string, minus: string): string {
    const isNothing = (cell: string) => `coalesce(not regexp_matches(${cell}, '[1-9]'), true)`;
    const both = `${filled(plus)} || ' - ' || ${filled(minus)}`;
    return (
        `case when ${isNothing(minus)} then coalesce(${filled(plus)}, ${filled(minus)}) ` +
        `when ${isNothing(plus)} then '-' || ${filled(minus)} else ${both} end`
    );
}

/** What the input reads from a title line above the header: one value for all rows of a file. */
export function titlesNamed(
    layout: Layout,
    { contract, input }: CompileContext,
): readonly string[] {
    if (layout.isOpen || !layout.title) return [];
    return contract.columns
        .filter((column) => input.columns[column.name] !== undefined)
        .flatMap((column) => wantedColumns(input, column).names)
        .filter((name) => !layout.columns.includes(name) && layout.title?.(name) !== undefined);
}

/** Every column of the file that a column is read from. */
export function columnsOf({ name, fallbacks, mapping }: CellSource): readonly string[] {
    return [name, ...fallbacks, ...(mapping.minus === undefined ? [] : [mapping.minus])];
}

/** The same for people. */
export function cellNames({ name, fallbacks, mapping }: CellSource): string {
    if (mapping.joined) return [name, ...fallbacks].join(' + ');
    return mapping.minus === undefined ? name : `${name} - ${mapping.minus}`;
}
