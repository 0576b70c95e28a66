import type { SourceFile } from '../../contracts/batch.ts';
import { ContractError, SourceError } from '../../errors.ts';
import { engineError } from './layout.ts';

interface CsvContext {
    readonly files: readonly { readonly readPath: string; readonly source: SourceFile }[];
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
    const file =
        context.files.find((one) => one.readPath === path)?.source ?? context.files[0]?.source;
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
        return new ContractError({
            ...place,
            what: `${name} has a row with another number of columns than its header.`,
            expected: `${columns[1]} columns`,
            got: `${columns[2]}: ${original(message)}`,
            fix: 'quote the cell that holds the delimiter, or set format.delimiter or format.quote',
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
        fix: 'check format.quote and format.delimiter of the input, or export the file again',
        cause: error,
    });
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
    const line = /Original Line: ([^\n]*)/.exec(message)?.[1] ?? '';
    return line.length > 120 ? `${line.slice(0, 120)}...` : line;
}

function firstReason(message: string): string {
    const lines = message.split('\n').map((line) => line.trim());
    const after = lines.findIndex((line) => line.startsWith('Original Line:'));
    return lines[after + 1] || lines[0] || message;
}
