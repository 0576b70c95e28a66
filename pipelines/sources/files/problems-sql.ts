import { sqlText } from '../../contracts/batch.ts';
import type { Layout } from './layout.ts';
import type { ColumnSql } from './text-reading.ts';
import type { UntilSql } from './until-sql.ts';

export interface CompiledColumn extends ColumnSql {
    readonly name: string;
    /** Name of the cell as text, and the SQL that makes it. */
    readonly text: string;
    readonly textSql: string;
    /** SQL over the cell that leaves out what is not part of its value. */
    readonly tidied?: string;
    /** SQL over the tidied text with the words of the contract. */
    readonly reworded?: string;
    /** Name under which `typed` is selected. */
    readonly value: string;
}

/** SQL list of what is wrong with a row, cell by cell. */
export function problemList(
    columns: readonly CompiledColumn[],
    layout: Layout,
    sourceNames: readonly string[],
    until: UntilSql | undefined,
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
        ...(until ? [problem(until.broken, until.column, until.expected, '_until_text')] : []),
    ];
    return problems.length === 0
        ? 'cast([] as struct(col varchar, expected varchar, got varchar)[])'
        : `list_filter([${problems.join(', ')}], lambda one: one is not null)`;
}
