import { sqlName } from '../contracts/batch.ts';
import { rawTable } from '../contracts/ddl.ts';
import { JointlyError } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import { brokenSql } from './contract-checks.ts';
import { recordCoverage } from './coverage.ts';
import { inAnyOrder } from './in-any-order.ts';
import { threads, withinMemory } from './limits.ts';
import type { LoadCounts, LoadRequest } from './load-request.ts';
import { recordLoad } from './load-state.ts';
import { createRejects } from './rejects.ts';
import {
    assertNothingLost,
    filesOf,
    footerLinesOf,
    nextFileId,
    numberFiles,
    scansOf,
} from './staging.ts';
import { strategyFor } from './strategies/index.ts';
import { temporary } from './temporary.ts';

/**
 * Loads files into an empty raw table in one go, without a copy of their rows: the usual first
 * load, where every row keeps its contract and no two meet.
 * @returns undefined when some do not, and then nothing was changed
 * @throws JointlyError for a damaged file
 */
export async function loadDirectly(
    warehouse: Warehouse,
    request: LoadRequest,
): Promise<LoadCounts | undefined> {
    if (scansOf(request.batches).some((scan) => scan.until)) return undefined;
    // A day that a later file covers without a row is known to the way through a copy alone.
    const files = filesOf(request.batches);
    if (files.length > 1 && files.some((file) => file.covered?.length)) return undefined;
    try {
        await createLeftOut(warehouse, request);
        return await withinMemory(warehouse, megabytesFor(request), () =>
            inAnyOrder(warehouse, () =>
                warehouse.transaction(() => insertAndRecord(warehouse, request)),
            ),
        );
    } catch (error) {
        if (error instanceof JointlyError) throw error;
        // Whatever else stops it: the way through a copy finds the rows to blame and names them.
        request.onDetail?.(
            `${request.contract.name} is loaded by way of a copy: ${firstLine(error)}`,
        );
        return undefined;
    } finally {
        await dropLeftOut(warehouse, request);
    }
}

function megabytesFor({ batches }: LoadRequest): number {
    return threads * Math.max(...scansOf(batches).map((scan) => scan.megabytesPerThread));
}

async function insertAndRecord(warehouse: Warehouse, request: LoadRequest): Promise<LoadCounts> {
    const { contract, batches } = request;
    const firstId = await nextFileId(warehouse);
    await insertRows(warehouse, request, firstId);
    const { read, skipped } = await countRows(warehouse, request, firstId);
    if (!(await strategyFor(contract).isSettled(warehouse, contract))) throw new Unsettled();
    await assertNothingLost(warehouse, batches);
    const footer = footerLinesOf(batches);
    const counts = {
        ...noRows,
        read: read + footer,
        inserted: read - skipped,
        leftOut: skipped + footer,
    };
    await createRejects(warehouse);
    await recordLoad(warehouse, request, await request.fingerprint(), counts);
    await recordCoverage(warehouse, request, false);
    return counts;
}

/** Rolls the insert back. */
class Unsettled extends Error {
    override readonly message = 'rows of it meet each other';
}

function firstLine(error: unknown): string {
    return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}

const noRows: LoadCounts = {
    read: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    duplicate: 0,
    superseded: 0,
    rejected: 0,
    leftOut: 0,
    summed: 0,
    spread: 0,
    deleted: 0,
};

async function insertRows(
    warehouse: Warehouse,
    { contract, batches, startedAt }: LoadRequest,
    firstId: number,
): Promise<void> {
    const names = contract.columns.map((column) => sqlName(column.name)).join(', ');
    for (const { rows, firstFile, files, skipped } of scansOf(batches)) {
        const counters = files.map(
            (_, index) => `when ${index} then nextval('temp.${leftOutOf(firstFile + index)}')`,
        );
        const leaveOut = skipped
            ? `when ${skipped} then (case _file_index ${counters.join(' ')} end) is null`
            : '';
        await warehouse.run(`
            insert into ${rawTable(contract)} (${names}, _file_id, _extra)
            select ${names}, cast(_file_index as integer) + ${firstId + firstFile}, _extra
            from (${rows})
            where case
                ${leaveOut}
                when ${brokenSql(contract, startedAt)} then error('a broken row')
                else true
            end`);
    }
}

/**
 * A sequence for each file, which counts the rows it leaves out as they pass: reading the file a
 * second time for it would take half as long as loading it.
 */
async function createLeftOut(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    const names = leftOutNames(request);
    if (names.length === 0) return;
    await warehouse.run(names.map((name) => `create temp sequence ${name}`).join('; '));
}

async function dropLeftOut(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    const names = leftOutNames(request);
    if (names.length === 0) return;
    await warehouse.run(names.map((name) => `drop sequence if exists temp.${name}`).join('; '));
}

function leftOutNames({ batches }: LoadRequest): readonly string[] {
    return scansOf(batches)
        .filter(({ skipped }) => skipped)
        .flatMap(({ files, firstFile }) => files.map((_, index) => leftOutOf(firstFile + index)));
}

/** Name of the sequence of a file, by its place among the files of the load. */
function leftOutOf(file: number): string {
    return `left_out_${file}`;
}

async function countRows(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
    firstId: number,
): Promise<{ readonly read: number; readonly skipped: number }> {
    const prefix = leftOutOf(0).slice(0, -1);
    const sizes = `
        select
            _file_no, cast(sum(row_count) as bigint) as row_count,
            cast(sum(left_out_count) as bigint) as left_out_count
        from (
            select _file_id - ${firstId} as _file_no, count(*) as row_count, 0 as left_out_count
            from ${rawTable(contract)} group by _file_id
            union all
            select cast(substr(sequence_name, ${prefix.length + 1}) as integer), last_value, last_value
            from duckdb_sequences()
            where temporary and starts_with(sequence_name, '${prefix}') and last_value is not null
        )
        group by _file_no`;
    await numberFiles(warehouse, batches, { firstId, sizes });
    const [sum] = await warehouse.query<{ read: number; skipped: number }>(`
        select sum(row_count) as read, sum(coalesce(left_out_count, 0)) as skipped
        from ${temporary.stagedFiles}`);
    return { read: sum?.read ?? 0, skipped: sum?.skipped ?? 0 };
}
