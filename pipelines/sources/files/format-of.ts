import type { CsvFormat, InputConfig, SheetFormat, StatementFormat } from '../../config-schema.ts';
import { ConfigError } from '../../errors.ts';
import { assertText } from './assert-content.ts';
import type { FoundFile } from './find-files.ts';
import { statementTypeOf } from './statements/statement-type.ts';
import { type StatementType, statementTypes } from './statements/statement-types.ts';

type Written = NonNullable<InputConfig['format']>;
export type Format =
    | CsvFormat
    | SheetFormat
    | StatementFormat
    | { readonly type: 'ndjson' }
    | { readonly type: 'parquet' };

/** Endings of files that hold rows. */
const endings: readonly (readonly [RegExp, Format['type']])[] = [
    [/\.(csv|tsv|tab|txt)$/, 'csv'],
    [/\.(ndjson|jsonl|json)$/, 'ndjson'],
    [/\.parquet$/, 'parquet'],
    [/\.xls[xm]$/, 'xlsx'],
    [/\.ods$/, 'ods'],
    [/\.xml$/, 'camt053'],
    [/\.(sta|mt940|940)$/, 'mt940'],
];

/** The format that the ending of a name speaks of, if it does. */
export function formatOfName(name: string): Format['type'] | undefined {
    const plain = name.toLowerCase().replace(/\.gz$/, '');
    return endings.find(([ending]) => ending.test(plain))?.[1];
}

/** What a file holds: as its name says, or its beginning, because a statement has any name. */
export async function typeOf(file: FoundFile): Promise<Format['type'] | undefined> {
    const named = formatOfName(file.name);
    if (named === undefined || isPlain(named)) await assertText(file);
    if (named !== undefined && named !== 'csv') return named;
    return (await statementTypeOf(file)) ?? named;
}

/**
 * How an input's files are read: as it says, else as the first of them does, else as CSV.
 * @throws ConfigError when they cannot all be read in one way
 */
export async function formatOf(input: InputConfig, files: readonly FoundFile[]): Promise<Format> {
    const [first] = files;
    const type = input.format?.type ?? (first && (await typeOf(first))) ?? 'csv';
    const other = files.find(({ name }) => !isReadableAs(type, formatOfName(name)));
    if (other) {
        const told = input.format ? 'format.type' : (first?.name ?? '');
        throw new ConfigError({
            what: `Input ${input.name} reads ${type}, as ${told} says, and ${other.name} is not.`,
            file: other.name,
            fix: 'make two inputs of one stream, each with files of one format',
        });
    }
    if (isPlain(type)) for (const file of files) await assertText(file);
    return wholeFormat(input.format ?? writtenAs(type));
}

/** Text stands under any name; a name of another kind of bytes cannot be text. */
function isReadableAs(type: Format['type'], named: Format['type'] | undefined): boolean {
    if (named === undefined || named === type) return true;
    const isText = (one: Format['type']) => isPlain(one) || isStatementType(one);
    return isText(type) && isText(named);
}

/** Rows of text; what is wrong with a statement its own reader says. */
function isPlain(type: Format['type']): boolean {
    return type === 'csv' || type === 'ndjson';
}

function isStatementType(type: Format['type']): type is StatementType {
    return (statementTypes as readonly string[]).includes(type);
}

/** Whether a file is a bank statement that is no table. */
export function isStatement<Any extends { readonly type: Format['type'] }>(
    format: Any,
): format is Extract<Any, { readonly type: StatementType }> {
    return isStatementType(format.type);
}

/** Whether a file is a workbook. */
export function isSheet(format: Format): format is SheetFormat {
    return format.type === 'xlsx' || format.type === 'ods';
}

function writtenAs(type: Format['type']): Written {
    return type === 'csv' ? { type, quote: '"' } : { type };
}

function wholeFormat(format: Written): Format {
    if (format.type === 'ndjson' || format.type === 'parquet') return format;
    if (isStatement(format)) return format;
    const { header_row = 1, null_values = [] } = format;
    if (format.type !== 'csv') return { ...format, header_row, null_values };
    return { ...format, encoding: format.encoding ?? 'utf-8', header_row, null_values };
}
