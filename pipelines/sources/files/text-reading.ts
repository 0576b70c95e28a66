import { sqlText } from '../../contracts/batch.ts';
import { type Column, describeExpected } from '../../contracts/columns.ts';

/** How an input writes its numbers. */
export interface NumberFormat {
    /** Undefined when the input does not say: a point, as long as it cannot be one of thousands. */
    readonly decimalSeparator?: '.' | ',' | undefined;
    readonly thousandsSeparator?: string | undefined;
}

/** How one contract column is read from text. */
export interface TextReading extends NumberFormat {
    readonly column: Column;
    /** SQL name of the cell as text; null when the cell is empty. */
    readonly text: string;
    /** SQL name under which the typed cell can be used by conditions. */
    readonly value: string;
    readonly timezone: string;
    readonly format?: string | undefined;
    readonly multiplyBy?: string | undefined;
    /** The cells are floats, of which the contract's decimals are wanted. */
    readonly isFloat?: boolean;
}

export interface ColumnSql {
    /** The cell with its type; null when it is empty or unreadable. */
    readonly typed: string;
    /** Condition, true when a non-empty cell does not hold a value of the type. */
    readonly unreadable: string;
    /** Text of what should have been there. */
    readonly expected: string;
}

/** What `typed` makes of the cell, and when that is not the value the cell holds. */
export function judged(reading: TextReading, typed: string, wellFormed: string): ColumnSql {
    const { text, value } = reading;
    const format = reading.format ? ` in the format ${reading.format}` : '';
    return {
        typed,
        unreadable: `(${text} is not null and (${value} is null or (${wellFormed}) is not true))`,
        expected: sqlText(`${describeExpected(reading.column)}${format}`),
    };
}

/** An expression that would fail on other text is computed only for text of this shape. */
export function guarded(text: string, pattern: string, expression: string): string {
    return `case when regexp_full_match(${text}, '${pattern}') then ${expression} end`;
}

/** A dear check is made only where a cheap one does not settle it: `or` would compute both. */
export function unlessClear(cheap: string, dear: string): string {
    return `(case when ${cheap} then true else ${dear} end)`;
}
