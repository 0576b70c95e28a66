import { sql } from 'kysely';
import type { OpenColumn, OpenTable } from '../api/connector.ts';
import { tableName } from './reading.ts';
import type { Session } from './session.ts';
import type { DatabaseSystem, TableColumn, TableFacts } from './system.ts';

const firstRows = 200;

/** Tables and views that the user may read, with what they have. */
export async function openTables(
    session: Session,
    system: DatabaseSystem,
): Promise<readonly OpenTable[]> {
    return session.ask('listing tables', async (db) => {
        const tables: OpenTable[] = [];
        for (const name of await system.tables(db)) {
            const facts = await system.describe(db, tableName(name));
            if (facts) tables.push(openTable(name, facts, session, system));
        }
        return tables;
    });
}

function openTable(
    name: string,
    { columns, primaryKey }: TableFacts,
    session: Session,
    system: DatabaseSystem,
): OpenTable {
    const { schema, name: bare } = tableName(name);
    const named = schema === undefined ? [bare] : [schema, bare];
    return {
        name,
        key: primaryKey,
        columns: columns.map((column) => ({ name: column.name, holds: held(column, system) })),
        firstRows: () =>
            session.ask(`looking at ${name}`, async (db) => {
                const rows = await db
                    .selectFrom(sql<Record<string, unknown>>`${sql.id(...named)}`.as('source'))
                    .select(
                        columns.map((column) =>
                            system
                                .read(column, sql`${sql.id('source', column.name)}`)
                                .as(column.name),
                        ),
                    )
                    .limit(firstRows)
                    .execute();
                return rows.map((row) =>
                    columns.map((column) => shown(column, row[column.name], system)),
                );
            }),
    };
}

function held({ type }: TableColumn, system: DatabaseSystem): OpenColumn['holds'] {
    const kind = system.cursorKind(type);
    if (kind === 'instant' || kind === 'clock') return 'times';
    if (kind === 'day') return 'days';
    return /char|text|enum/.test(type) ? 'texts' : 'others';
}

/** As a load would read it. */
function shown(column: TableColumn, value: unknown, system: DatabaseSystem): string {
    if (value === null || value === undefined) return '';
    const json = system.json(column, String(value));
    const read: unknown = JSON.parse(json);
    if (read === null) return '';
    return typeof read === 'string' ? read : json;
}
