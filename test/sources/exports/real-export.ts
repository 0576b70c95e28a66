/**
 * Small files made after the shape of real exports (pipelines/sources/files/layouts/README.md says
 * where each was seen); names and figures are invented.
 */
export interface RealExport {
    readonly layout: string;
    /** In which trait it differs from the others of its layout. */
    readonly variant: string;
    readonly stream: string;
    readonly file: string;
    readonly text: string;
    /** UTF-8 when left out. */
    readonly encoding?: 'utf16le';
    /** What an input says beside its layout. */
    readonly input?: Readonly<Record<string, unknown>>;
    /** Columns that are looked at, and their rows in order, computed by hand. */
    readonly columns: string;
    readonly rows: readonly (readonly unknown[])[];
    /** Rows and lines that are no records. */
    readonly leftOut?: number;
}

/** Text of lines. */
export const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

/** The bytes of a file. */
export function bytesOf({ text, encoding }: RealExport): Uint8Array {
    return Buffer.from(text, encoding ?? 'utf8');
}
