import { z } from 'zod';
import type { TableFacts } from '../database/system.ts';

const columns = z.array(
    z.object({
        name: z.string(),
        type: z.string().toLowerCase(),
        mayBeNull: z.enum(['YES', 'NO']),
        keyPlace: z.coerce.number().nullable(),
    }),
);

/** What the catalogue says of a table. Which rights come from where it does not say in one place. */
export function describedColumns(rows: readonly unknown[]): TableFacts | undefined {
    const read = columns.parse(rows);
    if (read.length === 0) return undefined;
    return {
        columns: read.map(({ name, type, mayBeNull }) => ({
            name,
            type,
            mayBeNull: mayBeNull === 'YES',
        })),
        primaryKey: read
            .filter(({ keyPlace }) => keyPlace !== null)
            .toSorted((left, right) => Number(left.keyPlace) - Number(right.keyPlace))
            .map(({ name }) => name),
        mayWrite: false,
    };
}

const tables = z.array(z.object({ schema: z.string(), name: z.string() }));

/** Tables as a connection names them. */
export function describedTables(rows: readonly unknown[]): readonly string[] {
    return tables.parse(rows).map(({ schema, name }) => `${schema}.${name}`);
}
