import { type Scan, sqlName } from '../contracts/batch.ts';
import { rawTable } from '../contracts/ddl.ts';
import { JointlyError } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import { brokenSql } from './contract-checks.ts';
import { recordCoverage } from './coverage.ts';
import { inAnyOrder } from './in-any-order.ts';
import { memoryLimitMb, threads, withinMemory } from './limits.ts';
import type { LoadCounts, LoadRequest } from './load-request.ts';
import { recordLoad } from './load-state.ts';
import { createRejects } from './rejects.ts';
import {
    assertNothingLost,
    filesOf,
    footerLinesOf,
    type NumberedScan,
    nextFileId,
    numberFiles,
    scansOf,
} from './staging.ts';
import { strategyFor } from './strategies/index.ts';
import { hasManyParts, manyParts, summedRows } from './sum-directly.ts';
import { temporary } from './temporary.ts';

/**
 * Loads files into an empty raw table in one go, without a copy of their rows: the usual first
 * load, where every row keeps its contract and no two meet but to be added up.
 * @returns undefined when some do not, and then nothing was changed
 * @throws JointlyError for a damaged file
 */
export async function loadDirectly(
    warehouse: Warehouse,
    request: LoadRequest,
): Promise<LoadCounts | undefined> {
    if (scansOf(request.batches).some((scan) => scan.until || scan.absent)) return undefined;
    // A day that a later file covers without a row is known to the way through a copy alone.
    const files = filesOf(request.batches);
    if (files.length > 1 && files.some((file) => file.covered?.length)) return undefined;
    const attempt = async (way: Way) => {
        try {
            await createCounters(warehouse, request);
            return await withinMemory(warehouse, megabytesFor(request, way), () =>
                inAnyOrder(warehouse, () =>
                    warehouse.transaction(() => insertAndRecord(warehouse, request, way)),
                ),
            );
        } finally {
            await dropCounters(warehouse, request);
        }
    };
    const load = (way: Way): Promise<LoadCounts> =>
        attempt(way).catch((error: unknown) => {
            const next = nextWay(way, error);
            if (next === undefined) throw error;
            return load(next);
        });
    try {
        const isUsual = scansOf(request.batches).some((scan) => scan.usual !== undefined);
        return await load({ isUsual, mayHaveMany: false });
    } catch (error) {
        if (error instanceof JointlyError) throw error;
        // Whatever else stops it: the way through a copy finds the rows to blame and names them.
        request.onDetail?.(
            `${request.contract.name} is loaded by way of a copy: ${firstLine(error)}`,
        );
        return undefined;
    }
}

function megabytesFor({ batches }: LoadRequest, { isUsual }: Way): number {
    const scans = scansOf(batches);
    // Sums are kept until the last row is read.
    if (scans.some(({ isSummed }) => isSummed)) return memoryLimitMb;
    return threads * Math.max(...scans.map((scan) => asRead(scan, isUsual).megabytesPerThread));
}

const asRead = (scan: Scan, isUsual: boolean) => (isUsual ? (scan.usual ?? scan) : scan);

async function insertAndRecord(
    warehouse: Warehouse,
    request: LoadRequest,
    way: Way,
): Promise<LoadCounts> {
    const { contract, batches } = request;
    const firstId = await nextFileId(warehouse);
    await insertRows(warehouse, request, { ...way, firstId });
    const { read, skipped, inserted } = await countRows(warehouse, request, firstId);
    if (!(await strategyFor(contract).isSettled(warehouse, contract))) throw new Unsettled();
    await assertNothingLost(warehouse, batches);
    const footer = footerLinesOf(batches);
    const counts = {
        ...noRows,
        read: read + footer,
        inserted,
        leftOut: skipped + footer,
        summed: read - skipped - inserted,
    };
    await createRejects(warehouse);
    await recordLoad(warehouse, request, await request.fingerprint(), counts);
    await recordCoverage(warehouse, request, false);
    return counts;
}

/** What the rows are taken to be like, as long as none is another. */
interface Way {
    /** Every row is as the first ones are. */
    readonly isUsual: boolean;
    /** A key may have more than two parts. */
    readonly mayHaveMany: boolean;
}

const brokenRow = 'a broken row';

/** The way that is left when rows were not what they were taken for; undefined when none is. */
function nextWay(way: Way, error: unknown): Way | undefined {
    if (error instanceof JointlyError || error instanceof Unsettled) return undefined;
    if (firstLine(error).includes(manyParts)) return { ...way, mayHaveMany: true };
    if (!way.isUsual || firstLine(error).includes(brokenRow)) return undefined;
    return { ...way, isUsual: false };
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
    { firstId, isUsual, mayHaveMany }: Way & { readonly firstId: number },
): Promise<void> {
    const names = contract.columns.map((column) => sqlName(column.name)).join(', ');
    for (const scan of scansOf(batches)) {
        const { skipped, isSummed, firstFile } = scan;
        const kept = `
            select ${names}, _file_index, _extra
            from (${asRead(scan, isUsual).rows})
            where case
                ${skipped ? `when ${skipped} then ${counted(scan, 'left_out')} is null` : ''}
                when ${brokenSql(contract, startedAt)} then error('${brokenRow}')
                else ${isSummed ? `${counted(scan, 'part')} is not null` : 'true'}
            end`;
        const hasMany =
            isSummed && (mayHaveMany || (await hasManyParts(warehouse, contract, scan)));
        const rows = isSummed ? summedRows(contract, kept, hasMany) : kept;
        await warehouse.run(`
            insert into ${rawTable(contract)} (${names}, _file_id, _extra)
            select ${names}, cast(_file_index as integer) + ${firstId + firstFile}, _extra
            from (${rows})`);
    }
}

/** What is counted of each file as its rows pass: those it leaves out, and those it adds up. */
const counters = ['left_out', 'part'] as const;

type Counter = (typeof counters)[number];

/** Expression that counts a row of a scan, and is never null. */
function counted({ firstFile, files }: NumberedScan, counter: Counter): string {
    const cases = files.map(
        (_, index) => `when ${index} then nextval('temp.${counter}_${firstFile + index}')`,
    );
    return `(case _file_index ${cases.join(' ')} end)`;
}

/**
 * A sequence for each file, because the rows that land say nothing of the others: reading the file
 * a second time for it would take half as long as loading it.
 */
async function createCounters(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    const names = counterNames(request);
    if (names.length === 0) return;
    await warehouse.run(names.map((name) => `create temp sequence ${name}`).join('; '));
}

async function dropCounters(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    const names = counterNames(request);
    if (names.length === 0) return;
    await warehouse.run(names.map((name) => `drop sequence if exists temp.${name}`).join('; '));
}

function counterNames({ batches }: LoadRequest): readonly string[] {
    return scansOf(batches).flatMap(({ skipped, isSummed, files, firstFile }) =>
        counters
            .filter((counter) => (counter === 'part' ? isSummed : skipped))
            .flatMap((counter) => files.map((_, index) => `${counter}_${firstFile + index}`)),
    );
}

async function countRows(
    warehouse: Warehouse,
    request: LoadRequest,
    firstId: number,
): Promise<{ readonly read: number; readonly skipped: number; readonly inserted: number }> {
    const { contract, batches } = request;
    const summed = scansOf(batches)
        .filter(({ isSummed }) => isSummed)
        .flatMap(({ firstFile, files }) => files.map((_, index) => firstFile + index));
    // Of rows that are sums, their parts were read.
    const isRead =
        summed.length === 0 ? 'true' : `_file_id - ${firstId} not in (${summed.join(', ')})`;
    const ofCounter = (counter: Counter) => `
        select
            cast(substr(sequence_name, ${counter.length + 2}) as integer) as _file_no,
            last_value as row_count,
            ${counter === 'left_out' ? 'last_value' : '0'} as left_out_count, 0 as landed_count
        from duckdb_sequences()
        where temporary and starts_with(sequence_name, '${counter}_') and last_value is not null`;
    const used = counterNames(request).length > 0 ? counters : [];
    const sizes = `
        select
            _file_no, cast(null as bigint) as first_id, cast(sum(row_count) as bigint) as row_count,
            cast(sum(left_out_count) as bigint) as left_out_count,
            cast(sum(landed_count) as bigint) as landed_count
        from (
            select
                _file_id - ${firstId} as _file_no,
                count(*) filter (${isRead}) as row_count, 0 as left_out_count,
                count(*) as landed_count
            from ${rawTable(contract)} group by _file_id
            ${used.map((counter) => `union all ${ofCounter(counter)}`).join(' ')}
        )
        group by _file_no`;
    await numberFiles(warehouse, batches, { firstId, sizes });
    const [sum] = await warehouse.query<{ read: number; skipped: number; landed: number }>(`
        select
            sum(row_count) as read, sum(coalesce(left_out_count, 0)) as skipped,
            sum(coalesce(landed_count, 0)) as landed
        from ${temporary.stagedFiles}`);
    return {
        read: sum?.read ?? 0,
        skipped: sum?.skipped ?? 0,
        inserted: sum?.landed ?? 0,
    };
}
