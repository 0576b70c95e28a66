import { sqlName, sqlText } from '../contracts/batch.ts';
import { rawTable } from '../contracts/ddl.ts';
import { streams } from '../contracts/registry.ts';
import type { StreamContract } from '../contracts/stream.ts';
import type { Warehouse } from './connection.ts';
import { latestChange } from './contract-checks.ts';
import { writeCursors } from './cursors.ts';
import { sqlInstant } from './instant.ts';
import type { LoadCounts, LoadRequest } from './load-request.ts';
import { restateRows } from './past-rows.ts';
import { temporary } from './temporary.ts';

/** Writes rejects, load record and stream state of a load; runs inside its transaction. */
export async function recordLoad(
    warehouse: Warehouse,
    request: LoadRequest,
    fingerprint: string,
    counts: LoadCounts,
): Promise<void> {
    const { contract, loadId } = request;
    const now = sqlInstant(new Date());
    await replaceRejects(warehouse, contract, loadId);
    await writeCursors(warehouse, request.cursors ?? [], loadId);
    await warehouse.run(`
        insert into jointly.files
        select file_id, ${sqlText(loadId)}, ${sqlText(contract.name)}, input, file, row_count,
            id_prefix
        from ${temporary.stagedFiles} order by file_no`);
    const fileCount = request.batches
        .flatMap((batch) => batch.scans)
        .reduce((sum, scan) => sum + scan.files.length, 0);
    await warehouse.db
        .insertInto('jointly.loads')
        .values({
            load_id: loadId,
            stream: contract.name,
            started_at: sqlInstant(request.startedAt),
            finished_at: now,
            fingerprint,
            files: fileCount,
            read_rows: counts.read,
            inserted_rows: counts.inserted,
            updated_rows: counts.updated,
            unchanged_rows: counts.unchanged,
            duplicate_rows: counts.duplicate,
            superseded_rows: counts.superseded,
            rejected_rows: counts.rejected,
            deleted_rows: counts.deleted,
            left_out_rows: counts.leftOut,
            summed_rows: counts.summed,
            spread_rows: counts.spread,
            history_rows: counts.updated + counts.deleted,
        })
        .execute();
    await warehouse.db
        .updateTable('jointly.stream_state')
        .set({
            ...(await sizeOf(warehouse, contract, now)),
            is_connected: true,
            // Files are read again when they change, whatever a connection brings beside them.
            ...(request.cursors ? {} : { fingerprint }),
            load_id: loadId,
            loaded_at: now,
        })
        .where('stream', '=', contract.name)
        .execute();
}

/**
 * Whether what is known of a stream still holds: its files may be unchanged while days have come
 * that were ahead at its last load, or the clock of the machine was wrong then.
 * @returns false when rows were rejected as changed in the future that no longer are
 */
export async function keepUpWithClock(
    warehouse: Warehouse,
    contract: StreamContract,
    now: Date,
): Promise<boolean> {
    const { strategy, name } = contract;
    if (strategy.kind === 'merge' && strategy.cursor !== undefined) {
        const come = await warehouse.query(`
            select 1 from jointly.rejects
            where stream = ${sqlText(name)} and "column" = ${sqlText(strategy.cursor)}
            and try_cast(got as timestamp) <= timestamp ${sqlText(latestChange(now))} limit 1`);
        if (come.length > 0) return false;
    }
    const size = await sizeOf(warehouse, contract, sqlInstant(now));
    const state = await warehouse.db
        .selectFrom('jointly.stream_state')
        .select(['row_count', 'first_event_at', 'last_event_at', 'observed_until'])
        .where('stream', '=', name)
        .executeTakeFirst();
    if (JSON.stringify(state) === JSON.stringify(size)) return true;
    await warehouse.db
        .updateTable('jointly.stream_state')
        .set({ ...size, loaded_at: sqlInstant(now) })
        .where('stream', '=', name)
        .execute();
    return true;
}

/** How many rows a stream has and how far they reach; what is dated after `now` proves nothing. */
export async function sizeOf(warehouse: Warehouse, contract: StreamContract, now: string) {
    const event = sqlName(contract.eventColumn);
    const latest = (column: string, when = 'true') =>
        `max(${column}) filter (${column} <= timestamp ${sqlText(now)} and (${when}))`;
    const observed = contract.observed.map(({ column, when }) => latest(sqlName(column), when));
    const [size] = await warehouse.query<{
        row_count: number;
        first: string | null;
        last: string | null;
        observed_until: string | null;
    }>(
        `select
            count(*) as row_count,
            cast(min(${event}) as timestamp) as first,
            cast(greatest(${[latest(event), ...observed].join(', ')}) as timestamp) as last,
            cast(greatest(${['null', ...observed].join(', ')}) as timestamp) as observed_until
        from ${rawTable(contract)}`,
    );
    return {
        row_count: size?.row_count ?? 0,
        first_event_at: size?.first ?? null,
        last_event_at: size?.last ?? null,
        observed_until: size?.observed_until ?? null,
    };
}

/** A file that is read again brings its rejects again; those of other files stay. */
async function replaceRejects(
    warehouse: Warehouse,
    contract: StreamContract,
    loadId: string,
): Promise<void> {
    const stream = sqlText(contract.name);
    await restateRows(warehouse, 'rejects', {
        endedFileId: firstFileId,
        scope: `old.stream = ${stream}
            and (old.input, old.file) in (select (input, file) from ${temporary.stagedFiles})`,
        rows: `
            select
                ${stream} as stream, input, file, "row", line, "column", expected, got, raw,
                ${sqlText(loadId)} as load_id
            from ${temporary.newRejects} inner join ${temporary.stagedFiles} using (file_no)
            order by file_no, "row", "column"`,
        seen: ['load_id'],
    });
}

/** SQL of the number of the first file of a load. */
export const firstFileId = `(select min(file_id) from ${temporary.stagedFiles})`;

export interface DeclaredInput {
    readonly stream: string;
    readonly input: string;
    /** Whether a day without rows is known to be one on which nothing happened. */
    readonly is_zero_without_rows: boolean;
    /** Whether it says itself up to which day it was read, so that others are missing. */
    readonly proves_days: boolean;
}

/** Gives every stream its row in the state, and says which inputs the config feeds them with. */
export async function declareStreams(
    warehouse: Warehouse,
    inputs: readonly DeclaredInput[],
): Promise<void> {
    const connected = new Set(inputs.map(({ stream }) => stream));
    const known = await warehouse.db
        .selectFrom('jointly.stream_state')
        .select(['stream', 'is_connected'])
        .execute();
    const isNew = ({ name }: StreamContract) => !known.some((one) => one.stream === name);
    const rows = streams.filter(isNew).map(({ name, eventColumn }) => ({
        stream: name,
        is_connected: connected.has(name),
        row_count: 0,
        event_column: eventColumn,
    }));
    const changed = known.filter((one) => one.is_connected !== connected.has(one.stream));
    await warehouse.transaction(async () => {
        if (rows.length > 0) {
            await warehouse.db.insertInto('jointly.stream_state').values(rows).execute();
        }
        for (const { stream, is_connected: wasConnected } of changed) {
            await warehouse.db
                .updateTable('jointly.stream_state')
                .set({ is_connected: !wasConnected })
                .where('stream', '=', stream)
                .execute();
        }
        await warehouse.db.deleteFrom('jointly.inputs').execute();
        if (inputs.length > 0) {
            await warehouse.db
                .insertInto('jointly.inputs')
                .values([...inputs])
                .execute();
        }
    });
}

/** Fingerprint of the last load of each stream; null before the first. */
export async function readFingerprints(
    warehouse: Warehouse,
): Promise<ReadonlyMap<string, string | null>> {
    const rows = await warehouse.db
        .selectFrom('jointly.stream_state')
        .select(['stream', 'fingerprint'])
        .execute();
    return new Map(rows.map((row) => [row.stream, row.fingerprint]));
}
