import { ContractError, type JointlyError, type Trouble } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** One row of a rule file; an empty cell is null. */
export interface RuleRow {
    readonly line: number;
    readonly cells: Readonly<Record<string, string | null>>;
}

/** A rule file whose cells are checked. */
export interface RuleTable {
    readonly file: string;
    readonly rows: readonly RuleRow[];
    /** Why it cannot be relied on. */
    readonly failure?: JointlyError;
}

/** Rule files by the name of their contract; a company has not all of them. */
export type RuleTables = ReadonlyMap<string, RuleTable>;

/** A check of what rule files say; it throws a ContractError for the first thing that does not fit. */
export type RuleCheck = (tables: RuleTables) => void;

const emptyTable: RuleTable = { file: '', rows: [] };

/**
 * A rule file by the name of its contract; without rows where a company has none.
 * @throws its failure where it has one: what follows from it is no mistake of another file
 */
export function tableOf(tables: RuleTables, name: string): RuleTable {
    const table = tables.get(name) ?? emptyTable;
    if (table.failure) throw table.failure;
    return table;
}

/** A check of one rule file as a whole. */
export function checkFile(
    name: string,
    check: (table: RuleTable, tables: RuleTables) => void,
): RuleCheck {
    return (tables) => check(tableOf(tables, name), tables);
}

/** A check of every row of a rule file. */
export function checkRows(
    name: string,
    check: (table: RuleTable, row: RuleRow, tables: RuleTables) => void,
): RuleCheck {
    return checkFile(name, (table, tables) => {
        for (const row of table.rows) check(table, row, tables);
    });
}

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

/** Rows by what they say in a column, in the order of the file. */
export function rowsBy(table: RuleTable, column: string): ReadonlyMap<string, readonly RuleRow[]> {
    return Map.groupBy(table.rows, (row) => filled(row, column));
}

/** The refusal of a name nothing answers to, with the name that was probably meant. */
export function refuseName(
    table: RuleTable,
    row: RuleRow,
    column: string,
    { name, expected, known }: { name: string; expected: string; known: readonly string[] },
): ContractError {
    const guess = nearest(name, known);
    const list =
        known.length > 0 ? `choose from: ${known.join(', ')}` : 'there is none yet: add it';
    return refuseCell(table, row, column, {
        what: `${table.file} names something that does not exist.`,
        expected,
        fix: guess ? `did you mean ${guess}?` : list,
    });
}
