import { type RawBuilder, sql } from 'kysely';
import type { CursorKind, TableColumn } from '../database/system.ts';

const whole = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint']);
const bytes = new Set([
    ...['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'geometry'],
]);

/** What a column of this type counts when it is a cursor. */
export function cursorKindOf(type: string): CursorKind | undefined {
    if (whole.has(type)) return 'number';
    if (type === 'timestamp') return 'instant';
    if (type === 'datetime') return 'clock';
    return type === 'date' ? 'day' : undefined;
}

/** Bytes, such as those of a key, are read as hexadecimal digits. */
export function readValue(
    { type }: TableColumn,
    reference: RawBuilder<unknown>,
): RawBuilder<unknown> {
    if (bytes.has(type)) return sql`lower(hex(${reference}))`;
    if (type === 'bit') return sql`cast(${reference} as unsigned)`;
    return reference;
}

/** Words of an enum are sorted by their place in its list, and compared by their letters. */
export function orderOfValue(
    { type }: TableColumn,
    reference: RawBuilder<unknown>,
): RawBuilder<unknown> {
    return type === 'enum' || type === 'set' ? sql`cast(${reference} as char)` : reference;
}

/** A text beside a number would be compared as a float, in which long ids are equal. */
export function boundValue({ type }: TableColumn, value: string): RawBuilder<unknown> {
    if (bytes.has(type)) return sql`unhex(${value})`;
    if (type === 'bit') return sql`cast(${value} as unsigned)`;
    if (whole.has(type)) {
        return value.startsWith('-')
            ? sql`cast(${value} as signed)`
            : sql`cast(${value} as unsigned)`;
    }
    if (type === 'decimal') return sql`cast(${value} as decimal(65, 30))`;
    return sql`${value}`;
}

/**
 * JSON stays what it is, so that a mapping can name its parts; a point in time says that it is in UTC,
 * and a day that is none is none; everything else is text.
 */
export function jsonOfValue({ type }: TableColumn, text: string): string {
    if (type === 'json') return text;
    if (text.startsWith('0000-00-00') && /^(timestamp|date|datetime)$/.test(type)) return 'null';
    return JSON.stringify(type === 'timestamp' ? `${text}Z` : text);
}
