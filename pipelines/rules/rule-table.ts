import { ContractError, type Trouble } from '../errors.ts';

/** One row of a rule file; an empty cell is null. */
export interface RuleRow {
    readonly line: number;
    readonly cells: Readonly<Record<string, string | null>>;
}

/** A rule file whose cells are checked. */
export interface RuleTable {
    readonly file: string;
    readonly rows: readonly RuleRow[];
}

/** Rule files by the name of their contract; a company has not all of them. */
export type RuleTables = ReadonlyMap<string, RuleTable>;

export const emptyTable: RuleTable = { file: '', rows: [] };

/** A cell whose contract or a check before has made sure that it is not empty. */
export function filled(row: RuleRow, column: string): string {
    return row.cells[column] ?? '';
}

/** The refusal of one cell, with its place and content. */
export function refuseCell(
    table: RuleTable,
    row: RuleRow,
    column: string,
    trouble: Pick<Trouble, 'what' | 'expected' | 'fix'>,
): ContractError {
    const value = row.cells[column];
    return new ContractError({
        ...trouble,
        file: table.file,
        line: row.line,
        column,
        got: value === null || value === undefined ? 'an empty cell' : `'${value}'`,
    });
}

/** Whether two dated rows hold on a common day. */
export function holdTogether(left: RuleRow, right: RuleRow): boolean {
    const open = '9999-12-31';
    return (
        filled(left, 'valid_from') < (right.cells.valid_to ?? open) &&
        filled(right, 'valid_from') < (left.cells.valid_to ?? open)
    );
}
