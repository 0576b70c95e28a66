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
    readonly first_event_at: string | null;
    readonly last_event_at: string | null;
    readonly load_id: string | null;
    readonly loaded_at: string | null;
}

/** State of every stream in its warehouse. */
export async function readStatus(warehouse: Warehouse): Promise<readonly StreamStatus[]> {
    return warehouse.db
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
}
