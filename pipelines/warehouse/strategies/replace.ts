import { type CoveredDays, sqlName, sqlText } from '../../contracts/batch.ts';
import { rawTable } from '../../contracts/ddl.ts';
import type { ReplaceStrategy, StreamContract } from '../../contracts/stream.ts';
import { BugError } from '../../errors.ts';
import type { Warehouse } from '../connection.ts';
import { oneRowPerKey } from '../contract-checks.ts';
import type { LoadRequest } from '../load-request.ts';
import { filesOf, placeSql } from '../staging.ts';
import { temporary } from '../temporary.ts';
import { assertRestated } from './restated.ts';
import { columnList, differs, findDoubles, hasUniqueKeys, sameKey } from './sql.ts';
import { createLosers, keptRows, type Strategy } from './strategy.ts';
import { sumToKey } from './sum-to-key.ts';

/**
 * A file speaks for its window, from its first to its last day per partition. Folding the files
 * in order means: a row stays when no later file's window covers its day.
 */
export const replace: Strategy = { isSettled, settle, compare };

async function isSettled(warehouse: Warehouse, contract: StreamContract): Promise<boolean> {
    return (
        !(await hasMeetingWindows(warehouse, contract)) &&
        (await hasUniqueKeys(warehouse, contract))
    );
}

/** Whether two files speak for the same day of a partition. */
async function hasMeetingWindows(warehouse: Warehouse, contract: StreamContract): Promise<boolean> {
    if (!(await hasManyFiles(warehouse))) return false;
    const { window, partition } = strategyOf(contract);
    const day = sqlName(window);
    const met = await warehouse.query(`
        with
        file_windows as (
            select
                ${columnList(partition)}, _file_id,
                min(${day}) as first_day, max(${day}) as last_day
            from ${rawTable(contract)}
            group by ${columnList(partition)}, _file_id
        )
        select 1
        from file_windows as earlier
        inner join file_windows as later on ${sameKey(partition, 'earlier', 'later')}
            and earlier._file_id < later._file_id
            and earlier.first_day <= later.last_day
            and later.first_day <= earlier.last_day
        limit 1`);
    return met.length > 0;
}

async function settle(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    await createLosers(warehouse);
    if (await hasManyFiles(warehouse)) await settleWindows(warehouse, request);
    await settleDuplicates(warehouse, request.contract);
}

async function hasManyFiles(warehouse: Warehouse): Promise<boolean> {
    return (await warehouse.query(`select 1 from ${temporary.stagedFiles} limit 2`)).length > 1;
}

async function settleWindows(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    const { contract, batches } = request;
    const { window, partition } = strategyOf(contract);
    const day = sqlName(window);
    await createWindows(warehouse, request);
    // Whoever says which days it speaks for has said all there is of them.
    if (filesOf(batches).every((file) => file.covered === undefined)) {
        await assertRestated(warehouse, contract, strategyOf(contract));
    }
    await warehouse.run(`
        insert into ${temporary.losers}
        select staged.rowid, 'superseded'
        from ${temporary.staged}
        semi join ${temporary.windows} on ${sameKey(partition, 'windows', 'staged')}
            and windows._file_no > staged._file_no
            and staged.${day} between windows.first_day and windows.last_day
        where not staged._broken`);
}

async function createWindows(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
): Promise<void> {
    const { window, partition } = strategyOf(contract);
    const day = sqlName(window);
    const covered = filesOf(batches).flatMap((file, number) =>
        (file.covered ?? []).map((days) => coveredRow(days, number, partition)),
    );
    // A broken row opens no window: it must not erase a good row of an earlier file.
    await warehouse.run(`
        create temp table if not exists ${temporary.windows} as
        select ${columnList(partition)}, _file_no, min(${day}) as first_day, max(${day}) as last_day
        from ${temporary.staged} where not _broken
        group by ${columnList(partition)}, _file_no
        ${covered.map((row) => `union all select ${row}`).join('\n')}`);
}

function coveredRow(days: CoveredDays, file: number, partition: readonly string[]): string {
    const values = partition.map((name) => sqlText(days.partition[name] ?? ''));
    return [
        ...values,
        file,
        `date ${sqlText(days.firstDay)}`,
        `date ${sqlText(days.lastDay)}`,
    ].join(', ');
}

/** Rows that share their key with another and were not added up. */
const notYetLost = `
    select * from ${temporary.doubles}
    where first_id not in (select id from ${temporary.sums})`;

/**
 * The same key twice in one file: equal rows are one row, but two different amounts for one
 * campaign and day cannot both be true and neither is preferred, so both are rejected.
 */
async function settleDuplicates(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    // A later file's window covers the day of any row with the same key, so doubles are in one file.
    if (!(await findDoubles(warehouse, contract.key))) return;
    await sumToKey(warehouse, contract);
    const fields = contract.columns.map(({ name }) => `${sqlText(name)}: same.${sqlName(name)}`);
    await warehouse.run(`
        create temp table ${temporary.conflicts} as
        select
            same.id, same._file_no, to_json({${fields.join(', ')}}) as raw,
            ${placeSql('same.id', 'files')} as "row",
            string_agg(cast(${placeSql('same.id', 'files')} as varchar), ', ') over (
                partition by same.first_id order by same.id
                rows between unbounded preceding and unbounded following
            ) as rows_of_key,
            bool_or(${differs(contract, 'same', 'leader')}) over (
                partition by same.first_id
            ) as is_conflict
        from (${notYetLost}) as same
        inner join ${temporary.staged} as leader on leader.rowid = same.first_id
        inner join ${temporary.stagedFiles} as files on files.file_no = same._file_no
        qualify is_conflict`);
    await warehouse.run(`
        insert into ${temporary.newRejects}
        select
            _file_no, "row", null, ${sqlText(contract.key.at(-1) ?? '')},
            ${sqlText(oneRowPerKey(contract))},
            'different values in rows ' || rows_of_key, raw
        from ${temporary.conflicts}`);
    await warehouse.run(`
        insert into ${temporary.losers}
        select id, 'rejected' from ${temporary.conflicts}
        union all
        select id, 'duplicate' from (${notYetLost})
        where id <> first_id and id not in (select id from ${temporary.conflicts})`);
}

async function compare(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    const { contract } = request;
    const { window, partition } = strategyOf(contract);
    const day = sqlName(window);
    const [first] = contract.key as [string, ...string[]];
    await createWindows(warehouse, request);
    const rows = await keptRows(warehouse);
    await warehouse.run(`
        create temp table ${temporary.changes} as
        select
            kept.id,
            old.rowid as old_id,
            case
                when old.${sqlName(first)} is null then 'inserted'
                when ${differs(contract, 'old', 'kept')} then 'updated'
                else 'unchanged'
            end as outcome
        from (${rows}) as kept
        left join ${rawTable(contract)} as old on ${sameKey(contract.key, 'old', 'kept')}`);
    await warehouse.run(`
        create temp table ${temporary.gone} as
        select old.rowid as old_id, ${columnList(contract.key, 'old')}
        from ${rawTable(contract)} as old
        semi join ${temporary.windows} on ${sameKey(partition, 'windows', 'old')}
            and old.${day} between windows.first_day and windows.last_day
        anti join (${rows}) as kept on ${sameKey(contract.key, 'kept', 'old')}`);
}

function strategyOf(contract: StreamContract): ReplaceStrategy {
    if (contract.strategy.kind === 'replace') return contract.strategy;
    throw new BugError({ what: `${contract.name} does not replace windows.` });
}
