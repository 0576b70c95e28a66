import type { Warehouse } from './connection.ts';
import { sqlInstant } from './instant.ts';

/** How far one feed of one connection is loaded. */
export interface Cursor {
    readonly connection: string;
    readonly feed: string;
    readonly cursor: string | null;
    readonly scope: string;
    readonly run: string;
}

/** The cursors of a connection, by feed. */
export async function readCursors(
    warehouse: Warehouse,
    connection: string,
): Promise<ReadonlyMap<string, Cursor>> {
    const rows = await warehouse.db
        .selectFrom('jointly.cursors')
        .select(['connection', 'feed', 'cursor', 'scope', 'run'])
        .where('connection', '=', connection)
        .execute();
    return new Map(rows.map((row) => [row.feed, row]));
}

/** Moves cursors; runs inside the transaction that writes their rows, which `loadId` names. */
export async function writeCursors(
    warehouse: Warehouse,
    cursors: readonly Cursor[],
    loadId: string | null,
): Promise<void> {
    for (const cursor of cursors) {
        await warehouse.db
            .deleteFrom('jointly.cursors')
            .where('connection', '=', cursor.connection)
            .where('feed', '=', cursor.feed)
            .execute();
    }
    if (cursors.length === 0) return;
    const loadedAt = sqlInstant(new Date());
    await warehouse.db
        .insertInto('jointly.cursors')
        .values(cursors.map((one) => ({ ...one, load_id: loadId, loaded_at: loadedAt })))
        .execute();
}
