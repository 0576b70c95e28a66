import { sql } from 'kysely';
import type { Warehouse } from './connection.ts';

export interface StreamStatus {
    readonly stream: string;
    readonly is_connected: boolean;
    readonly row_count: number;
    /** Rows of the loaded files that broke the contract. */
    readonly rejected_rows: number;
    /** Rows of the last load that the config leaves out, such as totals. */
    readonly left_out_rows: number;
    /**
     * Rows of records that their system deleted or merged into another one, which count nowhere;
     * null until the models have been built.
     */
    readonly removed_rows: number | null;
    readonly first_event_at: string | null;
    readonly last_event_at: string | null;
    readonly load_id: string | null;
    readonly loaded_at: string | null;
}

/** State of every stream in its warehouse. */
export async function readStatus(warehouse: Warehouse): Promise<readonly StreamStatus[]> {
    const streams = await warehouse.db
        .selectFrom('jointly.stream_state as state')
        .leftJoin(
            (from) =>
                from
                    .selectFrom('jointly.rejects')
                    .select([
                        'stream',
                        sql<number>`count(distinct (input, file, "row"))`.as('rejected_rows'),
                    ])
                    .groupBy('stream')
                    .as('refused'),
            (join) => join.onRef('refused.stream', '=', 'state.stream'),
        )
        .leftJoin('jointly.loads as loads', (join) =>
            join
                .onRef('loads.load_id', '=', 'state.load_id')
                .onRef('loads.stream', '=', 'state.stream'),
        )
        .select([
            'state.stream',
            'state.is_connected',
            'state.row_count',
            sql<number>`coalesce(refused.rejected_rows, 0)`.as('rejected_rows'),
            sql<number>`coalesce(loads.left_out_rows, 0)`.as('left_out_rows'),
            'state.first_event_at',
            'state.last_event_at',
            'state.load_id',
            'state.loaded_at',
        ])
        .orderBy('state.stream')
        .execute();
    const removed = await readRemoved(warehouse);
    return streams.map((one) => ({
        ...one,
        removed_rows: removed ? (removed.get(one.stream) ?? 0) : null,
    }));
}

/** Removed rows by stream, as the models have counted them; undefined when they have not yet. */
async function readRemoved(warehouse: Warehouse): Promise<ReadonlyMap<string, number> | undefined> {
    const [built] = await warehouse.query(`
        select 1 from duckdb_tables()
        where schema_name = 'staging' and table_name = 'stg_files__removed_rows'`);
    if (built === undefined) return undefined;
    const rows = await warehouse.query<{ stream: string; rows: number }>(
        'select stream, cast(row_count as integer) as rows from staging.stg_files__removed_rows',
    );
    return new Map(rows.map(({ stream, rows: count }) => [stream, count]));
}
