import { type SourceFile, sqlText } from '../../contracts/batch.ts';
import { SourceError } from '../../errors.ts';
import { machineError } from '../../machine-error.ts';
import type { NumberFormat } from './text-reading.ts';

/** How the engine reads a run of files that look alike. */
export interface Layout {
    readonly files: readonly SourceFile[];
    /** SQL relation over the files, with a `file_index` column. */
    readonly relation: string;
    /** Column names as the files have them. */
    readonly columns: readonly string[];
    /** Letters above a column, where the file is a sheet. */
    readonly lettersOf?: (column: string) => string | undefined;
    /** A row may have columns that are not among these. */
    readonly isOpen?: boolean;
    /** Names that a row usually has, where that is not what `columns` says. */
    readonly usualNames?: readonly string[];
    /** SQL of one column's cell as text, null when empty. */
    readonly text: (column: string) => string;
    /** SQL of what a title line that begins like this says behind its colon; undefined without one. */
    readonly title?: (begin: string) => string | undefined;
    /** One column's cell, when the file itself is typed. */
    readonly typed?: (column: string) => TypedCell;
    /** How text that is a number is written. */
    readonly numbers: NumberFormat;
    /** Words that stand for an empty cell, also with spaces around them. */
    readonly nullValues?: readonly string[];
    /** SQL of the row as text, where numbers may lose digits on the way to their cell. */
    readonly rowText?: string;
    /** SQL of a json object of the columns not in `used`, null when there are none. */
    readonly extra: (used: readonly string[]) => string;
    /** SQL of what `raw` is made of. */
    readonly source: readonly string[];
    /** SQL of a json object of the whole row, from the names under which `source` is selected. */
    readonly raw: (source: readonly string[]) => string;
    /** Extra condition that makes a row unreadable as a whole, with what was expected. */
    readonly brokenRow?: { readonly condition: string; readonly expected: string };
    /** The same files in a quicker way, which stops at a row that is out of the ordinary. */
    readonly usual?: Layout;
    /** Rows may be so long that two threads would not fit into memory. */
    readonly isLong?: boolean;
    /** Memory each thread needs to read rows and write them as they come, in MB. */
    readonly megabytesPerThread: number;
    readonly explainError: (error: unknown) => Promise<Error>;
}

export interface TypedCell {
    readonly sql: string;
    readonly type: string;
    /** An instant by the clock on the wall, which becomes one point in time with a time zone. */
    readonly isLocal?: boolean;
}

/** An error of the engine that says nothing about the file: not enough memory, a full disk. */
export function engineError(error: unknown): Error {
    const machine = machineError(error);
    if (machine) return machine;
    const message = error instanceof Error ? error.message : String(error);
    if (!/^IO Error/i.test(message)) {
        return error instanceof Error ? error : new Error(message);
    }
    return new SourceError({
        what: 'The engine could not read the files.',
        why: message.split('\n')[0] ?? message,
        fix: 'check that they are there and can be read, then run again',
        cause: error,
    });
}

/** Numbers of a format in which only a point can stand before decimals. */
export const pointNumbers: NumberFormat = { decimalSeparator: '.' };

/** SQL of a json object with these keys. */
export function jsonObject(keys: readonly string[], values: readonly string[]): string {
    const pairs = keys.map((key, index) => `${sqlText(key)}, ${values[index]}`);
    return `json_object(${pairs.join(', ')})`;
}

/** Escapes a path for the engine, which would expand `*`, `?` and `[` in it. */
export function literalPath(path: string): string {
    return path.replace(/[*?[]/g, (character) => `[${character}]`);
}
