import type { DuckDBValue } from '@duckdb/node-api';

export type PlainValue = string | number | boolean | null;

/**
 * A DuckDB value without surprises: dates, instants and decimals are text (a JS Date would move
 * days and a float would lose cents), whole numbers are numbers while those are exact.
 */
export function plainValue(value: DuckDBValue): PlainValue {
    if (value === null || value === undefined) return null;
    switch (typeof value) {
        case 'string':
        case 'number':
        case 'boolean':
            return value;
        case 'bigint': {
            const number = Number(value);
            return Number.isSafeInteger(number) ? number : String(value);
        }
        default:
            return String(value);
    }
}

/** A row as an object of plain values. */
export function plainRow(
    names: readonly string[],
    values: readonly DuckDBValue[],
): Record<string, PlainValue> {
    const row: Record<string, PlainValue> = {};
    names.forEach((name, index) => {
        row[name] = plainValue(values[index] ?? null);
    });
    return row;
}
