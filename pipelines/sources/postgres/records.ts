import { z } from 'zod';
import type { TableFacts } from '../database/system.ts';

/** Values of the catalogue come as text, as all others do. */
const truth = z.enum(['t', 'f']).transform((text) => text === 't');

const columns = z.array(
    z.object({
        name: z.string(),
        type: z.string(),
        mayBeNull: truth,
        keyPlace: z.coerce.number().nullable(),
        mayWrite: truth,
    }),
);

/** What the catalogue says of a table. */
export function describedColumns(rows: readonly unknown[]): TableFacts | undefined {
    const read = columns.parse(rows);
    if (read.length === 0) return undefined;
    return {
        columns: read.map(({ name, type, mayBeNull }) => ({ name, type, mayBeNull })),
        primaryKey: read
            .filter(({ keyPlace }) => keyPlace !== null)
            .toSorted((left, right) => Number(left.keyPlace) - Number(right.keyPlace))
            .map(({ name }) => name),
        mayWrite: read.some(({ mayWrite }) => mayWrite),
    };
}

const tables = z.array(z.object({ schema: z.string(), name: z.string() }));

/** Tables as a connection names them. */
export function describedTables(rows: readonly unknown[]): readonly string[] {
    return tables.parse(rows).map(({ schema, name }) => `${schema}.${name}`);
}
