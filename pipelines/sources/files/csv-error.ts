import type { SourceFile } from '../../contracts/batch.ts';
import { ContractError, SourceError } from '../../errors.ts';
import type { findOtherLineEnd, OddRow } from './csv-odd-rows.ts';
import { engineError } from './layout.ts';
import { beginningWith, totalWord } from './total-words.ts';

interface CsvErrorFile {
    readonly readPath: string;
    readonly source: SourceFile;
    readonly findOddRow: () => Promise<OddRow | undefined>;
    readonly findOtherLineEnd: () => ReturnType<typeof findOtherLineEnd>;
    readonly findLongRow: (
        longest: number,
    ) => Promise<
        { readonly row: number; readonly line: number; readonly column: string } | undefined
    >;
}

interface CsvContext {
    readonly files: readonly CsvErrorFile[];
    readonly headerLines: number;
    readonly encoding: string;
}

/** Turns what the engine says about a CSV file into an error that names file, row and line. */
export async function explainCsvError(error: unknown, context: CsvContext): Promise<Error> {
    const message = error instanceof Error ? error.message : String(error);
    if (!/CSV Error on Line|CSV Reader|CSV Parser|Invalid unicode/i.test(message)) {
        return engineError(error);
    }
    const path = /^\s*file = (.+)$/m.exec(message)?.[1];
    const broken = context.files.find((one) => one.readPath === path) ?? context.files[0];
    const file = broken?.source;
    const name = file?.name ?? 'a file';
    // The engine counts records, not lines: a quoted line break does not advance its "line".
    const record = Number(/CSV Error on Line: (\d+)/.exec(message)?.[1] ?? Number.NaN);
    const row = record > context.headerLines ? record - context.headerLines : undefined;
    const line = row === undefined ? undefined : await lineOfRow(file, row);
    const place = { file: name, ...(row && { row }), ...(line && { line }) };
    if (/Invalid unicode/i.test(message)) {
        return new SourceError({
            ...place,
            what: `${name} is not written in ${context.encoding}.`,
            expected: `text in ${context.encoding}`,
            got: 'bytes that do not exist in it',
            fix: "set format.encoding of the input, for example 'windows-1252' or 'utf-16le'",
            cause: error,
        });
    }
    const columns = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
    if (columns) {
        const odd = await oddRow(broken);
        const text = odd ? shortened(odd.text) : original(message);
        return new ContractError({
            ...place,
            ...(odd && { row: odd.row, line: odd.line }),
            what: `${name} has a row with another number of columns than its header.`,
            expected: `${columns[1]} columns`,
            got: `${columns[2]}: ${text}`,
            fix: fixOddRow(text, {
                cells: Number(columns[2]),
                wanted: Number(columns[1]),
                isLast: odd?.isLast ?? true,
            }),
            cause: error,
        });
    }
    const long = await longRow(broken);
    if (long) {
        return new ContractError({
            ...long,
            file: name,
            what: `${name} has a row that is too long to be read.`,
            expected: `rows of less than ${longestRow / 1_000_000} MB`,
            fix: `leave ${long.column} out of the export, or shorten it there`,
            cause: error,
        });
    }
    const other = await otherLineEnd(broken);
    if (other) {
        return new ContractError({
            file: name,
            row: other.row,
            line: other.line,
            what: `${name} has lines that end in different ways, as files put together of two have.`,
            expected: `a line that ends like the header, with ${JSON.stringify(other.expected)}`,
            got: JSON.stringify(other.got),
            fix: 'export it as a whole again, or give both files to the input',
            cause: error,
        });
    }
    return new ContractError({
        ...place,
        what: `${name} is not a well-formed CSV file.`,
        why: /state machine/.test(message)
            ? 'its lines end in different ways, or a quote in it is not closed'
            : firstReason(message),
        got: original(message),
        fix: "export the file again, or check format.quote and format.delimiter of the input; where quotes are part of its text, set format.quote to a character it does not hold, for example '~'",
        cause: error,
    });
}

/** A line with one cell is no row: most exports end with some that sum up the others. */
function fixOddRow(
    text: string,
    { cells, wanted, isLast }: { cells: number; wanted: number; isLast: boolean },
): string {
    const words = cells === 1 ? text.split(/[:(\d]/)[0]?.trim() : undefined;
    const word = isLast ? (totalWord(text) ?? words) : undefined;
    if (word) {
        return `when the data ends here, write footer: '${beginningWith(word)}' in the format of the input`;
    }
    return cells > 1 && cells < wanted
        ? 'where the export leaves off empty cells at the end of a row, write short_rows: true in the format of the input; otherwise quote the cell that holds a line break, or set format.delimiter or format.quote'
        : 'quote the cell that holds the delimiter or a line break, or set format.delimiter or format.quote';
}

/** The engine keeps a row in a buffer of 8 MB. */
const longestRow = 8_000_000;

async function longRow(file: CsvErrorFile | undefined) {
    try {
        return await file?.findLongRow(longestRow);
    } catch {
        // The file is already known to be broken: what the engine says has to do.
        return undefined;
    }
}

async function otherLineEnd(file: CsvErrorFile | undefined) {
    try {
        return await file?.findOtherLineEnd();
    } catch {
        // The file is already known to be broken: what the engine says has to do.
        return undefined;
    }
}

async function oddRow(file: CsvErrorFile | undefined) {
    try {
        return await file?.findOddRow();
    } catch {
        // The file is already known to be broken: what the engine says has to do.
        return undefined;
    }
}

async function lineOfRow(file: SourceFile | undefined, row: number): Promise<number | undefined> {
    try {
        return (await file?.linesOf([row]))?.get(row);
    } catch {
        // The file is already known to be broken: the row number alone has to do.
        return undefined;
    }
}

function original(message: string): string {
    return shortened(/Original Line: ([^\n]*)/.exec(message)?.[1] ?? '');
}

function shortened(line: string): string {
    return line.length > 120 ? `${line.slice(0, 120)}...` : line;
}

function firstReason(message: string): string {
    const lines = message.split('\n').map((line) => line.trim());
    const after = lines.findIndex((line) => line.startsWith('Original Line:'));
    return lines[after + 1] || lines[0] || message;
}
