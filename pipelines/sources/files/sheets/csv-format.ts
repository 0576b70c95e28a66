import type { CsvFormat, SheetFormat } from '../../../config-schema.ts';

/** How the CSV is read that was written of a sheet or a statement. */
export function copiedFormat(format: Partial<SheetFormat>): CsvFormat {
    return {
        type: 'csv',
        delimiter: ',',
        quote: '"',
        encoding: 'utf-8',
        header_row: 1,
        decimal_separator: format.decimal_separator,
        thousands_separator: format.thousands_separator,
        null_values: format.null_values ?? [],
    };
}
