import type { PayrollSettings, payrollFields } from '../config-schema.ts';
import { ConfigError } from '../errors.ts';
import { quoted, withoutFormula } from './export-format.ts';
import { createWorkbook, workbookBytes, writeNumber, writeText } from './xlsx-file.ts';

type Field = (typeof payrollFields)[number];
export type PayrollRow = Readonly<Record<Field, string | null>>;

/**
 * The file that payroll imports, a line for each signed statement, in the columns of the config. The
 * same statements give the same bytes.
 * @throws ConfigError for a value that `values` of a column does not translate
 */
export function payrollCsv(rows: readonly PayrollRow[], settings: PayrollSettings): string {
    const { columns, delimiter, decimal_separator: decimal } = settings;
    const line = (cells: readonly string[]) =>
        `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\n`;
    return [
        line(columns.map(({ header }) => withoutFormula(header))),
        ...rows.map((row) =>
            line(
                columns.map((column) => {
                    const value = cellOf(row, column);
                    return isAmount(column) ? value.replace('.', decimal) : withoutFormula(value);
                }),
            ),
        ),
    ].join('');
}

/**
 * The same as a spreadsheet, amounts as numbers. The same statements give the same bytes.
 * @param at when they were signed
 * @throws ConfigError for a value that `values` of a column does not translate, or for an amount with
 * more digits than a spreadsheet keeps
 */
export async function payrollXlsx(
    rows: readonly PayrollRow[],
    { columns }: PayrollSettings,
    at: Date,
): Promise<Uint8Array> {
    const workbook = await createWorkbook(at);
    const sheet = workbook.addWorksheet('payroll');
    for (const [index, column] of columns.entries()) {
        sheet.getColumn(index + 1).width = 20;
        writeText(sheet.getCell(1, index + 1), column.header);
        for (const [at, row] of rows.entries()) {
            const cell = sheet.getCell(at + 2, index + 1);
            const value = cellOf(row, column);
            if (value !== '' && isAmount(column)) writeNumber(cell, value, '0.00');
            else writeText(cell, value);
        }
    }
    return workbookBytes(workbook);
}

type Column = PayrollSettings['columns'][number];

const isAmount = ({ field }: Column) => field?.endsWith('_amount') ?? false;

/** What stands in a column of a statement; empty where there is nothing. */
function cellOf(row: PayrollRow, column: Column): string {
    if (column.field === undefined) return column.constant ?? '';
    const value = row[column.field];
    if (value === null) return '';
    return isAmount(column) ? value : translated(column, value);
}

function translated(column: Column, value: string): string {
    if (column.values === undefined) return value;
    const found = Object.hasOwn(column.values, value) ? column.values[value] : undefined;
    if (found !== undefined) return found;
    throw new ConfigError({
        what: `payroll.columns: ${column.header} has no value for ${column.field} ${value}.`,
        expected: `one of ${Object.keys(column.values).join(', ')}`,
        got: value,
        fix: `add it to values of the column ${column.header} in the config`,
    });
}
