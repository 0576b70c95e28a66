import { createHash } from 'node:crypto';
import type { PayrollSettings, payrollFields } from '../config-schema.ts';
import { ConfigError } from '../errors.ts';
import { quoted, withoutFormula } from './export-format.ts';

type Field = (typeof payrollFields)[number];
export type PayrollRow = Readonly<Record<Field, string | null>>;

const isAmount = (field: string) => field.endsWith('_amount');

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
                    const { field, constant } = column;
                    if (field === undefined) return withoutFormula(constant ?? '');
                    const value = row[field];
                    if (value === null) return '';
                    if (isAmount(field)) return value.replace('.', decimal);
                    return withoutFormula(translated(column, value));
                }),
            ),
        ),
    ].join('');
}

function translated(column: PayrollSettings['columns'][number], value: string): string {
    if (column.values === undefined) return value;
    const found = column.values[value];
    if (found !== undefined) return found;
    throw new ConfigError({
        what: `payroll.columns: ${column.header} has no value for ${column.field} ${value}.`,
        expected: `one of ${Object.keys(column.values).join(', ')}`,
        got: value,
        fix: `add it to values of the column ${column.header} in the config`,
    });
}

/** What a payroll file was made of, so that it can be checked against the ledger years later. */
export function payrollManifest(of: {
    readonly period: string;
    /** Hash of the entry that signed the month. */
    readonly entry: string;
    readonly totals: readonly { readonly currency_code: string; readonly payable_amount: string }[];
    readonly file: string;
    readonly content: string;
    readonly rowCount: number;
}): string {
    const manifest = {
        schema_version: 1,
        period: of.period,
        ledger_entry: of.entry,
        totals: of.totals,
        files: [
            {
                name: of.file,
                rows: of.rowCount,
                sha256: createHash('sha256').update(of.content).digest('hex'),
            },
        ],
    };
    return `${JSON.stringify(manifest, null, 4)}\n`;
}
