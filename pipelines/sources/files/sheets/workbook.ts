/** What a cell holds: text of a number has a point, that of a date is ISO. */
export type CellKind = 'text' | 'number' | 'date';

/** Takes a sheet row by row; rows and columns count from 0, empty cells are left out. */
export interface RowSink {
    readonly cell: (column: number, text: string, kind: CellKind) => void;
    readonly endRow: (row: number) => void;
    /** True when no more rows are wanted. */
    readonly isDone: () => boolean;
    /** Waits until what was taken is written. */
    readonly drain: () => Promise<void>;
}

/** A cell that covers the ones below it, down to and with the last row. */
export interface TallCell {
    readonly column: number;
    readonly firstRow: number;
    readonly lastRow: number;
}

export interface SheetName {
    readonly name: string;
    readonly isHidden: boolean;
}

/** A workbook of any format. */
export interface Workbook {
    readonly type: 'xlsx' | 'ods';
    readonly sheets: readonly SheetName[];
    /** Reads a sheet from front to back; which cells are merged is known at its end. */
    readonly read: (sheet: string, sink: RowSink) => Promise<readonly TallCell[]>;
    readonly close: () => void;
}
