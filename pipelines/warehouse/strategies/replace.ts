import { sqlName, sqlText } from '../../contracts/batch.ts';
import { rawTable } from '../../contracts/ddl.ts';
import type { ReplaceStrategy, StreamContract } from '../../contracts/stream.ts';
import { BugError } from '../../errors.ts';
import type { Warehouse } from '../connection.ts';
import { columnList, differs, sameKey } from './sql.ts';
import { keptRows, type Strategy } from './strategy.ts';

/**
 * A file speaks for its window, from its first to its last day per partition. Folding the files
 * in order means: a row stays when no later file's window covers its day.
 */
export const replace: Strategy = { settle, compare };

async function settle(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const { window, partition } = strategyOf(contract);
    const day = sqlName(window);
    // A broken row opens no window: it must not erase a good row of an earlier file.
    await warehouse.run(`
        create temp table windows as
        select ${columnList(partition)}, _file_no, min(${day}) as first_day, max(${day}) as last_day
        from temp.staged where not _broken
        group by ${columnList(partition)}, _file_no`);
    await warehouse.run(`
        create temp table losers as
        select staged.rowid as id, 'superseded' as outcome
        from temp.staged
        semi join temp.windows on ${sameKey(partition, 'windows', 'staged')}
            and windows._file_no > staged._file_no
            and staged.${day} between windows.first_day and windows.last_day
        where not staged._broken`);
    await settleDuplicates(warehouse, contract);
}

/**
 * The same key twice in one file: equal rows are one row, but two different amounts for one
 * campaign and day cannot both be true and neither is preferred, so both are rejected.
 */
async function settleDuplicates(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const key = columnList(contract.key);
    const groups = `
        with
        kept as (${keptRows}),
        doubled as (select ${key}, min(id) as first_id from kept group by ${key} having count(*) > 1),
        members as (
            select
                kept.id, kept._file_no, doubled.first_id,
                bool_or(${differs(contract, 'kept', 'leader')}) over (
                    partition by doubled.first_id
                ) as is_conflict,
                string_agg(cast(kept.id - files.first_id + 1 as varchar), ', ') over (
                    partition by doubled.first_id order by kept.id
                    rows between unbounded preceding and unbounded following
                ) as rows_of_key,
                to_json({${contract.columns.map(({ name }) => `${sqlText(name)}: kept.${sqlName(name)}`).join(', ')}}) as raw,
                kept.id - files.first_id + 1 as "row"
            from kept
            inner join doubled on ${sameKey(contract.key, 'kept', 'doubled')}
            inner join temp.staged as leader on leader.rowid = doubled.first_id
            inner join temp.staged_files as files on files.file_no = kept._file_no
        )`;
    await warehouse.run(`create temp table doubles as ${groups} select * from members`);
    await warehouse.run(`
        insert into temp.new_rejects
        select
            _file_no, "row", null, ${sqlText(contract.key.at(-1) ?? '')},
            ${sqlText(`one row per ${contract.key.join(', ')}`)},
            'different values in rows ' || rows_of_key, raw
        from temp.doubles where is_conflict`);
    await warehouse.run(`
        insert into temp.losers
        select id, case when is_conflict then 'rejected' else 'duplicate' end
        from temp.doubles where is_conflict or id <> first_id`);
    await warehouse.run('drop table temp.doubles');
}

async function compare(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const { window, partition } = strategyOf(contract);
    const day = sqlName(window);
    const [first] = contract.key as [string, ...string[]];
    await warehouse.run(`
        create temp table changes as
        select
            kept.id,
            case
                when old.${sqlName(first)} is null then 'inserted'
                when ${differs(contract, 'old', 'kept')} then 'updated'
                else 'unchanged'
            end as outcome
        from (${keptRows}) as kept
        left join ${rawTable(contract)} as old on ${sameKey(contract.key, 'old', 'kept')}`);
    await warehouse.run(`
        create temp table gone as
        select ${columnList(contract.key, 'old')}
        from ${rawTable(contract)} as old
        semi join temp.windows on ${sameKey(partition, 'windows', 'old')}
            and old.${day} between windows.first_day and windows.last_day
        anti join (${keptRows}) as kept on ${sameKey(contract.key, 'kept', 'old')}`);
}

function strategyOf(contract: StreamContract): ReplaceStrategy {
    if (contract.strategy.kind === 'replace') return contract.strategy;
    throw new BugError({ what: `${contract.name} does not replace windows.` });
}
