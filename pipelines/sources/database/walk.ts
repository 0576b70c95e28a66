import { type Kysely, type RawBuilder, sql } from 'kysely';
import { ContractError } from '../../errors.ts';
import type { Reading } from './reading.ts';
import type { DatabaseSystem, TableColumn } from './system.ts';

/** A page ends with the row that fills one of these. */
const pageRows = 2000;
const pageBytes = 1024 * 1024;
/** Rows that are fetched at a time: wide ones must not fill the memory. */
const fetchedRows = 500;

/** Where in a table a read stands. */
export interface Place {
    /** Rows whose cursor is this or more; null for all. */
    readonly from: string | null;
    /** Rows without a cursor, which are in no order of changes. */
    readonly isWithoutCursor: boolean;
    /** Values of cursor and key of the last row; null at the beginning. */
    readonly after: readonly string[] | null;
}

type Row = Readonly<Record<string, string | null>>;

export interface Walk {
    /** Whether it stands there. */
    readonly isAt: (place: Place) => boolean;
    readonly next: () => Promise<{ readonly text: string; readonly next: Place | undefined }>;
}

/**
 * Reads a table row by row in the order of its cursor and key, in one statement, so that nothing has to
 * be sorted twice and memory holds a page. It can begin behind any row.
 * @param name of the table, for messages
 */
export function openWalk(
    db: Kysely<unknown>,
    system: DatabaseSystem,
    reading: Reading,
    begin: Place,
    name: string,
): Walk {
    const order = orderOf(reading, begin);
    const cells = reading.columns.map((column) => ({
        column,
        name: JSON.stringify(column.name),
    }));
    const rows = selectRows(db, system, reading, begin)
        .stream(fetchedRows)
        [Symbol.asyncIterator]() as AsyncIterator<Row>;
    let place = begin;
    return {
        isAt: (other) => JSON.stringify(other) === JSON.stringify(place),
        next: async () => {
            const lines: string[] = [];
            let bytes = 0;
            while (lines.length < pageRows && bytes < pageBytes) {
                const { value, done } = await rows.next();
                if (done) {
                    // Of a connection that broke, a driver may say that there are no more rows.
                    await sql`select 1`.execute(db);
                    return { text: `[${lines.join(',\n')}]`, next: undefined };
                }
                const after = order.map((column) => keyValue(value, column, name));
                if (JSON.stringify(after) === JSON.stringify(place.after)) {
                    throw sameRow(name, order, after);
                }
                place = { ...place, after };
                const line = jsonOf(value, cells, system);
                lines.push(line);
                bytes += line.length;
            }
            return { text: `[${lines.join(',\n')}]`, next: place };
        },
    };
}

/** The query of a walk. */
export function selectRows(
    db: Kysely<unknown>,
    system: DatabaseSystem,
    reading: Reading,
    { from, isWithoutCursor, after }: Place,
) {
    const { table, cursor } = reading;
    const order = orderOf(reading, { isWithoutCursor });
    const columns = new Map([...reading.columns, ...order].map((column) => [column.name, column]));
    const named = table.schema === undefined ? [table.name] : [table.schema, table.name];
    const conditions: RawBuilder<unknown>[] = [];
    if (cursor && isWithoutCursor) conditions.push(sql`${at(cursor)} is null`);
    else if (cursor) {
        // What an index finds first, where it is one of the cursor alone.
        const least = after?.[0] ?? from;
        conditions.push(
            least === null
                ? sql`${at(cursor)} is not null`
                : sql`${at(cursor)} >= ${system.bound(cursor, least)}`,
        );
    }
    if (after) conditions.push(behind(order, after, system));
    let query = db
        .selectFrom(sql<Record<string, unknown>>`${sql.id(...named)}`.as('source'))
        .select(
            [...columns.values()].map((column) => system.read(column, at(column)).as(column.name)),
        );
    for (const condition of conditions) query = query.where(sql<boolean>`${condition}`);
    for (const column of order) query = query.orderBy(system.order(column, at(column)));
    return query;
}

/** A column of the table: its bare name may be that of what is read of it. */
const at = ({ name }: Pick<TableColumn, 'name'>) => sql`${sql.id('source', name)}`;

function orderOf(
    { key, cursor }: Reading,
    { isWithoutCursor }: Pick<Place, 'isWithoutCursor'>,
): readonly TableColumn[] {
    if (cursor === undefined || isWithoutCursor) return key;
    return [cursor, ...key.filter(({ name }) => name !== cursor.name)];
}

/** Rows behind one: not every system uses an index for a comparison of several columns at once. */
function behind(
    [first, ...rest]: readonly TableColumn[],
    [value = '', ...others]: readonly string[],
    system: DatabaseSystem,
): RawBuilder<unknown> {
    if (first === undefined) return sql`false`;
    const sorted = system.order(first, at(first));
    const own = system.bound(first, value);
    if (rest.length === 0) return sql`${sorted} > ${own}`;
    return sql`(${sorted} > ${own} or (${sorted} = ${own} and ${behind(rest, others, system)}))`;
}

function keyValue(row: Row, { name: column }: TableColumn, table: string): string {
    const value = row[column];
    if (value !== null && value !== undefined) return value;
    throw new ContractError({
        what: `A row of ${table} has no ${column}, which is part of its key.`,
        column,
        expected: 'a value in every row',
        got: JSON.stringify(row).slice(0, 200),
        fix: 'name other columns in key of the table',
    });
}

function sameRow(
    table: string,
    order: readonly TableColumn[],
    values: readonly string[],
): ContractError {
    const names = order.map(({ name }) => name).join(', ');
    return new ContractError({
        what: `Two rows of ${table} have the same ${names}.`,
        column: names,
        expected: 'columns that together tell its rows apart',
        got: values.join(', '),
        fix: 'name more columns in key of the table',
    });
}

function jsonOf(
    row: Row,
    cells: readonly { readonly column: TableColumn; readonly name: string }[],
    system: DatabaseSystem,
): string {
    const written = cells.map(({ column, name }) => {
        const value = row[column.name];
        const text = value === null || value === undefined ? 'null' : system.json(column, value);
        return `${name}:${text}`;
    });
    return `{${written.join(',')}}`;
}
