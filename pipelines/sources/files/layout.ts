import type { SourceFile } from '../../contracts/batch.ts';

/** How the engine reads a run of files that look alike. */
export interface Layout {
    readonly files: readonly SourceFile[];
    /** SQL relation over the files, with a `file_index` column. */
    readonly relation: string;
    /** Column names as the files have them. */
    readonly columns: readonly string[];
    /** SQL of one column's cell as text, null when empty. */
    readonly text: (column: string) => string;
    /** SQL of one column's cell and its type, when the file itself is typed. */
    readonly typed?: (column: string) => { readonly sql: string; readonly type: string };
    /** SQL of a json object of the columns not in `used`, null when there are none. */
    readonly extra: (used: readonly string[]) => string;
    /** SQL of a json object of the whole row. */
    readonly raw: string;
    /** Extra condition that makes a row unreadable as a whole, with what was expected. */
    readonly brokenRow?: { readonly condition: string; readonly expected: string };
    readonly explainError: (error: unknown) => Promise<Error>;
}

/** Escapes a path for the engine, which would expand `*`, `?` and `[` in it. */
export function literalPath(path: string): string {
    return path.replace(/[*?[]/g, (character) => `[${character}]`);
}
