/**
 * What a source hands to the warehouse: SQL that yields rows. Neither side knows the other;
 * they meet here.
 */
export interface SourceFile {
    /** Path as messages and `_file` show it. */
    readonly name: string;
    readonly path: string;
    /** Lines below the data that the input leaves out. */
    readonly leftOutLines?: number;
    /** Line of the file each data row starts on, found only when a message needs it. */
    readonly linesOf: (rows: readonly number[]) => Promise<ReadonlyMap<number, number>>;
    /** Text of rows of which the engine keeps nothing because it cannot read them at all. */
    readonly textOf?: (rows: readonly number[]) => Promise<ReadonlyMap<number, string>>;
    /** Days it speaks for although it may hold no row of them; left out, those of its rows. */
    readonly covered?: readonly CoveredDays[];
}

/** Days for which a source has answered, rows or none, once it has proven that it may read them. */
export interface CoveredDays {
    /** Values of the partition of the stream: `{ platform, account_id }`. */
    readonly partition: Readonly<Record<string, string>>;
    readonly firstDay: string;
    readonly lastDay: string;
}

export interface Scan {
    /** Files in reading order; `_file_index` counts them from 0. */
    readonly files: readonly SourceFile[];
    /**
     * Select of every contract column with its type, `_extra` (json), `_unreadable` (boolean: a
     * value is there but cannot be read as its type), `_file_index`, and what `raw` and
     * `problems` need.
     */
    readonly rows: string;
    /** The same in a quicker way that fails where a row is out of the ordinary; undefined without one. */
    readonly usual: Pick<Scan, 'rows' | 'megabytesPerThread'> | undefined;
    /** Column of `rows`, true for a row that the input leaves out; undefined when it leaves none. */
    readonly skipped: string | undefined;
    /** Column of `rows`, the last day of one that sums up several; undefined when none does. */
    readonly until: string | undefined;
    /** Expression over `rows`: json of the row as it came. */
    readonly raw: string;
    /** Expression over `rows`: list of struct(col, expected, got), one for each unreadable value. */
    readonly problems: string;
    /** Column of `rows`, true for an event that a row of the file does not hold. */
    readonly absent: string | undefined;
    /** How many rows of `rows` each row of the file makes. */
    readonly eventsPerRow: number;
    /** Memory each thread needs to read rows and write them as they come, in MB. */
    readonly megabytesPerThread: number;
    /** Rows have so many cells that two threads would not fit into memory. */
    readonly isWide: boolean;
    /** What the file calls a contract column, when that is another name. */
    readonly nameInFile: (column: string) => string | undefined;
    /** The setting that would mend a refused value, when it is known. */
    readonly adviceOn: (column: string, got: string) => string | undefined;
    /** Where the columns of the stream come from. */
    readonly origins: readonly ColumnOrigin[];
    /** Columns of the files that nothing is read from. */
    readonly unused: readonly string[];
    /** The setting that would leave out a refused row, given as json, when it is a sum of others. */
    readonly adviceOnRow: (raw: string) => string | undefined;
    /** Turns an engine error of this scan into one that names file and row. */
    readonly explainError: (error: unknown) => Promise<Error>;
}

export interface ColumnOrigin {
    readonly column: string;
    readonly kind: 'cell' | 'constant' | 'absent';
    /** Name in the file, or the constant. */
    readonly from: string;
}

export interface Batch {
    readonly input: string;
    /** Rows of one key and file are added up. */
    readonly isSummed: boolean;
    /** Share of broken rows up to which the others load. */
    readonly maximumRejectShare: number;
    /** Whether its files hold everything, so that what they lack is gone. */
    readonly isComplete: boolean;
    /** Share of what is restated up to which rows may be lacking. */
    readonly maximumLossShare: number;
    /** What tells apart whose ids they are; inputs of which both say the same are one system. */
    readonly idSpace: string | undefined;
    readonly scans: readonly Scan[];
}

/** Quotes text as an SQL string literal. */
export function sqlText(value: string): string {
    return `'${value.replaceAll("'", "''")}'`;
}

/** Quotes an SQL identifier. */
export function sqlName(value: string): string {
    return `"${value.replaceAll('"', '""')}"`;
}
