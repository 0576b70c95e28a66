import { type RawBuilder, sql } from 'kysely';
import type { CursorKind, TableColumn } from '../database/system.ts';

const kinds: Readonly<Record<string, CursorKind>> = {
    timestamptz: 'instant',
    timestamp: 'clock',
    date: 'day',
    int2: 'number',
    int4: 'number',
    int8: 'number',
};

/** What a column of this type counts when it is a cursor. */
export function cursorKindOf(type: string): CursorKind | undefined {
    return kinds[type];
}

/** Money is written as the server's country does, and lists are written with braces. */
export function readValue(
    { type }: TableColumn,
    reference: RawBuilder<unknown>,
): RawBuilder<unknown> {
    if (type === 'money') return sql`cast(${reference} as numeric)`;
    if (type.endsWith('[]')) return sql`array_to_string(${reference}, ';')`;
    return reference;
}

/** The server takes the type of the column for it. */
export function boundValue(_column: TableColumn, value: string): RawBuilder<unknown> {
    return sql`${value}`;
}

/** JSON stays what it is, so that a mapping can name its parts; everything else is text. */
export function jsonOfValue({ type }: TableColumn, text: string): string {
    if (type === 'jsonb') return text;
    // In JSON a line can only break between values.
    if (type === 'json') return text.replace(/[\r\n]+/g, ' ');
    if (type === 'bool') return text === 't' ? '"true"' : '"false"';
    return JSON.stringify(text);
}
