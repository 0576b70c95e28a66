import type { InputConfig } from '../../../config-schema.ts';
import type { ExportLayout } from './export-layout.ts';
import { findName } from './match-header.ts';

type Rule = InputConfig['skip_rows'][number];
type Rows = readonly (readonly string[])[];

/** Which rows of a file with this header a layout leaves out, in the words of an input. */
export function skipsOf(layout: ExportLayout, header: readonly string[]): Rule[] {
    return layout.skip.flatMap(({ columns, unless, ...condition }) => {
        const other = unless && findName(header, unless.columns)?.name;
        // What tells the rows that are read all the same is not there: none is left out.
        if (unless && other === undefined) return [];
        return columns.flatMap((candidate) => {
            const column = findName(header, [candidate])?.name;
            if (column === undefined) return [];
            if (!unless || other === undefined) return [{ column, ...condition }];
            const { columns: _, ...kept } = unless;
            return [{ column, ...condition, unless: { column: other, ...kept } }];
        });
    });
}

/**
 * What an input leaves out beside its layout. A rule with `unless` is there to have rows back: it
 * takes the place of the layout's on its column, of words only for those that it names.
 */
export function mergedSkips(own: readonly Rule[], known: readonly Rule[]): Rule[] {
    const rest = known.flatMap((rule) => {
        const taking = own.filter(({ column, unless }) => unless && column === rule.column);
        if (taking.length === 0) return [rule];
        if (!rule.values || taking.some(({ values }) => !values)) return [];
        const named = taking.flatMap(({ values = [] }) => values);
        const values = rule.values.filter((word) => !named.includes(word));
        return values.length === 0 ? [] : [{ ...rule, values }];
    });
    return [...rest, ...own];
}

/** The rows that a layout reads. */
export function keptRows(layout: ExportLayout, header: readonly string[], rows: Rows): Rows {
    const testOf = ({ column, values, pattern }: Omit<Rule, 'unless'>) => {
        const at = header.indexOf(column);
        const begins = pattern === undefined ? undefined : new RegExp(pattern, 'u');
        return (row: readonly string[]) => {
            const cell = row[at]?.trim() ?? '';
            return values?.includes(cell) ?? begins?.test(cell) ?? cell === '';
        };
    };
    const rules = skipsOf(layout, header).map(({ unless, ...rule }) => {
        const [isMeant, isKept] = [testOf(rule), unless && testOf(unless)];
        return (row: readonly string[]) => isMeant(row) && !isKept?.(row);
    });
    const footer = layout.format.footer && new RegExp(layout.format.footer, 'u');
    const end = footer ? rows.findIndex(([first = '']) => footer.test(first)) : -1;
    const records = end === -1 ? rows : rows.slice(0, end);
    return records.filter((row) => !rules.some((isLeftOut) => isLeftOut(row)));
}
