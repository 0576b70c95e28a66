import type { InputConfig } from '../../../config-schema.ts';
import type { ExportLayout } from './export-layout.ts';
import { findName } from './match-header.ts';

type Rows = readonly (readonly string[])[];

/** Which rows of a file with this header a layout leaves out, in the words of an input. */
export function skipsOf(layout: ExportLayout, header: readonly string[]): InputConfig['skip_rows'] {
    return layout.skip.flatMap(({ columns, ...condition }) =>
        columns.flatMap((candidate) => {
            const column = findName(header, [candidate])?.name;
            return column === undefined ? [] : [{ column, ...condition }];
        }),
    );
}

/** The rows that a layout reads. */
export function keptRows(layout: ExportLayout, header: readonly string[], rows: Rows): Rows {
    const rules = skipsOf(layout, header).map(({ column, values, pattern }) => {
        const at = header.indexOf(column);
        const begins = pattern === undefined ? undefined : new RegExp(pattern, 'u');
        return (row: readonly string[]) => {
            const cell = row[at]?.trim() ?? '';
            return values?.includes(cell) ?? begins?.test(cell) ?? cell === '';
        };
    });
    const footer = layout.format.footer && new RegExp(layout.format.footer, 'u');
    const end = footer ? rows.findIndex(([first = '']) => footer.test(first)) : -1;
    const records = end === -1 ? rows : rows.slice(0, end);
    return records.filter((row) => !rules.some((isLeftOut) => isLeftOut(row)));
}
