import type { Column } from '../../contracts/columns.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { ContractError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { ColumnMapping, Mapping } from './mapping-schema.ts';

export interface CellSource {
    readonly kind: 'cell';
    readonly column: Column;
    readonly name: string;
    /** Columns of the file that are looked at, in this order, where the one before is empty. */
    readonly fallbacks: readonly string[];
    readonly mapping: ColumnMapping;
}

export type ColumnSource =
    | { readonly kind: 'constant'; readonly column: Column; readonly value: string }
    | CellSource
    | { readonly kind: 'absent'; readonly column: Column };

/** A mapping and where it stands in the config. */
type NamedMapping = Pick<Mapping, 'columns' | 'constants'> & { readonly name: string };

/**
 * Decides where each contract column comes from in a file with these columns.
 * @throws ContractError when a required or a mapped column is not in the file.
 */
export function mapColumns(
    contract: StreamContract,
    input: NamedMapping,
    file: string,
    found: readonly string[],
): readonly ColumnSource[] {
    return contract.columns.map((column) => {
        const constant = input.constants[column.name];
        if (constant !== undefined) return { kind: 'constant', column, value: constant };
        const { names, mapping } = wantedColumns(input, column);
        const [name = column.name, ...fallbacks] = names.filter((one) => found.includes(one));
        const needed = [
            ...(mapping?.joined ? names : []),
            ...(mapping?.minus ? [mapping.minus] : []),
        ];
        const lost = needed.filter((one) => !found.includes(one));
        if (lost.length > 0) throw missingColumn(contract, input, file, column, lost, found);
        if (found.includes(name)) {
            for (const one of [name, ...fallbacks]) {
                if (found.indexOf(one) !== found.lastIndexOf(one))
                    throw ambiguous(file, one, found);
            }
            return { kind: 'cell', column, name, fallbacks, mapping: mapping ?? { column: name } };
        }
        if (mapping || column.required) {
            throw missingColumn(contract, input, file, column, names, found);
        }
        return { kind: 'absent', column };
    });
}

/** The columns of the file that the config names for a column of the contract. */
export function wantedColumns(
    input: NamedMapping,
    column: Column,
): { readonly names: readonly string[]; readonly mapping: ColumnMapping | undefined } {
    const written = input.columns[column.name];
    const isShort = typeof written === 'string' || Array.isArray(written);
    const mapping: ColumnMapping | undefined = isShort ? { column: written } : written;
    const known = [column.name, ...(column.headers ?? [])];
    return { names: [mapping?.column ?? known].flat(), mapping };
}

/** What to say when a file has none of the columns that one of the contract is read from. */
export function missingColumn(
    contract: StreamContract,
    input: NamedMapping,
    file: string,
    column: Column,
    names: readonly string[],
    found: readonly string[],
    { isJson = false } = {},
): ContractError {
    const name = names.join(' or ');
    const guess = nearest(names[0] ?? '', found);
    const line = `columns: { ${column.name}: '${guess ?? 'NAME IN THE FILE'}' }`;
    const alternative = column.required && !guess ? ', or give a fixed value in constants' : '';
    // A table has the name of its mapping, and no format.
    const isTable = file === input.name;
    const place = isTable ? input.name : `input ${input.name}`;
    const format =
        isTable || isJson
            ? ''
            : '; check format.delimiter and format.header_row when the columns found look wrong';
    return new ContractError({
        what: `${file} has no column ${name}, which ${contract.name}.${column.name} is read from.`,
        file,
        column: name,
        expected: guess ? `${name} (nearest: ${guess})` : name,
        got: found.map((one) => `'${one}'`).join(', '),
        fix: `in ${place} write ${line}${alternative}${format}`,
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
