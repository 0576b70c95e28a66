import { sql } from 'kysely';
import { sqlName } from '../contracts/batch.ts';
import { rawSchema, rawTable } from '../contracts/ddl.ts';
import { streams as contracts } from '../contracts/registry.ts';
import type { StreamContract } from '../contracts/stream.ts';
import type { Warehouse } from './connection.ts';

export interface StreamStatus {
    readonly stream: string;
    readonly is_connected: boolean;
    readonly row_count: number;
    /** Rows of the loaded files that broke the contract. */
    readonly rejected_rows: number;
    /** Rows of the last load that the config leaves out, such as totals. */
    readonly left_out_rows: number;
    /** Rows of records that their system deleted or merged into another one: they count nowhere. */
    readonly removed_rows: number;
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
    const removed = await countRemoved(warehouse);
    return streams.map((one) => ({ ...one, removed_rows: removed.get(one.stream) ?? 0 }));
}

/** Removed rows by stream. Tables of an earlier version, which no load has met yet, have none. */
async function countRemoved(warehouse: Warehouse): Promise<ReadonlyMap<string, number>> {
    const tables = await warehouse.query<{ name: string }>(`
        select table_name as name from duckdb_columns()
        where schema_name = '${rawSchema}' and column_name = 'is_deleted'`);
    const counts = contracts.flatMap((contract) => {
        if (!tables.some(({ name }) => name === contract.name)) return [];
        const condition = isRemoved(contract);
        return `select '${contract.name}' as stream, count(*) as rows from ${rawTable(contract)} where ${condition}`;
    });
    if (counts.length === 0) return new Map();
    const rows = await warehouse.query<{ stream: string; rows: number }>(
        counts.join(' union all '),
    );
    return new Map(rows.map(({ stream, rows: count }) => [stream, Number(count)]));
}

function isRemoved(contract: StreamContract): string {
    if (!contract.columns.some(({ name }) => name === 'merged_ids')) return 'is_deleted';
    const [key = ''] = contract.key;
    const taken = `select trim(unnest(string_split(merged_ids, ';'))) from ${rawTable(contract)}`;
    return `is_deleted or merged_into is not null or ${sqlName(key)} in (${taken})`;
}
