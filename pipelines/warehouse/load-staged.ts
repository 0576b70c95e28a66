import { sqlText } from '../contracts/batch.ts';
import { historyTable, rawTable } from '../contracts/ddl.ts';
import { loaderColumns, type StreamContract } from '../contracts/stream.ts';
import { BugError } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import { recordCoverage } from './coverage.ts';
import { inAnyOrder } from './in-any-order.ts';
import type { LoadCounts, LoadRequest } from './load-request.ts';
import { recordLoad } from './load-state.ts';
import { assertLossShare } from './loss-share.ts';
import { assertOwnRows } from './own-rows.ts';
import { assertNoConflicts, assertRejectShare } from './reject-share.ts';
import { addLines, collectRejects, createRejects } from './rejects.ts';
import { spreadDays } from './spread-days.ts';
import { assertNothingLost, footerLinesOf, nextFileId, stage } from './staging.ts';
import { takeLacking } from './strategies/complete.ts';
import { strategyFor } from './strategies/index.ts';
import { noteDropped } from './strategies/note-dropped.ts';
import { noteContraryOrder } from './strategies/note-order.ts';
import { assertOwnIds } from './strategies/shared-ids.ts';
import { columnList, sameKey } from './strategies/sql.ts';
import { keptRows } from './strategies/strategy.ts';
import { temporary } from './temporary.ts';
import { trimKeptKeys } from './trim-keys.ts';

/**
 * Loads files by way of a copy of their rows, which is compared with itself and with the rows that
 * are there. Every row that cannot land is explained.
 * @throws ContractError or SourceError, and then nothing was changed
 */
export async function loadStaged(
    warehouse: Warehouse,
    request: LoadRequest,
    isFirstLoad: boolean,
): Promise<LoadCounts> {
    const { contract, batches } = request;
    const strategy = strategyFor(contract);
    if (!isFirstLoad) await trimKeptKeys(warehouse, contract);
    await stage(warehouse, request);
    await assertReadingOrder(warehouse);
    await assertNothingLost(warehouse, batches);
    await createRejects(warehouse);
    await collectRejects(warehouse, request);
    const spread = await spreadDays(warehouse, request);
    await strategy.settle(warehouse, request);
    if (contract.strategy.kind === 'merge') await assertOwnIds(warehouse, request);
    // Most loads reject nothing and take nothing away, and to judge it takes a tenth of a small one.
    if (await warehouse.hasRows(temporary.newRejects)) {
        await addLines(warehouse, batches);
        await assertNoConflicts(warehouse, request);
        await assertRejectShare(warehouse, request);
    }
    if (!isFirstLoad) {
        await strategy.compare(warehouse, request);
        await assertOwnRows(warehouse, request);
    }
    if (!isFirstLoad) {
        if (request.isFullRefresh) await startAnew(warehouse, request);
        else await takeLacking(warehouse, request);
    }
    if (await takesAway(warehouse, isFirstLoad)) {
        await assertLossShare(warehouse, request, isFirstLoad);
        await noteDropped(warehouse, request, isFirstLoad);
    }
    await noteContraryOrder(warehouse, request);
    if (!isFirstLoad) await takeOldIds(warehouse, contract);
    const counts = await countOutcomes(warehouse, request, { isFirstLoad, spread });
    const fingerprint = await request.fingerprint();
    await inAnyOrder(warehouse, () =>
        warehouse.transaction(async () => {
            if (!isFirstLoad) await moveToHistory(warehouse, contract);
            await insertRows(warehouse, request, isFirstLoad);
            await recordLoad(warehouse, request, fingerprint, counts);
            await recordCoverage(warehouse, request, true);
        }),
    );
    return counts;
}

/** Whether rows of an earlier file or an earlier load count no more. */
async function takesAway(warehouse: Warehouse, isFirstLoad: boolean): Promise<boolean> {
    if (await warehouse.hasRows(`${temporary.losers} where outcome = 'superseded'`)) return true;
    return !isFirstLoad && (await warehouse.hasRows(temporary.gone));
}

/** What no file holds goes, and no row that is there is newer than those of the files. */
async function startAnew(warehouse: Warehouse, { contract, batches }: LoadRequest): Promise<void> {
    const kept = await keptRows(warehouse);
    // A connection that feeds the stream, too, has not been asked.
    const inputs = batches.map(({ input }) => sqlText(input)).join(', ');
    await warehouse.run(`
        insert into ${temporary.gone}
        select old.rowid, ${columnList(contract.key, 'old')} from ${rawTable(contract)} as old
        anti join (${kept}) as kept on ${sameKey(contract.key, 'kept', 'old')}
        anti join ${temporary.gone} as gone on ${sameKey(contract.key, 'gone', 'old')}
        where old._file_id in (
            select file_id from jointly.files
            where stream = ${sqlText(contract.name)} and input in (${inputs})
        )`);
    await warehouse.run(
        `update ${temporary.changes} set outcome = 'updated' where outcome = 'superseded'`,
    );
}

/** Rows of an input whose ids have another prefix now would count beside themselves. */
async function takeOldIds(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const kept = await keptRows(warehouse);
    await warehouse.run(`
        insert into ${temporary.gone}
        select old.rowid, ${columnList(contract.key, 'old')}
        from ${rawTable(contract)} as old
        semi join (
            select read.file_id from jointly.files as read
            inner join (select distinct input, id_prefix from ${temporary.stagedFiles}) as own
                on own.input = read.input and own.id_prefix is distinct from read.id_prefix
            where read.stream = ${sqlText(contract.name)}
        ) as renamed on renamed.file_id = old._file_id
        anti join (${kept}) as kept on ${sameKey(contract.key, 'kept', 'old')}
        anti join ${temporary.gone} as gone on ${sameKey(contract.key, 'gone', 'old')}`);
}

async function assertReadingOrder(warehouse: Warehouse): Promise<void> {
    const rows = await warehouse.query(`from ${temporary.stagedFiles} where not is_in_order`);
    if (rows.length > 0) throw new BugError({ what: 'Rows were not staged in reading order.' });
}

async function countOutcomes(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
    { isFirstLoad, spread }: { readonly isFirstLoad: boolean; readonly spread: number },
): Promise<LoadCounts> {
    const [sizes] = await warehouse.query<{ rows: number; broken: number; skipped: number }>(`
        select
            sum(row_count) as rows, sum(broken_count) as broken,
            sum(coalesce(left_out_count, 0)) as skipped
        from ${temporary.stagedFiles}`);
    const found = await warehouse.query<{ outcome: string; count: number }>(`
        select outcome, count(*) as count from ${temporary.losers} group by outcome
        ${isFirstLoad ? '' : `union all select outcome, count(*) from ${temporary.changes} group by outcome`}
        ${isFirstLoad ? '' : `union all select 'deleted', count(*) from ${temporary.gone}`}`);
    const of = (outcome: string) =>
        found.filter((one) => one.outcome === outcome).reduce((sum, one) => sum + one.count, 0);
    const rows = sizes?.rows ?? 0;
    const broken = sizes?.broken ?? 0;
    const skipped = sizes?.skipped ?? 0;
    const footer = footerLinesOf(batches);
    const read = rows + footer;
    const lost = of('duplicate') + of('superseded') + of('rejected') + of('summed');
    const counts = {
        read,
        inserted: isFirstLoad ? rows + spread - broken - lost : of('inserted'),
        updated: of('updated'),
        unchanged: of('unchanged'),
        duplicate: of('duplicate'),
        superseded: of('superseded'),
        rejected: broken - skipped + of('rejected'),
        leftOut: skipped + footer,
        summed: of('summed'),
        spread,
        deleted: of('deleted'),
    };
    const placed =
        counts.inserted +
        counts.updated +
        counts.unchanged +
        counts.duplicate +
        counts.superseded +
        counts.rejected +
        counts.leftOut +
        counts.summed;
    if (placed !== read + spread) {
        throw new BugError({
            what: `${contract.name}: ${read + spread} rows were read or made but ${placed} accounted for.`,
        });
    }
    return counts;
}

/** What the load replaces or takes away is kept beside the raw table, with the load that ended it. */
async function moveToHistory(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const table = rawTable(contract);
    const firstId = await nextFileId(warehouse);
    const names = [...contract.columns, ...loaderColumns].map(({ name }) => name);
    await warehouse.run(`
        create temp table ${temporary.ended} as
        select old_id, false as is_gone from ${temporary.changes} where outcome = 'updated'
        union all
        select old_id, true from ${temporary.gone}`);
    await warehouse.run(`
        insert into ${historyTable(contract)} (${columnList(names)}, _ended_file_id, _is_gone)
        select ${columnList(names, 'old')}, ${firstId}, ended.is_gone
        from ${table} as old
        inner join ${temporary.ended} as ended on ended.old_id = old.rowid`);
    await warehouse.run(
        `delete from ${table} where rowid in (select old_id from ${temporary.ended})`,
    );
}

async function insertRows(
    warehouse: Warehouse,
    { contract }: LoadRequest,
    isFirstLoad: boolean,
): Promise<void> {
    const names = contract.columns.map((column) => column.name);
    const firstId = await nextFileId(warehouse);
    const kept = await keptRows(warehouse);
    await warehouse.run(`
        insert into ${rawTable(contract)} (${columnList(names)}, _file_id, _extra)
        select ${columnList(names)}, _file_no + ${firstId}, _extra
        from (${kept})
        ${isFirstLoad ? '' : `where id in (${changed})`}`);
}

const changed = `select id from ${temporary.changes} where outcome in ('inserted', 'updated')`;
