import type { ColumnMapping, InputConfig } from '../../config-schema.ts';
import type { Column } from '../../contracts/columns.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { ContractError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';

export interface CellSource {
    readonly kind: 'cell';
    readonly column: Column;
    readonly name: string;
    readonly mapping: ColumnMapping;
}

export type ColumnSource =
    | { readonly kind: 'constant'; readonly column: Column; readonly value: string }
    | CellSource
    | { readonly kind: 'absent'; readonly column: Column };

/**
 * Decides where each contract column comes from in a file with these columns.
 * @throws ContractError when a required or a mapped column is not in the file.
 */
export function mapColumns(
    contract: StreamContract,
    input: InputConfig,
    file: string,
    found: readonly string[],
): readonly ColumnSource[] {
    return contract.columns.map((column) => {
        const constant = input.constants[column.name];
        if (constant !== undefined) return { kind: 'constant', column, value: constant };
        const written = input.columns[column.name];
        const mapping = typeof written === 'string' ? { column: written } : written;
        const name = mapping?.column ?? column.name;
        const matches = found.filter((one) => one === name).length;
        if (matches === 1)
            return { kind: 'cell', column, name, mapping: mapping ?? { column: name } };
        if (matches > 1) throw ambiguous(file, name, found);
        if (mapping || column.required) throw missing(contract, input, file, column, name, found);
        return { kind: 'absent', column };
    });
}

function missing(
    contract: StreamContract,
    input: InputConfig,
    file: string,
    column: Column,
    name: string,
    found: readonly string[],
): ContractError {
    const guess = nearest(name, found);
    const line = `columns: { ${column.name}: '${guess ?? 'NAME IN THE FILE'}' }`;
    const alternative = column.required && !guess ? ', or give a fixed value in constants' : '';
    return new ContractError({
        what: `${file} has no column ${name}, which ${contract.name}.${column.name} is read from.`,
        file,
        column: name,
        expected: guess ? `${name} (nearest: ${guess})` : name,
        got: found.map((one) => `'${one}'`).join(', '),
        fix: `in input ${input.name} write ${line}${alternative}; check format.delimiter and format.header_row when the columns found look wrong`,
    });
}

function ambiguous(file: string, name: string, found: readonly string[]): ContractError {
    return new ContractError({
        what: `${file} has more than one column ${name}.`,
        file,
        column: name,
        expected: 'every column that is read to have its own name',
        got: found.join(', '),
        fix: 'rename one of them in the export',
    });
}
