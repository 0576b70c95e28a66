import { rawTable } from '../contracts/ddl.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { BugError } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import type { LoadCounts, LoadRequest } from './load-request.ts';
import { recordLoad } from './load-state.ts';
import { addLines, assertRejectShare, collectRejects, createRejects } from './rejects.ts';
import { assertNothingLost, dropTemporary, stage, staged, stagedFiles } from './staging.ts';
import { strategyFor } from './strategies/index.ts';
import { columnList, sameKey } from './strategies/sql.ts';

/**
 * Loads all inputs of one stream: rows, rejects, state and load record land in one transaction.
 * @throws ContractError or SourceError, and then the stream is as it was.
 */
export async function loadTable(warehouse: Warehouse, request: LoadRequest): Promise<LoadCounts> {
    const { contract, batches } = request;
    const strategy = strategyFor(contract);
    try {
        await stage(warehouse, contract, batches);
        await assertReadingOrder(warehouse);
        await assertNothingLost(warehouse, batches);
        await createRejects(warehouse);
        await collectRejects(warehouse, contract, batches);
        await strategy.settle(warehouse, contract);
        await addLines(warehouse, batches);
        await assertRejectShare(warehouse, contract, request.maximumRejectShare);
        const isFirstLoad = await isEmpty(warehouse, contract);
        if (!isFirstLoad) await strategy.compare(warehouse, contract);
        const counts = await countOutcomes(warehouse, contract, isFirstLoad);
        const fingerprint = await request.fingerprint();
        await warehouse.transaction(async () => {
            if (!isFirstLoad) await removeOldRows(warehouse, contract);
            await inAnyOrder(warehouse, () => insertRows(warehouse, request, counts, isFirstLoad));
            await recordLoad(warehouse, request, fingerprint, counts);
        });
        return counts;
    } finally {
        await dropTemporary(warehouse);
    }
}

async function assertReadingOrder(warehouse: Warehouse): Promise<void> {
    const rows = await warehouse.query(`from ${stagedFiles} where not is_in_order`);
    if (rows.length > 0) throw new BugError({ what: 'Rows were not staged in reading order.' });
}

async function isEmpty(warehouse: Warehouse, contract: StreamContract): Promise<boolean> {
    return (await warehouse.query(`select 1 from ${rawTable(contract)} limit 1`)).length === 0;
}

async function countOutcomes(
    warehouse: Warehouse,
    contract: StreamContract,
    isFirstLoad: boolean,
): Promise<LoadCounts> {
    const [sizes] = await warehouse.query<{ read: number; broken: number }>(
        `select count(*) as read, count(*) filter (_broken) as broken from ${staged}`,
    );
    const found = await warehouse.query<{ outcome: string; count: number }>(`
        select outcome, count(*) as count from temp.losers group by outcome
        ${isFirstLoad ? '' : 'union all select outcome, count(*) from temp.changes group by outcome'}
        ${isFirstLoad ? '' : `union all select 'deleted', count(*) from temp.gone`}`);
    const of = (outcome: string) =>
        found.filter((one) => one.outcome === outcome).reduce((sum, one) => sum + one.count, 0);
    const read = sizes?.read ?? 0;
    const broken = sizes?.broken ?? 0;
    const lost = of('duplicate') + of('superseded') + of('rejected');
    const counts = {
        read,
        inserted: isFirstLoad ? read - broken - lost : of('inserted'),
        updated: of('updated'),
        unchanged: of('unchanged'),
        duplicate: of('duplicate'),
        superseded: of('superseded'),
        rejected: broken + of('rejected'),
        deleted: of('deleted'),
    };
    const placed =
        counts.inserted +
        counts.updated +
        counts.unchanged +
        counts.duplicate +
        counts.superseded +
        counts.rejected;
    if (placed !== read) {
        throw new BugError({
            what: `${contract.name}: ${read} rows were read but ${placed} accounted for.`,
        });
    }
    return counts;
}

async function removeOldRows(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const table = rawTable(contract);
    const key = columnList(contract.key, 'staged');
    await warehouse.run(`
        delete from ${table} as old using (
            select ${key} from temp.staged
            inner join temp.changes on changes.id = staged.rowid and changes.outcome = 'updated'
            union all
            select ${columnList(contract.key)} from temp.gone
        ) as replaced
        where ${sameKey(contract.key, 'old', 'replaced')}`);
}

/**
 * Rows are written with their number, so they need not lie in that order. Kept in order, the
 * engine writes row groups that are not full and merges them when the file is closed.
 */
async function inAnyOrder(warehouse: Warehouse, work: () => Promise<void>): Promise<void> {
    await warehouse.run('set preserve_insertion_order = false');
    try {
        await work();
    } finally {
        await warehouse.run('set preserve_insertion_order = true');
    }
}

async function insertRows(
    warehouse: Warehouse,
    { contract }: LoadRequest,
    counts: LoadCounts,
    isFirstLoad: boolean,
): Promise<void> {
    const names = contract.columns.map((column) => column.name);
    const [onlyFile, ...otherFiles] = await warehouse.query<StagedFile>(
        `select file_id, first_id from ${stagedFiles}`,
    );
    // Rows of a single file need not look it up.
    const isOneFile = onlyFile !== undefined && otherFiles.length === 0;
    const { file_id: fileId, first_id: firstId } = isOneFile
        ? onlyFile
        : { file_id: 'files.file_id', first_id: 'files.first_id' };
    const files = `inner join ${stagedFiles} as files on files.file_no = staged._file_no`;
    await warehouse.run(`
        insert into ${rawTable(contract)} (${columnList(names)}, _file_id, _row, _extra)
        select
            ${columnList(names, 'staged')},
            ${fileId}, staged.rowid - ${firstId} + 1, staged._extra
        from temp.staged
        ${isOneFile ? '' : files}
        where ${isFirstLoad ? keptInEmptyTable(counts) : isChange}`);
}

interface StagedFile {
    readonly file_id: number;
    /** Null when the file has no row. */
    readonly first_id: number | null;
}

const isChange = `staged.rowid in (select id from temp.changes where outcome in ('inserted', 'updated'))`;

function keptInEmptyTable({ read, inserted }: LoadCounts): string {
    // Looking for rows to leave out takes a tenth of the time of writing the others.
    if (inserted === read) return 'true';
    return 'not staged._broken and staged.rowid not in (select id from temp.losers)';
}
